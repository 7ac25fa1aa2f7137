#include "measures/tie/parameters.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "base/check.h"
#include "base/codec.h"
#include "base/hash.h"
#include "base/json.h"
#include "domain/declaration.h"

namespace entente::measures {
namespace {

std::unexpected<Error> wrong(const std::string& field, std::string_view found, std::string_view expected) {
    return fail(
        ErrorCode::invalid_argument,
        field,
        fmt::format("found {}, expected {}.", found, expected),
        "entente parameters --file shows one that can be read."
    );
}

std::string shown_value(const json::value* value) {
    if (!value) return "nothing";
    return pretty_json(*value).substr(0, 60);
}

/// An object with the path by which a message names its fields. The first fault stays, later reads do
/// nothing.
class Reader {
public:
    Reader(const json::object& object, std::string path, std::optional<Error>& fault)
        : object_(object), path_(std::move(path)), fault_(fault) {}

    std::string field(std::string_view name) const {
        return path_.empty() ? std::string(name) : fmt::format("{}.{}", path_, name);
    }

    std::string text(std::string_view name) {
        const auto* value = object_.if_contains(name);
        if (value && value->is_string() && !value->get_string().empty())
            return std::string(value->get_string());
        blame(name, value, "a text");
        return {};
    }

    std::string optional_text(std::string_view name) {
        return object_.contains(name) ? text(name) : std::string();
    }

    double number(std::string_view name, double least, double most) {
        const auto* value = object_.if_contains(name);
        const double found = value && value->is_number() ? value->to_number<double>() : std::nan("");
        if (found >= least && found <= most) return found;
        blame(name, value, fmt::format("a number from {} to {}", least, most));
        return least;
    }

    bool flag(std::string_view name) {
        const auto* value = object_.if_contains(name);
        if (value && value->is_bool()) return value->get_bool();
        blame(name, value, "true or false");
        return false;
    }

    std::vector<std::string> texts(std::string_view name) {
        std::vector<std::string> out;
        const auto* value = object_.if_contains(name);
        if (!value) return out;
        if (const auto* list = value->if_array()) {
            for (const auto& item : *list) {
                if (!item.is_string())
                    blame(name, &item, "texts");
                else
                    out.emplace_back(item.get_string());
            }
        } else {
            blame(name, value, "a list of texts");
        }
        return out;
    }

    std::pair<double, double> range(std::string_view name, double middle) {
        const auto* value = object_.if_contains(name);
        const auto* list = value ? value->if_array() : nullptr;
        if (list && list->size() == 2 && (*list)[0].is_number() && (*list)[1].is_number()) {
            const std::pair out{(*list)[0].to_number<double>(), (*list)[1].to_number<double>()};
            if (out.first > 0 && out.first < middle && middle < out.second) return out;
        }
        blame(name, value, fmt::format("two positive numbers with {} between them", middle));
        return {middle, middle};
    }

    Reader object(std::string_view name) {
        static const json::object kEmpty;
        const auto* value = object_.if_contains(name);
        const auto* found = value ? value->if_object() : nullptr;
        if (!found) blame(name, value, "an object");
        return {found ? *found : kEmpty, field(name), fault_};
    }

    std::vector<Reader> objects(std::string_view name) {
        std::vector<Reader> out;
        const auto* value = object_.if_contains(name);
        const auto* list = value ? value->if_array() : nullptr;
        if (!list || list->empty()) blame(name, value, "a list of objects");
        for (std::size_t i = 0; list && i < list->size(); ++i) {
            if (const auto* found = (*list)[i].if_object())
                out.emplace_back(*found, fmt::format("{}[{}]", field(name), i), fault_);
            else
                blame(name, &(*list)[i], "objects");
        }
        return out;
    }

