#pragma once

#include <array>
#include <vector>

#include "measures/tie/drawn_parameters.h"
#include "measures/tie/going_on.h"
#include "measures/tie/mass.h"

namespace entente::measures {

/// The stock of some records of one strand on a day, made ready for many draws of the parameters.
///
/// Definition  records that differ in nothing a draw could vary apart are one cell, whose stock is kept at the nodes of
///             the half-life; those of imprecise date are moved to their day in each draw
/// Units       those of the strand
/// Cost        O(records · nodes) once, then O(cells · nodes + records of imprecise date) a draw
/// Source      MEASURES.md 5, 6 and 17
/// Requires    the records and `drawn` outlive it
class DrawableStock {
public:
    DrawableStock(
        const std::vector<const RecordMass*>& records,
        const GoingOn& going_on,
        const DrawnParameters& drawn,
        std::size_t strand,
        Day at
    );

    /// Of what is on record.
    double on_record(std::size_t draw, const Varied& varied) const;
    /// With what goes on at the mean rate where coverage ended.
    double stock(std::size_t draw, const Varied& varied) const;
    double half_life(std::size_t draw, const Varied& varied) const;

private:
    struct Cell {
        TableChoice choice;
        bool announced = false;
        std::array<double, DrawnParameters::kNodes> stock{};
    };

    double at_half_life(const Cell& cell, std::size_t draw, bool varied) const;
    double factor(const TableChoice& choice, bool announced, std::size_t draw, const Varied& varied) const;

    const DrawnParameters& drawn_;
    std::size_t strand_;
    Day at_;
    GoingOn going_on_;
    std::vector<Cell> cells_;
    std::vector<const RecordMass*> imprecise_;
};

}  // namespace entente::measures
