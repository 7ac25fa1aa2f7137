#include "service/find_filter.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/decimal.h"
#include "base/search_text.h"
#include "base/utf8.h"
#include "domain/date_span.h"
#include "domain/empty.h"

namespace entente::service {
namespace {

using domain::Field;
using domain::FieldType;
using ledger::FilterValue;
using Kind = FilterValue::Kind;

std::string trimmed(std::string_view text) {
    while (text.starts_with(' ')) text.remove_prefix(1);
    while (text.ends_with(' ')) text.remove_suffix(1);
    return std::string(text);
}

// Parts a text at commas outside of quotes; quotes go.
std::vector<std::string> pieces(std::string_view text) {
    std::vector<std::string> out{""};
    bool quoted = false;
    for (const char c : text) {
        if (c == '"')
            quoted = !quoted;
        else if (c == ',' && !quoted)
            out.emplace_back();
        else
            out.back() += c;
    }
    for (auto& piece : out) piece = trimmed(piece);
    return out;
}

std::string folded(std::string_view text) {
    std::string out;
    for (const auto& term : searchable_terms(text)) out += (out.empty() ? "" : " ") + term;
    return out;
}

class Reader {
public:
    Reader(
        const domain::Schema& schema,
        std::string name,
        const Field& field,
        std::string_view compare,
        const domain::Resolver& resolve
    )
        : schema_(schema), name_(std::move(name)), field_(field), compare_(compare), resolve_(resolve) {}

    Result<FilterValue> read(const std::string& typed) const {
        if (typed.empty())
            return refuse("found nothing behind the sign, expected a value; left-out finds what was not asked"
            );
        const auto* list = field_.type == FieldType::code ? schema_.list(field_.list) : nullptr;
        if (!(list && find_code(*list, typed)))
            if (auto none = read_none(typed))
                return none->kind == Kind::any || is_equal()
                           ? Result<FilterValue>(*none)
                           : refuse(fmt::format("found '{}' behind {}, expected = or !=", typed, compare_));
        if (compare_ == "~") return read_words(typed);
        switch (field_.type) {
            case FieldType::code:
                return read_code(list, typed);
            case FieldType::reference:
                return read_reference(typed);
            case FieldType::date:
                return read_date(typed);
            case FieldType::count:
            case FieldType::decimal:
            case FieldType::money:
                return read_number(typed);
            case FieldType::identifier:
                return is_equal() && typed.find("..") == std::string::npos ? exactly(typed) : interval(typed);
            default:
                if (!is_equal()) return no_order();
                return exactly(typed);
        }
    }

private:
    std::unexpected<Error> refuse(std::string message, std::string advice = {}) const {
        return fail(ErrorCode::invalid_argument, name_, std::move(message), std::move(advice));
    }
    std::unexpected<Error> no_order() const {
        return refuse(fmt::format(
            "found {}, expected =, != or ~: a {} has no order", compare_, domain::to_text(field_.type)
        ));
    }
    bool is_equal() const { return compare_ == "=" || compare_ == "!="; }
    static FilterValue exactly(const std::string& text) {
        FilterValue out;
        out.text = text;
        return out;
    }

    static std::optional<FilterValue> read_none(const std::string& typed) {
        FilterValue out;
        if (const auto empty = domain::parse_empty(typed)) {
            out.kind = Kind::empty;
            out.text = text_at(domain::to_json(*empty), "none");
        } else if (typed == "left-out" || typed == "left_out" || typed == "left out") {
            out.kind = Kind::left_out;
        } else if (typed == "none") {
            out.kind = Kind::none;
        } else if (typed == "any") {
            out.kind = Kind::any;
        } else {
            return std::nullopt;
        }
        return out;
    }

