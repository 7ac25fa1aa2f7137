#include "measures/survival/lifetime_fit.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/check.h"
#include "numerics/maximise.h"

namespace entente::measures {
namespace {

/// The log-likelihood of one lifetime, with its derivatives by location and ln scale.
struct Term {
    double value = 0;
    double by_location = 0, by_log_scale = 0;
    double location_twice = 0, both = 0, log_scale_twice = 0;
};

/// Adds a function of z = (ln days − location) / scale, by the chain rule.
void add(Term& term, double z, double scale, double first, double second) {
    term.by_location -= first / scale;
    term.by_log_scale -= first * z;
    term.location_twice += second / (scale * scale);
    term.both += (second * z + first) / scale;
    term.log_scale_twice += second * z * z + first * z;
}

/// Adds what two places have in common.
void add_cross(Term& term, double z, double other, double scale, double mixed) {
    term.location_twice += 2 * mixed / (scale * scale);
    term.both += mixed * (z + other) / scale;
    term.log_scale_twice += 2 * mixed * z * other;
}

class Places {
public:
    Places(LifetimeLaw law, double location, double scale) : law_(law), location_(location), scale_(scale) {}

    /// Of so many alike.
    Term term(const Lifetime& lifetime, double number) const {
        Term out = term(lifetime);
        if (number == 1) return out;
        for (double* one :
             {&out.value,
              &out.by_location,
              &out.by_log_scale,
              &out.location_twice,
              &out.both,
              &out.log_scale_twice})
            *one *= number;
        return out;
    }

private:
    Term term(const Lifetime& lifetime) const {
        Term out;
        lifetime.exact() ? add_exact(out, lifetime.low) : add_between(out, lifetime);
        if (lifetime.entry > 0) add_entry(out, lifetime.entry);
        return out;
    }

    double place(double days) const {
        return days <= 0 ? -INFINITY : std::isfinite(days) ? (std::log(days) - location_) / scale_ : INFINITY;
    }

    void add_exact(Term& out, double days) const {
        const double z = place(days);
        out.value += log_density(law_, z) - std::log(scale_) - std::log(days);
        out.by_log_scale -= 1;
        add(out, z, scale_, density_slope(law_, z), density_bend(law_, z));
    }

    void add_between(Term& out, const Lifetime& lifetime) const {
        const double low = place(lifetime.low), high = place(lifetime.high);
        const double value = log_between(law_, low, high);
        out.value += value;
        const auto share = [&](double z) {
            return std::isfinite(z) ? std::exp(log_density(law_, z) - value) : 0;
        };
        const double at_low = share(low), at_high = share(high);
        if (at_high > 0)
            add(out, high, scale_, at_high, at_high * density_slope(law_, high) - at_high * at_high);
        if (at_low > 0) add(out, low, scale_, -at_low, -at_low * density_slope(law_, low) - at_low * at_low);
        if (at_low > 0 && at_high > 0) add_cross(out, low, high, scale_, at_low * at_high);
    }

    /// Only those that lasted to the entry could be seen.
    void add_entry(Term& out, double days) const {
        const double z = place(days), above = log_upper(law_, z);
        const double hazard = std::exp(log_density(law_, z) - above);
        out.value -= above;
        add(out, z, scale_, hazard, hazard * density_slope(law_, z) + hazard * hazard);
    }

    LifetimeLaw law_;
    double location_, scale_;
};

Result<void> usable(std::span<const Lifetime> lifetimes) {
    if (std::ranges::none_of(lifetimes, &Lifetime::ended))
        return fail(ErrorCode::invalid_argument, "lifetimes", "found none that ended, expected one at least");
    for (std::size_t i = 0; i < lifetimes.size(); ++i) {
        const auto& one = lifetimes[i];
        const bool ordered = one.low >= 0 && one.low <= one.high && one.high > 0 && std::isfinite(one.low);
        const bool after_entry = one.entry >= 0 && one.low >= one.entry && one.high > one.entry;
        if (!ordered || !after_entry)
            return fail(
                ErrorCode::invalid_argument,
                "lifetimes",
                fmt::format(
                    "number {}: found {} to {} days, followed from {}; expected an interval after the entry",
                    i + 1,
                    one.low,
                    one.high,
                    one.entry
                )
            );
    }
    return {};
}

/// Mean and spread of the logarithms of the middles: where the climb begins.
std::pair<double, double> rough(std::span<const Lifetime> lifetimes, const LifetimeCovariates& covariates) {
    std::vector<std::pair<double, double>> logs;  // with how many are alike
    double size = 0, sum = 0, squares = 0;
    for (std::size_t i = 0; i < lifetimes.size(); ++i) {
        const auto& one = lifetimes[i];
        const double middle = one.ended() ? (one.low + one.high) / 2 : one.low;
        if (middle <= 0) continue;
        logs.emplace_back(std::log(middle), covariates.number(i));
        sum += logs.back().first * logs.back().second;
        size += logs.back().second;
    }
    const double mean = sum / size;
    for (const auto& [log, number] : logs) squares += number * (log - mean) * (log - mean);
    return {mean, std::log(std::clamp(std::sqrt(squares / size), 0.2, 5.0))};
}

/// The posterior (or likelihood) of all at one point: parameters are location, coefficients, ln scale.
class Whole {
public:
    Whole(LifetimeLaw law, std::span<const Lifetime> lifetimes, const LifetimeCovariates& covariates)
        : law_(law), lifetimes_(lifetimes), covariates_(covariates), slopes_(covariates.names.size() + 1) {}

