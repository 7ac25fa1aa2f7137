#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "measures/tie/drawn_parameters.h"
#include "measures/tie/going_on.h"
#include "measures/tie/mass.h"

namespace entente::measures {

/// The stock of some records of one strand on a day, made ready for many draws of the parameters.
///
/// Definition  records that differ in nothing a draw could vary apart are one cell, whose stock is kept at the nodes of
///             the half-life; those of imprecise date are moved to their day in each draw. Records may be told apart by
///             parts, each a sum of its own
/// Units       those of the strand
/// Cost        O(records · nodes) once, then O((cells + records of imprecise date) · draws)
/// Source      MEASURES.md 5, 6 and 17
/// Requires    the records and `drawn` outlive it
class DrawableStock {
public:
    using Records = std::vector<const RecordMass*>;

    /// \param  part_of  for each record the number of its part; empty: all are part 0
    DrawableStock(
        const Records& records,
        const GoingOn& going_on,
        const DrawnParameters& drawn,
        std::size_t strand,
        Day at,
        std::span<const std::uint32_t> part_of = {}
    );

    /// Whether draws differ where these vary.
    bool varies(const Varied& varied) const;

    // By draw:
    /// Of what is on record.
    std::vector<double> on_record(const Varied& varied = {}) const;
    /// The same by part; a part without records has none.
    std::vector<std::vector<double>> parts(std::size_t number) const;
    /// What goes on at the mean rate where coverage ended, and at the upper one.
    std::vector<double> going_on(const Varied& varied = {}) const;
    std::vector<double> going_on_at_most() const;
    /// With what goes on at the mean rate.
    std::vector<double> stocks(const Varied& varied = {}) const {
        return with_going_on(on_record(varied), varied);
    }
    /// What is on record, with what goes on: for whoever needs both.
    std::vector<double> with_going_on(std::vector<double> on_record, const Varied& varied = {}) const;

private:
    using AtNodes = DrawnParameters::AtNodes;
    /// Records of a cell, at the nodes.
    struct Cell {
        std::uint32_t part = 0;
        TableChoice choice;
        bool announced = false;
        AtNodes stock{};
    };
    struct Member {
        std::uint32_t part = 0;
        const RecordMass* record = nullptr;
    };

    std::vector<double> blank() const { return std::vector<double>(drawn_.filled()); }
    /// Without what is put in to fill up.
    std::vector<double> finished(std::vector<double> filled) const;
    /// Of records that stay on their days, by part.
    std::vector<Cell> cells_of(std::span<const Member> records) const;
    void add_stock(const MassOnDays& mass, AtNodes& to) const;
    void add_cells(std::span<const Cell> cells, const Varied& varied, double* out) const;
    void add_together(std::span<const Cell> cells, bool half_lives, double* out) const;
    void add_moved(const RecordMass& record, const Varied& varied, double* out) const;
    std::vector<double> interpolated(const AtNodes& at_nodes) const;
    numerics::DrawnTerm term(const TableChoice& choice, bool announced, const Varied& varied) const;

    const DrawnParameters& drawn_;
    std::size_t strand_;
    Day at_;
    GoingOn going_on_;
    std::vector<Cell> cells_;
    std::vector<Member> imprecise_;
};

}  // namespace entente::measures
