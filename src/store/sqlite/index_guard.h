#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "policy/context.h"
#include "store/sqlite/connection.h"
#include "store/sqlite/index_memory.h"
#include "store/sqlite/revision_bits.h"

namespace entente::store::sqlite {

/// One read transaction of an index file on behalf of a context. Statements reach rows only through the views
/// `v_*`, which keep to labels that the context may see; base tables and those behind full text are refused.
/// Not thread-safe.
class GuardedConnection {
public:
    /// \param  memory  where what is learned is kept for others; null: nowhere
    static Result<GuardedConnection> create(
        Connection connection, const policy::AuthzContext& context, std::shared_ptr<IndexMemory> memory = {}
    );
    GuardedConnection(GuardedConnection&&) noexcept;
    GuardedConnection& operator=(GuardedConnection&&) noexcept;
    ~GuardedConnection();

    /// Errors  unavailable: no such statement, or one that reads past the views
    Result<Statement> prepare(std::string_view sql);
    /// One that is kept for the next time, ready for binding. Nobody else may ask for the same before its rows are read.
    Result<Statement*> kept(std::string_view sql);
    /// Learns which revisions of a record type are current as of a size and visible. Views over fields
    /// (`v_record_<type>`, `v_item_…`) show those and no others; of a type not learned, none.
    /// Cost  a scan of an index, some 0.4 us a revision; nothing the second time
    Result<void> learn_current(const std::string& type, std::uint64_t as_of);
    /// What was learned, of all types.
    const RevisionBits& learned_current() const;
    /// The revisions of a type that are current and visible.
    Result<std::shared_ptr<const RevisionBits>> current(const std::string& type, std::uint64_t as_of);

    bool remembers() const;
    /// What whoever reads the same state of the log with the same eyes learned under this name, or learns it now. Name
    /// of the file, last entry, as-of size and visible labels are part of every key, so that nothing learned on behalf
    /// of one reader answers another who may see more or less.
    /// Requires  remembers()
    template <class T>
    Result<std::shared_ptr<const T>> learned(
        std::uint64_t as_of, const std::string& name, const std::function<Result<T>()>& learn
    ) {
        return memory().get<T>(key(as_of, name), learn);
    }
    /// Digest of a label by its number in the index.
    const std::string& label_digest(std::int64_t id) const;

private:
    struct State;
    IndexMemory& memory() const;
    std::string key(std::uint64_t as_of, const std::string& name) const;
    Result<RevisionBits> read_current(const std::string& type, std::uint64_t as_of);
    GuardedConnection(std::unique_ptr<State> state, Connection connection);
    std::unique_ptr<State> state_;  // outlives the connection, whose functions point to it
    Connection connection_;
    std::map<std::string, Statement, std::less<>> kept_;  // go before the connection
};

}  // namespace entente::store::sqlite
