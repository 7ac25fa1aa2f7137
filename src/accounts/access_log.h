#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "accounts/access_line.h"
#include "accounts/account_store.h"

namespace entente::accounts {

/// Which lines are wanted; what is empty does not matter.
struct AccessFilter {
    std::string account = {}, what = {};
    std::optional<std::uint64_t> below = {};  ///< number of a line
    std::size_t limit = 100;
};

/// How far the log goes: its last line and the digest of its bytes. Kept elsewhere, it shows a tail that was cut off.
struct AccessHead {
    std::uint64_t lines = 0;
    Hash digest;

    std::string text() const;  ///< `120:9f86d081…`
    static std::optional<AccessHead> parse(std::string_view text);
};

/// What was refused or carried away, and who changed an account. Lines are added and never changed; each holds the
/// digest of the one before.
///
/// Of refusals to nobody in particular 60 a minute have a line each; the others of that minute are counted in one, so
/// that a flood from outside does not fill the disk.
///
/// Thread-safety  all of it
class AccessLog {
public:
    AccessLog(AccountStore& store, const Clock& clock) : store_(store), clock_(clock) {}
    ~AccessLog();
    AccessLog(const AccessLog&) = delete;
    AccessLog& operator=(const AccessLog&) = delete;

    /// On disk when it returns.
    Result<void> append(const Access& access);
    /// The latest first.
    Result<std::vector<AccessLine>> lines(const AccessFilter& filter);
    Result<AccessHead> head();
    /// Checks every line against the one before.
    /// \param  kept  a head from earlier: the log must still go through it
    /// Errors  corrupt, naming the first line that is not what it was
    Result<AccessHead> verify(const std::optional<AccessHead>& kept = {});

private:
    /// Whether it has a line of its own; else it was counted.
    bool has_a_line(const Access& access, Instant now);
    Result<void> write(std::vector<Access> accesses, Instant now);
    std::optional<Access> counted();

    AccountStore& store_;
    const Clock& clock_;
    std::mutex mutex_;
    Instant minute_;
    std::size_t in_minute_ = 0, held_back_ = 0;
};

}  // namespace entente::accounts
