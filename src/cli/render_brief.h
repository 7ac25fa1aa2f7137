#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "cli/terminal.h"
#include "measures/words.h"
#include "service/brief.h"

namespace entente::cli {

struct BriefRendering {
    bool all = false;      ///< everything; else at most 60 lines
    bool explain = false;  ///< then, numbered, every figure with the records behind it
};

/// The brief as a person reads it. A pipe gets everything.
std::string render_brief(const service::Brief& brief, const Style& style, const BriefRendering& rendering);

// Parts of the brief, each in a file of its own.

/// Contacts per year and category on one line of time with shocks, stops and coverage, the last contact of
/// each category beside them.
std::string render_years(const service::Brief& brief, const Style& style);

/// Training: a line of sums and coverage, then programmes and school families with years, activities, places
/// and cost, at most `room` lines in all; with no room the sums alone. What is not released says on which
/// ground. Empty: not covered and none on record.
std::string render_training(const service::Brief& brief, const Style& style, std::size_t room);

/// Exercises as tallied, agreements and alliances in force, political visits: a line each, with the end of
/// the study; and what is not covered at all. `short_form` keeps each to what a line holds.
std::string render_beside(const service::Brief& brief, const Style& style, bool short_form);

/// The stops, newest first: who stopped, the stated cause, the length, and what came back first.
class StopLines {
public:
    StopLines(const service::Brief& brief, const Style& style, bool all);

    /// Number of lines of everything.
    std::size_t wanted() const;
    /// As much as `room` lines hold. Rows come before details: a stop without its detail is better than one
    /// not named; details of the newest come first.
    std::string text(std::size_t room) const;
    /// Headings of the columns that found no room.
    const std::vector<std::string>& dropped() const { return dropped_; }

private:
    std::string detail_text(std::string_view text) const;

    Style style_;
    bool all_;
    std::vector<std::string> dropped_;
    std::string heading_;
    std::vector<std::string> rows_;
    std::vector<std::vector<std::string>> details_;  ///< of each row
};

/// `no stops`, `1 stop`, `2,300 stops`
std::string counted(std::size_t number, std::string_view one, std::string_view many);
using measures::day_words;

}  // namespace entente::cli
