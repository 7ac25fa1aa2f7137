#include "ingest/map/row_words.h"

#include <algorithm>

#include <fmt/format.h>

namespace entente::ingest::map {

std::string in_quotes(std::string_view text) {
    return fmt::format("'{}'", text.size() > 60 ? std::string(text.substr(0, 57)) + "…" : std::string(text));
}

std::vector<std::string> expanded(
    const std::vector<std::string>& wanted, const std::vector<std::string>& columns
) {
    std::vector<std::string> out;
    for (const auto& name : wanted) {
        if (!name.ends_with('*') || std::find(columns.begin(), columns.end(), name) != columns.end()) {
            out.push_back(name);
            continue;
        }
        for (const auto& column : columns)
            if (column.starts_with(std::string_view(name).substr(0, name.size() - 1))) out.push_back(column);
    }
    return out;
}

}  // namespace entente::ingest::map
