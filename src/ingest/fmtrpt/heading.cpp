#include "ingest/fmtrpt/heading.h"

#include <algorithm>
#include <charconv>
#include <unordered_map>

#include "base/check.h"
#include "base/csv.h"
#include "ingest/embedded_tables.h"
#include "ingest/fmtrpt/text.h"

namespace entente::ingest::fmtrpt {
namespace {

std::string folded(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return out;
}

// Printed name, folded -> short name.
const std::unordered_map<std::string, std::string>& programmes() {
    static const auto table = [] {
        std::unordered_map<std::string, std::string> out;
        const auto csv = parse_csv(embedded_table("training_programmes.csv"));
        check(csv.has_value(), "the embedded table of programmes can be read");
        for (const auto& row : csv->rows) out[folded(row.cells[0])] = row.cells[1];
        return out;
    }();
    return table;
}

// The year behind `FY`, `FY ` or `Fiscal Year `, and where the mark begins.
struct Year {
    std::size_t at = std::string_view::npos;
    std::optional<int> year;
};

Year find_year(std::string_view text) {
    for (const std::string_view mark : {"Fiscal Year", "FY"}) {
        const auto at = text.rfind(mark);
        if (at == std::string_view::npos) continue;
        const auto rest = trim(text.substr(at + mark.size()));
        std::size_t digits = 0;
        while (digits < rest.size() && digits < 4 && all_digits(rest.substr(digits, 1))) ++digits;
        int year = 0;
        std::from_chars(rest.data(), rest.data() + digits, year);
        if (digits == 4) return {at, year};
        if (digits == 2) return {at, year < 70 ? 2000 + year : 1900 + year};
        if (digits == 0 && rest.empty()) return {at, std::nullopt};
    }
    return {};
}

std::string_view without_end(std::string_view text) {
    const auto end = text.find_last_not_of(" ,-");
    return end == std::string_view::npos ? std::string_view{} : text.substr(0, end + 1);
}

}  // namespace

Heading read_heading(std::string_view printed, std::string_view country) {
    Heading out;
    auto name = trim(printed);
    constexpr std::string_view kRegion = "Region, ";
    if (const auto region = name.find(kRegion); region != std::string_view::npos) {
        name.remove_prefix(region + kRegion.size());
        if (const auto own = trim(country); !own.empty() && name.starts_with(own)) {
            const auto rest = trim(name.substr(own.size()));
            if (rest.starts_with(',')) name = trim(rest.substr(1));
        }
    }
    for (auto year = find_year(name); year.at != std::string_view::npos; year = find_year(name)) {
        if (!out.fiscal_year) out.fiscal_year = year.year;
        name = without_end(name.substr(0, year.at));
    }
    if (const auto note = name.find(" (Note"); note != std::string_view::npos) name = name.substr(0, note);
    out.programme = readable(name);
    const auto found = programmes().find(folded(out.programme));
    if (found != programmes().end()) out.programme = found->second;
    return out;
}

}  // namespace entente::ingest::fmtrpt
