#pragma once

#include <array>
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
/// Of refusals to nobody in particular 60 a minute have a line each; the others are counted in one, so that a flood
/// from outside does not fill the disk. Three kinds have each their own 60, so that none hides another: passwords and
/// tokens that were wrong, tries that were put off unlooked at, and all else.
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
    /// Writes down how many lines were left out, once their minute is over. To be called now and then.
    Result<void> write_counted();
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
    std::vector<Access> counted();

    AccountStore& store_;
    const Clock& clock_;
    std::mutex mutex_;
    /// How many lines refusals of one kind had in their minute, and how many more were counted.
    struct Flood {
        std::string what;  ///< as its line says
        Instant minute = {};
        std::size_t in_minute = 0, held_back = 0;
    };
    static std::size_t kind_of(const Access& access);
    std::array<Flood, 3> floods_{
        {{"refusals to nobody signed in"}, {"wrong passwords or tokens"}, {"tries to sign in, put off"}}};
};

}  // namespace entente::accounts
