// What every measure answers with: one shape for terminal, JSON, CSV, API and page.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/day.h"
#include "measures/facts.h"
#include "numerics/distributions.h"

namespace entente::measures {

using numerics::Interval;

/// One cell of a table of an answer. A cell without number says its value in words; it is never a blank zero.
struct Cell {
    std::string text;                    ///< as a person reads it
    std::optional<double> number = {};   ///< what the text rounds; for programs
    std::vector<Evidence> records = {};  ///< what it opens to
};

struct TableColumn {
    std::string name;     ///< for programs: `half_life_days`
    std::string heading;  ///< for people; may be empty
    bool right = false;
    int drop = 0;              ///< 0: stays; else dropped where there is no room, the highest first
    std::size_t shortest = 0;  ///< 0: never cut
};

struct AnswerTable {
    std::string name;   ///< for programs: `strands`
    std::string title;  ///< a line above; may be empty
    std::vector<TableColumn> columns;
    std::vector<std::vector<Cell>> rows;
    std::string note = {};  ///< a paragraph below; may be empty
    bool explains = false;  ///< printed only when the person asks why
    bool listed = false;  ///< too long for columns: each row stands as a paragraph, its first cell before it
};

/// A point of a series, for pictures.
struct SeriesPoint {
    Day day;
    std::optional<double> value;  ///< nothing: not known on that day
    std::optional<Interval> band = {};
};

struct AnswerSeries {
    std::string name;
    std::vector<SeriesPoint> points;
};

/// An interval and what it contains.
struct StatedBand {
    Interval ends;
    double level = 0.9;
    std::string of;  ///< `half-lives, tables, shares, dates, status`
};

struct Answer {
    std::string measure;
    int version = 1;
    std::string parameters;            ///< name, version and hash; empty where none are used
    std::vector<std::string> subject;  ///< actor ids, in the order asked
    Day valid_at;
    std::string headline;  ///< the answer in a sentence
    std::optional<double> value;
    std::string unit;
    std::optional<StatedBand> band;
    std::optional<Interval> outer;
    std::string reason;  ///< why there is no value; empty where there is one
    std::vector<std::string> paragraphs;
    std::vector<AnswerTable> tables;
    std::vector<AnswerSeries> series;
    std::vector<std::string> warnings;
};

}  // namespace entente::measures
