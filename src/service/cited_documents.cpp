#include "service/cited_documents.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/utf8.h"
#include "domain/empty.h"
#include "domain/locator.h"
#include "ingest/document/media_type.h"
#include "ledger/text_query.h"

namespace entente::service {
namespace {

using domain::Locator;
namespace media = ingest::document;

constexpr std::size_t kMostWords = 300;  // cells of an excerpt

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> out;
    while (!text.empty()) {
        out.push_back(text.substr(0, text.find('\n')));
        text.remove_prefix(std::min(text.size(), out.back().size() + 1));
    }
    return out;
}

std::optional<Locator::Kind> kind_of_places(std::string_view media_type) {
    if (media_type == media::kPdf) return Locator::Kind::page;
    if (media_type == media::kXlsx) return Locator::Kind::sheet;
    if (media::may_have_text(media_type)) return Locator::Kind::line;
    return std::nullopt;
}

std::string_view example_of(Locator::Kind kind) {
    return kind == Locator::Kind::page ? "p. 12" : kind == Locator::Kind::line ? "l. 40-52" : "sheet 2, B7";
}

// How many pages, lines or sheets there are; nothing where nobody knows.
Result<std::optional<std::size_t>> places_in(
    ledger::RecordView& view, const ledger::Revision& document, Locator::Kind kind
) {
    if (kind == Locator::Kind::page) {
        const auto* pages = document.content.if_contains("pages");
        if (!pages || !pages->is_int64()) return std::optional<std::size_t>{};
        return std::optional(static_cast<std::size_t>(pages->get_int64()));
    }
    ENTENTE_ASSIGN_OR_RETURN(const auto pages, view.pages(document.rec));
    if (pages.empty()) return std::optional<std::size_t>{};
    return std::optional(kind == Locator::Kind::sheet ? pages.size() : lines_of(pages[0]).size());
}

Result<void> check_place(
    ledger::RecordView& view, const std::string& rec, const std::string& place, const Locator& locator
) {
    ENTENTE_ASSIGN_OR_RETURN(const auto document, view.current(rec));
    if (!document || document->type != "document")
        return fail(
            ErrorCode::not_found,
            "citations.document",
            fmt::format("found no document '{}'", rec.substr(0, 8))
        );
    const auto kind = kind_of_places(text_at(document->content, "media_type"));
    if (!kind) return {};
    const auto wrong = [&](std::string expected) {
        return fail(
            ErrorCode::invalid_argument,
            "citations.locator",
            fmt::format("found '{}', expected {}", place, expected),
            fmt::format("entente document show {}", rec.substr(0, 8))
        );
    };
    if (locator.kind != *kind)
        return wrong(fmt::format("a place in this document, such as {}", example_of(*kind)));
    ENTENTE_ASSIGN_OR_RETURN(const auto most, places_in(view, *document, *kind));
    if (most && locator.last > *most)
        return wrong(fmt::format(
            "at most {}, the last one of the document",
            Locator{*kind, static_cast<std::uint32_t>(*most), static_cast<std::uint32_t>(*most), 0, 0}
                .to_text()
        ));
    return {};
}

// Blanks and line ends as one blank each.
std::string in_one_line(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const bool blank = c == ' ' || c == '\n' || c == '\t';
        if (!blank)
            out += c;
        else if (!out.empty() && out.back() != ' ')
            out += ' ';
    }
    while (out.ends_with(' ')) out.pop_back();
    return out;
}

std::string cell_of(const std::string& sheet, const Locator& locator) {
    const auto lines = lines_of(sheet);
    if (locator.row == 0) return sheet;
    if (locator.row > lines.size()) return {};
    auto line = lines[locator.row - 1];
    for (std::uint32_t column = 1; column < locator.column; ++column) {
        const auto tab = line.find('\t');
        if (tab == std::string_view::npos) return {};
        line.remove_prefix(tab + 1);
    }
    return std::string(line.substr(0, line.find('\t')));
}

std::string text_at_place(const std::vector<std::string>& pages, const Locator& locator) {
    std::string out;
    if (locator.kind == Locator::Kind::line) {
        const auto lines = lines_of(pages[0]);
        for (std::size_t at = locator.first; at <= locator.last && at <= lines.size(); ++at)
            out.append(lines[at - 1]) += '\n';
        return out;
    }
    if (locator.kind == Locator::Kind::sheet)
        return locator.first > pages.size() ? out : cell_of(pages[locator.first - 1], locator);
    for (std::size_t at = locator.first; at <= locator.last && at <= pages.size(); ++at)
        out.append(pages[at - 1]) += '\n';
    return out;
}

void collect_sought(const ledger::TextQuery& query, std::vector<std::vector<SoughtTerm>>& out) {
    using Kind = ledger::TextQuery::Kind;
    if (query.kind == Kind::terms && query.field.empty()) out.push_back(query.terms);
    if (query.kind == Kind::all || query.kind == Kind::any)
        for (const auto& part : query.parts) collect_sought(part, out);
}

std::size_t how_many(std::string_view text, const std::vector<std::vector<SoughtTerm>>& sought) {
    const auto terms = searchable_terms(text);
    return static_cast<std::size_t>(std::count_if(sought.begin(), sought.end(), [&](const auto& one) {
        return has_terms(terms, one);
    }));
}

