#include "measures/validity/rolling.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

#include "base/check.h"
#include "measures/validity/count_model.h"
#include "numerics/neumaier.h"

namespace entente::measures::validity {
namespace {

CountRow row_of(const PanelRow& row, bool with_added) {
    CountRow out{{std::log1p(static_cast<double>(row.count))}, row.next};
    if (with_added) out.known.push_back(row.added);
    return out;
}

}  // namespace

std::optional<GroupedMean> grouped_mean(std::span<const double> values, std::span<const std::size_t> groups) {
    check(values.size() == groups.size(), "every value has a group");
    if (values.empty()) return std::nullopt;
    const auto n = static_cast<double>(values.size());
    numerics::NeumaierSum sum;
    for (const double value : values) sum.add(value);
    const double mean = sum.value() / n;
    std::map<std::size_t, double> apart;
    for (std::size_t i = 0; i < values.size(); ++i) apart[groups[i]] += values[i] - mean;
    if (apart.size() < 2) return std::nullopt;
    double squares = 0;
    for (const auto& [group, one] : apart) squares += one * one;
    const double reach = numerics::normal_quantile((1 + kLevel) / 2) * std::sqrt(squares) / n;
    return GroupedMean{mean, {mean - reach, mean + reach}, apart.size()};
}

double RollingScores::mean() const {
    numerics::NeumaierSum sum;
    for (const double score : scores) sum.add(score);
    return scores.empty() ? 0 : sum.value() / static_cast<double>(scores.size());
}

Result<RollingScores> rolling_scores(std::span<const PanelRow> rows, bool with_added) {
    check(std::ranges::is_sorted(rows, {}, &PanelRow::year), "rows are sorted by year");
    std::vector<CountRow> known;
    for (const auto& row : rows) known.push_back(row_of(row, with_added));
    RollingScores out;
    std::set<int> passed;
    std::optional<CountModel> model;
    for (std::size_t first = 0; first < rows.size();) {
        const int year = rows[first].year;
        std::size_t end = first;
        while (end < rows.size() && rows[end].year == year) ++end;
        if (static_cast<int>(passed.size()) >= kYearsToLearn) {
            const std::span past(known.data(), first);
            ENTENTE_ASSIGN_OR_RETURN(model, fit_counts(past, {}, model ? &*model : nullptr));
            if (out.scores.empty()) out.first_year = year + 1;
            out.last_year = year + 1;
            for (std::size_t i = first; i < end; ++i) {
                out.scores.push_back(model->log_probability(known[i]));
                out.partners.push_back(rows[i].partner);
            }
        }
        passed.insert(year);
        first = end;
    }
    return out;
}

std::optional<GroupedMean> gain_over(const RollingScores& plain, const RollingScores& more) {
    check(plain.partners == more.partners, "the same rows were foretold");
    std::vector<double> gains(plain.scores.size());
    for (std::size_t i = 0; i < gains.size(); ++i) gains[i] = more.scores[i] - plain.scores[i];
    return grouped_mean(gains, plain.partners);
}

}  // namespace entente::measures::validity
