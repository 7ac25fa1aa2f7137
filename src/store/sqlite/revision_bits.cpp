#include "store/sqlite/revision_bits.h"

#include <algorithm>

namespace entente::store::sqlite {
namespace {

// A set of more than one number in so many is held by bits.
constexpr std::size_t kSparse = 32;

std::size_t ones(const std::uint64_t* a, const std::uint64_t* b, std::size_t words) {
    std::size_t out = 0;
    for (std::size_t i = 0; i < words; ++i) out += static_cast<std::size_t>(std::popcount(a[i] & b[i]));
    return out;
}

#if defined(__x86_64__)
// The same with the instruction for it, which not every processor of this kind has.
__attribute__((target("popcnt"))) std::size_t ones_at_once(
    const std::uint64_t* a, const std::uint64_t* b, std::size_t words
) {
    std::size_t out = 0;
    for (std::size_t i = 0; i < words; ++i)
        out += static_cast<std::size_t>(__builtin_popcountll(a[i] & b[i]));
    return out;
}
#endif

std::size_t count_ones(const std::uint64_t* a, const std::uint64_t* b, std::size_t words) {
#if defined(__x86_64__)
    static const bool at_once = __builtin_cpu_supports("popcnt") != 0;
    if (at_once) return ones_at_once(a, b, words);
#endif
    return ones(a, b, words);
}

}  // namespace

void RevisionBits::add(const RevisionBits& other) {
    if (words_.size() < other.words_.size()) words_.resize(other.words_.size());
    for (std::size_t i = 0; i < other.words_.size(); ++i) words_[i] |= other.words_[i];
}

void RevisionBits::keep(const RevisionBits& other) {
    if (words_.size() > other.words_.size()) words_.resize(other.words_.size());
    for (std::size_t i = 0; i < words_.size(); ++i) words_[i] &= other.words_[i];
}

std::size_t RevisionBits::count() const {
    return count_ones(words_.data(), words_.data(), words_.size());
}

std::size_t RevisionBits::count_of_both(const RevisionBits& other) const {
    return count_ones(words_.data(), other.words_.data(), std::min(words_.size(), other.words_.size()));
}

RevisionSet::RevisionSet(std::vector<std::uint32_t> revisions) : few_(std::move(revisions)) {
    if (!std::ranges::is_sorted(few_)) std::ranges::sort(few_);
    few_.erase(std::unique(few_.begin(), few_.end()), few_.end());
    size_ = few_.size();
    if (few_.empty() || few_.size() * kSparse <= few_.back()) {
        few_.shrink_to_fit();
        return;
    }
    for (const auto rev : few_) many_.add(rev);
    few_ = {};
}

std::size_t RevisionSet::count_within(const RevisionBits& where) const {
    std::size_t out = many_.count_of_both(where);
    for (const auto rev : few_) out += where.holds(rev) ? 1 : 0;
    return out;
}

void RevisionSet::add_to(RevisionBits& out) const {
    out.add(many_);
    for (const auto rev : few_) out.add(rev);
}

void RevisionSet::narrow(RevisionBits& out) const {
    if (few_.empty()) return out.keep(many_);
    RevisionBits kept;
    for (const auto rev : few_)
        if (out.holds(rev)) kept.add(rev);
    out = std::move(kept);
}

}  // namespace entente::store::sqlite
