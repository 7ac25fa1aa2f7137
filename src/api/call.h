#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/roles.h"
#include "api/route.h"
#include "api/workspace.h"
#include "base/day.h"
#include "base/hash.h"
#include "http/message.h"
#include "ledger/record_index.h"

namespace entente::api {

class People;

/// Who asks.
struct Visitor {
    std::string account = {};       ///< empty: nobody who signed in
    std::string account_id = {};    ///< stands in the entries that it writes; empty: they name the node's own
    std::optional<Role> role = {};  ///< nothing: nobody who signed in
    bool demonstration = false;     ///< may do what every role may: this computer only, and it says so
    bool owner = false;             ///< by the socket that only the node's owner can open; may do the same
    std::string nation = {};        ///< for whose eyes alone the account sees; empty: home
    std::string display_name = {}, language = {};
    std::string csrf = {};             ///< what a page of this session sends with whatever changes something
    std::optional<Hash> session = {};  ///< digest of its token
    bool unclear = false;              ///< it could not be looked up

    bool may(const Allowed& allowed) const {
        return allowed.anyone || demonstration || owner || (role && allowed.holds(*role));
    }
    bool is_nobody() const { return !role && !demonstration && !owner; }
};

/// One request to one route: what was asked, read by the route's declaration, and the record as it was asked about.
class Call {
public:
    Call(
        const Route& route,
        const http::Request& request,
        Match match,
        Visitor visitor,
        Workspace& work,
        People* people = nullptr
    )
        : route_(route),
          request_(request),
          match_(std::move(match)),
          visitor_(std::move(visitor)),
          work_(work),
          people_(people) {}

    const http::Request& request() const { return request_; }
    const Visitor& visitor() const { return visitor_; }
    Workspace& work() const { return work_; }
    /// Accounts and the access log; none where whoever asks is told otherwise.
    People* people() const { return people_; }
    const domain::Schema& schema() const { return work_.schema(); }

    /// Errors  invalid_argument: a parameter that the route does not have, one twice, one that is missing or cannot be
    ///         read by its kind
    Result<void> check() const;

    /// As typed; empty where it was left out.
    std::string text(std::string_view name) const;
    /// All values, in order.
    std::vector<std::string> texts(std::string_view name) const;
    /// The same, parted at commas.
    std::vector<std::string> words(std::string_view name) const;
    bool flag(std::string_view name) const;
    Result<std::optional<std::uint64_t>> whole(std::string_view name) const;
    /// The last day of what was typed; today where nothing was.
    Result<Day> day(std::string_view name) const;

    /// The body as an object; empty where none was sent.
    Result<json::object> body() const;

    /// Opens the node for writing in the name of whoever asks.
    /// Errors  as Node::open
    Result<Reply> write(const std::function<Result<Reply>(service::Node&)>& act) const {
        return work_.write<Reply>(visitor_.account_id, act);
    }
    /// The Idempotency-Key of the request, told apart from those of other accounts; empty where none was sent.
    std::string idempotency_key() const;

    /// The node, opened for reading once a call.
    Result<service::Node*> node();
    /// The record as of `as_of`, on behalf of whoever asks.
    Result<ledger::RecordView*> view();
    /// The same, as of a size.
    Result<ledger::RecordView*> view(std::optional<std::uint64_t> as_of);
    /// Names of records by that view, kept as long as it is.
    /// Requires  the view was opened
    service::KnownNames& names() { return reader_->names(); }
    /// The state of the log under which the answer stands, in words.
    Result<std::string> known_at();
    bool on_behalf_of_another() const;
    /// For whose eyes the answer is: the nation of the account, or the one that was asked for; empty: home.
    std::string nation() const;
    /// The size of the log whose state a view is, for an answer; null on behalf of another nation.
    json::value size_json(const ledger::RecordView& open) const;
    /// A cursor as whoever asks may hold it, and back. On behalf of another nation it is sealed.
    std::string cursor_out(const std::string& cursor) const;
    Result<std::string> cursor_in(std::string_view name) const;
    /// Id of the actor or the record that a parameter names.
    Result<std::string> actor(std::string_view name);
    Result<std::string> record(std::string_view name);
    /// Names everything but the question that an answer computed from the view depends on.
    Result<std::string> state_key();

private:
    const Parameter* parameter(std::string_view name) const;

    const Route& route_;
    const http::Request& request_;
    Match match_;
    Visitor visitor_;
    Workspace& work_;
    People* people_;
    std::optional<Workspace::Reader> reader_;
    ledger::RecordView* view_ = nullptr;
};

/// What an ETag says of a revision; another one when it was followed or withdrawn.
std::string revision_tag(const ledger::Revision& record);
/// The tag of a revision, out of that of a whole answer about it.
std::string tag_of_revision(std::string_view etag);

}  // namespace entente::api
