#pragma once

#include <memory>
#include <string>
#include <vector>

#include "policy/context.h"
#include "store/sqlite/connection.h"

namespace entente::store::sqlite {

/// One read transaction of an index file on behalf of a context. Statements reach rows only through the views
/// `v_*`, which keep to labels that the context may see; base tables and those behind full text are refused.
/// Not thread-safe.
class GuardedConnection {
public:
    static Result<GuardedConnection> create(Connection connection, const policy::AuthzContext& context);
    GuardedConnection(GuardedConnection&&) noexcept;
    GuardedConnection& operator=(GuardedConnection&&) noexcept;
    ~GuardedConnection();

    /// Errors  unavailable: no such statement, or one that reads past the views
    Result<Statement> prepare(std::string_view sql);
    /// Learns which revisions of a record type are current as of a size and visible. Views over fields
    /// (`v_record_<type>`, `v_item_…`) show those and no others; of a type not learned, none.
    /// Cost  a scan of an index, some 0.4 us a revision; nothing the second time
    Result<void> learn_current(const std::string& type, std::uint64_t as_of);
    /// What was learned, by revision.
    const std::vector<bool>& learned_current() const;
    /// Digest of a label by its number in the index.
    const std::string& label_digest(std::int64_t id) const;

private:
    struct State;
    GuardedConnection(std::unique_ptr<State> state, Connection connection);
    std::unique_ptr<State> state_;  // outlives the connection, whose functions point to it
    Connection connection_;
};

}  // namespace entente::store::sqlite