    numerics::Likelihood operator()(const std::vector<double>& at) const {
        const std::size_t size = at.size();
        numerics::Likelihood out{0, std::vector<double>(size), std::vector<double>(size * size)};
        const double scale = has_scale(law_) ? std::exp(at.back()) : 1;
        std::vector<double> row(slopes_, 1);
        for (std::size_t i = 0; i < lifetimes_.size(); ++i) {
            std::ranges::copy(covariates_.row(i), row.begin() + 1);
            const double location = std::inner_product(row.begin(), row.end(), at.begin(), 0.0);
            add(out, Places(law_, location, scale).term(lifetimes_[i], covariates_.number(i)), row);
        }
        for (std::size_t j = 0; j < covariates_.held.size(); ++j) {
            out.value -= covariates_.held[j] * at[j + 1] * at[j + 1] / 2;
            out.gradient[j + 1] -= covariates_.held[j] * at[j + 1];
            out.information[(j + 1) * size + j + 1] += covariates_.held[j];
        }
        return out;
    }

    double log_likelihood(const std::vector<double>& at) const {
        double out = (*this)(at).value;
        for (std::size_t j = 0; j < covariates_.held.size(); ++j)
            out += covariates_.held[j] * at[j + 1] * at[j + 1] / 2;
        return out;
    }

private:
    void add(numerics::Likelihood& out, const Term& term, const std::vector<double>& row) const {
        const std::size_t size = out.gradient.size();
        out.value += term.value;
        for (std::size_t a = 0; a < slopes_; ++a) {
            out.gradient[a] += term.by_location * row[a];
            for (std::size_t b = 0; b < slopes_; ++b)
                out.information[a * size + b] -= term.location_twice * row[a] * row[b];
        }
        if (!has_scale(law_)) return;
        const std::size_t last = size - 1;
        out.gradient[last] += term.by_log_scale;
        out.information[last * size + last] -= term.log_scale_twice;
        for (std::size_t a = 0; a < slopes_; ++a) {
            out.information[a * size + last] -= term.both * row[a];
            out.information[last * size + a] -= term.both * row[a];
        }
    }

    LifetimeLaw law_;
    std::span<const Lifetime> lifetimes_;
    const LifetimeCovariates& covariates_;
    std::size_t slopes_;
};

}  // namespace

double LifetimeFit::location_at(std::span<const double> covariates) const {
    check(covariates.size() == coefficients.size(), "every coefficient has a value");
    return std::inner_product(covariates.begin(), covariates.end(), coefficients.begin(), location);
}

Result<LifetimeFit> fit_lifetimes(
    LifetimeLaw law, std::span<const Lifetime> lifetimes, const LifetimeCovariates& covariates
) {
    ENTENTE_RETURN_IF_ERROR(usable(lifetimes));
    check(
        covariates.values.size() == covariates.names.size() * lifetimes.size() &&
            (covariates.held.empty() || covariates.held.size() == covariates.names.size()) &&
            (covariates.numbers.empty() || covariates.numbers.size() == lifetimes.size()),
        "every lifetime has a value of every covariate"
    );
    const auto [mean, log_spread] = rough(lifetimes, covariates);
    std::vector<std::string> names{"location"};
    names.insert(names.end(), covariates.names.begin(), covariates.names.end());
    std::vector<double> start(names.size(), 0);
    start[0] = mean;
    if (has_scale(law)) {
        names.emplace_back("scale");
        start.push_back(log_spread);
    }
    const Whole whole(law, lifetimes, covariates);
    ENTENTE_ASSIGN_OR_RETURN(const auto found, numerics::maximise(whole, start, names));
    LifetimeFit out;
    out.law = law;
    out.location = found.at[0];
    out.coefficients.assign(
        found.at.begin() + 1, found.at.begin() + 1 + static_cast<std::ptrdiff_t>(covariates.names.size())
    );
    out.scale = has_scale(law) ? std::exp(found.at.back()) : 1;
    out.log_likelihood = whole.log_likelihood(found.at);
    out.covariance = found.covariance;
    out.steps = found.steps;
    return out;
}

}  // namespace entente::measures
