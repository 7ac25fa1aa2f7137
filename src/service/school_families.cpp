#include "service/school_families.h"

#include <charconv>
#include <cstdint>
#include <regex>
#include <unordered_map>

#include "base/check.h"
#include "base/csv.h"
#include "ingest/embedded_tables.h"

namespace entente::service {
namespace {

enum Column : unsigned { programme = 1, title = 2, unit = 4, place = 8 };

struct Rule {
    std::string family;
    std::regex pattern;
    std::optional<std::regex> left_out;
    unsigned columns = 0;
    int since = 0;
};

unsigned columns_of(const std::string& names) {
    unsigned out = 0;
    if (names.find("programme") != std::string::npos) out |= programme;
    if (names.find("title") != std::string::npos) out |= title;
    if (names.find("unit") != std::string::npos) out |= unit;
    if (names.find("place") != std::string::npos) out |= place;
    check(out != 0, "a rule of school families names its columns");
    return out;
}

std::vector<Rule> read_rules() {
    const auto csv = parse_csv(ingest::embedded_table("school_families.csv"));
    check(csv.has_value(), "the embedded table of school families can be read");
    constexpr auto kFlags = std::regex::ECMAScript | std::regex::icase | std::regex::optimize;
    std::vector<Rule> out;
    for (const auto& row : csv->rows) {
        Rule rule{row.cells.at(0), std::regex(row.cells.at(1), kFlags), std::nullopt, 0, 0};
        if (!row.cells.at(2).empty()) rule.left_out.emplace(row.cells.at(2), kFlags);
        rule.columns = columns_of(row.cells.at(3));
        const auto& since = row.cells.at(4);
        std::from_chars(since.data(), since.data() + since.size(), rule.since);
        out.push_back(std::move(rule));
    }
    check(out.size() <= 64, "there are as many school families as bits");
    return out;
}

}  // namespace

struct SchoolFamilies::Rules {
    std::vector<Rule> rules = read_rules();
    std::unordered_map<std::string, std::uint64_t> seen;  ///< text -> a bit for each rule that it fits

    std::uint64_t fits(const std::string& text) {
        if (text.empty()) return 0;
        const auto [found, is_new] = seen.try_emplace(text, 0);
        if (!is_new) return found->second;
        for (std::size_t i = 0; i < rules.size(); ++i)
            if (std::regex_search(text, rules[i].pattern) &&
                !(rules[i].left_out && std::regex_search(text, *rules[i].left_out)))
                found->second |= std::uint64_t{1} << i;
        return found->second;
    }
};

SchoolFamilies::SchoolFamilies() : rules_(std::make_unique<Rules>()) {}
SchoolFamilies::~SchoolFamilies() = default;

std::vector<std::string> SchoolFamilies::of(const measures::TrainingLine& line) {
    const std::uint64_t by_programme = rules_->fits(line.programme_printed),
                        by_title = rules_->fits(line.course), by_unit = rules_->fits(line.delivery_unit),
                        by_place = rules_->fits(line.place);
    std::vector<std::string> out;
    for (std::size_t i = 0; i < rules_->rules.size(); ++i) {
        const auto& rule = rules_->rules[i];
        if (line.fiscal_year < rule.since) continue;
        const std::uint64_t fits =
            (rule.columns & programme ? by_programme : 0) | (rule.columns & title ? by_title : 0) |
            (rule.columns & unit ? by_unit : 0) | (rule.columns & place ? by_place : 0);
        if (fits >> i & 1) out.push_back(rule.family);
    }
    return out;
}

}  // namespace entente::service
