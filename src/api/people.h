#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "accounts/access_log.h"
#include "accounts/accounts.h"
#include "accounts/sessions.h"
#include "api/call.h"
#include "http/event_stream.h"
#include "http/message.h"

namespace entente::api {

struct PeopleOptions {
    bool tls = false;  ///< browsers reach it by https: cookies are sent no other way
    bool behind_proxy =
        false;  ///< another server speaks for browsers, and says for whom; nobody is at home here
    std::vector<std::string> proxies = {};  ///< its addresses, where it is not on this computer
    accounts::HashCost cost = {};
    std::size_t tries_a_minute = 20;  ///< of one address to sign in
};

/// The accounts of a node as those who come over HTTP meet them: a session is a cookie.
/// Thread-safety  all of it
class People {
public:
    People(accounts::AccountStore& store, const Clock& clock, PeopleOptions options = {});

    accounts::Accounts& accounts() { return accounts_; }
    accounts::Sessions& sessions() { return sessions_; }
    accounts::AccessLog& log() { return log_; }

    /// Who asks. As long as there is no account at all, this computer is a demonstration.
    Visitor visitor(const http::Request& request);
    /// The visitor that a session makes of whoever has it.
    static Visitor visitor_of(const accounts::Session& session);

    /// Address and browser, as a proxy in front of us says where there is one.
    accounts::From from(const http::Request& request) const;
    /// Set-Cookie for a session that began, and for one that ended.
    std::string cookie(const std::string& token) const;
    std::string no_cookie() const;

    /// Events for somebody whose session, or whose demonstration, may end while they go on.
    void watch(const std::shared_ptr<http::EventStream>& stream, const Visitor& visitor);
    /// Closes the events of sessions that ended, whoever ended them, and of the demonstration once it is over.
    void close_what_ended();

private:
    Result<Visitor> look_up(const http::Request& request);
    Result<bool> has_accounts();
    const char* cookie_name() const;
    bool is_proxy(const http::Request& request) const;

    PeopleOptions options_;
    accounts::Accounts accounts_;
    accounts::Sessions sessions_;
    accounts::AccessLog log_;
    std::atomic<bool> any_{false};  ///< accounts are never removed: once true, always true
    std::mutex watched_lock_;
    struct Watched {
        std::weak_ptr<http::EventStream> stream;
        std::optional<Hash> session;  ///< nothing: of the demonstration, which ends with the first account
    };
    std::vector<Watched> watched_;
};

}  // namespace entente::api
