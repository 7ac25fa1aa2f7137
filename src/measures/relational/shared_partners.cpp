#include "measures/relational/shared_partners.h"

#include <algorithm>

namespace entente::measures::relational {
namespace {

/// By how much min(part, other) rises when a part grows, or, for counts, whether it does for the first time.
struct Rise {
    bool counted;
    bool first;  ///< the two actors had not met in this way
    double before;
    double after;

    double with(double other) const {
        if (counted) return first ? 1 : 0;
        return std::min(after, other) - std::min(before, other);
    }
};

void add_both(PairColumn& column, std::size_t i, std::size_t j, double rise) {
    column.add(i, j, rise);
    column.add(j, i, rise);
}

/// Legs a to k to b. `turned`: the sum belongs to the pair (b, a), as in a cycle.
void add_paths(
    PairColumn& column,
    const Stock& stock,
    const Meetings& meetings,
    const Rise& rise,
    ActorIndex i,
    ActorIndex j,
    bool turned
) {
    const auto add = [&](std::size_t from, std::size_t to, double by) {
        turned ? column.add(to, from, by) : column.add(from, to, by);
    };
    for (const auto b : meetings.sent_to[j])
        if (b != i) add(i, b, rise.with(stock.pair(j, b)));
    for (const auto a : meetings.received_from[i])
        if (a != j) add(a, j, rise.with(stock.pair(a, i)));
}

void add_either(
    PairColumn& column,
    const Stock& stock,
    const Meetings& meetings,
    const Rise& rise,
    bool directed,
    ActorIndex i,
    ActorIndex j
) {
    const auto of = [&](std::size_t a, std::size_t b) {
        return directed ? stock.either(a, b) : stock.pair(a, b);
    };
    for (const auto b : meetings.partners[j])
        if (b != i) add_both(column, i, b, rise.with(of(j, b)));
    for (const auto b : meetings.partners[i])
        if (b != j) add_both(column, j, b, rise.with(of(i, b)));
}

}  // namespace

void add_shared(
    Kind kind,
    PairColumn& column,
    const Stock& stock,
    const Meetings& meetings,
    bool directed,
    ActorIndex i,
    ActorIndex j,
    double stored
) {
    const bool counted = kind >= Kind::two_path_count && kind <= Kind::shared_partners_count;
    Rise rise{
        .counted = counted,
        .first = !meetings.has_sent(i, j),
        .before = stock.pair(i, j),
        .after = stock.pair(i, j) + stored};
    switch (kind) {
        case Kind::two_path:
        case Kind::two_path_count:
            return add_paths(column, stock, meetings, rise, i, j, false);
        case Kind::cycle:
        case Kind::cycle_count:
            return add_paths(column, stock, meetings, rise, i, j, true);
        case Kind::shared_receivers:
        case Kind::shared_receivers_count:
            for (const auto a : meetings.received_from[j])
                if (a != i) add_both(column, i, a, rise.with(stock.pair(a, j)));
            return;
        case Kind::shared_senders:
        case Kind::shared_senders_count:
            for (const auto b : meetings.sent_to[i])
                if (b != j) add_both(column, j, b, rise.with(stock.pair(i, b)));
            return;
        default:
            break;
    }
    rise.first = !meetings.has_met(i, j);
    if (directed) rise.before = stock.either(i, j), rise.after = rise.before + stored;
    add_either(column, stock, meetings, rise, directed, i, j);
}

}  // namespace entente::measures::relational
