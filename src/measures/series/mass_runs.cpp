#include "measures/series/mass_runs.h"

#include <algorithm>

#include "base/check.h"

namespace entente::measures::series {
namespace {

constexpr std::uint32_t kLeastRoom = 4;
/// Of the columns, for what will be added: growing them would copy all.
constexpr std::size_t kSpareShare = 16;

}  // namespace

void MassRuns::set(std::size_t i, const FadingMass& mass) {
    last_[i] = static_cast<std::uint16_t>(mass.last - kEpoch);
    if (!points_) days_[i] = static_cast<std::uint16_t>(mass.days);
    mass_[i] = mass.mass;
    record_[i] = mass.record;
}

void MassRuns::resize(std::size_t size) {
    if (size > last_.capacity()) {
        const std::size_t room = size + size / kSpareShare;
        last_.reserve(room);
        if (!points_) days_.reserve(room);
        mass_.reserve(room);
        record_.reserve(room);
    }
    last_.resize(size);
    if (!points_) days_.resize(size);
    mass_.resize(size);
    record_.resize(size);
}

void MassRuns::note(const FadingMass& mass) {
    check(mass.days >= 1 && (!points_ || mass.days == 1), "a mass lies on a closed interval of days");
    check(
        kEpoch <= mass.last && mass.last <= kEndOfColumns && mass.days <= UINT16_MAX,
        "a mass fits the columns"
    );
    earliest_last_ = std::min(earliest_last_, mass.last);
    longest_ = std::max(longest_, mass.days);
}

void MassRuns::build(std::span<const PairNumber> pairs, std::span<const FadingMass> masses) {
    check(pairs.size() == masses.size(), "every mass has its pair");
    places_.clear();
    for (std::size_t i = 0; i < masses.size(); ++i) {
        if (pairs[i] >= places_.size()) places_.resize(pairs[i] + 1);
        ++places_[pairs[i]].capacity;
        note(masses[i]);
    }
    std::size_t begin = 0;
    for (Place& place : places_) {
        place.begin = begin;
        begin += place.capacity;
    }
    std::vector<FadingMass> sorted(masses.size());
    for (std::size_t i = 0; i < masses.size(); ++i) {
        Place& place = places_[pairs[i]];
        sorted[place.begin + place.size++] = masses[i];
    }
    size_ = masses.size();
    resize(size_);
    for (const Place& place : places_) {
        const auto from = sorted.begin() + static_cast<std::ptrdiff_t>(place.begin);
        const auto to = from + place.size;
        if (!std::is_sorted(from, to)) std::sort(from, to);
        for (std::size_t i = place.begin; i < place.begin + place.size; ++i) set(i, sorted[i]);
    }
}

void MassRuns::make_room(Place& place) {
    if (place.size < place.capacity) return;
    const std::size_t begin = last_.size();
    const std::uint32_t capacity = std::max(kLeastRoom, place.size + place.size / 2);
    resize(begin + capacity);
    for (std::size_t i = 0; i < place.size; ++i) set(begin + i, at(place.begin + i));
    place.begin = begin;
    place.capacity = capacity;
}

void MassRuns::add(PairNumber pair, const FadingMass& mass) {
    note(mass);
    if (pair >= places_.size()) places_.resize(pair + 1);
    Place& place = places_[pair];
    make_room(place);
    std::size_t i = place.begin + place.size;
    for (; i > place.begin && mass < at(i - 1); --i) set(i, at(i - 1));
    set(i, mass);
    ++place.size;
    ++size_;
}

std::size_t MassRuns::remove(PairNumber pair, RecordNumber record) {
    if (pair >= places_.size()) return 0;
    Place& place = places_[pair];
    std::size_t to = place.begin;
    for (std::size_t i = place.begin; i < place.begin + place.size; ++i)
        if (record_[i] != record) set(to++, at(i));
    const std::size_t removed = place.begin + place.size - to;
    place.size -= static_cast<std::uint32_t>(removed);
    size_ -= removed;
    return removed;
}

MassRuns::Run MassRuns::run(PairNumber pair) const {
    if (pair >= places_.size()) return {};
    const Place& place = places_[pair];
    return {
        last_.data() + place.begin,
        points_ ? nullptr : days_.data() + place.begin,
        mass_.data() + place.begin,
        record_.data() + place.begin,
        place.size};
}

std::size_t count_until(const MassRuns::Run& run, Day day) {
    const std::int32_t after = day - kEpoch;
    // Mostly all or none, which needs no search.
    if (run.size == 0 || run.last[0] > after) return 0;
    if (run.last[run.size - 1] <= after) return run.size;
    return static_cast<std::size_t>(std::upper_bound(run.last, run.last + run.size, after) - run.last);
}

}  // namespace entente::measures::series
