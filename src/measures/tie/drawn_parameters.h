#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "measures/tie/mass.h"
#include "measures/tie/parameters.h"
#include "numerics/eight.h"
#include "numerics/philox.h"

namespace entente::measures {

/// Which groups of parameters a band lets vary.
struct Varied {
    bool half_lives = true;
    bool half_full = true;
    bool tables = true;
    bool shares = true;
    bool dates = true;
    bool status = true;
};

/// The declared draws of a parameter set: the same for every pair and day, so that comparisons share them.
///
/// Definition  half-lives log-normal with 80 of 100 inside their range; half-full values and table entries
/// log-normal
///             with 80 of 100 inside their factor; shares Dirichlet; the status of what was announced
///             logit-normal with 80 of 100 inside its range. Stock is smooth in the logarithm of the
///             half-life, so that it is computed at `kNodes` places and interpolated for each draw
/// Cost        once a parameter set: 20 ms for 2,000 draws; 6 MB
/// Source      MEASURES.md 6 and 16
class DrawnParameters {
public:
    static constexpr std::size_t kNodes = 33;
    /// Draws that are reckoned with side by side; columns of draws are filled up to a multiple of it.
    static constexpr std::size_t kTogether = numerics::Eight::kSize;

    explicit DrawnParameters(const Parameters& parameters);

    std::size_t draws() const { return draws_; }
    const Parameters& parameters() const { return parameters_; }

    double half_life(std::size_t draw, std::size_t strand) const {
        return half_lives_[strand * filled_ + draw];
    }
    double half_full(std::size_t draw, std::size_t strand) const {
        return half_full_[strand * filled_ + draw];
    }
    double share(std::size_t draw, std::size_t strand) const { return shares_[strand * filled_ + draw]; }
    double announced(std::size_t draw) const { return announced_[draw]; }
    /// By how much the product of a choice differs from its middle.
    double table_factor(std::size_t draw, const TableChoice& choice) const;
    /// A day of an imprecise date: uniform in (0, 1), the same for a record wherever it is asked about.
    double place_in_date(std::size_t draw, const std::string& record) const;

    /// Half-lives at which the stock of a strand is computed.
    const double* nodes(std::size_t strand) const { return &nodes_[strand * kNodes]; }
    // The same for all draws.
    std::vector<double> table_factors(const TableChoice& choice) const;
    /// For the eight draws of a group, likewise; beyond the last draw: 1.
    numerics::Eight table_factors(std::size_t group, const TableChoice& choice) const;
    /// By how much the weight of what was announced differs from its middle; beyond the last draw: any number.
    numerics::Eight announced_factors(std::size_t group) const;
    std::vector<double> places_in_date(const std::string& record) const;
    /// Weights of the nodes for the eight draws of a group, eight numbers for each node; those of a draw add up to 1.
    const double* weights(std::size_t group, std::size_t strand) const {
        return &weights_[(strand * filled_ + group * kTogether) * kNodes];
    }

private:
    Parameters parameters_;
    std::size_t draws_;
    std::size_t filled_;
    std::size_t strands_;
    numerics::Draws random_;
    std::vector<double> half_lives_, half_full_, shares_, announced_, announced_factors_;
    std::vector<double> base_, levels_, modes_, sizes_;
    std::vector<double> nodes_, weights_;
};

/// The draws of a parameter set, computed at its first use and kept. Safe to call from several threads.
std::shared_ptr<const DrawnParameters> drawn(const Parameters& parameters);

}  // namespace entente::measures
