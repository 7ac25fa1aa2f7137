#pragma once

#include <cstddef>
#include <vector>

#include "measures/tie/mass.h"

namespace entente::bench {

/// A nation with made-up partners: engagements of most kinds, one in thirty known to the month only, and a census.
struct MadeUpPartners {
    struct Partner {
        measures::Pair pair;
        std::vector<measures::Engagement> engagements;
    };
    std::vector<Partner> partners;
    std::vector<measures::Coverage> coverage;

    std::vector<measures::TieFacts> ties() const;
};

MadeUpPartners made_up_partners(std::size_t partners, std::size_t records_each);

}  // namespace entente::bench
