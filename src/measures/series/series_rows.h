#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "measures/tie/pair_rows.h"

namespace entente::measures::series {

/// Place of a revision in the order of the log; 1 is the first.
using Place = std::uint64_t;

/// What is on record of one pair in the series.
struct TieRows {
    Pair pair;  ///< the first has the smaller id
    std::vector<WeightRow> rows;
    std::vector<Evidence> evidence;  ///< of each row the record alone

    /// As `weigh` gives them, but that they open to no more than the ids of records.
    Masses masses(const Parameters& parameters, bool general_knowledge, Day at) const;
};

/// What every revision on record says of weight, between all pairs and however often it was revised: which of them
/// count is for a view of the index to say. It only grows; its bytes depend on the log alone, whatever was added when.
///
/// Definition  a row for each revision and pair that it names, in the order of the log, as `add_rows` gives them; an
///             actor has the number under which he was first met
/// Cost        80 B a row
class SeriesRows {
public:
    static constexpr std::size_t kBytes = 80;

    /// Reads what `take_bytes` gave, one after the other.
    /// Errors  corrupt: bytes that it does not give, or not in this order
    static Result<SeriesRows> read(std::string_view bytes);

    // Each adds what one revision says.
    // Requires  places ascend; ids have the form of ids
    void add(Place place, std::string_view record, const Engagement& of, const Parameters& parameters);
    void add(Place place, std::string_view record, const Agreement& of, const Parameters& parameters);
    void add(Place place, std::string_view record, const TrainingLine& of, const Parameters& parameters);
    void add(Place place, std::string_view record, const Tally& of, const Parameters& parameters);
    /// Bytes of what was added since they were last taken.
    std::string take_bytes() { return std::exchange(fresh_, {}); }

    std::size_t size() const { return rows_.size(); }
    /// Rows and actors: what stands in the bytes.
    std::size_t items() const { return items_; }

    /// The rows of each pair, of revisions that count.
    /// \param  counts  by place; beyond its end none
    /// \param  actor  one of every pair; empty: of all pairs
    std::vector<TieRows> ties(const std::vector<bool>& counts, std::string_view actor = {}) const;

private:
    struct Row {
        Place place = 0;
        std::uint32_t a = 0, b = 0;  ///< numbers of actors
        std::string record;          ///< its id as 16 bytes
        WeightRow row;
    };

    template <class AddRows>
    void add_pairs(
        Place place, std::string_view record, std::vector<std::string> actors, const AddRows& add_rows
    );
    std::uint32_t number_of(const std::string& actor);
    bool take(std::string_view bytes);

    std::vector<Row> rows_;
    std::vector<std::string> actors_;
    std::map<std::string, std::uint32_t> numbers_;
    std::size_t items_ = 0;
    std::string fresh_;
};

}  // namespace entente::measures::series
