#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "measures/tie/mass.h"
#include "measures/tie/parameters.h"
#include "numerics/interpolated_sums.h"
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
///             half-life, so that it is computed at `kNodes` places, evenly spaced, and interpolated from the eight
///             nearest for each draw (Lagrange)
/// Cost        once a parameter set: 20 ms for 2,000 draws; 2 MB
/// Source      MEASURES.md 6 and 16
class DrawnParameters {
public:
    static constexpr std::size_t kNodes = 97;  ///< the middle one at the middle half-life itself
    /// Columns of draws are filled up to a multiple of it.
    static constexpr std::size_t kTogether = 4;
    /// Something at the nodes, filled up likewise.
    using AtNodes = std::array<double, (kNodes + kTogether - 1) / kTogether * kTogether>;

    explicit DrawnParameters(const Parameters& parameters);

    std::size_t draws() const { return draws_; }
    /// Filled up.
    std::size_t filled() const { return filled_; }
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
    const AtNodes& nodes(std::size_t strand) const { return nodes_[strand]; }
    /// Where the half-life of a strand lies among them, by draw.
    numerics::DrawnPlaces places(std::size_t strand) const {
        return {&first_[strand * filled_], &weights_[strand * filled_ * numerics::DrawnPlaces::kNear]};
    }
    /// Adds the factors of a choice to a term; beyond the last draw: 1.
    void add_factors(const TableChoice& choice, numerics::DrawnTerm& term) const;
    /// By how much the weight of what was announced differs from its middle.
    void add_announced(numerics::DrawnTerm& term) const;
    std::vector<double> places_in_date(const std::string& record) const;

private:
    Parameters parameters_;
    std::size_t draws_;
    std::size_t filled_;
    std::size_t strands_;
    numerics::Draws random_;
    std::vector<double> half_lives_, half_full_, shares_, announced_, announced_factors_;
    std::vector<double> base_, levels_, modes_, sizes_;
    std::vector<AtNodes> nodes_;  ///< by strand
    std::vector<std::uint32_t> first_;
    std::vector<double> weights_;
};

/// The draws of a parameter set, computed at its first use and kept. Safe to call from several threads.
std::shared_ptr<const DrawnParameters> drawn(const Parameters& parameters);

}  // namespace entente::measures
