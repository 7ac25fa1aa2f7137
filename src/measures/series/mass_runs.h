#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/day.h"
#include "measures/tie/stock.h"

namespace entente::measures::series {

using PairNumber = std::uint32_t;
using RecordNumber = std::uint32_t;

/// First and last day that the columns hold, 179 years apart: a day takes two bytes in them.
inline constexpr Day kEpoch{-25'567};  ///< 1900-01-01
inline constexpr Day kEndOfColumns = {kEpoch.value + UINT16_MAX};

/// A mass whose last day is known and that fades from then on: a point when it has one day.
struct FadingMass {
    Day last;
    RecordNumber record = 0;
    std::int32_t days = 1;  ///< from the first to the last
    double mass = 0;
    friend auto operator<=>(const FadingMass&, const FadingMass&) = default;
};

/// The masses of one strand in columns; those of a pair lie together, in the order of last day, then record.
///
/// What comes later goes into its place: the run of its pair moves to the end of the columns, with room to spare, when
/// it is full. The order inside a run, and with it every digit of a sum, does not depend on what came when.
/// Cost  16 B a mass, 14 B where all have one day, of which a pass reads 12 and 10; adding or taking out O(masses of the pair), amortised
/// Thread-safety  none for changes; any number may read
class MassRuns {
public:
    explicit MassRuns(bool points) : points_(points) {}

    /// The masses of a pair: columns of `size` each.
    struct Run {
        const std::uint16_t* last = nullptr;  ///< days after the epoch
        const std::uint16_t* days = nullptr;  ///< nothing: all have one day
        const double* mass = nullptr;
        const RecordNumber* record = nullptr;
        std::size_t size = 0;

        Day last_day(std::size_t i) const { return kEpoch + last[i]; }
        MassOnDays on(std::size_t i) const {
            return {last_day(i) - (days ? days[i] - 1 : 0), last_day(i), mass[i]};
        }
    };

    /// Instead of whatever is there. `pairs[i]` has `masses[i]`.
    /// Requires  last days within the columns, lengths of at most 65,535 days
    void build(std::span<const PairNumber> pairs, std::span<const FadingMass> masses);
    void add(PairNumber pair, const FadingMass& mass);
    /// Takes out all masses of a record; gives their number.
    std::size_t remove(PairNumber pair, RecordNumber record);

    std::size_t pairs() const { return places_.size(); }
    std::size_t size() const { return size_; }
    Run run(PairNumber pair) const;
    /// Of what was ever there; the ends of `int32` when there was nothing.
    Day earliest_last() const { return earliest_last_; }
    std::int32_t longest() const { return longest_; }

private:
    struct Place {
        std::size_t begin = 0;
        std::uint32_t size = 0;
        std::uint32_t capacity = 0;
    };

    FadingMass at(std::size_t i) const {
        return {kEpoch + last_[i], record_[i], points_ ? 1 : days_[i], mass_[i]};
    }
    void set(std::size_t i, const FadingMass& mass);
    void resize(std::size_t size);
    void make_room(Place& place);
    void note(const FadingMass& mass);

    bool points_;
    std::vector<Place> places_;
    std::vector<std::uint16_t> last_, days_;
    std::vector<double> mass_;
    std::vector<RecordNumber> record_;
    std::size_t size_ = 0;
    Day earliest_last_{INT32_MAX};
    std::int32_t longest_ = 1;
};

/// How many masses of a run ended by the end of a day.
/// Cost  O(log n)
std::size_t count_until(const MassRuns::Run& run, Day day);

}  // namespace entente::measures::series