    Result<FilterValue> read_words(const std::string& typed) const {
        if (field_.type == FieldType::date || field_.type == FieldType::money ||
            field_.type == FieldType::count || field_.type == FieldType::reference)
            return refuse(fmt::format(
                "found ~, expected = or an order: a {} holds no words", domain::to_text(field_.type)
            ));
        FilterValue out;
        out.kind = Kind::words;
        out.terms = sought_terms(
            typed.ends_with('*') ? typed.substr(0, typed.size() - 1) : typed, typed.ends_with('*')
        );
        if (out.terms.empty())
            return refuse(fmt::format("found '{}', expected letters or digits in it", typed));
        return out;
    }

    static const domain::Code* find_code(const domain::CodeList& list, const std::string& typed) {
        const auto wanted = folded(typed);
        for (const auto& code : list.codes)
            if (code.code == typed) return &code;
        for (const auto& code : list.codes)
            if (folded(code.code) == wanted || folded(code.name) == wanted) return &code;
        return nullptr;
    }

    Result<FilterValue> read_code(const domain::CodeList* list, const std::string& typed) const {
        if (!is_equal()) return no_order();
        if (!list) return exactly(typed);
        if (const auto* code = find_code(*list, typed)) return exactly(code->code);
        std::vector<std::pair<std::size_t, std::string>> near;
        for (const auto& code : list->codes)
            near.emplace_back(
                std::min(edit_distance(typed, code.code), edit_distance(typed, code.name)), code.code
            );
        std::sort(near.begin(), near.end());
        std::vector<std::string> names;
        for (std::size_t i = 0; i < near.size() && i < 3; ++i) names.push_back(near[i].second);
        return refuse(
            fmt::format(
                "found '{}', expected a code of {}; nearest: {}", typed, field_.list, fmt::join(names, ", ")
            ),
            "entente codes " + field_.list
        );
    }

    Result<FilterValue> read_reference(const std::string& typed) const {
        if (!is_equal()) return no_order();
        auto id = resolve_(field_.to, typed);
        if (id) return exactly(*id);
        Error error = id.error();
        error.field = name_;
        return std::unexpected(std::move(error));
    }

    Result<FilterValue> read_date(const std::string& typed) const {
        const auto span = domain::DateSpan::parse(typed);
        if (!span) return refuse(span.error().message);
        FilterValue out;
        const auto first = span->from ? std::optional(std::int64_t{span->from->value}) : std::nullopt;
        const auto last = span->to ? std::optional(std::int64_t{span->to->value}) : std::nullopt;
        if (is_equal()) {
            out.kind = Kind::overlaps, out.from = first, out.to = last;
            return out;
        }
        out.kind = Kind::within;
        const bool up = compare_.starts_with('>');
        const auto edge = compare_ == "<" || compare_ == ">=" ? first : last;
        if (!edge) return refuse(fmt::format("found '{}', expected a date with that end known", typed));
        if (up)
            out.from = *edge + (compare_ == ">" ? 1 : 0);
        else
            out.to = *edge - (compare_ == "<" ? 1 : 0);
        return out;
    }

    // `5`, `5..10`, `5..`, and for money a currency behind.
    Result<FilterValue> read_number(std::string typed) const {
        FilterValue out;
        if (field_.type == FieldType::money) {
            if (const auto blank = typed.find(' '); blank != std::string::npos) {
                out.currency = trimmed(typed.substr(blank));
                typed.resize(blank);
            }
        }
        ENTENTE_ASSIGN_OR_RETURN(auto bounds, interval(typed));
        for (const auto& end : {bounds.low, bounds.high})
            if (end && (!is_decimal(*end) ||
                        (field_.type == FieldType::count && end->find('.') != std::string::npos)))
                return refuse(fmt::format(
                    "found '{}', expected {}",
                    *end,
                    field_.type == FieldType::count   ? fmt::format("a whole number of {}", field_.unit)
                    : field_.type == FieldType::money ? "an amount, such as 1500 or 1000..2000 USD"
                                                      : "a number"
                ));
        bounds.currency = out.currency;
        return bounds;
    }

