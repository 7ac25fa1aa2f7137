#include "measures/series/tie_masses.h"

#include <algorithm>
#include <tuple>

#include "base/check.h"
#include "measures/series/fading.h"

namespace entente::measures::series {
namespace {

bool fits_columns(const Weight& weight) {
    return weight.on.spread != Spread::held && weight.counts_from == kFirstDay &&
           weight.counts_until == kNoEnd && weight.on.last - weight.on.first < Fading::kLongest &&
           kEpoch <= weight.on.last && weight.on.last <= kEndOfColumns;
}

FadingMass column_mass(const Weight& weight) {
    return {weight.on.last, weight.record, weight.on.last - weight.on.first + 1, weight.on.mass};
}

auto order_of(const OddMass& mass) {
    return std::tie(
        mass.on.first, mass.record, mass.on.last, mass.on.mass, mass.counts_from, mass.counts_until
    );
}

bool before(const OddMass& a, const OddMass& b) {
    return order_of(a) < order_of(b);
}

}  // namespace

void StrandMasses::build(std::span<const Weight> weights) {
    *this = StrandMasses();
    std::vector<PairNumber> point_pairs, span_pairs;
    std::vector<FadingMass> points, spans;
    for (const Weight& weight : weights) {
        if (!fits_columns(weight)) {
            add_odd(weight);
            continue;
        }
        const bool point = weight.on.first == weight.on.last;
        (point ? point_pairs : span_pairs).push_back(weight.pair);
        (point ? points : spans).push_back(column_mass(weight));
    }
    points_.build(point_pairs, points);
    spans_.build(span_pairs, spans);
}

void StrandMasses::add(const Weight& weight) {
    if (!fits_columns(weight)) return add_odd(weight);
    (weight.on.first == weight.on.last ? points_ : spans_).add(weight.pair, column_mass(weight));
}

void StrandMasses::add_odd(const Weight& weight) {
    check(weight.on.first <= weight.on.last, "a mass lies on a closed interval of days");
    if (weight.pair >= odd_.size()) odd_.resize(weight.pair + 1);
    auto& of = odd_[weight.pair];
    const OddMass mass{weight.on, weight.counts_from, weight.counts_until, weight.record};
    of.insert(std::upper_bound(of.begin(), of.end(), mass, before), mass);
}

std::size_t StrandMasses::remove(PairNumber pair, RecordNumber record) {
    std::size_t removed = points_.remove(pair, record) + spans_.remove(pair, record);
    if (pair < odd_.size())
        removed += std::erase_if(odd_[pair], [&](const OddMass& mass) { return mass.record == record; });
    return removed;
}

std::span<const OddMass> StrandMasses::odd(PairNumber pair) const {
    if (pair >= odd_.size()) return {};
    return odd_[pair];
}

std::size_t StrandMasses::size() const {
    std::size_t out = points_.size() + spans_.size();
    for (const auto& of : odd_) out += of.size();
    return out;
}

std::size_t StrandMasses::pairs() const {
    return std::max({points_.pairs(), spans_.pairs(), odd_.size()});
}

void TieMasses::build(std::span<const Weight> weights) {
    std::vector<std::vector<Weight>> by_strand(strands());
    std::vector<std::size_t> sizes(strands());
    for (const Weight& weight : weights) {
        check(weight.strand < strands(), "a weight is of one of the strands");
        ++sizes[weight.strand];
    }
    for (std::size_t strand = 0; strand < strands(); ++strand) by_strand[strand].reserve(sizes[strand]);
    for (const Weight& weight : weights) by_strand[weight.strand].push_back(weight);
    for (std::size_t strand = 0; strand < strands(); ++strand) {
        strands_[strand].build(by_strand[strand]);
        by_strand[strand] = {};
    }
}

void TieMasses::add(const Weight& weight) {
    check(weight.strand < strands(), "a weight is of one of the strands");
    strands_[weight.strand].add(weight);
}

std::size_t TieMasses::remove(PairNumber pair, std::size_t strand, RecordNumber record) {
    check(strand < strands(), "a weight is of one of the strands");
    return strands_[strand].remove(pair, record);
}

std::size_t TieMasses::pairs() const {
    std::size_t out = 0;
    for (const auto& strand : strands_) out = std::max(out, strand.pairs());
    return out;
}

std::size_t TieMasses::size() const {
    std::size_t out = 0;
    for (const auto& strand : strands_) out += strand.size();
    return out;
}

}  // namespace entente::measures::series
