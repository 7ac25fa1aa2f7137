#include "store/sqlite/index_filters.h"

#include <charconv>
#include <cstdlib>

#include <fmt/format.h>

#include "store/sqlite/index_functions.h"
#include "store/sqlite/index_tables.h"

namespace entente::store::sqlite {
namespace {

using domain::Field;
using domain::FieldType;
using domain::RecordType;
using ledger::FieldFilter;
using ledger::FilterValue;
using Kind = FilterValue::Kind;

std::unexpected<Error> refuse(const std::string& field, std::string message) {
    return fail(ErrorCode::invalid_argument, field, std::move(message));
}

std::string quoted(std::string_view alias, const std::string& column) {
    return fmt::format("{}.\"{}\"", alias, column);
}

// One end of an interval, compared as the field compares.
Result<Sql> bound(
    const Field& field, const std::string& column, const char* compare, const std::string& text
) {
    if (field.type == FieldType::count) {
        std::int64_t number = 0;
        const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
        if (read.ec != std::errc{} || read.ptr != text.data() + text.size())
            return refuse(field.name, fmt::format("found '{}', expected a whole number", text));
        return Sql{column + compare + "?", {number}};
    }
    if (field.type == FieldType::identifier) return Sql{column + compare + "?", {text}};
    return Sql{fmt::format("CAST({} AS REAL){}?", column, compare), {std::strtod(text.c_str(), nullptr)}};
}

Result<Sql> interval(const Field& field, std::string_view alias, const FilterValue& value) {
    const bool money = field.type == FieldType::money;
    if (!money && field.type != FieldType::count && field.type != FieldType::decimal &&
        field.type != FieldType::identifier)
        return refuse(field.name, "found an interval, expected a value: this field has no order");
    const auto column = quoted(alias, money ? field.name + ".amount" : field.name);
    Sql out{column + " IS NOT NULL", {}};
    if (value.low) {
        ENTENTE_ASSIGN_OR_RETURN(auto low, bound(field, column, value.low_excluded ? ">" : ">=", *value.low));
        out.and_also(low);
    }
    if (value.high) {
        ENTENTE_ASSIGN_OR_RETURN(
            auto high, bound(field, column, value.high_excluded ? "<" : "<=", *value.high)
        );
        out.and_also(high);
    }
    if (money && !value.currency.empty())
        out.and_also({quoted(alias, field.name + ".currency") + "=?", {value.currency}});
    return out;
}

Result<Sql> days(const Field& field, std::string_view alias, const FilterValue& value) {
    if (field.type != FieldType::date) return refuse(field.name, "found a date, but this field is none");
    const auto first = quoted(alias, field.name + ".from"), last = quoted(alias, field.name + ".to");
    Sql out{quoted(alias, field.name + ".precision") + " IS NOT NULL", {}};
    // An open end reaches as far as anybody asks.
    const auto after = [&](const std::string& column, std::int64_t day) {
        out.and_also({fmt::format("coalesce({},{})>=?", column, &column == &last ? "1e18" : "-1e18"), {day}});
    };
    const auto before = [&](const std::string& column, std::int64_t day) {
        out.and_also({fmt::format("coalesce({},{})<=?", column, &column == &last ? "1e18" : "-1e18"), {day}});
    };
    const bool overlaps = value.kind == Kind::overlaps;
    if (value.from) after(overlaps ? last : first, *value.from);
    if (value.to) before(overlaps ? first : last, *value.to);
    return out;
}

// Whether the value that stands in columns of `alias` is one of the wanted.
Result<Sql> value_fits(const Field& field, std::string_view alias, const FilterValue& value) {
    switch (value.kind) {
        case Kind::text:
            if (field.many)  // a list inside a group
                return Sql{
                    fmt::format("instr(','||{}||',',','||?||',')>0", quoted(alias, field.name)),
                    {value.text}};
            if (field.type == FieldType::count)
                return Sql{fmt::format("CAST({} AS TEXT)=?", quoted(alias, field.name)), {value.text}};
            if (value_columns(field).size() > 1)
                return refuse(field.name, "found a text, expected a date or an amount");
            return Sql{quoted(alias, field.name) + "=?", {value.text}};
        case Kind::words:
            if (value_columns(field).size() > 1)
                return refuse(field.name, "found words, but this field holds none");
            return Sql{
                fmt::format("entente_has({},?)", quoted(alias, field.name)), {in_one_text(value.terms)}};
        case Kind::interval:
            return interval(field, alias, value);
        default:
            return days(field, alias, value);
    }
}

// Where the values of a field are: columns of the record's own row, or rows of their own.
class Place {
public:
    Place(const RecordType& type, FieldPath path, std::string_view alias)
        : type_(type), path_(path), alias_(alias) {}

    std::string none_of_field() const { return quoted(alias_, path_.field->name + ".none"); }

    Sql item(const Sql& condition) const {
        if (!path_.apart()) return condition;
        return {
            fmt::format(
                "EXISTS(SELECT 1 FROM {} AS x WHERE x.rev={}.\"@rev\" AND ({}))",
                item_view(type_, *path_.field),
                alias_,
                condition.text
            ),
            condition.values};
    }
    Sql any() const { return item({quoted(inner(), presence_column(path_.last())) + " IS NOT NULL", {}}); }
    std::string_view inner() const { return path_.apart() ? std::string_view("x") : alias_; }

    Sql empty(const std::string& reason) const {
        const Sql whole{none_of_field() + " IS ?", {reason}};
        if (!path_.sub || path_.sub->many) return whole;
        return joined({whole, item({quoted("x", path_.sub->name + ".none") + " IS ?", {reason}})}, " OR ");
    }
    Sql left_out() const {
        Sql out{"NOT (" + any().text + ") AND " + none_of_field() + " IS NULL", {}};
        if (path_.sub && !path_.sub->many)
            out.text +=
                " AND NOT (" + item({quoted("x", path_.sub->name + ".none") + " IS NOT NULL", {}}).text + ")";
        return out;
    }

private:
    const RecordType& type_;
    FieldPath path_;
    std::string_view alias_;
};

}  // namespace

Result<Sql> filter_fits(
    const RecordType& type, FieldPath path, std::string_view alias, const FieldFilter& filter
) {
    const Place place(type, path, alias);
    std::vector<Sql> values, empties;
    for (const auto& value : filter.any_of) {
        switch (value.kind) {
            case Kind::empty:
                empties.push_back(place.empty(value.text));
                break;
            case Kind::left_out:
                empties.push_back(place.left_out());
                break;
            case Kind::none:
                empties.push_back({"NOT (" + place.any().text + ")", {}});
                break;
            case Kind::any:
                empties.push_back(place.any());
                break;
            default: {
                ENTENTE_ASSIGN_OR_RETURN(auto fits, value_fits(path.last(), place.inner(), value));
                values.push_back(place.item(fits));
            }
        }
    }
    auto all = values;
    all.insert(all.end(), empties.begin(), empties.end());
    const Sql either = joined(all, " OR ");
    if (!filter.negated) return either;
    Sql out{"coalesce((" + either.text + "),0)=0", either.values};
    if (!values.empty()) out.and_also(place.any());
    return out;
}

}  // namespace entente::store::sqlite