    void blame(std::string_view name, const json::value* value, std::string_view expected) {
        if (!fault_) fault_ = wrong(field(name), shown_value(value), expected).error();
    }

private:
    const json::object& object_;
    std::string path_;
    std::optional<Error>& fault_;
};

constexpr double kMost = 1e9;
constexpr double kLeast = 1e-9;

StrandParameters read_strand(Reader& reader) {
    StrandParameters out;
    out.strand = reader.text("strand");
    out.name = reader.text("name");
    out.unit = reader.text("unit");
    out.half_life_days = reader.number("half_life_days", 1, 1e6);
    std::tie(out.half_life_low, out.half_life_high) = reader.range("half_life_range", out.half_life_days);
    out.half_full = reader.number("half_full", kLeast, kMost);
    out.share = reader.number("share", kLeast, 1);
    out.counts_level = reader.flag("counts_level");
    out.covered_by = reader.texts("covered_by");
    out.tally = reader.optional_text("tally");
    out.kept_while_in_force = contains(out.covered_by, "agreement");
    return out;
}

std::vector<TableEntry> read_table(
    Reader& reader, std::string_view name, const std::vector<std::string>& needed
) {
    std::vector<TableEntry> out;
    for (auto& item : reader.objects(name))
        out.push_back(
            {item.text("key"),
             item.number("value", kLeast, kMost),
             item.texts("kinds"),
             item.texts("subcategories")}
        );
    for (const auto& key : needed)
        if (std::ranges::count(out, key, &TableEntry::key) != 1)
            reader.blame(name, nullptr, fmt::format("exactly one entry '{}'", key));
    return out;
}

std::vector<std::string> keys_of_levels() {
    std::vector<std::string> out{"unstated"};
    for (const auto& code : domain::Schema::builtin().list("level")->codes) out.push_back(code.code);
    return out;
}

/// The strands that the categories name, and that of the agreements.
std::set<std::string> declared_strands() {
    std::set<std::string> out{"agreement"};
    for (const auto& code : domain::Schema::builtin().list("engagement_category")->codes)
        if (const auto strand = code.attributes.find("strand"); strand != code.attributes.end())
            out.insert(strand->second);
    return out;
}

/// Every category has an entry of its own, so that each can be drawn apart; what the file does not name
/// counts as `engagement`.
void add_base_of_categories(std::vector<TableEntry>& base) {
    const auto general = std::ranges::find(base, "engagement", &TableEntry::key);
    if (general == base.end()) return;
    const double value = general->value;
    std::vector<std::string> keys{"training", "education"};
    for (const auto& code : domain::Schema::builtin().list("engagement_category")->codes)
        if (code.attributes.contains("strand")) keys.push_back(code.code);
    for (const auto& key : keys)
        if (std::ranges::find(base, key, &TableEntry::key) == base.end())
            base.push_back({key, value, {}, {}});
}

void check_strands(Reader& reader, const std::vector<StrandParameters>& strands) {
    double total = 0;
    std::set<std::string> seen;
    const auto declared = declared_strands();
    for (const auto& strand : strands) {
        total += strand.share;
        if (!declared.contains(strand.strand) || !seen.insert(strand.strand).second)
            reader.blame(
                "strands", nullptr, fmt::format("each of the strands {} once", fmt::join(declared, ", "))
            );
    }
    if (seen != declared)
        reader.blame(
            "strands", nullptr, fmt::format("each of the strands {} once", fmt::join(declared, ", "))
        );
    if (std::fabs(total - 1) > 1e-9) {
        const json::value found(total);
        reader.blame("strands.share", &found, "shares that add up to 1");
    }
}

}  // namespace

std::size_t Parameters::strand(std::string_view code) const {
    const auto found = std::ranges::find(strands, code, &StrandParameters::strand);
    return static_cast<std::size_t>(found - strands.begin());
}

std::string Parameters::shown() const {
    return fmt::format("{} {} ({})", name, version, hash);
}

Result<Parameters> parse_parameters(std::string_view text) {
    ENTENTE_ASSIGN_OR_RETURN(const auto json, parse_json(text));
    const auto* object = json.if_object();
    if (!object) return wrong("parameters", shown_value(&json), "an object");
    std::optional<Error> fault;
    Reader reader(*object, "", fault);
    Parameters out;
    out.name = reader.text("name");
    out.version = static_cast<int>(reader.number("version", 1, 1e6));
    out.date = reader.text("date");
    if (!fault && !parse_iso_day(out.date))
        reader.blame("date", object->if_contains("date"), "a day such as 2026-11-27");
    reader.text("reason");
    out.hash = hex(sha256(text).view()).substr(0, 12);
    for (auto& strand : reader.objects("strands")) out.strands.push_back(read_strand(strand));
    check_strands(reader, out.strands);
    out.base =
        read_table(reader, "base", {"engagement", "tallied_exercise", "framework_agreement", "agreement"});
    add_base_of_categories(out.base);
    out.levels = read_table(reader, "levels", keys_of_levels());
    out.modes = read_table(reader, "modes", {"own_meeting"});
    out.sizes = read_table(reader, "sizes", {"field", "observers"});
    auto announced = reader.object("status").object("announced");
    out.announced = announced.number("value", kLeast, 1 - kLeast);
    std::tie(out.announced_low, out.announced_high) = announced.range("range", out.announced);
    if (out.announced_high >= 1) announced.blame("range", nullptr, "ends below 1");
    auto durations = reader.object("durations");
    out.exercise_full_days = durations.number("exercise_full_days", 1, 365);
    out.exercise_days_when_unknown = durations.object("exercise_days_when_unknown").number("value", 1, 365);
    out.training_days_when_unknown = durations.object("training_days_when_unknown").number("value", 1, 3650);
    out.education_days_when_unknown =
        durations.object("education_days_when_unknown").number("value", 1, 3650);
    out.education_kinds_of_school = durations.texts("education_kinds_of_school");
    out.education_most_days = durations.number("education_most_days", 1, 3650);
    auto bands = reader.object("bands");
    out.draws = static_cast<int>(bands.number("draws", 100, 100000));
    out.band_level = bands.number("level", 0.5, 0.999);
    out.table_factor = bands.number("table_factor", 1, 100);
    out.half_full_factor = bands.number("half_full_factor", 1, 100);
    out.share_concentration = bands.number("share_concentration", 1, 1e6);
    auto words = reader.object("words");
    out.thin_below = words.number("thin_below", 0, 100);
    out.strong_above = words.number("strong_above", out.thin_below, 100);
    out.words_agree = words.number("draws_agree", 0.5, 1);
    out.least_seen = words.number("least_seen", 0, 1);
    auto trend = reader.object("trend");
    out.trend_days = static_cast<int>(trend.number("days", 1, 36500));
    out.trend_change = trend.number("change", 0, 1);
    out.trend_agree = trend.number("draws_agree", 0.5, 1);
    if (fault) return std::unexpected(*std::move(fault));
    return out;
}

const Parameters& builtin_parameters() {
    static const Parameters kParameters = [] {
        auto parsed = parse_parameters(builtin_parameters_text());
        check(parsed.has_value(), "the parameter file that ships can be read");
        return *std::move(parsed);
    }();
    return kParameters;
}

}  // namespace entente::measures
