#include "measures/relational/fit.h"

#include <fmt/format.h>

#include <Eigen/Eigenvalues>
#include <cmath>

#include "measures/relational/check_input.h"
#include "measures/relational/evaluate.h"
#include "measures/relational/fit_scale.h"
#include "numerics/distributions.h"

namespace entente::measures::relational {
namespace {

constexpr std::size_t kStride = 16;  ///< of the first fit, over blocks of times

/// One fit, from the evaluation at 0 to the coefficients.
class Fitter {
public:
    Fitter(const History& history, const Model& model)
        : history_(history), model_(model), evaluator_(make_evaluator(history, model)) {
        if (model.likelihood == Likelihood::timing) names_.push_back("constant");
        for (const Statistic& statistic : model.statistics) names_.push_back(describe(statistic));
    }

    Result<Fit> run();

private:
    numerics::Likelihood scaled_at(const std::vector<double>& scaled, std::size_t stride) const {
        return scale_.scaled(evaluator_->at(scale_.plain(scaled), stride, false).likelihood);
    }
    std::vector<double> start() const;
    Result<numerics::Maximum> climb() const;
    Result<void> check_peak(const numerics::Maximum& top) const;
    std::unexpected<Error> explain(Error error) const;
    Fit report(const numerics::Maximum& top) const;
    double null_value() const;
    std::string choices() const;