    Result<FilterValue> interval(const std::string& typed) const {
        FilterValue out;
        out.kind = Kind::interval;
        const auto dots = typed.find("..");
        if (dots != std::string::npos) {
            if (!is_equal())
                return refuse(fmt::format("found {} before a range, expected = or !=", compare_));
            if (dots > 0) out.low = trimmed(typed.substr(0, dots));
            if (dots + 2 < typed.size()) out.high = trimmed(typed.substr(dots + 2));
            if (!out.low && !out.high) return refuse("found '..', expected a number at one end at least");
            return out;
        }
        if (is_equal() || compare_.starts_with('>')) out.low = typed;
        if (is_equal() || compare_.starts_with('<')) out.high = typed;
        out.low_excluded = compare_ == ">", out.high_excluded = compare_ == "<";
        return out;
    }

    const domain::Schema& schema_;
    std::string name_;
    const Field& field_;
    std::string_view compare_;
    const domain::Resolver& resolve_;
};

}  // namespace

Result<const Field*> find_field(
    const domain::Schema& schema,
    const std::vector<std::string>& types,
    std::string_view name,
    const std::string& option
) {
    std::vector<std::pair<std::size_t, std::string>> near;
    const auto point = name.find('.');
    for (const auto& type : schema.types()) {
        if (!types.empty() && std::find(types.begin(), types.end(), type.type) == types.end()) continue;
        const auto* field = type.find(name.substr(0, point));
        if (field && point == std::string_view::npos) return field;
        if (field)
            if (const auto* sub = field->find(name.substr(point + 1))) return sub;
        for (const auto& each : type.fields) {
            if (each.type != FieldType::group) near.emplace_back(edit_distance(name, each.name), each.name);
            if (!each.alias.empty() && name == each.alias) near.emplace_back(0, each.name);
            for (const auto& sub : each.fields) {
                const auto whole = each.name + "." + sub.name;
                near.emplace_back(std::min(edit_distance(name, whole), edit_distance(name, sub.name)), whole);
            }
        }
    }
    std::sort(near.begin(), near.end());
    near.erase(std::unique(near.begin(), near.end()), near.end());
    std::vector<std::string> names;
    for (std::size_t i = 0; i < near.size() && i < 3; ++i) names.push_back(near[i].second);
    return fail(
        ErrorCode::invalid_argument,
        option,
        fmt::format("found no field '{}'; nearest: {}", name, fmt::join(names, ", ")),
        types.size() == 1 ? fmt::format("entente record {} --help", types.front()) : std::string()
    );
}

Result<ledger::FieldFilter> parse_filter(
    const domain::Schema& schema,
    const std::vector<std::string>& types,
    std::string_view typed,
    const domain::Resolver& resolve
) {
    const auto sign = typed.find_first_of("=!<>~");
    static constexpr std::array<std::string_view, 7> kSigns{"!=", "<=", ">=", "=", "<", ">", "~"};
    const auto found = sign == std::string_view::npos
                           ? kSigns.end()
                           : std::find_if(kSigns.begin(), kSigns.end(), [&](std::string_view each) {
                                 return typed.substr(sign).starts_with(each);
                             });
    if (found == kSigns.end() || sign == 0)
        return fail(
            ErrorCode::invalid_argument,
            "where",
            fmt::format("found '{}', expected field=value (or != < <= > >= ~)", typed)
        );
    ledger::FieldFilter filter;
    filter.field = trimmed(typed.substr(0, sign));
    filter.negated = *found == "!=";
    ENTENTE_ASSIGN_OR_RETURN(const auto* field, find_field(schema, types, filter.field, "where"));
    if (field->type == FieldType::group)
        return fail(
            ErrorCode::invalid_argument,
            filter.field,
            fmt::format(
                "found a group, expected one of its fields, such as {}.{}",
                field->name,
                field->fields.front().name
            )
        );
    const Reader reader(schema, filter.field, *field, *found, resolve);
    for (const auto& piece : pieces(typed.substr(sign + found->size()))) {
        ENTENTE_ASSIGN_OR_RETURN(auto value, reader.read(piece));
        filter.any_of.push_back(std::move(value));
    }
    return filter;
}

}  // namespace entente::service
