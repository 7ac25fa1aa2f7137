#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace entente::store::sqlite {

/// Revisions by their numbers in the index, a bit each.
class RevisionBits {
public:
    void add(std::size_t rev) {
        if (rev / 64 >= words_.size()) words_.resize(rev / 64 + 1 + rev / 256);
        words_[rev / 64] |= std::uint64_t{1} << rev % 64;
    }
    bool holds(std::size_t rev) const {
        return rev / 64 < words_.size() && (words_[rev / 64] >> rev % 64 & 1) != 0;
    }
    /// Takes in what the other holds.
    void add(const RevisionBits& other);
    /// Lets go of what the other does not hold.
    void keep(const RevisionBits& other);
    std::size_t count() const;
    std::size_t count_of_both(const RevisionBits& other) const;
    std::size_t bytes() const { return words_.size() * sizeof(std::uint64_t); }

    /// In the order of their numbers.
    template <class Visit>
    void each(const Visit& visit) const {
        for (std::size_t i = 0; i < words_.size(); ++i)
            for (auto left = words_[i]; left != 0; left &= left - 1)
                visit(i * 64 + static_cast<std::size_t>(std::countr_zero(left)));
    }

private:
    std::vector<std::uint64_t> words_;
};

/// The same, never changed, and as a list where it holds few: of one number in 32 both take the same room.
class RevisionSet {
public:
    RevisionSet() = default;
    /// \param  revisions  in any order, each any number of times
    explicit RevisionSet(std::vector<std::uint32_t> revisions);

    std::size_t size() const { return size_; }
    std::size_t count_within(const RevisionBits& where) const;
    void add_to(RevisionBits& out) const;
    /// Lets `out` keep what is in the set.
    void narrow(RevisionBits& out) const;
    std::size_t bytes() const { return few_.capacity() * sizeof(std::uint32_t) + many_.bytes(); }

    template <class Visit>
    void each_within(const RevisionBits& where, const Visit& visit) const {
        for (const auto rev : few_)
            if (where.holds(rev)) visit(rev);
        many_.each([&](std::size_t rev) {
            if (where.holds(rev)) visit(rev);
        });
    }

private:
    std::vector<std::uint32_t> few_;
    RevisionBits many_;  ///< empty where `few_` is not
    std::size_t size_ = 0;
};

}  // namespace entente::store::sqlite