// The part with the most of the words; the first of several.
std::pair<std::size_t, std::size_t> best_of(
    const std::vector<std::string_view>& parts, const std::vector<std::vector<SoughtTerm>>& sought
) {
    std::size_t best = 0, most = 0;
    for (std::size_t i = 0; i < parts.size() && most < sought.size(); ++i)
        if (const auto here = how_many(parts[i], sought); here > most) best = i, most = here;
    return {best, most};
}

}  // namespace

Result<json::value> parse_citations(
    ledger::RecordView& view,
    const domain::Schema& schema,
    const domain::Field& field,
    const std::vector<std::string>& typed,
    const domain::Resolver& resolve
) {
    auto texts = typed;
    std::vector<std::string> documents(typed.size());
    for (std::size_t i = 0; i < typed.size(); ++i) {
        const auto name = typed[i].substr(0, typed[i].find(':'));
        ENTENTE_ASSIGN_OR_RETURN(const auto sources, view.resolve({"source"}, name));
        ENTENTE_ASSIGN_OR_RETURN(const auto found, view.resolve({"document"}, name));
        if (!sources.empty() || found.size() != 1 || domain::parse_empty(name)) continue;
        ENTENTE_ASSIGN_OR_RETURN(const auto document, view.current(found[0].first));
        const auto* citations = document ? document->content.if_contains("citations") : nullptr;
        const auto source = citations && citations->is_array()
                                ? text_at(citations->get_array().front().get_object(), "source")
                                : std::string();
        if (source.empty())
            return fail(
                ErrorCode::invalid_argument,
                "citations.source",
                fmt::format("found the document {}, whose source is not known", name),
                fmt::format("entente supersede {} --source KEY --reason correction", name)
            );
        documents[i] = found[0].first;
        texts[i].replace(0, name.size(), source);
    }
    ENTENTE_ASSIGN_OR_RETURN(auto value, domain::parse_field(schema, field, texts, resolve));
    if (auto* items = value.if_array(); items && items->size() == documents.size())
        for (std::size_t i = 0; i < documents.size(); ++i)
            if (!documents[i].empty()) (*items)[i].as_object()["document"] = documents[i];
    return value;
}

Result<void> check_cited_documents(ledger::RecordView& view, const domain::Content& content) {
    const auto* citations = content.if_contains("citations");
    if (!citations || !citations->is_array()) return {};
    for (const auto& citation : citations->get_array()) {
        const auto rec = text_at(citation.get_object(), "document");
        if (rec.empty()) continue;
        const auto place = text_at(citation.get_object(), "locator");
        const auto locator = Locator::parse(place.empty() ? "p. 1" : place);
        if (!locator) return std::unexpected(locator.error());
        if (!place.empty()) ENTENTE_RETURN_IF_ERROR(check_place(view, rec, place, *locator));
    }
    return {};
}

Result<std::vector<CitedWords>> cited_words(ledger::RecordView& view, const domain::Content& content) {
    std::vector<CitedWords> out;
    const auto* citations = content.if_contains("citations");
    if (!citations || !citations->is_array()) return out;
    for (const auto& citation : citations->get_array()) {
        CitedWords cited;
        cited.document = text_at(citation.get_object(), "document");
        cited.place = text_at(citation.get_object(), "locator");
        const auto locator = Locator::parse(cited.place);
        if (cited.document.empty() || !locator) continue;
        ENTENTE_ASSIGN_OR_RETURN(const auto pages, view.pages(cited.document));
        if (pages.empty()) continue;
        const auto whole = in_one_line(text_at_place(pages, *locator));
        if (whole.empty()) continue;
        cited.words = fit_cells(whole, kMostWords, "");
        cited.cut = cited.words.size() < whole.size();
        out.push_back(std::move(cited));
    }
    return out;
}

Result<std::optional<WordsFound>> find_words(
    ledger::RecordView& view,
    const domain::Schema& schema,
    const ledger::Revision& document,
    const std::string& question
) {
    ENTENTE_ASSIGN_OR_RETURN(const auto query, ledger::parse_text_query(question, schema, {document.type}));
    std::vector<std::vector<SoughtTerm>> sought;
    collect_sought(query, sought);
    ENTENTE_ASSIGN_OR_RETURN(const auto pages, view.pages(document.rec));
    const auto kind = kind_of_places(text_at(document.content, "media_type"));
    if (sought.empty() || pages.empty() || !kind) return std::optional<WordsFound>{};
    const auto [page, on_page] = best_of({pages.begin(), pages.end()}, sought);
    if (on_page == 0) return std::optional<WordsFound>{};
    const auto lines = lines_of(pages[page]);
    const auto [line, in_line] = best_of(lines, sought);
    Locator place{*kind, 1, 1, 0, 0};
    place.first = place.last = static_cast<std::uint32_t>((*kind == Locator::Kind::line ? line : page) + 1);
    return std::optional(WordsFound{place.to_text(), in_line == 0 ? std::string() : in_one_line(lines[line])}
    );
}

}  // namespace entente::service
