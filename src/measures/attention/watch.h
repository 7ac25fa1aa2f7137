// What the rules of attention look at: a watch is a list of rows about a tie with fields that rules may name.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "measures/measure.h"
#include "measures/tie/strength.h"

namespace entente::measures {

enum class WatchedAs : std::uint8_t {
    words,
    number,  ///< printed with three significant digits, whole ones with commas
    share,   ///< 0 to 1, printed in per cent
    day
};

/// A field that the rows of a watch may have.
struct WatchedField {
    std::string_view name;
    WatchedAs as = WatchedAs::words;
    std::string_view help;
};

/// One row: something of a tie that may need attention.
struct Watched {
    std::string about;  ///< what it is about, the same from day to day; one row each
    std::map<std::string, std::string>
        words;  ///< fields; besides, codes and dates as one types them, for other languages
    std::map<std::string, double> numbers;  ///< shares and days, too; a field that cannot be said is left out
    Day since;                              ///< from when on it stands so; orders what is equally severe
    std::vector<Evidence> records;
};

/// A tie as it is watched. What is dear to compute comes in, where the caller has it.
struct WatchedTie {
    const PairFacts& facts;
    const Parameters& parameters;
    Day at;
    const Strength& now;
    const Strength& then;  ///< a year before
};

struct Watch {
    std::string_view name;
    std::string_view question;
    std::vector<WatchedField> fields;
    std::function<std::vector<Watched>(const WatchedTie& tie)> look;

    const WatchedField* field(std::string_view name) const;
};

/// All watches. To add one: its file, its test, a line in watches.cpp.
std::span<const Watch> all_watches();
const Watch* find_watch(std::string_view name);

/// A field as a person reads it; `cannot be said` when the row has none.
std::string shown_field(const Watched& row, const WatchedField& field);

}  // namespace entente::measures
