#include "store/sqlite/index_tally.h"

#include <fmt/format.h>

#include "store/sqlite/index_tables.h"

namespace entente::store::sqlite {
namespace {

using domain::FieldType;

bool is_text(FieldType type) {
    return type == FieldType::name || type == FieldType::text || type == FieldType::code ||
           type == FieldType::identifier;
}
bool is_number(FieldType type) {
    return type == FieldType::count || type == FieldType::decimal || type == FieldType::money;
}

// The field, when it is of a wanted kind.
Result<const domain::Field*> wanted(
    const domain::RecordType& type,
    const std::string& name,
    bool (*fits)(const domain::Field&),
    const char* what
) {
    const auto* field = type.find(name);
    if (field && fits(*field)) return field;
    return fail(
        ErrorCode::invalid_argument,
        name,
        fmt::format("found {} of {}, expected {}", field ? "a field" : "no field", type.type, what)
    );
}

std::optional<Day> day_of(const Statement& row, int column) {
    if (row.is_null(column)) return std::nullopt;
    return Day{static_cast<std::int32_t>(row.integer(column))};
}

// SELECT, with the columns of value, by, records, first, last and then the sums.
Result<std::string> sql_of(
    const domain::RecordType& type, std::uint64_t as_of, const ledger::TallyQuery& query
) {
    ENTENTE_ASSIGN_OR_RETURN(
        const auto* field,
        wanted(
            type, query.field, [](const auto& f) { return is_text(f.type); }, "a field of one text"
        )
    );
    std::string by = "NULL", sums;
    if (!query.by.empty()) {
        ENTENTE_ASSIGN_OR_RETURN(
            const auto* reference,
            wanted(
                type,
                query.by,
                [](const auto& f) { return f.type == FieldType::reference && !f.many; },
                "a single reference"
            )
        );
        by = fmt::format("t.\"{}\"", reference->name);
    }
    for (const auto& name : query.sums) {
        ENTENTE_ASSIGN_OR_RETURN(
            const auto* number,
            wanted(
                type, name, [](const auto& f) { return is_number(f.type) && !f.many; }, "a number"
            )
        );
        sums += fmt::format(", total(t.\"{}\")", value_columns(*number).front());
    }
    // The table of the type only where a column of it is read.
    const bool single = !query.by.empty() || !query.sums.empty() || !field->many;
    auto from = fmt::format("\"v_{}\" AS t", type_table(type));
    if (field->many && single)
        from += fmt::format(" JOIN \"v_{}\" AS x ON x.rev=t.rev", field_table(type, *field));
    if (!single) from = fmt::format("\"v_{}\" AS x", field_table(type, *field));
    from += fmt::format(" JOIN v_revision AS r ON r.rev={}.rev", single ? "t" : "x");
    return fmt::format(
        "SELECT {0}.\"{1}\", {2}, count(*), min(r.day_from), max(r.day_to){3} FROM {4} WHERE "
        "r.kind<>'retract' AND "
        "r.since<={5} AND (r.until IS NULL OR r.until>{5}) AND {0}.\"{1}\" IS NOT NULL GROUP BY 1,2 ORDER BY "
        "1,2",
        field->many ? "x" : "t",
        field->name,
        by,
        sums,
        from,
        as_of
    );
}

}  // namespace

Result<std::vector<ledger::Tally>> tally_values(
    GuardedConnection& connection,
    const domain::Schema& schema,
    std::uint64_t as_of,
    const ledger::TallyQuery& query
) {
    const auto* type = schema.find(query.type);
    if (!type)
        return fail(
            ErrorCode::invalid_argument, "type", fmt::format("found '{}', expected a record type", query.type)
        );
    ENTENTE_ASSIGN_OR_RETURN(const auto sql, sql_of(*type, as_of, query));
    ENTENTE_ASSIGN_OR_RETURN(auto row, connection.prepare(sql));
    std::vector<ledger::Tally> out;
    for (;;) {
        ENTENTE_ASSIGN_OR_RETURN(const bool more, row.step());
        if (!more) return out;
        ledger::Tally tally;
        tally.value = row.text(0), tally.by = row.text(1);
        tally.records = static_cast<std::uint64_t>(row.integer(2));
        tally.first = day_of(row, 3), tally.last = day_of(row, 4);
        for (std::size_t i = 0; i < query.sums.size(); ++i)
            tally.sums.push_back(row.real(5 + static_cast<int>(i)));
        out.push_back(std::move(tally));
    }
}

}  // namespace entente::store::sqlite
