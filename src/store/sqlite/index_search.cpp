#include "store/sqlite/index_search.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/codec.h"
#include "base/hash.h"
#include "base/search_text.h"

namespace entente::store::sqlite {
namespace {

using domain::Field;
using domain::FieldType;
using ledger::TextQuery;

std::string_view view(const json::string& text) {
    return {text.data(), text.size()};
}

void collect_words(const Field& field, const json::value& value, std::string& words);

void collect_words(const std::vector<Field>& fields, const json::object& content, std::string& words) {
    for (const auto& field : fields)
        if (const auto* value = content.if_contains(field.name)) collect_words(field, *value, words);
}

void collect_words(const Field& field, const json::value& value, std::string& words) {
    const auto add = [&](const json::value& item) {
        const auto* text = item.if_string();
        if (!text) return;
        append_searchable(view(*text), words);
        words += '\n';
    };
    const bool is_text =
        field.type == FieldType::text || field.type == FieldType::name || field.type == FieldType::identifier;
    const auto* list = value.if_array();
    if (is_text && !list) add(value);
    if (field.type == FieldType::group && value.is_object())
        collect_words(field.fields, value.get_object(), words);
    if (!list) return;
    for (const auto& item : *list) {
        if (is_text)
            add(item);
        else if (field.type == FieldType::group && item.is_object())
            collect_words(field.fields, item.get_object(), words);
    }
}

}  // namespace

std::string search_table() {
    return "CREATE VIRTUAL TABLE search USING fts5(words, content='', columnsize=0, tokenize='ascii')";
}

std::string search_view() {
    return "CREATE VIEW v_search AS SELECT x.rowid AS rev, x.search AS matching FROM search AS x JOIN "
           "revision "
           "AS r ON r.rev=x.rowid WHERE entente_visible(r.label)";
}

std::string current_search_view() {
    return "CREATE VIEW v_search_current AS SELECT x.rowid AS rev, x.search AS matching FROM search AS x "
           "WHERE "
           "entente_current(x.rowid)";
}

std::string search_words(const domain::RecordType& type, const std::vector<const json::value*>& values) {
    std::string words;
    // Records are called by their id in the source; as a word it would be one of a kind in each.
    for (std::size_t i = 0; i < values.size(); ++i)
        if (values[i] && type.fields[i].name != "source_id") collect_words(type.fields[i], *values[i], words);
    return words;
}

std::string empty_search() {
    return "INSERT INTO search(search) VALUES('delete-all')";
}

bool is_search_table(std::string_view name) {
    return name == "search" || name.starts_with("search_");
}

Result<std::string> dump_search(Connection& connection) {
    ENTENTE_RETURN_IF_ERROR(connection.execute(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.search_terms USING fts5vocab('main','search','instance')"
    ));
    ENTENTE_ASSIGN_OR_RETURN(
        auto rows,
        connection.prepare("SELECT term, doc, offset FROM temp.search_terms ORDER BY term, doc, offset")
    );
    std::string out, term;
    Sha256Stream places;
    bool any = false;
    const auto close = [&] {
        if (any) out += fmt::format("search|{}|{}\n", term, hex(places.finish().view()));
    };
    for (;;) {
        ENTENTE_ASSIGN_OR_RETURN(const bool more, rows.step());
        if (!more) break;
        if (!any || rows.text(0) != term) {
            close();
            term = rows.text(0), any = true;
        }
        places.update(fmt::format("{}:{};", rows.integer(1), rows.integer(2)));
    }
    close();
    return out;
}

bool is_one_match(const TextQuery& query) {
    if (query.kind == TextQuery::Kind::without) return false;
    return query.field.empty() && std::all_of(query.parts.begin(), query.parts.end(), is_one_match);
}

std::string match_text(const TextQuery& query) {
    std::string out;
    if (query.kind == TextQuery::Kind::terms) {
        // Terms hold letters and digits only: nothing in them can end the quotes.
        for (const auto& term : query.terms) out += (out.empty() ? "\"" : " ") + term.text;
        return out + (query.terms.back().prefix ? "\" *" : "\"");
    }
    for (const auto& part : query.parts) {
        if (!out.empty()) out += query.kind == TextQuery::Kind::all ? " AND " : " OR ";
        out += "(" + match_text(part) + ")";
    }
    return out;
}

}  // namespace entente::store::sqlite
