#include "service/fit_events.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include "base/day.h"
#include "measures/measure.h"
#include "measures/relational/fit.h"
#include "measures/words.h"

namespace entente::service {
namespace {

using namespace measures::relational;

std::optional<double> number_of(std::string_view text) {
    double out = 0;
    const auto* last = text.data() + text.size();
    const auto [end, error] = std::from_chars(text.data(), last, out);
    return error == std::errc() && end == last ? std::optional(out) : std::nullopt;
}

/// `T23:00:00Z`, ` 23:00`, as a part of a day.
std::optional<double> clock_of(std::string_view text) {
    if (text.ends_with('Z')) text.remove_suffix(1);
    if (text.empty()) return 0;
    if (text.front() != 'T' && text.front() != ' ') return std::nullopt;
    text.remove_prefix(1);
    constexpr double kParts[]{24, 24 * 60, 24 * 3600};
    double out = 0;
    for (const double part : kParts) {
        const auto value = number_of(text.substr(0, 2));
        if (text.size() < 2 || !value || *value >= (part == 24 ? 24 : 60)) return std::nullopt;
        out += *value / part;
        text.remove_prefix(2);
        if (text.empty()) return out;
        if (text.front() != ':') return std::nullopt;
        text.remove_prefix(1);
    }
    return std::nullopt;
}

/// A day as 1960-04-26, with a time of day or without, or a number.
std::optional<double> time_of(std::string_view text) {
    constexpr std::size_t kDay = 10;
    if (const auto day =
            text.size() >= kDay ? parse_iso_day(std::string(text.substr(0, kDay))) : std::nullopt) {
        const auto clock = clock_of(text.substr(kDay));
        return clock ? std::optional(day->value + *clock) : std::nullopt;
    }
    return number_of(text);
}

class Reading {
public:
    Reading(const FitEventsRequest& request, ingest::table::TableReader& reader)
        : request_(request), reader_(reader) {
        history.directed = request.directed;
    }

    Result<void> read() {
        ENTENTE_ASSIGN_OR_RETURN(time_, column(request_.time));
        ENTENTE_ASSIGN_OR_RETURN(sender_, column(request_.sender));
        ENTENTE_ASSIGN_OR_RETURN(receiver_, column(request_.receiver));
        if (!request_.weight.empty()) {
            ENTENTE_ASSIGN_OR_RETURN(weight_, column(request_.weight));
        }
        for (ingest::table::TableRow row;;) {
            ENTENTE_ASSIGN_OR_RETURN(const bool more, reader_.next(row));
            if (!more) return {};
            ENTENTE_RETURN_IF_ERROR(take(row));
        }
    }

    History history;
    std::size_t left_out = 0, repeated = 0;

private:
    Result<std::size_t> column(const std::string& name) const {
        const auto& columns = reader_.columns();
        const auto found = std::ranges::find(columns, name);
        if (found == columns.end())
            return fail(
                ErrorCode::invalid_argument,
                "column",
                fmt::format("found no column '{}', expected one of: {}", name, fmt::join(columns, ", "))
            );
        return static_cast<std::size_t>(found - columns.begin());
    }

    std::string_view cell(const ingest::table::TableRow& row, std::size_t at) const {
        return at < row.cells.size() ? row.cells[at] : std::string_view();
    }

    ActorIndex actor(std::string_view name) {
        const auto [at, is_new] =
            actors_.emplace(std::string(name), static_cast<ActorIndex>(history.actors.size()));
        if (is_new) history.actors.push_back({std::string(name)});
        return at->second;
    }

    Result<void> take(const ingest::table::TableRow& row) {
        const auto time = cell(row, time_), from = cell(row, sender_), to = cell(row, receiver_);
        if (time.empty() || from.empty() || to.empty()) {
            ++left_out;
            return {};
        }
        const auto wrong = [&](const std::string& field, std::string_view found, const char* expected) {
            return fail(
                ErrorCode::invalid_argument,
                fmt::format("{}, line {}", field, row.line),
                fmt::format("found '{}', expected {}", found, expected)
            );
        };
        const auto when = time_of(time);
        if (!when)
            return wrong(
                request_.time, time, "a day such as 1960-04-26, with T23:00:00Z or without, or a number"
            );
        double weight = 1;
        if (weight_) {
            const auto read = number_of(cell(row, *weight_));
            if (!read || !(*read > 0)) return wrong(request_.weight, cell(row, *weight_), "a number above 0");
            weight = *read;
        }
        auto i = actor(from), j = actor(to);
        if (!request_.directed && j < i) std::swap(i, j);
        if (request_.repeats_once && !seen_.insert({*when, i, j}).second) {
            ++repeated;
            return {};
        }
        history.events.push_back({*when, i, j, weight, true, fmt::format("line {}", row.line)});
        return {};
    }

    const FitEventsRequest& request_;
    ingest::table::TableReader& reader_;
    std::size_t time_ = 0, sender_ = 0, receiver_ = 0;
    std::optional<std::size_t> weight_;
    std::map<std::string, ActorIndex> actors_;
    std::set<std::tuple<double, ActorIndex, ActorIndex>> seen_;
};

measures::AnswerTable terms_table(const Fit& fit) {
    measures::AnswerTable table{
        "terms",
        "",
        {{"term", "one more of", false, 0, 34},
         {"estimate", "estimate", true},
         {"standard_error", "standard error", true},
         {"times_as_likely", "times as likely", true},
         {"band", "90 % in", true, 1}},
        {},
        fit.choices,
        false};
    for (const auto& one : fit.coefficients)
        table.rows.push_back(
            {{one.name},
             {fmt::format("{:.6g}", one.estimate), one.estimate},
             {fmt::format("{:.6g}", one.standard_error), one.standard_error},
             {fmt::format("{:.3g}", one.hazard_ratio), one.hazard_ratio},
             {fmt::format("{:.3g}–{:.3g}", one.low, one.high)}}
        );
    return table;
}

}  // namespace

Result<measures::Answer> fit_events(const FitEventsRequest& request, const OpenTable& open) {
    ENTENTE_ASSIGN_OR_RETURN(const auto reader, open(request.file));
    Reading reading(request, *reader);
    ENTENTE_RETURN_IF_ERROR(reading.read());
    ENTENTE_ASSIGN_OR_RETURN(const auto fit, measures::relational::fit(reading.history, request.model));
    measures::Answer out;
    out.measure = "events";
    out.unit = "log-likelihood";
    out.value = fit.log_likelihood;
    out.headline = fmt::format(
        "{} among {} explained by {}; log-likelihood {:.8g}, with no effect {:.8g}; AIC {:.6g}.",
        measures::counted(fit.events, "event", "events"),
        measures::counted(reading.history.actors.size(), "actor", "actors"),
        measures::counted(fit.coefficients.size(), "term", "terms"),
        fit.log_likelihood,
        fit.log_likelihood_null,
        fit.aic
    );
    out.tables = {terms_table(fit)};
    out.paragraphs.push_back(fmt::format(
        "At each time {:.6g} pairs could have acted: every actor of the file with every other.",
        fit.pairs_mean
    ));
    if (reading.left_out > 0)
        out.warnings.push_back(fmt::format(
            "{} without time, sender or receiver left out.",
            measures::counted(reading.left_out, "row", "rows")
        ));
    if (reading.repeated > 0)
        out.warnings.push_back(fmt::format(
            "{} of the same pair at the same time left out.",
            measures::counted(reading.repeated, "repeat", "repeats")
        ));
    return out;
}

}  // namespace entente::service