    const History& history_;
    const Model& model_;
    std::unique_ptr<Evaluator> evaluator_;
    std::vector<std::string> names_;
    Evaluation at_zero_;
    Scale scale_;
};

Result<Fit> Fitter::run() {
    at_zero_ = evaluator_->at(std::vector<double>(names_.size()), 1, true);
    if (at_zero_.events == 0)
        return fail(
            ErrorCode::invalid_argument,
            "events",
            fmt::format(
                "No event is left to explain: of {} a covariate of their own pair is missing.",
                at_zero_.events_left_out
            )
        );
    ENTENTE_ASSIGN_OR_RETURN(scale_, scale_of(at_zero_, model_));
    auto top = climb();
    if (!top) return explain(std::move(top).error());
    ENTENTE_RETURN_IF_ERROR(check_peak(*top));
    return report(*top);
}

std::vector<double> Fitter::start() const {
    std::vector<double> at(names_.size());
    if (scale_.constant)
        at[0] = std::log(static_cast<double>(at_zero_.events) / at_zero_.likelihood.information[0]);
    if (evaluator_->blocks() < 2 * kStride) return at;
    // A part of the times costs a part of a step and leads almost to the top.
    const auto near = numerics::maximise(
        [&](const std::vector<double>& scaled) { return scaled_at(scaled, kStride); },
        at,
        names_,
        {.gradient_limit = 1e-7 * static_cast<double>(at_zero_.events)}
    );
    return near ? near->at : at;
}

Result<numerics::Maximum> Fitter::climb() const {
    return numerics::maximise(
        [&](const std::vector<double>& scaled) { return scaled_at(scaled, 1); },
        start(),
        names_,
        {.gradient_limit = 1e-9 * static_cast<double>(at_zero_.events)}
    );
}

/// A likelihood that rises for ever flattens, too. At a true top it falls by about 1 when one goes the square
/// root of 2 standard errors away, along the flattest direction as along any.
Result<void> Fitter::check_peak(const numerics::Maximum& top) const {
    const auto size = static_cast<Eigen::Index>(top.at.size());
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> spectrum(
        Eigen::Map<const Eigen::MatrixXd>(top.covariance.data(), size, size)
    );
    const Eigen::VectorXd flattest = spectrum.eigenvectors().col(size - 1);
    const double far = std::sqrt(2 * spectrum.eigenvalues()[size - 1]);
    // In units of a statistic's spread; on a slope that flattens the errors are in the hundreds.
    if (far < 1) return {};
    for (const double sign : {1.0, -1.0}) {
        std::vector<double> at = top.at;
        for (Eigen::Index k = 0; k < size; ++k) at[static_cast<std::size_t>(k)] += sign * far * flattest[k];
        const double there = scaled_at(at, 1).value;
        if (!(there > top.value - 1e-3)) continue;
        Eigen::Index most = 0;
        flattest.cwiseAbs().maxCoeff(&most);
        return explain(
            {ErrorCode::invalid_argument,
             names_[static_cast<std::size_t>(most)],
             "The likelihood rises for ever with this coefficient: the data put no limit to it.",
             ""}
        );
    }
    return {};
}

/// Puts the plainest reason first: a statistic that tells the events from all other pairs.
std::unexpected<Error> Fitter::explain(Error error) const {
    for (std::size_t k = 0; k < model_.statistics.size(); ++k) {
        std::string why = separation_of(history_, model_, k);
        if (why.empty()) continue;
        return fail(ErrorCode::invalid_argument, describe(model_.statistics[k]), std::move(why));
    }
    return std::unexpected(std::move(error));
}

double Fitter::null_value() const {
    if (!scale_.constant) return at_zero_.likelihood.value;
    const auto events = static_cast<double>(at_zero_.events);
    return events * std::log(events / at_zero_.likelihood.information[0]) - events;
}

std::string Fitter::choices() const {
    switch (model_.likelihood) {
        case Likelihood::ordinal:
            return fmt::format(
                "order of events; events of one time: {}", model_.ties == Ties::efron ? "Efron" : "Breslow"
            );
        case Likelihood::timing:
            return fmt::format(
                "times of events; what decays is {}",
                model_.within == WithinStretch::at_end ? "taken at the end of each stretch" : "integrated"
            );
        case Likelihood::sampled:
            return fmt::format(
                "order of events; {} controls an event, seed {}", model_.controls, model_.seed
            );
    }
    return "";
}

Fit Fitter::report(const numerics::Maximum& top) const {
    Fit out;
    std::vector<double> estimates = scale_.plain(top.at);
    out.covariance = scale_.plain_covariance(top.covariance);
    const std::size_t size = estimates.size(), first = scale_.constant ? 1 : 0;
    out.coefficients.resize(size);
    // From statistics as they are to standardised ones: another scale again.
    Scale standard{scale_.constant, std::vector<double>(size - first), std::vector<double>(size - first, 1)};
    for (std::size_t k = 0; k + first < size; ++k) {
        Coefficient& of = out.coefficients[k + first];
        of.statistic = model_.statistics[k];
        of.mean = at_zero_.sums[k] / at_zero_.pairs;
        of.deviation = std::sqrt(std::max(0.0, at_zero_.squares[k] / at_zero_.pairs - of.mean * of.mean));
        if (model_.statistics[k].transform != Transform::standard) continue;
        standard.mean[k] = -of.mean / of.deviation;
        standard.spread[k] = 1 / of.deviation;
    }
    estimates = standard.plain(estimates);
    out.covariance = standard.plain_covariance(out.covariance);
    const double z = numerics::normal_quantile(0.95);
    for (std::size_t k = 0; k < size; ++k) {
        Coefficient& of = out.coefficients[k];
        of.name = names_[k];
        of.estimate = estimates[k];
        of.standard_error = std::sqrt(out.covariance[k * size + k]);
        of.hazard_ratio = std::exp(of.estimate);
        of.low = std::exp(of.estimate - z * of.standard_error);
        of.high = std::exp(of.estimate + z * of.standard_error);
    }
    out.log_likelihood = top.value;
    out.log_likelihood_null = null_value();
    out.events = at_zero_.events;
    out.events_left_out = at_zero_.events_left_out;
    out.pairs_left_out = at_zero_.pairs_left_out;
    out.aic = -2 * top.value + 2 * static_cast<double>(size);
    out.bic = -2 * top.value + static_cast<double>(size) * std::log(static_cast<double>(out.events));
    out.pairs_mean = at_zero_.pairs / at_zero_.risk_sets;
    out.steps = top.steps;
    out.choices = choices();
    return out;
}

}  // namespace

Result<Fit> fit(const History& history, const Model& model) {
    ENTENTE_RETURN_IF_ERROR(check_input(history, model));
    return Fitter(history, model).run();
}

std::vector<double> plain_coefficients(const Fit& fit) {
    std::vector<double> out;
    for (const Coefficient& of : fit.coefficients) {
        if (!of.statistic) continue;
        out.push_back(
            of.statistic->transform == Transform::standard ? of.estimate / of.deviation : of.estimate
        );
    }
    return out;
}

}  // namespace entente::measures::relational
