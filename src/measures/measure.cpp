#include "measures/measure.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numeric>

#include "base/check.h"

namespace entente::measures {

std::string PairFacts::name(const std::string& id) const {
    const auto found = names.find(id);
    return found == names.end() || found->second.empty() ? id.substr(0, 8) : found->second;
}

std::string PairFacts::both_names() const {
    return name(tie.pair.a) + " and " + name(tie.pair.b);
}

const std::string& MeasureQuestion::choice(const std::string& name) const {
    const auto found = choices.find(name);
    check(found != choices.end(), "a measure asks only for choices that it declares");
    return found->second;
}

Answer begin_answer(const Measure& measure, const PairFacts& facts, const MeasureQuestion& question) {
    Answer out;
    out.measure = measure.name;
    out.version = measure.version;
    out.unit = measure.unit;
    if (measure.uses_parameters) out.parameters = question.parameters->shown();
    out.subject = {facts.tie.pair.a, facts.tie.pair.b};
    out.valid_at = question.at;
    return out;
}

Result<std::int64_t> whole_number(
    const MeasureQuestion& question, const std::string& choice, std::int64_t least, std::int64_t most
) {
    const std::string& text = question.choice(choice);
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error == std::errc() && end == text.data() + text.size() && value >= least && value <= most)
        return value;
    return fail(
        ErrorCode::invalid_argument,
        choice,
        fmt::format("found '{}', expected a whole number from {} to {}", text, least, most)
    );
}

double six_digits(double value) {
    if (value == 0 || !std::isfinite(value)) return value;
    return std::stod(fmt::format("{:.6g}", value));
}

std::string shown_number(double value) {
    if (!std::isfinite(value)) return value > 0 ? "no limit" : "no lower limit";
    const double size = std::fabs(value);
    if (size != 0 && size < 0.005) return fmt::format("{:.1g}", value);
    const int decimals = size >= 99.95 || value == std::round(value) ? 0 : size >= 9.995 ? 1 : 2;
    return fmt::format("{:.{}f}", value, decimals);
}

std::string shown_with_band(double value, const numerics::Interval& band) {
    const int decimals = std::max(std::fabs(value), std::fabs(band.high)) >= 10 ? 0 : 1;
    return fmt::format("{:.{}f} ({:.{}f}–{:.{}f})", value, decimals, band.low, decimals, band.high, decimals);
}

std::string shown_share(double share) {
    return fmt::format("{:.0f} %", 100 * share);
}

std::vector<std::string> shown_parts(const std::vector<double>& parts, double whole, int decimals) {
    const double unit = std::pow(10.0, -decimals);
    const auto target = static_cast<std::int64_t>(std::llround(whole / unit));
    std::vector<std::int64_t> down;
    for (const double part : parts) down.push_back(static_cast<std::int64_t>(std::floor(part / unit + 1e-9)));
    std::vector<std::size_t> order(parts.size());
    std::iota(order.begin(), order.end(), 0);
    std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) {
        return parts[a] / unit - static_cast<double>(down[a]) >
               parts[b] / unit - static_cast<double>(down[b]);
    });
    auto missing = target - std::accumulate(down.begin(), down.end(), std::int64_t{0});
    for (std::size_t i = 0; i < order.size() && missing > 0; ++i, --missing) ++down[order[i]];
    std::vector<std::string> out;
    for (const auto part : down)
        out.push_back(fmt::format("{:.{}f}", static_cast<double>(part) * unit, decimals));
    return out;
}

}  // namespace entente::measures
