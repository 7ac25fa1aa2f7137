#include "service/find.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "base/search_text.h"
#include "base/utf8.h"
#include "domain/date_span.h"
#include "ledger/text_query.h"
#include "service/find_cursor.h"
#include "service/find_filter.h"
#include "service/node.h"

namespace entente::service {
namespace {

Result<void> read_sort(const domain::Schema& schema, const std::string& typed, ledger::RecordQuery& query) {
    query.sort = typed;
    for (const auto& [ending, descending] : {std::pair(":desc", true), std::pair(":asc", false)})
        if (typed.ends_with(ending))
            query.sort = typed.substr(0, typed.rfind(':')), query.descending = descending;
    ENTENTE_ASSIGN_OR_RETURN(
        [[maybe_unused]] const auto* field, find_field(schema, query.types, query.sort, "sort")
    );
    return {};
}

Result<void> read_after(
    ledger::RecordView& view,
    const domain::Schema& schema,
    const std::string& typed,
    ledger::RecordQuery& query
) {
    const auto cursor = parse_cursor(typed);
    if (!cursor) {
        ENTENTE_ASSIGN_OR_RETURN(query.after, make_resolver(view, schema)(query.types, typed));
        return {};
    }
    if (cursor->query != query_digest(query))
        return fail(
            ErrorCode::conflict,
            "after",
            "found a cursor of another question; ask the same one as before, the order included"
        );
    query.after = cursor->rec;
    return {};
}

// A name or text is asked for as it is written, whatever the case and the marks: all spellings on record that
// fold to the same words are meant.
Result<void> add_spellings(
    ledger::RecordView& view,
    const domain::Schema& schema,
    const ledger::RecordQuery& query,
    ledger::FieldFilter& filter
) {
    using Kind = ledger::FilterValue::Kind;
    std::map<std::vector<std::string>, std::string> wanted;
    for (const auto& value : filter.any_of)
        if (auto terms = searchable_terms(value.text); value.kind == Kind::text && !terms.empty())
            wanted.emplace(std::move(terms), value.text);
    if (wanted.empty()) return {};
    for (const auto& type : schema.types()) {
        const auto* field = type.find(filter.field);
        const bool asked = query.types.empty() ||
                           std::find(query.types.begin(), query.types.end(), type.type) != query.types.end();
        if (!asked || !field ||
            (field->type != domain::FieldType::text && field->type != domain::FieldType::name))
            continue;
        ENTENTE_ASSIGN_OR_RETURN(const auto values, view.tally_values({type.type, filter.field, {}, {}}));
        for (const auto& tally : values) {
            const auto found = wanted.find(searchable_terms(tally.value));
            if (found == wanted.end() || found->second == tally.value) continue;
            ledger::FilterValue spelling;
            spelling.text = tally.value;
            filter.any_of.push_back(std::move(spelling));
        }
    }
    return {};
}

}  // namespace

Result<const domain::RecordType*> find_type(const domain::Schema& schema, const std::string& typed) {
    std::vector<std::pair<std::size_t, std::string>> near;
    for (const auto& type : schema.types()) {
        if (typed == type.type || typed == type.plural || typed == type.name) return &type;
        near.emplace_back(edit_distance(typed, type.type), type.type);
    }
    std::sort(near.begin(), near.end());
    return fail(
        ErrorCode::invalid_argument,
        "type",
        fmt::format(
            "found '{}', expected a record type; nearest: {}, {}", typed, near[0].second, near[1].second
        ),
        "entente record --help"
    );
}

Result<std::optional<std::uint64_t>> as_of_for(const std::string& after, std::optional<std::uint64_t> asked) {
    const auto cursor = parse_cursor(after);
    if (!cursor) return asked;
    if (asked && *asked != cursor->as_of)
        return fail(
            ErrorCode::conflict,
            "after",
            fmt::format("found a cursor as of entry {}, expected one as of {}", cursor->as_of, *asked)
        );
    return std::optional(cursor->as_of);
}

Result<ledger::RecordQuery> make_query(
    ledger::RecordView& view, const domain::Schema& schema, const FindRequest& request
) {
    ledger::RecordQuery query;
    for (const auto& typed : request.types) {
        ENTENTE_ASSIGN_OR_RETURN(const auto* type, find_type(schema, typed));
        query.types.push_back(type->type);
    }
    const auto resolve = make_resolver(view, schema);
    for (const auto& actor : request.actors) {
        ENTENTE_ASSIGN_OR_RETURN(auto id, resolve({"actor"}, actor));
        query.actors.push_back(std::move(id));
    }
    for (const auto& condition : request.where) {
        ENTENTE_ASSIGN_OR_RETURN(auto filter, parse_filter(schema, query.types, condition, resolve));
        ENTENTE_RETURN_IF_ERROR(add_spellings(view, schema, query, filter));
        query.filters.push_back(std::move(filter));
    }
    ENTENTE_ASSIGN_OR_RETURN(query.since, domain::end_of_typed_date(request.since, "since", true));
    ENTENTE_ASSIGN_OR_RETURN(query.until, domain::end_of_typed_date(request.until, "until", false));
    if (!request.text.empty()) {
        ENTENTE_ASSIGN_OR_RETURN(
            [[maybe_unused]] const auto words, ledger::parse_text_query(request.text, schema, query.types)
        );
        query.text = request.text;
    }
    query.newest_first = !request.oldest_first;
    if (!request.sort.empty()) ENTENTE_RETURN_IF_ERROR(read_sort(schema, request.sort, query));
    if (!request.after.empty()) ENTENTE_RETURN_IF_ERROR(read_after(view, schema, request.after, query));
    return query;
}

std::string cursor_after(
    const ledger::RecordView& view, const ledger::RecordQuery& query, const std::string& rec
) {
    return to_text(Cursor{view.as_of(), rec, query_digest(query)});
}

}  // namespace entente::service
