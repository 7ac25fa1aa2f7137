#include "store/sqlite/index_facets.h"

#include <algorithm>

#include <fmt/format.h>

#include "store/sqlite/index_conditions.h"
#include "store/sqlite/index_tables.h"

namespace entente::store::sqlite {
namespace {

using domain::Field;
using domain::FieldType;
using ledger::FacetPage;
using ledger::FacetQuery;
using ledger::FacetRow;
using ledger::Sums;

std::unexpected<Error> refuse(const char* option, std::string message) {
    return fail(ErrorCode::invalid_argument, option, std::move(message));
}

// The number that a record adds to a sum, and its currency.
struct Addend {
    std::string number = "NULL", currency = "''";
};

std::string column(std::string_view alias, const std::string& name) {
    return fmt::format("{}.\"{}\"", alias, name);
}

Result<Addend> addend_of(
    const domain::RecordType& type, const FacetQuery& query, const std::optional<FieldPath>& by
) {
    if (query.sum.empty()) return Addend{};
    const auto path = find_path(type, query.sum);
    if (!path) return refuse("sum", fmt::format("found no field '{}'", query.sum));
    const auto& field = path->last();
    if (field.type != FieldType::count && field.type != FieldType::decimal && field.type != FieldType::money)
        return refuse("sum", fmt::format("found '{}', expected a field with numbers", query.sum));
    // Numbers of a group are added up when its own items are counted: heads a side, by side.
    if (path->apart() && !(by && by->sub && by->field == path->field))
        return refuse(
            "sum",
            fmt::format("found '{}', which stands in a group, expected a facet of the same group", query.sum)
        );
    const auto alias = path->apart() ? "x" : "r";
    if (field.type == FieldType::money)
        return Addend{column(alias, field.name + ".amount"), column(alias, field.name + ".currency")};
    return Addend{column(alias, field.name), "''"};
}

Result<Sums> read_sums(const Statement& row, int at) {
    Sums out;
    if (row.is_null(at)) return out;
    for (auto rest = row.text(at); !rest.empty();) {
        const auto end = rest.find('\n');
        const auto line = rest.substr(0, end);
        const auto tab = line.find('\t');
        out.emplace(line.substr(0, tab), line.substr(tab + 1));
        rest.remove_prefix(end + 1);
    }
    return out;
}

class Counter {
public:
    Counter(GuardedConnection& connection, const domain::RecordType& type, FieldPath path, Sql where)
        : connection_(connection), type_(type), path_(path), where_(std::move(where)) {
        items_ = path.apart()
                     ? fmt::format(" JOIN \"v_{}\" AS x ON x.rev=r.\"@rev\"", field_table(type, *path.field))
                     : "";
        inner_ = path.apart() ? "x" : "r";
        present_ = column(inner_, presence_column(path.last())) + " IS NOT NULL";
    }

    // What the values are, for grouping; a date stands under the year in which it begins.
    std::string value() const {
        const auto& field = path_.last();
        if (field.type == FieldType::date)
            return fmt::format(
                "entente_year(coalesce({},{}))",
                column(inner_, field.name + ".from"),
                column(inner_, field.name + ".to")
            );
        return column(inner_, field.name);
    }

    std::string lacks_value() const {
        if (!path_.apart()) return "NOT (" + present_ + ")";
        return fmt::format(
            "NOT EXISTS(SELECT 1 FROM \"v_{}\" AS x WHERE x.rev=r.\"@rev\" AND {})",
            field_table(type_, *path_.field),
            present_
        );
    }

    // Why there is none: what the field says, or, for a part of a group, the first item that says something.
    std::string why_none() const {
        const auto whole = column("r", path_.field->name + ".none");
        if (!path_.sub || path_.sub->many) return fmt::format("coalesce({},'left_out')", whole);
        return fmt::format(
            "coalesce({},(SELECT min({}) FROM \"v_{}\" AS x WHERE x.rev=r.\"@rev\"),'left_out')",
            whole,
            column("x", path_.sub->name + ".none"),
            field_table(type_, *path_.field)
        );
    }

