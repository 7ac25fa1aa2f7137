#pragma once

#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "measures/answer.h"
#include "measures/facts.h"
#include "measures/tie/mass.h"
#include "measures/tie/parameters.h"
#include "picture/picture.h"

namespace entente::measures {

struct AttentionRules;

/// Everything that is on record of a pair and may be seen. Owned by whoever read it.
struct PairFacts {
    TieFacts tie;
    std::span<const Disruption> disruptions;
    std::span<const Shock> shocks;
    std::span<const Channel> channels;
    std::span<const ChannelState> channel_states;
    std::span<const Snooze> snoozes;
    std::map<std::string, std::string> names;  ///< of actors, short, by id
    std::map<std::string, std::string> codes;  ///< of the two, by id
    std::map<std::string, Source> sources;     ///< that the facts cite, by id
    std::span<const Engagement>
        home_engagements;  ///< of the first actor with anyone, where the measure compares partners
    std::vector<std::string> partners;   ///< who takes part in these
    std::span<const Tally> all_tallies;  ///< of all pairs, where the measure asks for them
    // Where the measure learns from all pairs:
    std::span<const Disruption> all_disruptions;
    std::span<const Channel> all_channels;
    std::span<const Shock> all_shocks;
    std::span<const Engagement> all_contacts;  ///< between the two sides of any of these disruptions

    /// The short name of an actor; its id when it has none.
    std::string name(const std::string& id) const;
    std::string both_names() const;
};

/// A choice that a measure offers, such as the length of a window.
struct MeasureChoice {
    std::string name;    ///< `window`
    std::string preset;  ///< as a person would type it; may be empty
    std::string type;    ///< for help: `DAYS`, `DATE`, `CATEGORY`
    std::string help;
};

struct MeasureQuestion {
    Day at;
    const Parameters* parameters = nullptr;
    std::map<std::string, std::string> choices = {};  ///< typed values; absent: the preset
    const AttentionRules* rules = nullptr;            ///< nothing: those that ship

    const std::string& choice(const std::string& name) const;
};

/// A measure, declared once: commands, help, documentation and tests follow.
struct Measure {
    std::string name;  ///< also the command
    int version = 1;
    std::string question;  ///< a sentence that ends in a question mark
    std::string unit;
    bool uses_parameters = false;
    bool compares_partners = false;  ///< reads the other partners of the first actor, too
    bool counts_political = false;   ///< and political contacts among them
    bool learns_from_all = false;    ///< reads the outages of all pairs, too
    bool asked_of_all = false;       ///< can be asked of one actor with all its partners, too; reads rules
    std::function<bool(const MeasureQuestion& question)> reads_all_tallies = {};  ///< none: never
    std::vector<MeasureChoice> choices;
    std::vector<std::string> references;
    /// Errors  invalid_argument: a choice that cannot be read, named
    std::function<Result<Answer>(const PairFacts& facts, const MeasureQuestion& question)> ask;
    /// The answer as a picture, where one says more; none: words and tables say all. Title, sentence and foot
    /// are put in from the answer.
    std::function<Result<picture::Picture>(
        const PairFacts& facts, const MeasureQuestion& question, const Answer& answer
    )>
        draw = {};
};

/// An answer with what every one of a measure says of itself.
Answer begin_answer(const Measure& measure, const PairFacts& facts, const MeasureQuestion& question);

/// Reads a choice as a whole number.
/// Errors  invalid_argument: names the choice, what was found and what was expected
Result<std::int64_t> whole_number(
    const MeasureQuestion& question, const std::string& choice, std::int64_t least, std::int64_t most
);

// Numbers as people read them; each figure of an answer is written by one of these.
/// `31`, `4.2`, `0.37`: three significant digits at most, none lost before the point.
std::string shown_number(double value);
/// `31 (19–44)`
std::string shown_with_band(double value, const numerics::Interval& band);
/// `68 %`
std::string shown_share(double share);
/// Rounds to the six significant digits that are printed and stored.
double six_digits(double value);
/// Points that add up to the whole to the last printed digit (largest remainder), at `decimals` decimals.
std::vector<std::string> shown_parts(const std::vector<double>& parts, double whole, int decimals);

}  // namespace entente::measures
