// What commands that ask measures have in common.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "base/day.h"
#include "base/result.h"
#include "cli/commands.h"
#include "measures/answer.h"
#include "measures/attention/rules.h"
#include "measures/tie/parameters.h"
#include "service/node.h"

namespace entente::cli {

/// A parameter file; the one that ships where none is named.
Result<measures::Parameters> read_parameters(const std::string& file);

/// The record as it was asked about, and what is computed with.
struct Asking {
    measures::Parameters parameters;
    std::unique_ptr<service::Node> node;
    std::unique_ptr<ledger::RecordView> view;
    Day at;             ///< the last day of what was typed, today where nothing was
    std::string known;  ///< the state of the log under which an answer stands, in words
};
/// Errors  invalid_argument: parameters that cannot be read, no day of the years 1800 to 9000 · as Session::open
Result<Asking> open_asking(const Session& session, const AskingOptions& options);

/// A file of rules of attention; the one that ships where none is named.
Result<measures::AttentionRules> read_rules(const std::string& file);

/// What needs attention with all partners of an actor.
Result<Exit> run_attention_of_all(
    const Asking& asking,
    const Session& session,
    const MeasureOptions& options,
    const std::string& home,
    const measures::AttentionRules& rules
);

/// Prints an answer as JSON, as CSV, or as `page` gives it.
Result<Exit> print_answer(
    const measures::Answer& answer,
    const Asking& asking,
    const AskingOptions& options,
    const std::function<Result<std::string>()>& page
);

}  // namespace entente::cli
