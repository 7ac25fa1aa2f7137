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
/// Cost        O(records · nodes) once, then O((cells · nodes + records of imprecise date) · draws), eight draws at once
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

    // By draw:
    /// Of what is on record.
    std::vector<double> on_record(const Varied& varied = {}) const;
    /// With what goes on at the mean rate where coverage ended.
    std::vector<double> stocks(const Varied& varied = {}) const {
        return with_going_on(on_record(varied), varied);
    }
    /// What is on record, with what goes on: for whoever needs both.
    std::vector<double> with_going_on(std::vector<double> on_record, const Varied& varied = {}) const;

private:
    struct Cell {
        TableChoice choice;
        bool announced = false;
        std::array<double, DrawnParameters::kNodes> stock{};
    };
    using Records = std::vector<const RecordMass*>;

    /// Of records that stay on their days.
    std::vector<Cell> cells_of(const Records& records) const;
    void add_cells(const std::vector<Cell>& cells, const Varied& varied, std::vector<double>& out) const;
    void add_cells_of_middle(const std::vector<Cell>& cells, const Varied& varied, std::vector<double>& out)
        const;
    void add_moved(const RecordMass& record, const Varied& varied, std::vector<double>& out) const;
    double half_life(std::size_t draw, const Varied& varied) const;
    std::vector<double> factors(const TableChoice& choice, bool announced, const Varied& varied) const;

    const DrawnParameters& drawn_;
    std::size_t strand_;
    Day at_;
    GoingOn going_on_;
    std::vector<Cell> cells_;
    Records imprecise_;
};

}  // namespace entente::measures
