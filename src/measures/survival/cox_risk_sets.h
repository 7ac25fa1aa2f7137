// Who was at risk whenever something happened: the sums of which a Cox regression is made.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

#include "measures/survival/cox.h"

namespace entente::measures {

/// Weighted sums of rows: of 1, of x, of x xᵀ.
struct CoxSums {
    explicit CoxSums(std::size_t width) : first(width), second(width * width) {}

    /// `times` −1 takes a row away.
    void add(double weight, std::span<const double> x, double times = 1);
    void clear();

    double weight = 0;
    std::vector<double> first;
    std::vector<double> second;  ///< row after row; upper half only
};

/// One time of one stratum at which something happened.
struct CoxMoment {
    std::size_t stratum = 0;
    double time = 0;
    std::span<const std::size_t> events;  ///< numbers of rows
    const CoxSums& at_risk;
    const CoxSums& happened;  ///< over the events

    /// Efron: the l-th of d events at one time meets those at risk less l/d of the d.
    double part(std::size_t l) const { return static_cast<double>(l) / static_cast<double>(events.size()); }
    double weight(std::size_t l) const { return at_risk.weight - part(l) * happened.weight; }
    double mean(std::size_t l, std::size_t j) const {
        return (at_risk.first[j] - part(l) * happened.first[j]) / weight(l);
    }
};

/// Rows sorted once.
class CoxRiskSets {
public:
    /// \param  values  of `width` covariates, row after row; what it points to is kept by the caller
    CoxRiskSets(std::span<const CoxRow> rows, std::span<const double> values, std::size_t width);

    std::span<const double> row(std::size_t at) const { return values_.subspan(at * width_, width_); }

    /// Visits every moment, by stratum, in each from the last to the first.
    ///
    /// Missing  sums from which nearly everything has been taken away are made anew, so that what was large and left leaves
    ///          no rounding behind
    /// Cost     O(rows · width²)
    void walk(std::span<const double> weights, const std::function<void(const CoxMoment&)>& visit) const;

private:
    class Walk;
    std::span<const CoxRow> rows_;
    std::span<const double> values_;
    std::size_t width_;
    std::vector<std::size_t> by_exit_, by_entry_;  ///< by stratum, then the latest first
};

}  // namespace entente::measures
