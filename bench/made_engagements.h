#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "ledger/ledger.h"
#include "service/node.h"

namespace entente::bench {

/// Engagements that never were, the same in every run: 37 years, twenty-one categories of unequal weight, some 200
/// partners of which some are frequent, titles out of some hundred words and a few thousand names of places. More than
/// half have two participants, some up to 39; together they have as many participations as is said; home takes part in a fifth. About half may be
/// seen by a partner or by all.
class MadeEngagements {
public:
    /// \param  actors  id and code of each nation but home, the most frequent first
    MadeEngagements(
        const service::Node& node,
        std::string home,
        std::string source,
        std::vector<std::pair<std::string, std::string>> actors,
        std::uint64_t engagements,
        std::uint64_t participations
    );

    /// The next one as a row of a batch.
    ledger::Draft next();

private:
    std::size_t participants_of_next();
    std::size_t frequent_first(std::size_t count);
    std::string title(const std::string& category);
    json::array participations(std::size_t count, std::vector<std::size_t>& partners);
    std::string label(const std::vector<std::size_t>& partners);

    const service::Node& node_;
    std::string home_, source_;
    std::vector<std::pair<std::string, std::string>> actors_;
    std::vector<std::string> places_;
    std::string all_nations_;
    std::mt19937_64 random_{20261201};
    std::uint64_t left_, participations_left_, number_ = 0;
};

/// An id that follows from words alone.
std::string made_id(const std::string& words);

}  // namespace entente::bench
