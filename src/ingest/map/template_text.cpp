#include "ingest/map/template_text.h"

#include "ingest/table/columns.h"

namespace entente::ingest::map {

std::optional<std::vector<std::string>> columns_in_text(std::string_view text) {
    std::vector<std::string> columns;
    for (std::size_t at = 0; at < text.size();) {
        const auto open = text.find_first_of("{}", at);
        if (open == text.npos) break;
        const auto close = text.find_first_of("{}", open + 1);
        if (text[open] == '}' || close == text.npos || text[close] == '{') return std::nullopt;
        columns.emplace_back(text.substr(open + 1, close - open - 1));
        at = close + 1;
    }
    return columns;
}

std::string filled_text(
    std::string_view text, const std::function<std::string_view(std::string_view)>& cell
) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const auto open = text.find('{', at);
        out += text.substr(at, open == text.npos ? text.npos : open - at);
        if (open == text.npos) break;
        const auto close = text.find('}', open);
        out += table::trimmed(cell(text.substr(open + 1, close - open - 1)));
        at = close + 1;
    }
    for (const auto& [left, mended] :
         {std::pair{"  ", " "},
          std::pair{" ,", ","},
          std::pair{",,", ","},
          std::pair{", )", ")"},
          std::pair{",)", ")"},
          std::pair{": )", ")"},
          std::pair{"(,", "("},
          std::pair{"( ", "("},
          std::pair{"()", ""}})
        for (auto found = out.find(left); found != out.npos; found = out.find(left))
            out.replace(found, std::string_view(left).size(), mended);
    auto view = table::trimmed(out);
    while (!view.empty() && (view.back() == ',' || view.back() == ':' || view.back() == ';'))
        view = table::trimmed(view.substr(0, view.size() - 1));
    while (!view.empty() && (view.front() == ',' || view.front() == ':'))
        view = table::trimmed(view.substr(1));
    return std::string(view);
}

}  // namespace entente::ingest::map
