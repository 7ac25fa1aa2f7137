#include "store/sqlite/index_sets.h"

#include <algorithm>
#include <limits>

#include <fmt/format.h>

#include "store/sqlite/index_search.h"
#include "store/sqlite/index_tables.h"
#include "store/sqlite/index_values.h"

namespace entente::store::sqlite {
namespace {

using ledger::FieldFilter;
using ledger::FilterValue;
using ledger::RecordQuery;
using Kind = FilterValue::Kind;

// Its length keeps a piece apart from the next.
std::string piece(std::string_view text) {
    return fmt::format("{}:{};", text.size(), text);
}

std::string named(const std::vector<std::string>& types) {
    std::string out;
    for (const auto& type : types) out += piece(type);
    return out;
}

std::string named(const FilterValue& value) {
    auto out = fmt::format(
        "{} {}{}{}{}{}{}",
        static_cast<int>(value.kind),
        value.low_excluded,
        value.high_excluded,
        piece(value.text),
        value.low ? piece(*value.low) : "-",
        value.high ? piece(*value.high) : "-",
        piece(value.currency)
    );
    out += fmt::format(
        "{} {}", value.from ? std::to_string(*value.from) : "-", value.to ? std::to_string(*value.to) : "-"
    );
    for (const auto& term : value.terms) out += piece(term.text) + (term.prefix ? "*" : "");
    return out;
}

std::string named(const FieldFilter& filter) {
    auto out = (filter.negated ? "not " : "is ") + piece(filter.field);
    for (const auto& value : filter.any_of) out += piece(named(value));
    return out;
}

Result<std::vector<std::uint32_t>> numbers_of(Statement& s) {
    std::vector<std::uint32_t> out;
    for (;;) {
        ENTENTE_ASSIGN_OR_RETURN(const bool more, s.step());
        if (!more) return out;
        out.push_back(static_cast<std::uint32_t>(s.integer(0)));
    }
}

// A day beyond those that a date may have stands for an open end.
constexpr auto kNoFirst = std::numeric_limits<std::int32_t>::min();
constexpr auto kNoLast = std::numeric_limits<std::int32_t>::max();

bool fits(const RevisionDays::Span& span, const FilterValue& value) {
    if (!span.known()) return false;
    const bool overlaps = value.kind == Kind::overlaps;
    if (value.from && (overlaps ? span.to : span.from) < *value.from) return false;
    return !value.to || (overlaps ? span.from : span.to) <= *value.to;
}

}  // namespace

std::vector<std::string> IndexSets::types_of(const RecordQuery& query) const {
    if (!query.types.empty()) return query.types;
    std::vector<std::string> out;
    for (const auto& type : schema_.types()) out.push_back(type.type);
    return out;
}

Result<std::shared_ptr<const RevisionBits>> IndexSets::current(const RecordQuery& query) {
    if (query.types.size() == 1) return connection_.current(query.types.front(), as_of_);
    return connection_
        .learned<RevisionBits>(as_of_, "current of " + named(query.types), [&]() -> Result<RevisionBits> {
            RevisionBits out;
            for (const auto& type : types_of(query)) {
                ENTENTE_ASSIGN_OR_RETURN(const auto bits, connection_.current(type, as_of_));
                out.add(*bits);
            }
            return out;
        });
}

Result<std::vector<std::uint32_t>> IndexSets::numbers(
    const std::string& sql, const std::vector<SqlValue>& values
) {
    ENTENTE_ASSIGN_OR_RETURN(auto s, connection_.prepare(sql));
    bind_all(s, values);
    return numbers_of(s);
}

Result<std::shared_ptr<const RevisionSet>> IndexSets::naming(const std::string& rec) {
    return connection_.learned<RevisionSet>(as_of_, "names " + piece(rec), [&]() -> Result<RevisionSet> {
        RecordQuery condition;
        condition.actors = {rec};
        ENTENTE_ASSIGN_OR_RETURN(const auto where, condition_of(schema_, as_of_, condition));
        ENTENTE_ASSIGN_OR_RETURN(
            auto* const s, connection_.kept("SELECT r.\"@rev\" FROM v_record AS r WHERE " + where.text)
        );
        bind_all(*s, where.values);
        ENTENTE_ASSIGN_OR_RETURN(auto found, numbers_of(*s));
        return RevisionSet(std::move(found));
    });
}

Result<std::shared_ptr<const RevisionSet>> IndexSets::set_of(
    const RecordQuery& condition, const std::string& name
) {
    return connection_.learned<RevisionSet>(as_of_, name, [&]() -> Result<RevisionSet> {
        for (const auto& type : types_asked(schema_, condition))
            ENTENTE_RETURN_IF_ERROR(connection_.learn_current(type, as_of_));
        ENTENTE_ASSIGN_OR_RETURN(const auto where, condition_of(schema_, as_of_, condition));
        ENTENTE_ASSIGN_OR_RETURN(
            auto found,
            numbers(
                "SELECT r.\"@rev\" FROM " + source_of(schema_, condition).view + " AS r WHERE " + where.text,
                where.values
            )
        );
        return RevisionSet(std::move(found));
    });
}

// Words that full text alone answers are asked of it alone: what is current is known.
Result<std::shared_ptr<const RevisionSet>> IndexSets::words(const RecordQuery& query) {
    const auto name = "words " + named(query.types) + piece(query.text);
    ENTENTE_ASSIGN_OR_RETURN(const auto text, ledger::parse_text_query(query.text, schema_, query.types));
    if (!is_one_match(text)) {
        RecordQuery condition;
        condition.types = query.types, condition.text = query.text;
        return set_of(condition, name);
    }
    return connection_.learned<RevisionSet>(as_of_, name, [&]() -> Result<RevisionSet> {
        for (const auto& type : types_of(query))
            ENTENTE_RETURN_IF_ERROR(connection_.learn_current(type, as_of_));
        ENTENTE_ASSIGN_OR_RETURN(
            auto found, numbers("SELECT rev FROM v_search_current WHERE matching MATCH ?", {match_text(text)})
        );
        return RevisionSet(std::move(found));
    });
}

Result<std::shared_ptr<const RevisionDays>> IndexSets::days(
    const domain::RecordType& type, const std::string& field
) {
    return connection_.learned<RevisionDays>(
        as_of_,
        "days " + piece(type.type) + piece(field),
        [&]() -> Result<RevisionDays> {
            ENTENTE_RETURN_IF_ERROR(connection_.learn_current(type.type, as_of_));
            // Of a field that there is a date is told by its precision; of a record, by either day.
            const auto from = field.empty() ? "\"@day_from\"" : fmt::format("\"{}.from\"", field);
            const auto to = field.empty() ? "\"@day_to\"" : fmt::format("\"{}.to\"", field);
            ENTENTE_ASSIGN_OR_RETURN(
                auto s,
                connection_.prepare(fmt::format(
                    "SELECT r.\"@rev\", {0}, {1} FROM {2} AS r WHERE {3}",
                    from,
                    to,
                    record_view(type),
                    field.empty() ? fmt::format("coalesce({},{}) IS NOT NULL", from, to)
                                  : fmt::format("\"{}.precision\" IS NOT NULL", field)
                ))
            );
            RevisionDays out;
            for (;;) {
                ENTENTE_ASSIGN_OR_RETURN(const bool more, s.step());
                if (!more) return out;
                const auto rev = static_cast<std::size_t>(s.integer(0));
                if (rev >= out.spans.size()) out.spans.resize(rev + 1 + rev / 4);
                out.spans[rev] = {
                    s.is_null(1) ? kNoFirst : static_cast<std::int32_t>(s.integer(1)),
                    s.is_null(2) ? kNoLast : static_cast<std::int32_t>(s.integer(2))};
            }
        }
    );
}

// False: the filter asks for something else than values, each exactly, of a field whose values repeat.
Result<bool> IndexSets::narrow_by_values(
    const RecordQuery& query, const FieldFilter& filter, RevisionBits& out
) {
    const auto* type = query.types.size() == 1 ? schema_.find(query.types.front()) : nullptr;
    const auto path = type ? find_path(*type, filter.field) : std::nullopt;
    if (!path || filter.negated || !is_numbered(path->last()) || (path->sub && path->sub->many)) return false;
    if (std::ranges::any_of(filter.any_of, [](const auto& value) { return value.kind != Kind::text; }))
        return false;
    ENTENTE_ASSIGN_OR_RETURN(const auto known, field_values(connection_, *type, *path, as_of_));
    RevisionBits any;
    for (const auto& value : filter.any_of)
        if (const auto* records = known->find(value.text)) records->add_to(any);
    out.keep(any);
    return true;
}

// False: the filter asks for something else than dates of one field.
Result<bool> IndexSets::narrow_by_dates(
    const RecordQuery& query, const FieldFilter& filter, RevisionBits& out
) {
    const auto* type = query.types.size() == 1 ? schema_.find(query.types.front()) : nullptr;
    const auto path = type ? find_path(*type, filter.field) : std::nullopt;
    if (!path || path->apart() || path->last().type != domain::FieldType::date || filter.negated)
        return false;
    for (const auto& value : filter.any_of)
        if (value.kind != Kind::overlaps && value.kind != Kind::within) return false;
    ENTENTE_ASSIGN_OR_RETURN(const auto known, days(*type, filter.field));
    RevisionBits kept;
    out.each([&](std::size_t rev) {
        if (rev >= known->spans.size()) return;
        for (const auto& value : filter.any_of)
            if (fits(known->spans[rev], value)) return kept.add(rev);
    });
    out = std::move(kept);
    return true;
}

Result<void> IndexSets::narrow_by_filter(
    const RecordQuery& query, const FieldFilter& filter, RevisionBits& out
) {
    ENTENTE_ASSIGN_OR_RETURN(const bool by_values, narrow_by_values(query, filter, out));
    if (by_values) return {};
    ENTENTE_ASSIGN_OR_RETURN(const bool by_dates, narrow_by_dates(query, filter, out));
    if (by_dates) return {};
    RecordQuery condition;
    condition.types = query.types, condition.filters = {filter};
    ENTENTE_ASSIGN_OR_RETURN(
        const auto set, set_of(condition, "filter " + named(query.types) + named(filter))
    );
    set->narrow(out);
    return {};
}

// Of what has one day only, this one is meant.
Result<void> IndexSets::narrow_by_period(const RecordQuery& query, RevisionBits& out) {
    RevisionBits kept;
    for (const auto& name : types_of(query)) {
        const auto* type = schema_.find(name);
        if (!type) continue;
        ENTENTE_ASSIGN_OR_RETURN(const auto known, days(*type, {}));
        ENTENTE_ASSIGN_OR_RETURN(const auto of_type, connection_.current(name, as_of_));
        of_type->each([&](std::size_t rev) {
            if (!out.holds(rev) || rev >= known->spans.size() || !known->spans[rev].known()) return;
            const auto [from, to] = known->spans[rev];
            const auto last = to == kNoLast ? from : to, first = from == kNoFirst ? to : from;
            if ((!query.since || last >= query.since->value) && (!query.until || first <= query.until->value))
                kept.add(rev);
        });
    }
    out = std::move(kept);
    return {};
}

Result<std::shared_ptr<const RevisionBits>> IndexSets::matching(const RecordQuery& query) {
    ENTENTE_ASSIGN_OR_RETURN(const auto all, current(query));
    if (query.actors.empty() && query.equals.empty() && query.filters.empty() && query.text.empty() &&
        !query.since && !query.until)
        return all;
    RevisionBits out = *all;
    for (const auto& actor : query.actors) {
        ENTENTE_ASSIGN_OR_RETURN(const auto set, naming(actor));
        set->narrow(out);
    }
    for (const auto& [field, value] : query.equals) {
        FieldFilter filter;
        filter.field = field;
        filter.any_of.emplace_back().text = value;
        ENTENTE_RETURN_IF_ERROR(narrow_by_filter(query, filter, out));
    }
    for (const auto& filter : query.filters) ENTENTE_RETURN_IF_ERROR(narrow_by_filter(query, filter, out));
    if (!query.text.empty()) {
        ENTENTE_ASSIGN_OR_RETURN(const auto set, words(query));
        set->narrow(out);
    }
    if (query.since || query.until) ENTENTE_RETURN_IF_ERROR(narrow_by_period(query, out));
    return std::make_shared<const RevisionBits>(std::move(out));
}

Result<std::shared_ptr<const RevisionOrder>> IndexSets::order(const RecordQuery& query) {
    RecordQuery all;
    all.types = query.types, all.sort = query.sort;
    all.newest_first = query.newest_first, all.descending = query.descending;
    const auto name =
        fmt::format("order {}{}{}{}", named(all.types), piece(all.sort), all.newest_first, all.descending);
    return connection_.learned<RevisionOrder>(as_of_, name, [&]() -> Result<RevisionOrder> {
        for (const auto& type : types_asked(schema_, all))
            ENTENTE_RETURN_IF_ERROR(connection_.learn_current(type, as_of_));
        ENTENTE_ASSIGN_OR_RETURN(const auto where, condition_of(schema_, as_of_, all));
        ENTENTE_ASSIGN_OR_RETURN(const auto keys, sort_keys(schema_, all));
        RevisionOrder out;
        ENTENTE_ASSIGN_OR_RETURN(
            out.revisions,
            numbers(
                "SELECT r.\"@rev\" FROM " + source_of(schema_, all).view + " AS r WHERE " + where.text +
                    order_by(keys),
                where.values
            )
        );
        const auto last = std::ranges::max_element(out.revisions);
        out.places.resize(last == out.revisions.end() ? 0 : *last + 1);
        for (std::uint32_t i = 0; i < out.revisions.size(); ++i) out.places[out.revisions[i]] = i;
        return out;
    });
}

}  // namespace entente::store::sqlite
