#include "ledger/sealed_check.h"

#include <algorithm>

#include <fmt/format.h>

#include "ledger/disclosure.h"

namespace entente::ledger {
namespace {

constexpr std::size_t kDigestLength = 43;
constexpr std::size_t kChunk = 2'048;  // values

std::string in_row(std::int64_t row, std::string_view what) {
    return (row < 0 ? std::string() : fmt::format("row {}: ", row)) + std::string(what);
}

}  // namespace

SealedCheck::SealedCheck(std::unique_ptr<BoxCursor> boxes, Vault* vault, Report report)
    : boxes_(std::move(boxes)), vault_(vault), report_(std::move(report)) {}

Result<void> SealedCheck::leaf(std::uint64_t index, std::int64_t row, std::string_view digests) {
    end_ = index + 1;
    ENTENTE_RETURN_IF_ERROR(skip_strays(static_cast<std::int64_t>(index), row));
    const auto* box = boxes_->current();
    const bool has_box = box && box->index == static_cast<std::int64_t>(index) && box->row == row;
    if (digests.empty() && !has_box) return {};
    add_leaf(index, row, digests);
    ENTENTE_RETURN_IF_ERROR(take(index, row, chunk_));
    if (chunk_.boxes.size() >= kChunk) pass_on();
    return {};
}

Result<void> SealedCheck::hold_back(std::uint64_t index) {
    end_ = index + 1;
    held_ = {};
    ENTENTE_RETURN_IF_ERROR(skip_strays(static_cast<std::int64_t>(index), -1));
    return take(index, -1, held_);
}

void SealedCheck::release(std::uint64_t index, std::string_view digests) {
    add_leaf(index, -1, digests);
    for (auto box : held_.boxes) {
        box.begin += chunk_.bytes.size();
        chunk_.boxes.push_back(std::move(box));
    }
    chunk_.bytes += held_.bytes;
}

Result<void> SealedCheck::finish() {
    ENTENTE_RETURN_IF_ERROR(skip_strays(INT64_MAX, INT64_MAX));
    pass_on();
    judge_pending();
    for (const auto& [digest, place] : missing_) {
        if (erased_.contains(digest))
            ++erased_values_;
        else
            report_(place.first, in_row(place.second, "a sealed value is gone, and no erasure is on record"));
    }
    if (unopened_missing_ > erased_.size())
        report_(
            {},
            fmt::format(
                "{} sealed values are gone, and {} erasures are on record", unopened_missing_, erased_.size()
            )
        );
    return {};
}

Result<void> SealedCheck::skip_strays(std::int64_t index, std::int64_t row) {
    while (const auto* box = boxes_->current()) {
        if (std::pair(box->index, box->row) >= std::pair(index, row)) break;
        const auto at = static_cast<std::uint64_t>(box->index);
        report_(
            box->index >= 0 && at < end_ ? std::optional(at) : std::nullopt,
            "a sealed value is stored that belongs to no entry or row"
        );
        ENTENTE_RETURN_IF_ERROR(boxes_->advance());
    }
    return {};
}

Result<void> SealedCheck::take(std::uint64_t index, std::int64_t row, Chunk& into) {
    while (const auto* box = boxes_->current()) {
        if (box->index != static_cast<std::int64_t>(index) || box->row != row) break;
        const auto slot = static_cast<std::uint64_t>(box->slot);
        into.boxes.push_back({index, row, slot, box->key, into.bytes.size(), box->box.size(), {}});
        into.bytes += box->box;
        ENTENTE_RETURN_IF_ERROR(boxes_->advance());
    }
    return {};
}

void SealedCheck::add_leaf(std::uint64_t index, std::int64_t row, std::string_view digests) {
    chunk_.leaves.push_back(
        {index, row, std::string(digests), std::exchange(lost_count_, false), chunk_.boxes.size()}
    );
}

// Hands the chunk to the second thread, once that one is done with the chunk before.
void SealedCheck::pass_on() {
    judge_pending();
    if (vault_)
        pending_ = std::async(std::launch::async, open, std::exchange(chunk_, {}), std::ref(*vault_));
    else
        pending_ = std::async(std::launch::deferred, [chunk = std::exchange(chunk_, {})]() mutable {
            return std::move(chunk);
        });
}

SealedCheck::Chunk SealedCheck::open(Chunk chunk, Vault& vault) {
    for (auto& box : chunk.boxes) {
        if (box.slot > UINT32_MAX) continue;
        const SlotAddress address{box.index, box.row, static_cast<std::uint32_t>(box.slot), box.key};
        auto text = vault.open_box(address, std::string_view(chunk.bytes).substr(box.begin, box.length));
        if (text) box.digest = Disclosure{*std::move(text)}.digest();
    }
    return chunk;
}

void SealedCheck::judge_pending() {
    if (!pending_.valid()) return;
    const auto chunk = pending_.get();
    for (std::size_t i = 0; i < chunk.leaves.size(); ++i)
        judge(
            chunk.leaves[i],
            chunk,
            i + 1 < chunk.leaves.size() ? chunk.leaves[i + 1].first_box : chunk.boxes.size()
        );
}

void SealedCheck::judge(const Leaf& leaf, const Chunk& chunk, std::size_t end) {
    unmatched_.clear();
    const std::string_view digests = leaf.digests;
    for (std::size_t at = 1; at + kDigestLength < digests.size() + 1; at += kDigestLength + 3)
        unmatched_.push_back(digests.substr(at, kDigestLength));
    slots_ = unmatched_.size();
    next_key_unknown_ |= leaf.lost_count;
    for (auto at = leaf.first_box; at < end; ++at) judge_box(leaf, chunk.boxes[at]);
    next_key_ += slots_;
    if (!vault_) {
        unopened_missing_ += unmatched_.size();
        return;
    }
    for (const auto digest : unmatched_)
        missing_.emplace(std::string(digest), std::pair(leaf.index, leaf.row));
}

void SealedCheck::judge_box(const Leaf& leaf, const Box& box) {
    ++values_;
    const auto wrong = [&](std::string_view what) { report_(leaf.index, in_row(leaf.row, what)); };
    if (box.slot >= slots_) return wrong("a sealed value is stored that it does not name");
    if (next_key_unknown_ && box.key >= box.slot) next_key_ = box.key - box.slot, next_key_unknown_ = false;
    if (box.key != next_key_ + box.slot) {
        next_key_unknown_ = true;
        return wrong("a sealed value names another data key");
    }
    if (!vault_) return unmatched_.pop_back();
    const auto match = std::find(unmatched_.begin(), unmatched_.end(), box.digest);
    if (match == unmatched_.end()) return wrong("a sealed value is not the one that was recorded");
    unmatched_.erase(match);
}

}  // namespace entente::ledger
