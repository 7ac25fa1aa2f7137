#pragma once

#include "measures/relational/pair_column.h"
#include "measures/relational/statistics.h"
#include "measures/relational/stock.h"

namespace entente::measures::relational {

/// Brings a statistic over third actors up to date with one event i to j that is not in `stock` and
/// `meetings` yet.
///
/// Definition  see Kind; only sums in which n(i,j) stands change
/// \param  stored  what the event adds to n(i,j) in `stock`; with undirected events to n(j,i), too
/// Cost    O(partners of i and of j)
void add_shared(
    Kind kind,
    PairColumn& column,
    const Stock& stock,
    const Meetings& meetings,
    bool directed,
    ActorIndex i,
    ActorIndex j,
    double stored
);

}  // namespace entente::measures::relational
