#pragma once

#include <exception>
#include <functional>
#include <optional>
#include <thread>
#include <vector>

#include "base/handover.h"
#include "base/result.h"
#include "ledger/ledger.h"

namespace entente::service {

/// Reads and checks rows in a thread of its own, so that they are read while those before them are sealed and
/// stored. Thread-safety: one thread asks for rows; `next` is called in the other alone.
class RowsAhead {
public:
    using Next = std::function<Result<bool>(ledger::Draft&)>;
    explicit RowsAhead(Next next) : next_(std::move(next)), thread_([this] { read(); }) {}
    ~RowsAhead() {
        pieces_.leave();
        thread_.join();
    }
    RowsAhead(const RowsAhead&) = delete;
    RowsAhead& operator=(const RowsAhead&) = delete;

    Result<bool> next(ledger::Draft& draft) {
        while (at_ == rows_.size()) {
            auto piece = pieces_.take();
            if (!piece && broken_) std::rethrow_exception(broken_);
            if (!piece && error_) return std::unexpected(*error_);
            if (!piece) return false;
            rows_ = *std::move(piece);
            at_ = 0;
        }
        draft = std::move(rows_[at_++]);
        return true;
    }

private:
    void read() {
        try {
            while (read_piece()) {
            }
        } catch (...) {
            broken_ = std::current_exception();
        }
        pieces_.end();
    }

    bool read_piece() {
        std::vector<ledger::Draft> piece;
        while (piece.size() < kRowsAtOnce) {
            const auto more = next_(piece.emplace_back());
            if (more && *more) continue;
            piece.pop_back();
            if (!more) error_ = more.error();
            if (more) pieces_.give(std::move(piece));
            return false;
        }
        return pieces_.give(std::move(piece));
    }

    static constexpr std::size_t kRowsAtOnce = 256, kPiecesAhead = 8;

    Next next_;
    Handover<std::vector<ledger::Draft>> pieces_{kPiecesAhead};
    std::optional<Error> error_;  // written before the end, read behind it
    std::exception_ptr broken_;   // likewise
    std::vector<ledger::Draft> rows_;
    std::size_t at_ = 0;
    std::thread thread_;
};

}  // namespace entente::service
