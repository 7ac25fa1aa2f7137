// What is on record between two actors, in one page: plain data, every figure with the records it opens to.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/day.h"
#include "base/json.h"
#include "base/result.h"
#include "ledger/record_index.h"
#include "measures/channel_state.h"
#include "measures/coverage_of.h"
#include "measures/facts.h"
#include "measures/interruptions.h"
#include "measures/tally.h"
#include "measures/tie/strength.h"
#include "measures/training.h"
#include "picture/picture.h"

namespace entente::service {

/// A record as a person reads it: by the id of its source, or the beginning of its own.
struct RecordRef {
    std::string id;
    std::string shown;
    bool disputed = false;  ///< another source says otherwise of a field

    friend bool operator==(const RecordRef&, const RecordRef&) = default;
};
using Records = std::vector<RecordRef>;

struct BriefName {
    std::string id;
    std::string code;  ///< may be empty
    std::string name;  ///< the short one where there is one

    /// The code, or the name where there is none.
    const std::string& shortest() const { return code.empty() ? name : code; }
};

struct BriefRequest {
    std::string a;  ///< id of an actor
    std::string b;
    Day on;
    std::string checkpoint;          ///< the state of the log under which all stands, in words
    bool general_knowledge = false;  ///< also count engagements that nobody checked against a cited text
    bool pictured = false;           ///< with the line of time
};

/// All facts that a brief is made from: current records of the pair, coverage, and what they refer to.
struct BriefFacts {
    measures::Actor a;
    measures::Actor b;
    std::vector<measures::Engagement> engagements;
    std::vector<measures::Disruption> disruptions;
    std::vector<measures::Shock> shocks;
    std::vector<measures::Channel> channels;
    std::vector<measures::ChannelState> channel_states;
    std::vector<measures::Agreement> agreements;
    std::vector<measures::Snooze> snoozes;
    std::vector<measures::Coverage> coverage;
    std::vector<measures::Tally> tallies;
    std::vector<measures::TrainingLine> training_lines;  ///< with their school families
    std::map<std::string, measures::Source> sources;     ///< cited ones by id
    std::map<std::string, BriefName> actors;             ///< who stopped and who acted, by id
};

struct BriefYear {
    int year = 0;
    std::map<std::string, Records> contacts;                             ///< by category; none: absent
    std::map<std::string, measures::CoverageKind> coverage_by_category;  ///< the categories of the brief
    measures::CoverageKind coverage = measures::CoverageKind::not_covered;
    Records statements;  ///< coverage statements that say so
    Records shocks;
    std::vector<int> stops_begun;  ///< numbers of the stops
    bool stopped = false;          ///< one lasted in it
    bool end_unknown = false;      ///< one without a known end may have

    std::size_t total() const;
};

struct BriefContact {
    std::string category;
    std::string name;   ///< of the category, short
    std::string label;  ///< who met how, in a few words
    std::string title;
    domain::DateSpan held;
    domain::LengthRange days_since{};
    Records records;  ///< all of the category, the last contact first
};

struct BriefChannel {
    std::string name;
    RecordRef record;
    measures::ChannelCondition condition = measures::ChannelCondition::unknown;
    bool no_end_known = false;
    Records because;
    measures::Availability availability;
    std::optional<domain::DateSpan> last_used;
    std::optional<RecordRef> last_use;
    bool general_knowledge = false;
};

struct BriefShock {
    RecordRef record;
    std::string kind;
    std::string title;
    domain::DateSpan on;
    std::string by;
};

/// One contact after the beginning of a stop.
struct BriefContactAfter {
    std::string label;
    domain::DateSpan held;
    domain::LengthRange days{};
    RecordRef record;
};

/// One outage of a stop.
struct BriefOutage {
    std::string what;  ///< channel, or scope in words
    std::optional<domain::DateSpan> ended;
    domain::LengthRange length{};
    RecordRef record;
};

struct BriefStop {
    int number = 0;  ///< 1 is the oldest
    domain::DateSpan began;
    std::optional<domain::DateSpan> ended;
    domain::LengthRange length{};
    std::optional<Day> last_said;
    bool end_disputed = false;
    bool end_general_knowledge = false;  ///< the end was not checked against a cited text
    std::vector<BriefName> stopped_by;   ///< empty: unknown
    std::vector<std::string> causes;
    bool arms_sale = false;  ///< the stated cause is an arms sale
    std::vector<BriefOutage> members;
    Records beside;
    std::vector<BriefShock> coincident;
    measures::DayShare days_after_such_shocks;
    std::vector<BriefContactAfter> first_back;
    std::vector<BriefContactAfter> meanwhile;

    Records records() const;
};

/// Records whose evidence is weak in one way.
struct WeakEvidence {
    std::string ground;  ///< `general knowledge`
    std::string what;    ///< `contacts left out`; may be empty
    Records records;
};

/// A stretch of years that were covered alike.
struct CoveredYears {
    int first = 0;
    int last = 0;
    measures::CoverageKind kind = measures::CoverageKind::not_covered;
    Records statements;
};

/// A number that was tallied for a year, and by which record.
struct BriefTalliedYear {
    int year = 0;
    std::int64_t number = 0;
    measures::CoverageKind coverage = measures::CoverageKind::not_covered;
    bool single_records = false;  ///< engagements of that year are on record and stand instead
    Records records;              ///< the tally; none: no number
};

/// Joint exercises as tallied, for the years of which no single exercise is on record.
struct BriefExercises {
    std::vector<BriefTalliedYear> years;  ///< of the brief
    std::vector<std::string> sources;     ///< keys

