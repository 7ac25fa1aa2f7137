#include "measures/validity/count_model.h"

#include <fmt/format.h>

#include <boost/math/special_functions/digamma.hpp>
#include <boost/math/special_functions/trigamma.hpp>
#include <cmath>

#include "base/check.h"
#include "numerics/distributions.h"
#include "numerics/maximise.h"

namespace entente::measures::validity {
namespace {

/// Derivatives of one row by η = ln μ and θ = ln size.
struct RowTerms {
    double value = 0, by_mean = 0, by_size = 0;
    double mean_mean = 0, mean_size = 0, size_size = 0;  ///< minus the second derivatives
};

double predictor(const std::vector<double>& at, const CountRow& row) {
    double out = at[0];
    for (std::size_t i = 0; i < row.known.size(); ++i) out += at[i + 1] * row.known[i];
    return out;
}

double log_probability_of(double log_mean, double log_size, std::int64_t count) {
    const auto y = static_cast<double>(count);
    const double size = std::exp(log_size);
    // ln(1 + μ/size) and ln(μ/(size + μ)) keep their digits where either is far larger than the other.
    const double both = std::log1p(std::exp(log_mean - log_size));
    double out = -size * both;
    if (count > 0)
        out += numerics::log_gamma(y + size) - numerics::log_gamma(size) - numerics::log_gamma(y + 1) +
               y * (log_mean - log_size - both);
    return out;
}

RowTerms terms_of(double log_mean, double log_size, std::int64_t count) {
    const auto y = static_cast<double>(count);
    const double mean = std::exp(log_mean), size = std::exp(log_size), sum = size + mean;
    RowTerms out;
    out.value = log_probability_of(log_mean, log_size, count);
    out.by_mean = size * (y - mean) / sum;
    out.mean_mean = size * mean * (size + y) / (sum * sum);
    out.mean_size = -size * mean * (y - mean) / (sum * sum);
    double first = (mean - y) / sum - std::log1p(mean / size);
    double second = mean / (size * sum) - (mean - y) / (sum * sum);
    if (count > 0) {
        first += boost::math::digamma(y + size) - boost::math::digamma(size);
        second += boost::math::trigamma(y + size) - boost::math::trigamma(size);
    }
    out.by_size = size * first;
    out.size_size = -(size * size * second + size * first);
    return out;
}

class Posterior {
public:
    Posterior(std::span<const CountRow> rows, const CountPriors& priors)
        : rows_(rows), priors_(priors), size_(rows.front().known.size() + 2) {}

    std::size_t size() const { return size_; }

    numerics::Likelihood operator()(const std::vector<double>& at) const {
        numerics::Likelihood out{0, std::vector<double>(size_), std::vector<double>(size_ * size_)};
        std::vector<double> x(size_ - 1);
        x[0] = 1;
        for (const auto& row : rows_) {
            std::ranges::copy(row.known, x.begin() + 1);
            add(out, x, terms_of(predictor(at, row), at.back(), row.count));
        }
        for (std::size_t i = 1; i < size_; ++i) {
            const double deviation = i + 1 == size_ ? priors_.log_size : priors_.coefficients;
            const double weight = 1 / (deviation * deviation);
            out.value -= weight * at[i] * at[i] / 2;
            out.gradient[i] -= weight * at[i];
            out.information[i * size_ + i] += weight;
        }
        return out;
    }

private:
    void add(numerics::Likelihood& out, const std::vector<double>& x, const RowTerms& terms) const {
        const std::size_t last = size_ - 1;
        out.value += terms.value;
        out.gradient[last] += terms.by_size;
        out.information[last * size_ + last] += terms.size_size;
        for (std::size_t i = 0; i < last; ++i) {
            out.gradient[i] += terms.by_mean * x[i];
            out.information[i * size_ + last] += terms.mean_size * x[i];
            out.information[last * size_ + i] += terms.mean_size * x[i];
            for (std::size_t j = 0; j < last; ++j)
                out.information[i * size_ + j] += terms.mean_mean * x[i] * x[j];
        }
    }

    std::span<const CountRow> rows_;
    CountPriors priors_;
    std::size_t size_;
};

}  // namespace

double CountModel::log_probability(const CountRow& row) const {
    check(row.known.size() + 1 == coefficients.size(), "a row knows what the model was fitted to");
    return log_probability_of(predictor(coefficients, row), log_size, row.count);
}

Result<CountModel> fit_counts(
    std::span<const CountRow> rows, const CountPriors& priors, const CountModel* start
) {
    if (rows.empty())
        return fail(ErrorCode::invalid_argument, "rows", "Found no row to learn from, expected some.");
    const Posterior posterior(rows, priors);
    std::vector<double> from(posterior.size());
    std::vector<std::string> names;
    for (std::size_t i = 0; i < posterior.size(); ++i) names.push_back(fmt::format("coefficient {}", i));
    names.back() = "size";
    if (start) {
        std::ranges::copy(start->coefficients, from.begin());
        from.back() = start->log_size;
    } else {
        double sum = 0.5;
        for (const auto& row : rows) sum += static_cast<double>(row.count);
        from[0] = std::log(sum / static_cast<double>(rows.size()));
    }
    numerics::MaximiseOptions options;
    options.gradient_limit = 1e-9 * static_cast<double>(rows.size());
    ENTENTE_ASSIGN_OR_RETURN(const auto top, numerics::maximise(posterior, from, names, options));
    CountModel out{{top.at.begin(), top.at.end() - 1}, top.at.back(), 0};
    for (const auto& row : rows) out.log_likelihood += out.log_probability(row);
    return out;
}

}  // namespace entente::measures::validity
