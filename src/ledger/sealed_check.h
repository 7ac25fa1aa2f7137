#pragma once

#include <cstdint>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "ledger/store.h"
#include "ledger/vault.h"

namespace entente::ledger {

/// The part of verify() that holds sealed values against the digests which their leaves state. The values
/// come from the store in the same order as the leaves, so both are read in step; they are opened on a second
/// thread, a chunk behind the reading. Not thread-safe itself. Internal to verify.
class SealedCheck {
public:
    /// Told of everything that is wrong; `index` is the entry it lies in, if it lies in one.
    using Report = std::function<void(std::optional<std::uint64_t> index, std::string what)>;

    /// `vault` null: values are counted, not opened.
    /// Requires  all outlive the object; nothing else uses the
    /// vault before `finish` has returned
    SealedCheck(std::unique_ptr<BoxCursor> boxes, Vault* vault, Report report);

    /// Takes the values of a leaf: `digests` is the inside of its `_sd` array. Leaves come in ledger order.
    Result<void> leaf(std::uint64_t index, std::int64_t row, std::string_view digests);
    /// An import entry's own values stand before those of its rows, but their keys come after: they are taken
    /// first and judged last.
    Result<void> hold_back(std::uint64_t index);
    void release(std::uint64_t index, std::string_view digests);
    /// Behind damage the number of keys used so far is not known: the next value tells.
    void lose_count() { lost_count_ = true; }
    /// Digests of values that went lawfully.
    void erase(const std::vector<std::string>& digests) { erased_.insert(digests.begin(), digests.end()); }
    /// Judges what is still open. To be called once, behind the last leaf.
    Result<void> finish();

    std::uint64_t values() const { return values_; }
    std::uint64_t erased_values() const { return erased_values_; }
    std::uint64_t next_key() const { return next_key_; }

private:
    struct Leaf {
        std::uint64_t index;
        std::int64_t row;
        std::string digests;
        bool lost_count;
        std::size_t first_box;
    };
    struct Box {
        std::uint64_t index;  // as stored, so that one that moved does not open
        std::int64_t row;
        std::uint64_t slot;
        std::uint64_t key;
        std::size_t begin;  // in the chunk's bytes
        std::size_t length;
        std::string digest;  // of what was locked in; empty: does not open
    };
    struct Chunk {
        std::vector<Leaf> leaves;
        std::vector<Box> boxes;
        std::string bytes;
    };

    Result<void> skip_strays(std::int64_t index, std::int64_t row);
    Result<void> take(std::uint64_t index, std::int64_t row, Chunk& into);
    void add_leaf(std::uint64_t index, std::int64_t row, std::string_view digests);
    void pass_on();
    void judge_pending();
    void judge(const Leaf& leaf, const Chunk& chunk, std::size_t end);
    void judge_box(const Leaf& leaf, const Box& box);
    static Chunk open(Chunk chunk, Vault& vault);

    std::unique_ptr<BoxCursor> boxes_;
    Vault* vault_;
    Report report_;
    Chunk chunk_;
    Chunk held_;
    std::future<Chunk> pending_;
    std::uint64_t end_ = 0;  // index behind the last entry seen
    bool lost_count_ = false;

    std::uint64_t values_ = 0;
    std::uint64_t erased_values_ = 0;
    std::uint64_t next_key_ = 0;
    bool next_key_unknown_ = false;
    std::vector<std::string_view> unmatched_;  // of the leaf being judged
    std::size_t slots_ = 0;
    std::uint64_t unopened_missing_ = 0;
    std::unordered_set<std::string> erased_;
    std::unordered_map<std::string, std::pair<std::uint64_t, std::int64_t>> missing_;
};

}  // namespace entente::ledger
