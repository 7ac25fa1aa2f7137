#include "store/sqlite/index_facets.h"

#include <algorithm>
#include <tuple>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "base/day.h"
#include "base/decimal.h"
#include "store/sqlite/index_conditions.h"

namespace entente::store::sqlite {
namespace {

using domain::Field;
using domain::FieldType;
using ledger::FacetPage;
using ledger::FacetQuery;
using ledger::FacetRow;

std::unexpected<Error> refuse(const char* option, std::string message) {
    return fail(ErrorCode::invalid_argument, option, std::move(message));
}

std::string column(std::string_view alias, const std::string& name) {
    return fmt::format("{}.\"{}\"", alias, name);
}

// Where the number stands that a record, or each of its items, adds to the sum.
struct Addend {
    std::string number = "NULL", currency = "NULL";
    bool of_items = false;
};

Result<Addend> addend_of(const domain::RecordType& type, const FacetQuery& query, const FieldPath& by) {
    if (query.sum.empty()) return Addend{};
    const auto path = find_path(type, query.sum);
    if (!path) return refuse("sum", fmt::format("found no field '{}'", query.sum));
    const auto& field = path->last();
    if (field.type != FieldType::count && field.type != FieldType::decimal && field.type != FieldType::money)
        return refuse("sum", fmt::format("found '{}', expected a field with numbers", query.sum));
    // Numbers of a group are added up when its own items are counted: heads a side, by side.
    if (path->apart() && !(by.sub && by.field == path->field))
        return refuse(
            "sum",
            fmt::format("found '{}', which stands in a group, expected a facet of the same group", query.sum)
        );
    const auto alias = path->apart() ? "x" : "r";
    if (field.type == FieldType::money)
        return Addend{
            column(alias, field.name + ".amount"), column(alias, field.name + ".currency"), path->apart()};
    return Addend{column(alias, field.name), "NULL", path->apart()};
}

// Records, and the numbers that they carry, under one value.
struct Bucket {
    std::size_t records = 0, with_sum = 0;
    std::vector<std::pair<std::string, DecimalSum>> sums;

    bool add(std::string_view number, std::string_view currency) {
        auto found =
            std::find_if(sums.begin(), sums.end(), [&](const auto& each) { return each.first == currency; });
        if (found == sums.end()) found = sums.insert(found, {std::string(currency), DecimalSum{}});
        return found->second.add(number);
    }
    ledger::Sums as_sums() const {
        ledger::Sums out;
        for (const auto& [currency, sum] : sums) out.emplace(currency, sum.text());
        return out;
    }
};

// Counts rows that come record by record, so that a record stands once under each value.
class Counter {
public:
    explicit Counter(bool by_year) : by_year_(by_year) {}

    // One row: a value, or why there is none, with the record's number or the item's.
    Result<void> take(const Statement& row, bool number_of_item) {
        if (row.integer(kRev) != rev_ || page_.records == 0) begin(row, number_of_item);
        const bool has_number = !row.is_null(kNumber);
        if (number_of_item && has_number) {
            ENTENTE_RETURN_IF_ERROR(add(all_, row));
            if (!std::exchange(has_number_, true)) ++all_.with_sum;
        }
        if (row.is_null(kValue)) {
            if (why_.empty() && !row.is_null(kWhy)) why_ = row.text(kWhy);
            return {};
        }
        auto& bucket = buckets_[key(row.text(kValue))];
        auto seen =
            std::find_if(seen_.begin(), seen_.end(), [&](const auto& each) { return each.first == &bucket; });
        const bool first = seen == seen_.end();
        if (first) seen = seen_.insert(seen_.end(), {&bucket, false}), ++bucket.records;
        if (!has_number || (!number_of_item && !first)) return {};
        if (!std::exchange(seen->second, true)) ++bucket.with_sum;
        return add(bucket, row);
    }

    FacetPage finish() {
        close();
        page_.sums = all_.as_sums(), page_.with_sum = all_.with_sum;
        page_.rows = rows(buckets_), page_.empty = rows(empty_);
        return std::move(page_);
    }

    enum Column : int { kRev, kDay, kValue, kWhy, kNumber, kCurrency };

private:
    static Result<void> add(Bucket& bucket, const Statement& row) {
        if (bucket.add(row.text(kNumber), row.text(kCurrency))) return {};
        return fail(
            ErrorCode::corrupt, "sum", fmt::format("found '{}', which cannot be added up", row.text(kNumber))
        );
    }

    using Buckets = std::unordered_map<std::string, Bucket>;

