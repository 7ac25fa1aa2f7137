#include "measures/shape/section.h"

#include <fmt/format.h>

#include "measures/words.h"

namespace entente::measures {

Cell number_cell(double value, std::vector<Evidence> records) {
    return {shown_number(value), six_digits(value), std::move(records)};
}

Cell count_cell(std::size_t number, std::vector<Evidence> records) {
    return {with_commas(static_cast<std::int64_t>(number)), static_cast<double>(number), std::move(records)};
}

Cell share_cell(double share, const Interval& band, std::vector<Evidence> records) {
    return {
        fmt::format("{:.0f} % ({:.0f}–{:.0f})", 100 * share, 100 * band.low, 100 * band.high),
        six_digits(share),
        std::move(records)};
}

Cell signed_cell(double value, const Interval& band, std::vector<Evidence> records) {
    return {
        fmt::format("{:+.2f} ({:+.2f} to {:+.2f})", value, band.low, band.high),
        six_digits(value),
        std::move(records)};
}

std::string listed(const std::vector<std::string>& names) {
    if (names.empty()) return "none";
    std::string out = names.front();
    for (std::size_t i = 1; i < names.size(); ++i) out += (i + 1 == names.size() ? " and " : ", ") + names[i];
    return out;
}

}  // namespace entente::measures