    Result<std::vector<FacetRow>> rows(
        const std::string& view,
        const std::string& value,
        bool items,
        const std::string& condition,
        const Addend& sum,
        bool by_year
    ) {
        const std::string year = by_year ? "entente_year(coalesce(r.\"@day_from\",r.\"@day_to\"))" : "NULL";
        // A record that has a value twice counts once under it, and so does its number.
        const bool of_items = sum.number.starts_with("x.");
        const bool twice = items && path_.apart();
        const std::string source = fmt::format(
            "SELECT {}{} AS value, {} AS year, r.\"@rev\" AS rev, {} AS n, {} AS c FROM {} AS r{} WHERE ({}) "
            "AND ({})",
            twice && !of_items ? "DISTINCT " : "",
            value,
            year,
            sum.number,
            sum.currency,
            view,
            items ? items_ : "",
            where_.text,
            condition
        );
        const bool apart = twice && of_items;
        ENTENTE_ASSIGN_OR_RETURN(
            auto s,
            connection_.prepare(fmt::format(
                "SELECT value, year, {} AS records, {}, {} FROM ({}) GROUP BY value, year ORDER BY records "
                "DESC, "
                "value, year",
                apart ? "count(DISTINCT rev)" : "count(*)",
                apart ? "count(DISTINCT CASE WHEN n IS NOT NULL THEN rev END)" : "count(n)",
                sum.number == "NULL" ? "NULL" : "entente_sum(n,c)",
                source
            ))
        );
        bind_all(s, where_.values);
        std::vector<FacetRow> out;
        for (;;) {
            ENTENTE_ASSIGN_OR_RETURN(const bool more, s.step());
            if (!more) return out;
            FacetRow row;
            row.value = s.text(0);
            if (!s.is_null(1)) row.year = static_cast<int>(s.integer(1));
            row.records = static_cast<std::size_t>(s.integer(2));
            row.with_sum = static_cast<std::size_t>(s.integer(3));
            ENTENTE_ASSIGN_OR_RETURN(row.sums, read_sums(s, 4));
            out.push_back(std::move(row));
        }
    }

    const std::string& present() const { return present_; }

private:
    GuardedConnection& connection_;
    const domain::RecordType& type_;
    FieldPath path_;
    Sql where_;
    std::string items_, inner_, present_;
};

}  // namespace

Result<FacetPage> count_facets(
    GuardedConnection& connection, const domain::Schema& schema, std::uint64_t as_of, const FacetQuery& query
) {
    const auto source = source_of(schema, query.where);
    if (!source.type) return refuse("type", "found several record types, expected one");
    const auto path = find_path(*source.type, query.field);
    if (!path) return refuse("field", fmt::format("found no field '{}'", query.field));
    const auto& field = path->last();
    if (field.type == FieldType::group || field.type == FieldType::money || (path->sub && field.many))
        return refuse(
            "field", fmt::format("found '{}', whose values cannot be counted one by one", query.field)
        );
    ENTENTE_ASSIGN_OR_RETURN(const auto sum, addend_of(*source.type, query, path));
    ENTENTE_ASSIGN_OR_RETURN(auto where, condition_of(schema, as_of, query.where));
    Counter counter(connection, *source.type, *path, std::move(where));
    const auto view = record_view(*source.type);
    FacetPage page;
    ENTENTE_ASSIGN_OR_RETURN(
        page.rows, counter.rows(view, counter.value(), true, counter.present(), sum, query.by_year)
    );
    const bool sum_of_items = sum.number.starts_with("x.");
    const Addend once = sum_of_items ? Addend{} : sum;
    ENTENTE_ASSIGN_OR_RETURN(
        page.empty, counter.rows(view, counter.why_none(), false, counter.lacks_value(), once, query.by_year)
    );
    // The whole, each record once: not the sum of the rows where a record may stand under several.
    ENTENTE_ASSIGN_OR_RETURN(
        const auto all,
        counter.rows(once.number == "NULL" ? source.view : view, "''", false, "1", once, false)
    );
    if (!all.empty())
        page.records = all.front().records, page.with_sum = all.front().with_sum,
        page.sums = all.front().sums;
    std::size_t without = 0;
    for (const auto& row : page.empty) without += row.records;
    page.with_value = page.records - without;
    return page;
}

}  // namespace entente::store::sqlite
