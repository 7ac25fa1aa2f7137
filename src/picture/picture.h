// What a picture shows, as plain data on one axis.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/day.h"

namespace entente::picture {

/// A place on the axis: days since 1970 on an axis of dates, a number of days on one of durations. An event
/// of a day lies at the beginning of it.
using Place = double;

inline Place place(Day day) {
    return static_cast<Place>(day.value);
}

struct Axis {
    bool dates = true;  ///< else days from the beginning
    Place first = 0;
    Place last = 1;
    std::string name = {};  ///< of an axis of durations: `more days`
};

/// How a stretch of time was looked at.
enum class Survey { dense, thin, withheld, none };

struct Surveyed {
    Place from = 0;
    Place to = 0;
    Survey how = Survey::none;
};

/// Who travelled.
enum class Rise { up, down, level };

/// Disc, diamond, square: how they met.
enum class Head { meeting, remote, elsewhere };

/// One record in a lane.
struct Mark {
    Place from = 0;
    Place to = 0;       ///< the same day when the day is known and the event lasted no longer
    bool exact = true;  ///< the day is known
    Rise rise = Rise::level;
    int height = 1;  ///< 1 to 3, the highest level is 3
    Head head = Head::meeting;
    std::string record = {};
};

/// A kind of engagement with its records.
struct Lane {
    std::string name;
    std::string note = {};   ///< below the name
    std::string aside = {};  ///< at the right end
    std::vector<Surveyed> survey = {};
    std::vector<Mark> marks = {};
    bool directed = false;  ///< some of the marks rise
};

enum class ShockKind { arms_sale, incident, law, other };

struct ShockMark {
    Place at = 0;
    ShockKind kind = ShockKind::other;
    std::string record = {};
};

struct ShockRow {
    std::string name;
    std::string note = {};
    std::string aside = {};
    std::vector<ShockMark> shocks = {};
};

/// A stretch in which something was stopped. The ends may be known roughly only.
struct Stop {
    std::string label;  ///< its number; may be empty
    Place from = 0;
    Place from_latest = 0;
    std::optional<Place> to_earliest = {};  ///< nothing: no end is known
    Place to = 0;                           ///< without a known end: the last day a source says so
    std::string record = {};
};

/// Stops of one thing, such as a channel.
struct StopRow {
    std::string name;
    std::string note = {};
    std::string aside = {};
    std::vector<Surveyed> survey = {};
    std::vector<Stop> stops = {};
    std::vector<Place> uses = {};      ///< days on which it was used
    std::vector<Place> refusals = {};  ///< single ones
    std::optional<Place> begins = {};
    bool through = false;  ///< all other rows show them, too
};

struct Bar {
    Place from = 0;
    Place to = 0;
    std::optional<double> value = {};  ///< nothing: not known
    Survey how = Survey::dense;
    std::vector<std::string> records = {};
};

/// A rate that held over a stretch, with its interval.
struct Level {
    Place from = 0;
    Place to = 0;
    double value = 0;
    double low = 0;
    double high = 0;
};

/// Counts by period.
struct Bars {
    std::string name;
    std::string note = {};
    std::string aside = {};
    std::vector<Bar> bars = {};
    std::vector<Level> levels = {};
    std::vector<Surveyed> silences = {};  ///< covered, and nothing on record
    std::vector<Surveyed> survey = {};
    bool tall = false;
};

struct Point {
    Place at = 0;
    std::optional<double> value = {};  ///< nothing: not known there
    double low = 0;                    ///< the band
    double high = 0;
    double outer_low = 0;  ///< with what is not seen
    double outer_high = 0;
};

struct Tick {
    double value = 0;
    std::string words;
};

/// A value along the axis.
struct Curve {
    std::string name;
    std::string note = {};
    std::string aside = {};
    double low = 0;
    double high = 1;
    std::vector<Tick> ticks = {};    ///< at the left
    std::vector<Tick> classes = {};  ///< at the right
    std::vector<Point> points = {};
    std::vector<Surveyed> survey = {};
    bool band = false;
    bool outer = false;
    bool steps = false;  ///< holds from one point to the next
    bool dots = false;   ///< the points themselves are told, the line only joins them
    bool tall = false;
};

/// How time was covered.
struct SurveyStrip {
    std::string name;
    std::string aside = {};
    std::vector<Surveyed> stretches = {};
};

using Panel = std::variant<ShockRow, Lane, StopRow, Bars, Curve, SurveyStrip>;

/// A vertical line through all panels.
struct Moment {
    Place at = 0;
    std::string words;
};

/// Panels one below the other on one axis.
struct Picture {
    std::string title;
    std::string sentence = {};     ///< what it says
    std::string description = {};  ///< for who cannot see it
    Axis axis = {};
    std::vector<Panel> panels = {};
    std::vector<Moment> moments = {};
    std::string up = {};  ///< what a stem up means: `United States goes`
    std::string down = {};
    std::vector<std::string> notes = {};
    std::string foot = {};  ///< measure, parameters, checkpoint
};

}  // namespace entente::picture
