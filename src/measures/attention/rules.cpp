#include "measures/attention/rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <set>

#include "base/check.h"
#include "base/codec.h"
#include "base/hash.h"
#include "measures/file_reader.h"

namespace entente::measures {
namespace {

constexpr const char* kAdvice = "entente parameters --rules shows one that can be read.";

constexpr std::array kComparisons{
    std::pair<std::string_view, Comparison>{"=", Comparison::equal},
    std::pair<std::string_view, Comparison>{"!=", Comparison::unequal},
    std::pair<std::string_view, Comparison>{"<", Comparison::less},
    std::pair<std::string_view, Comparison>{"<=", Comparison::at_most},
    std::pair<std::string_view, Comparison>{">", Comparison::more},
    std::pair<std::string_view, Comparison>{">=", Comparison::at_least},
};

template <class Value>
bool compares(const Value& left, Comparison how, const Value& right) {
    switch (how) {
        case Comparison::equal:
            return left == right;
        case Comparison::unequal:
            return left != right;
        case Comparison::less:
            return left < right;
        case Comparison::at_most:
            return left <= right;
        case Comparison::more:
            return left > right;
        case Comparison::at_least:
            return left >= right;
    }
    return false;
}

template <class Value>
const Value* find(const std::map<std::string, Value>& values, const std::string& name) {
    const auto found = values.find(name);
    return found == values.end() ? nullptr : &found->second;
}

std::string names_of(const Watch& watch) {
    std::vector<std::string_view> out;
    for (const auto& field : watch.fields) out.push_back(field.name);
    return fmt::format("{}", fmt::join(out, ", "));
}

std::optional<double> number_of(std::string_view text) {
    double out = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(out) : std::nullopt;
}

/// `FIELD OPERATOR VALUE`; nothing where it cannot be read.
std::optional<Condition> read_condition(std::string_view text, const Watch& watch) {
    const auto first = text.find(' ');
    const auto second = first == std::string_view::npos ? first : text.find(' ', first + 1);
    if (second == std::string_view::npos) return std::nullopt;
    Condition out;
    out.field = text.substr(0, first);
    const auto* field = watch.field(out.field);
    const auto sign = text.substr(first + 1, second - first - 1);
    const auto how = std::ranges::find(kComparisons, sign, [](const auto& one) { return one.first; });
    if (!field || how == kComparisons.end()) return std::nullopt;
    out.comparison = how->second;
    const auto value = text.substr(second + 1);
    if (field->as == WatchedAs::words) {
        const bool order = out.comparison != Comparison::equal && out.comparison != Comparison::unequal;
        if (order || value.size() < 2 || value.front() != '\'' || value.back() != '\'') return std::nullopt;
        out.against = std::string(value.substr(1, value.size() - 2));
        return out;
    }
    if (const auto number = number_of(value)) {
        out.against = *number;
        return out;
    }
    const auto* other = watch.field(value);
    if (!other || other->as != field->as) return std::nullopt;
    out.against = std::string(value);
    out.is_field = true;
    return out;
}

/// The first `{field}` that the watch does not have; nothing when all are there.
std::optional<std::string> unknown_field(std::string_view text, const Watch& watch) {
    for (auto open = text.find('{'); open != std::string_view::npos; open = text.find('{', open + 1)) {
        const auto close = text.find('}', open);
        const auto name = text.substr(open + 1, close == std::string_view::npos ? close : close - open - 1);
        if (close == std::string_view::npos || !watch.field(name)) return std::string(name);
    }
    return std::nullopt;
}

std::string read_words(FileReader& reader, std::string_view name, const Watch& watch) {
    auto out = reader.text(name);
    if (const auto unknown = unknown_field(out, watch)) {
        const json::value found("{" + *unknown);
        reader.blame(name, &found, fmt::format("in braces one of the fields {}", names_of(watch)));
    }
    return out;
}

AttentionRule read_rule(FileReader& reader) {
    AttentionRule out;
    out.rule = reader.text("rule");
    out.watches = reader.text("watches");
    out.severity = static_cast<int>(reader.number("severity", 1, 3));
    out.reason = reader.text("reason");
    const auto* watch = find_watch(out.watches);
    if (!watch) {
        std::vector<std::string_view> names;
        for (const auto& one : all_watches()) names.push_back(one.name);
        reader.blame(
            "watches", reader.find("watches"), fmt::format("one of the watches {}", fmt::join(names, ", "))
        );
        return out;
    }
    out.conditions = reader.texts("when");
    if (out.conditions.empty()) reader.blame("when", reader.find("when"), "at least one condition");
    for (const auto& text : out.conditions) {
        if (auto condition = read_condition(text, *watch)) {
            out.when.push_back(*std::move(condition));
            continue;
        }
        const json::value found(text);
        reader.blame(
            "when",
            &found,
            fmt::format(
                "FIELD OPERATOR VALUE, such as days > 30, with one of the fields {} and one of = != < <= > "
                ">=; words in "
                "single quotes",
                names_of(*watch)
            )
        );
    }
    out.says = read_words(reader, "says", *watch);
    out.could_do = read_words(reader, "could_do", *watch);
    return out;
}

}  // namespace

bool Condition::holds(const Watched& row) const {
    if (const auto* word = std::get_if<std::string>(&against); word && !is_field) {
        const auto* found = find(row.words, field);
        return found && compares(*found, comparison, *word);
    }
    const auto* left = find(row.numbers, field);
    const auto* right =
        is_field ? find(row.numbers, std::get<std::string>(against)) : std::get_if<double>(&against);
    return left && right && compares(*left, comparison, *right);
}

std::string AttentionRules::shown() const {
    return fmt::format("{} {} ({})", name, version, hash);
}

Result<AttentionRules> parse_attention_rules(std::string_view text) {
    ENTENTE_ASSIGN_OR_RETURN(const auto json, parse_json(text));
    const auto* object = json.if_object();
    std::optional<Error> fault;
    if (!object) return std::unexpected(wrong_value("rules", &json, "an object", kAdvice));
    FileReader reader(*object, kAdvice, fault);
    AttentionRules out;
    out.name = reader.text("name");
    out.version = static_cast<int>(reader.number("version", 1, 1e6));
    out.date = reader.text("date");
    if (!fault && !parse_iso_day(out.date))
        reader.blame("date", object->if_contains("date"), "a day such as 2026-11-30");
    reader.text("reason");
    out.hash = hex(sha256(text).view()).substr(0, 12);
    out.restored_days = static_cast<int>(reader.number("restored_days", 0, 36500));
    out.quiet_days = static_cast<int>(reader.number("quiet_days", 1, 36500));
    std::set<std::string> names;
    for (auto& one : reader.objects("rules")) {
        out.rules.push_back(read_rule(one));
        if (!names.insert(out.rules.back().rule).second)
            one.blame("rule", one.find("rule"), "a name that occurs once");
    }
    if (fault) return std::unexpected(*std::move(fault));
    return out;
}

const AttentionRules& builtin_attention_rules() {
    static const AttentionRules kRules = [] {
        auto parsed = parse_attention_rules(builtin_attention_text());
        check(parsed.has_value(), "the rules of attention that ship can be read");
        return *std::move(parsed);
    }();
    return kRules;
}

}  // namespace entente::measures
