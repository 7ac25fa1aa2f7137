#include "store/sqlite/index_changes.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/json.h"
#include "store/sqlite/stored_json.h"

namespace entente::store::sqlite {
namespace {

using ledger::Change;

/// A revision, and where the next one back is to be looked for.
struct Found {
    Change change;
    std::int64_t place = 0;
    std::int64_t row = -1;
};

class RevisionsBack {
public:
    explicit RevisionsBack(GuardedConnection& connection) : connection_(connection) {}

    /// Goes behind all revisions that came with entry `before` or later. Places grow with the entries.
    Result<void> begin(std::uint64_t before) {
        std::int64_t low = 0,
                     high = INT64_MAX;  // what stands at low came before, what stands at high did not
        ENTENTE_ASSIGN_OR_RETURN(const auto last, at_or_below(high));
        if (!last) return {};
        high = last->place + 1;
        while (high - low > 1) {
            const auto middle = low + (high - low) / 2;
            ENTENTE_ASSIGN_OR_RETURN(const auto found, at_or_below(middle));
            if (!found || found->change.index < before)
                low = middle;
            else
                high = found->place;
        }
        place_ = low;
        return {};
    }

    /// The latest revision that is an entry of its own and was not given yet.
    Result<std::optional<Change>> next() {
        for (;;) {
            ENTENTE_ASSIGN_OR_RETURN(auto found, at_or_below(place_));
            if (!found) return std::optional<Change>{};
            // The rows of a batch stand together: all of them are passed over at once.
            place_ = found->place - 1 - std::max<std::int64_t>(found->row, 0);
            if (found->row < 0) return std::optional(std::move(found->change));
        }
    }

private:
    Result<std::optional<Found>> at_or_below(std::int64_t place) {
        ENTENTE_ASSIGN_OR_RETURN(
            auto s,
            connection_.prepare(fmt::format(
                "SELECT rev,row,idx,t,by_account,kind,rec,type,reason,number FROM v_revision WHERE rev<={} "
                "ORDER BY rev DESC LIMIT 1",
                place
            ))
        );
        ENTENTE_ASSIGN_OR_RETURN(const bool any, s.step());
        if (!any) return std::optional<Found>{};
        Found out{{}, s.integer(0), s.integer(1)};
        out.change.index = static_cast<std::uint64_t>(s.integer(2));
        out.change.t = s.text(3), out.change.by = s.text(4), out.change.kind = s.text(5);
        out.change.rec = s.text(6), out.change.type = s.text(7), out.change.reason = s.text(8);
        out.change.number = static_cast<std::uint32_t>(s.integer(9));
        return std::optional(std::move(out));
    }

    GuardedConnection& connection_;
    std::int64_t place_ = 0;
};

Result<std::vector<Change>> system_changes(
    GuardedConnection& connection, std::uint64_t before, const ledger::ChangesQuery& query
) {
    ENTENTE_ASSIGN_OR_RETURN(
        auto s,
        connection.prepare(fmt::format(
            "SELECT idx,t,by_account,kind,rec,type,f FROM v_system_entry WHERE idx<{} AND (?1='' OR "
            "by_account=?1) "
            "ORDER BY idx DESC LIMIT {}",
            before,
            query.limit
        ))
    );
    s.bind(1, query.account);
    std::vector<Change> out;
    for (;;) {
        ENTENTE_ASSIGN_OR_RETURN(const bool more, s.step());
        if (!more) return out;
        ENTENTE_ASSIGN_OR_RETURN(const auto f, stored_object(s.text(6)));
        Change change;
        change.index = static_cast<std::uint64_t>(s.integer(0));
        change.t = s.text(1), change.by = s.text(2), change.kind = s.text(3);
        change.rec = s.text(4), change.type = s.text(5);
        if (const auto* rows = f.if_contains("rows"); rows && rows->is_int64())
            change.rows = static_cast<std::uint64_t>(rows->get_int64());
        out.push_back(std::move(change));
    }
}

}  // namespace

Result<std::vector<Change>> changes(
    GuardedConnection& connection, std::uint64_t as_of, const ledger::ChangesQuery& query
) {
    const auto before = std::min(query.before.value_or(as_of), as_of);
    ENTENTE_ASSIGN_OR_RETURN(auto out, system_changes(connection, before, query));
    RevisionsBack revisions(connection);
    ENTENTE_RETURN_IF_ERROR(revisions.begin(before));
    for (std::size_t given = 0; given < query.limit;) {
        ENTENTE_ASSIGN_OR_RETURN(auto one, revisions.next());
        if (!one) break;
        if (!query.account.empty() && one->by != query.account) continue;
        out.push_back(*std::move(one));
        ++given;
    }
    std::ranges::sort(out, std::greater{}, &Change::index);
    out.resize(std::min(out.size(), query.limit));
    return out;
}

}  // namespace entente::store::sqlite