    void begin(const Statement& row, bool number_of_item) {
        close();
        rev_ = row.integer(kRev);
        ++page_.records;
        if (by_year_) {
            year_.reset();
            if (!row.is_null(kDay)) year_ = calendar(Day{static_cast<std::int32_t>(row.integer(kDay))}).year;
        }
        number_.reset(), has_number_ = false;
        if (number_of_item || row.is_null(kNumber)) return;
        number_ = row.text(kNumber), currency_ = row.text(kCurrency);
        ++all_.with_sum;
        (void)all_.add(*number_, currency_);
    }
    // The record is done: it had a value, or it counts under the reason for having none.
    void close() {
        if (page_.records == 0) return;
        if (!seen_.empty()) {
            ++page_.with_value;
        } else {
            auto& bucket = empty_[key(why_.empty() ? "left_out" : why_)];
            ++bucket.records;
            if (number_) ++bucket.with_sum, (void)bucket.add(*number_, currency_);
        }
        seen_.clear(), why_.clear();
    }
    // A value and its year in one text; a year never holds the character between them.
    std::string key(std::string_view value) const {
        std::string out(value);
        if (by_year_) out += year_ ? fmt::format("\x1f{}", *year_) : "\x1f";
        return out;
    }
    std::vector<FacetRow> rows(const Buckets& buckets) const {
        std::vector<FacetRow> out;
        for (const auto& [text, bucket] : buckets) {
            FacetRow row;
            row.value = text;
            if (by_year_) {
                const auto mark = text.rfind('\x1f');
                row.value = text.substr(0, mark);
                if (mark + 1 < text.size()) row.year = std::stoi(text.substr(mark + 1));
            }
            row.records = bucket.records, row.with_sum = bucket.with_sum, row.sums = bucket.as_sums();
            out.push_back(std::move(row));
        }
        std::sort(out.begin(), out.end(), [](const FacetRow& a, const FacetRow& b) {
            return std::tie(b.records, a.value, a.year) < std::tie(a.records, b.value, b.year);
        });
        return out;
    }

    bool by_year_;
    std::int64_t rev_ = 0;
    std::optional<int> year_;
    std::optional<std::string> number_;
    std::string currency_, why_;
    bool has_number_ = false;
    std::vector<std::pair<const Bucket*, bool>> seen_;  // and whether it was added to; a map moves nothing
    Buckets buckets_, empty_;
    Bucket all_;
    FacetPage page_;
};

// The value for grouping; a date stands under the year in which it begins.
std::string value_of(const Field& field, std::string_view alias) {
    if (field.type == FieldType::date)
        return fmt::format(
            "entente_year(coalesce({},{}))",
            column(alias, field.name + ".from"),
            column(alias, field.name + ".to")
        );
    return column(alias, field.name);
}

// Why a record, or an item of it, has no value.
std::string why_of(const FieldPath& path) {
    auto why = column("r", path.field->name + ".none");
    return path.sub ? fmt::format("coalesce({},{})", why, column("x", path.sub->name + ".none")) : why;
}

// The view of the type with the items of the field, where they stand apart.
std::string records_with_items(const domain::RecordType& type, const FieldPath& path) {
    auto from = record_view(type) + " AS r";
    if (path.apart())
        from += fmt::format(" LEFT JOIN {} AS x ON x.rev=r.\"@rev\"", item_view(type, *path.field));
    return from;
}

}  // namespace

Result<FieldPath> counted_field(const domain::Schema& schema, const FacetQuery& query) {
    const auto* type = query.where.types.size() == 1 ? schema.find(query.where.types.front()) : nullptr;
    if (!type) return refuse("type", "found several record types, expected one");
    const auto path = find_path(*type, query.field);
    if (!path) return refuse("field", fmt::format("found no field '{}'", query.field));
    const auto& field = path->last();
    if (field.type == FieldType::group || field.type == FieldType::money || (path->sub && field.many))
        return refuse(
            "field", fmt::format("found '{}', whose values cannot be counted one by one", query.field)
        );
    return *path;
}

std::string values_sql(const domain::RecordType& type, const FieldPath& path) {
    return fmt::format(
        "SELECT r.\"@rev\", {}, {} FROM {}",
        value_of(path.last(), path.apart() ? "x" : "r"),
        why_of(path),
        records_with_items(type, path)
    );
}

Result<FacetPage> count_facets(
    GuardedConnection& connection, const domain::Schema& schema, std::uint64_t as_of, const FacetQuery& query
) {
    const auto& where = query.where;
    ENTENTE_ASSIGN_OR_RETURN(const auto path, counted_field(schema, query));
    const auto& type = *schema.find(where.types.front());
    ENTENTE_ASSIGN_OR_RETURN(const auto sum, addend_of(type, query, path));
    ENTENTE_ASSIGN_OR_RETURN(auto condition, condition_of(schema, as_of, where, true));
    ENTENTE_ASSIGN_OR_RETURN(
        auto rows,
        connection.prepare(fmt::format(
            "SELECT r.\"@rev\", {}, {}, {}, {}, {} FROM {} WHERE {}",
            query.by_year ? "coalesce(r.\"@day_from\",r.\"@day_to\")" : "NULL",
            value_of(path.last(), path.apart() ? "x" : "r"),
            why_of(path),
            sum.number,
            sum.currency,
            records_with_items(type, path),
            condition.text
        ))
    );
    bind_all(rows, condition.values);
    Counter counter(query.by_year);
    for (;;) {
        ENTENTE_ASSIGN_OR_RETURN(const bool more, rows.step());
        if (!more) return counter.finish();
        ENTENTE_RETURN_IF_ERROR(counter.take(rows, sum.of_items));
    }
}

}  // namespace entente::store::sqlite
