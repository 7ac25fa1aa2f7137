// Records as the measures see them: the fields that are computed on, typed, with the evidence they open to.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/content.h"
#include "domain/date_span.h"
#include "domain/empty.h"

namespace entente::measures {

/// A field that has a value, or says why it has none. Both absent: the field was not asked.
template <class T>
struct Stated {
    std::optional<T> value;
    std::optional<domain::Empty> none;

    explicit operator bool() const { return value.has_value(); }
    const T& operator*() const { return *value; }
    const T* operator->() const { return &*value; }
};

using StatedDate = Stated<domain::DateSpan>;

/// What another source says of a field. Both claims stand until a person settles them.
struct Claim {
    std::string field;
    std::string claim;
};

/// What a fact rests on.
struct Evidence {
    std::string id;                              ///< the record
    std::string source_id;                       ///< id in the source, such as `c0304`; may be empty
    std::vector<std::string> sources;            ///< ids of the cited source records
    std::vector<std::string> general_knowledge;  ///< fields not checked against a cited text; `all`: none was
    std::vector<Claim> conflicts;

    /// True when no field was checked against a cited text.
    bool rests_on_general_knowledge() const;
    /// The id a person reads: the source's own, or the beginning of the record's.
    std::string shown_id() const;
    /// The other claims on a field.
    bool disputed(std::string_view field) const;
};

struct Actor {
    Evidence evidence;
    std::string kind;
    std::string code;
    std::string name;
    std::string short_name;
};

struct Engagement {
    Evidence evidence;
    std::string category;
    std::string subcategory;
    std::string title;
    StatedDate held;
    std::vector<std::string> actors;
    std::vector<std::string> roles;  ///< of the actors, in their order; empty where none is stated
    Stated<std::int64_t> unnamed_parties;
    std::string level;
    std::string channel;
    std::string status;
    std::string host;  ///< id of the actor on whose ground it took place; may be empty
    std::vector<Stated<std::int64_t>> people = {};  ///< head-counts of the actors, in their order
    std::string direction = {};  ///< who travelled: `hosted`, `third_place`, `remote`; empty: not known
    StatedDate planned = {};
};

struct Disruption {
    Evidence evidence;
    std::vector<std::string> side_a;
    std::vector<std::string> side_b;
    domain::DateSpan began;
    StatedDate ended;  ///< without a value: no end is known, which is not the same as still stopped
    StatedDate last_known;
    std::vector<std::string> stopped_by;
    std::string scope_class;
    std::string scope;
    std::string channel;
    std::string stated_cause;
    std::string cause_class;
    std::vector<std::string> shocks;
};

struct Shock {
    Evidence evidence;
    std::string kind;
    domain::DateSpan on;
    std::vector<std::string> initiators;
    std::vector<std::string> targets;
    std::vector<std::string> third_parties;
    std::string amount;  ///< decimal as written; empty when no value is on record
    std::string currency;
    std::string title;
};

struct Channel {
    Evidence evidence;
    std::string name;
    std::string short_name;
    std::string kind;
    std::vector<std::string> parties;
    std::string level;
    Stated<std::int64_t> cadence_days;
    StatedDate established;
    StatedDate ended;
};

struct ChannelState {
    Evidence evidence;
    std::string channel;
    std::string state;
    domain::DateSpan began;
    StatedDate ended;
};

struct Agreement {
    Evidence evidence;
    std::string name;
    std::string kind;
    std::vector<std::string> parties;
    StatedDate signed_on;
    StatedDate in_force;
    StatedDate ended;
    std::string state;
};

struct Coverage {
    Evidence evidence;
    std::string kind;
    std::vector<std::string> parties;
    std::vector<std::string> record_types;
    std::vector<std::string> categories;
    domain::DateSpan covers;
    std::string completeness_low;  ///< decimal as written; empty when none is given
    std::string completeness_high;
    std::string ground;
    std::vector<std::string> counts;  ///< kinds of tallies it speaks of; none: all
    std::vector<std::string> notes;
};

/// What a person put off, until when and why.
struct Snooze {
    Evidence evidence;
    std::vector<std::string> parties;
    std::string rule;
    std::string about;  ///< empty: everything that the rule raises about the tie
    domain::DateSpan until;
    std::string reason;
};

struct Source {
    Evidence evidence;
    std::string key;
    std::string title;
    StatedDate published;
    std::string held_as;
    std::string reliability;

    /// Read as a copy or a summary, or judged D to F.
    bool weak() const;
};

// Each reads one current record.
// Requires  `content` is valid for the type; erased texts may be missing
Actor read_actor(std::string_view id, const domain::Content& content);
Engagement read_engagement(std::string_view id, const domain::Content& content);
Disruption read_disruption(std::string_view id, const domain::Content& content);
Shock read_shock(std::string_view id, const domain::Content& content);
Channel read_channel(std::string_view id, const domain::Content& content);
ChannelState read_channel_state(std::string_view id, const domain::Content& content);
Agreement read_agreement(std::string_view id, const domain::Content& content);
Coverage read_coverage(std::string_view id, const domain::Content& content);
Snooze read_snooze(std::string_view id, const domain::Content& content);
Source read_source(std::string_view id, const domain::Content& content);

/// Two actors, in the order in which a person named them.
struct Pair {
    std::string a;
    std::string b;
};

bool contains(const std::vector<std::string>& ids, std::string_view id);
bool names_both(const std::vector<std::string>& ids, const Pair& pair);
/// One of the pair on each side.
bool between(const Disruption& disruption, const Pair& pair);
/// Both of the pair are named, as initiator, target or third party.
bool touches(const Shock& shock, const Pair& pair);
/// Completed, closed or going on. What was only planned or announced, or did not come about, has not
/// occurred.
bool occurred(const Engagement& engagement);
/// A contact between forces. Political contacts are shown and count for nothing: not as contacts, not as the
/// last contact, not as the end of a stop.
bool is_contact(const Engagement& engagement);
/// Occurred, and began (or may have begun) by the end of a day.
bool occurred_by(const Engagement& engagement, Day on);

}  // namespace entente::measures
