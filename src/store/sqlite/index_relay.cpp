#include "store/sqlite/index_relay.h"

#include <exception>

namespace entente::store::sqlite {
namespace {

constexpr std::size_t kItemsAtOnce = 256;

}  // namespace

IndexRelay::~IndexRelay() {
    if (!thread_) return;
    end();
    thread_->join();
}

Result<void> IndexRelay::put(Item item) {
    piece_.push_back(std::move(item));
    return piece_.size() < kItemsAtOnce ? Result<void>{} : hand_over();
}

Result<void> IndexRelay::hand_over() {
    if (!thread_) thread_.emplace([this] { run(); });
    if (pieces_.give(std::exchange(piece_, {}))) return {};
    return finish();
}

void IndexRelay::end() {
    if (!thread_ || std::exchange(ended_, true)) return;
    pieces_.give(std::exchange(piece_, {}));
    pieces_.end();
}

Result<void> IndexRelay::finish() {
    if (!thread_) {
        ENTENTE_RETURN_IF_ERROR(write(std::exchange(piece_, {})));
        return writer_.finish();
    }
    end();
    thread_->join();
    thread_.reset();
    if (broken_) std::rethrow_exception(broken_);
    if (error_) return std::unexpected(*error_);
    return {};
}

Result<void> IndexRelay::write(const Piece& piece) {
    for (const auto& item : piece) {
        Result<void> done;
        if (const auto* revision = std::get_if<ledger::Revision>(&item)) done = writer_.put(*revision);
        if (const auto* entry = std::get_if<ledger::SystemEntry>(&item)) done = writer_.put(*entry);
        if (const auto* label = std::get_if<Label>(&item))
            done = writer_.put_label(label->first, label->second);
        if (!done) return done;
    }
    return {};
}

void IndexRelay::run() {
    try {
        Result<void> done;
        while (const auto piece = pieces_.take()) {
            done = write(*piece);
            if (!done) break;
        }
        if (done) done = writer_.finish();
        if (!done) error_ = std::move(done).error();
    } catch (...) {
        broken_ = std::current_exception();
    }
    pieces_.leave();
}

}  // namespace entente::store::sqlite
