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
#include "measures/file_reader.h"

namespace entente::measures {
namespace {

constexpr const char* kAdvice = "entente parameters --file shows one that can be read.";
constexpr double kMost = 1e9;
constexpr double kLeast = 1e-9;

StrandParameters read_strand(FileReader& reader) {
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
    FileReader& reader, std::string_view name, const std::vector<std::string>& needed
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

void check_strands(FileReader& reader, const std::vector<StrandParameters>& strands) {
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
    std::optional<Error> fault;
    if (!object) return std::unexpected(wrong_value("parameters", &json, "an object", kAdvice));
    FileReader reader(*object, kAdvice, fault);
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