    std::int64_t total() const;
    const BriefTalliedYear* most() const;  ///< nothing: none was tallied
    Records records() const;
};

/// Years in which a number was in force.
struct BriefInForce {
    domain::DateSpan period;
    std::int64_t number = 0;
    std::vector<std::string> obligations;  ///< in words
    RecordRef record;
};

/// Agreements or alliances in force by a study that has an end.
struct BriefStudy {
    std::vector<BriefInForce> spans;  ///< oldest first
    std::vector<CoveredYears> covered;
    std::vector<std::string> sources;  ///< keys

    int last_year() const;  ///< of what is covered; 0: nothing
    /// The span that holds in the last year covered; nothing: none in force then.
    const BriefInForce* current() const;
};

/// Political contacts: shown, never counted.
struct BriefPolitical {
    std::map<int, Records> by_year;
    Records records;  ///< oldest first
    std::optional<domain::DateSpan> first;
    std::optional<domain::DateSpan> last;
    domain::LengthRange days_since{};
    std::string label;      ///< of the last, in a few words
    std::int64_t by_a = 0;  ///< visits that the first actor made to the second
    std::int64_t by_b = 0;
    std::vector<CoveredYears> covered;
};

/// Training of one fiscal year.
struct BriefTrainingYear {
    int fiscal_year = 0;
    measures::TrainingSum sum;
    measures::CoverageKind coverage = measures::CoverageKind::not_covered;
    bool single_lines = false;  ///< counted from training lines, not from a tally
    Records records;
    Records statements;
};

/// Training of one programme or at one school family, over all years.
struct BriefTrainingGroup {
    std::string name;
    int first = 0;
    int last = 0;
    measures::TrainingSum sum;
    Records records;
};

/// Training that one side gave the other.
struct BriefTraining {
    BriefName by;  ///< no id: nothing is on record, so nobody says who would have given it
    BriefName to;
    measures::TrainingSum sum;
    std::vector<BriefTrainingYear> years;        ///< from the first to the last that is covered or on record
    std::vector<BriefTrainingGroup> programmes;  ///< most places first
    std::vector<BriefTrainingGroup> schools;     ///< a line may name two, so they add up to no whole
    std::vector<CoveredYears> covered;
    std::vector<std::string> grounds;  ///< why it is not released, in the words of the statements
    bool by_law = true;                ///< all of them are law
    std::vector<std::string> sources;  ///< keys

    Records records() const;
    const BriefTrainingYear* year(int fiscal_year) const;
};

/// A source and how many of the records counted here cite it.
struct BriefSource {
    std::string id;
    std::string title;  ///< its key where it has none
    std::size_t records = 0;
};

/// What a measure says of the pair, in its own words; asked by itself, it says why.
struct BriefMeasured {
    std::string name;   ///< the measure, also a command
    std::string label;  ///< `Strength`
    std::string text;
    std::optional<double> value;
    std::string unit;
    std::string reason;  ///< why there is no value
};

struct Brief {
    BriefName a;
    BriefName b;
    Day on;
    std::string checkpoint;
    std::string sentence;  ///< the whole in words that can be said aloud
    Records contacts;      ///< all that are counted, oldest first
    std::optional<domain::DateSpan> first_contact;
    Records disruptions;
    Records single_events;
    Records single_events_after_arms_sales;
    Records shocks;
    Records arms_sales;
    Records agreements;
    std::vector<CoveredYears> covered;
    std::optional<Day>
        last_covered;  ///< last day of any coverage statement on engagements, up to the day of the brief
    std::vector<std::string> categories;  ///< those with contacts, in the order of the list
    std::vector<BriefYear> years;
    std::vector<BriefContact> last_contacts;
    measures::Window availability_window;
    std::vector<BriefChannel> channels;
    std::vector<BriefStop> stops;  ///< oldest first
    measures::DayShare days_after_shocks;
    std::vector<WeakEvidence> weak;
    std::vector<BriefSource> sources;     ///< of contacts, stops, shocks and tallies; the most cited first
    std::vector<BriefTraining> training;  ///< by who gave it; one without a giver when none is on record
    BriefExercises exercises;             ///< tallied
    BriefStudy agreements_in_force;
    BriefStudy alliances;
    BriefPolitical political;
    std::vector<BriefMeasured> measured;  ///< empty: not asked
    std::vector<std::optional<double>>
        strength_by_year;                      ///< of 100, beside `years`; nothing: too little seen
    std::vector<BriefContactAfter> last_year;  ///< contacts of the twelve months to the day, oldest first
    std::optional<measures::Strength> strength_now;  ///< pictured
    std::optional<picture::Picture> line_of_time;    ///< pictured
};

/// A number of the brief and the records behind it.
struct Figure {
    std::string what;
    std::string value;
    Records records;
};

/// Makes the brief of a pair from the current records that the view may see.
/// Errors  not_found: no such actor · invalid_argument: the same actor twice · what the view says
Result<Brief> make_brief(ledger::RecordView& view, const BriefRequest& request);

/// Reads what a brief needs. Organisations stand for themselves: a member's contacts are not counted as
/// theirs.
Result<BriefFacts> load_brief_facts(ledger::RecordView& view, const BriefRequest& request);

/// Computes the brief. Pure.
Brief compose_brief(const BriefFacts& facts, const BriefRequest& request);

/// Every number of the brief with the records behind it, in the order in which the brief is read.
std::vector<Figure> figures(const Brief& brief);

json::object brief_json(const Brief& brief);

}  // namespace entente::service
