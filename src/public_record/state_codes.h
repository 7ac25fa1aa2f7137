#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace entente::public_record {

/// What the schemes of the data sets call a state, as the code of an actor of our table.
class StateCodes {
public:
    /// `codelist` is country-codes/codelist.csv of the data sets; `exceptions` is data/rules/state_codes.csv,
    /// which goes before it.
    /// Errors  whatever reading says
    static Result<StateCodes> read(
        const std::filesystem::path& codelist, const std::filesystem::path& exceptions
    );

    /// The actor that a scheme (`cow`, `gw`, `name`, `slug`, `iso3`) means in a year. Nothing: no actor of
    /// the table, such as a state that is gone; it is told by `left_out`.
    std::optional<std::string> actor(std::string_view scheme, const std::string& code, int year);

    /// `scheme code: how often`, of what had no actor.
    std::vector<std::string> left_out() const;

private:
    struct Exception {
        std::string actor;  ///< empty: none
        int since = 0;
        int until = 9999;
    };
    std::optional<std::string> known(std::string_view scheme, const std::string& code, int year) const;

    std::map<std::string, std::string, std::less<>> codes_;  ///< `scheme code` -> actor
    std::multimap<std::string, Exception, std::less<>> exceptions_;
    std::map<std::string, std::size_t> left_out_;
};

/// `São Tomé & Príncipe` and its like as the diplomatic lists write them: `sao-tome-and-principe`. Letters
/// beyond ASCII part words.
std::string slug_of(std::string_view name);

}  // namespace entente::public_record
