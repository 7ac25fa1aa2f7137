#pragma once

#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

#include "base/handover.h"
#include "ledger/revision.h"
#include "store/sqlite/index_writer.h"

namespace entente::store::sqlite {

/// Puts what is read from the log into the index: a little of it at once at the end, much of it from a thread
/// of its own, so that the log is read and opened meanwhile.
/// Requires  nobody else uses the writer or its
/// connection until `finish` has returned
class IndexRelay {
public:
    explicit IndexRelay(IndexWriter& writer) : writer_(writer) {}
    ~IndexRelay();
    IndexRelay(const IndexRelay&) = delete;
    IndexRelay& operator=(const IndexRelay&) = delete;

    using Label = std::pair<std::string, std::string>;  ///< digest, bytes
    using Item = std::variant<ledger::Revision, ledger::SystemEntry, Label>;
    /// Errors  whatever an earlier item met
    Result<void> put(Item item);
    /// Nothing more will be put: what the writer held back goes in meanwhile.
    void end();
    /// Waits until all is in the index.
    /// Errors  whatever an item met
    Result<void> finish();

private:
    using Piece = std::vector<Item>;
    Result<void> hand_over();
    Result<void> write(const Piece& piece);
    void run();

    IndexWriter& writer_;
    Piece piece_;
    Handover<Piece> pieces_{8};
    std::optional<Error> error_;  // written by the thread before it leaves, read after it was joined
    std::exception_ptr broken_;   // likewise
    bool ended_ = false;
    std::optional<std::thread> thread_;
};

}  // namespace entente::store::sqlite
