#include "store/sqlite/index_values.h"

#include <algorithm>
#include <map>
#include <tuple>

#include <fmt/format.h>

#include "store/sqlite/index_facets.h"

namespace entente::store::sqlite {
namespace {

using ledger::FacetPage;
using ledger::FacetRow;

constexpr std::size_t kBytesOfAValue = 160;

using Found = std::unordered_map<std::string, std::vector<std::uint32_t>>;

std::vector<FieldValues::Value> sets_of(Found found) {
    std::vector<FieldValues::Value> out;
    out.reserve(found.size());
    for (auto& [text, revisions] : found) out.push_back({text, RevisionSet(std::move(revisions))});
    std::ranges::sort(out, {}, &FieldValues::Value::text);
    return out;
}

std::optional<int> year_of(const RevisionDays& days, std::size_t rev) {
    if (rev >= days.spans.size() || !days.spans[rev].known()) return std::nullopt;
    const auto& span = days.spans[rev];
    const bool begun = span.from != std::numeric_limits<std::int32_t>::min();
    return calendar(Day{begun ? span.from : span.to}).year;
}

void add_rows(
    const std::vector<FieldValues::Value>& values,
    const RevisionBits& fitting,
    const RevisionDays* years,
    std::vector<FacetRow>& out
) {
    for (const auto& value : values) {
        if (!years) {
            FacetRow row;
            row.value = value.text, row.records = value.records.count_within(fitting);
            if (row.records > 0) out.push_back(std::move(row));
            continue;
        }
        std::map<std::optional<int>, std::size_t> counts;
        value.records.each_within(fitting, [&](std::size_t rev) { ++counts[year_of(*years, rev)]; });
        for (const auto& [year, records] : counts) {
            FacetRow row;
            row.value = value.text, row.year = year, row.records = records;
            out.push_back(std::move(row));
        }
    }
    std::ranges::sort(out, [](const FacetRow& a, const FacetRow& b) {
        return std::tie(b.records, a.value, a.year) < std::tie(a.records, b.value, b.year);
    });
}

}  // namespace

std::size_t FieldValues::bytes() const {
    std::size_t out = (values.size() + empty.size()) * kBytesOfAValue;
    for (const auto* list : {&values, &empty})
        for (const auto& value : *list) out += value.records.bytes() + 2 * value.text.size();
    return out;
}

Result<std::shared_ptr<const FieldValues>> field_values(
    GuardedConnection& connection, const domain::RecordType& type, const FieldPath& path, std::uint64_t as_of
) {
    const auto name = fmt::format(
        "values {} {}{}{}", type.type, path.field->name, path.sub ? "." : "", path.sub ? path.sub->name : ""
    );
    return connection.learned<FieldValues>(as_of, name, [&]() -> Result<FieldValues> {
        ENTENTE_RETURN_IF_ERROR(connection.learn_current(type.type, as_of));
        ENTENTE_ASSIGN_OR_RETURN(auto rows, connection.prepare(values_sql(type, path)));
        Found found, empty;
        std::unordered_map<std::uint32_t, std::string> why;  // of records that have had no value so far
        RevisionBits valued, seen;
        for (;;) {
            ENTENTE_ASSIGN_OR_RETURN(const bool more, rows.step());
            if (!more) break;
            const auto rev = static_cast<std::uint32_t>(rows.integer(0));
            seen.add(rev);
            if (!rows.is_null(1)) {
                found[std::string(rows.text(1))].push_back(rev), valued.add(rev);
            } else if (!rows.is_null(2)) {
                why.try_emplace(rev, rows.text(2));
            }
        }
        seen.each([&](std::size_t rev) {
            if (valued.holds(rev)) return;
            const auto reason = why.find(static_cast<std::uint32_t>(rev));
            empty[reason == why.end() ? "left_out" : reason->second].push_back(static_cast<std::uint32_t>(rev)
            );
        });
        FieldValues out{sets_of(std::move(found)), sets_of(std::move(empty)), {}};
        for (std::size_t i = 0; i < out.values.size(); ++i) out.places.emplace(out.values[i].text, i);
        return out;
    });
}

FacetPage count_values(const FieldValues& field, const RevisionBits& fitting, const RevisionDays* years) {
    FacetPage out;
    out.records = fitting.count();
    add_rows(field.values, fitting, years, out.rows);
    add_rows(field.empty, fitting, years, out.empty);
    out.with_value = out.records;
    for (const auto& row : out.empty) out.with_value -= row.records;
    return out;
}

}  // namespace entente::store::sqlite
