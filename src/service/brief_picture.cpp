// The line of time of a brief: shocks, stops, contacts by strand, training, strength, coverage.
#include <algorithm>

#include <fmt/format.h>

#include "measures/pictures/parts.h"
#include "measures/pictures/strength_curves.h"
#include "measures/tie/strength_years.h"
#include "measures/words.h"
#include "service/brief_parts.h"

namespace entente::service {
namespace {

using measures::with_commas;
using picture::place;
using picture::Survey;

// Below so many contacts, what stands beside them is drawn, too.
constexpr std::size_t kFewContacts = 10;

struct Strand {
    const char* code;
    const char* name;
};
// The order never changes, so that a reader finds a strand where it was in the last brief.
constexpr Strand kStrands[] = {
    {"leaders", "Leaders"},
    {"dialogue", "Dialogue"},
    {"exchange", "Exchange"},
    {"exercise", "Exercise"},
    {"education", "Education"},
    {"institution", "Institution"}};

class Builder {
public:
    Builder(Brief& brief, const BriefFacts& facts, const measures::TieFacts& tie, const BriefRequest& request)
        : brief_(brief), facts_(facts), tie_(tie), on_(request.on) {}

    picture::Picture make() {
        const int year = brief_.years.empty() ? calendar(on_).year : brief_.years.front().year;
        first_ = *day_of(year, 1, 1);
        out_.title = fmt::format("{} and {}", brief_.a.name, brief_.b.name);
        out_.axis = {true, place(first_), place(on_ + 1)};
        out_.up = brief_.a.name + " travels";
        out_.down = brief_.b.name + " travels";
        add_shocks();
        add_stops();
        add_contacts();
        for (const auto& training : brief_.training) add_training(training);
        if (brief_.contacts.size() < kFewContacts) {
            add_exercises();
            add_political();
        }
        add_strength();
        out_.panels.emplace_back(picture::SurveyStrip{"Coverage", "", survey({})});
        out_.description = fmt::format(
            "Time runs from {} to {}. {} contacts, {} stops and {} shocks stand on it.",
            year,
            calendar(on_).year,
            brief_.contacts.size(),
            brief_.stops.size(),
            brief_.shocks.size()
        );
        return std::move(out_);
    }

private:
    std::vector<picture::Surveyed> survey(const std::string& category) const {
        return measures::survey_by_year(facts_.coverage, {tie_.pair, "engagement", category}, first_, on_);
    }

    void add_shocks() {
        if (brief_.shocks.empty()) return;
        picture::ShockRow row{
            "Shocks", with_commas(static_cast<std::int64_t>(brief_.shocks.size())) + " on record"};
        for (const auto& shock : facts_.shocks)
            if (shock.on.from && *shock.on.from <= on_) row.shocks.push_back(measures::mark_of(shock));
        out_.panels.emplace_back(std::move(row));
    }

    void add_stops() {
        if (brief_.stops.empty() && brief_.single_events.empty()) return;
        picture::StopRow row{"Stops", fmt::format("{} on record", brief_.stops.size())};
        row.through = true;
        for (const auto& stop : brief_.stops) {
            measures::Episode episode;
            episode.began = stop.began, episode.ended = stop.ended, episode.last_said = stop.last_said;
            row.stops.push_back(measures::stop_of(episode, static_cast<std::size_t>(stop.number)));
            if (!stop.ended) row.aside = fmt::format("{}: no end\nknown", stop.number);
        }
        for (const auto& event : brief_.single_events)
            for (const auto& one : facts_.disruptions)
                if (one.evidence.id == event.id) row.refusals.push_back(measures::middle_of(one.began));
        out_.panels.emplace_back(std::move(row));
    }

    void add_contacts() {
        const auto counted = measures::counted_contacts(tie_, on_);
        if (counted.empty()) {
            picture::Lane lane{"Contacts", "none on record"};
            lane.survey = measures::blanks(survey({}));
            out_.panels.emplace_back(std::move(lane));
            return;
        }
        for (const auto& strand : kStrands) {
            std::vector<const measures::Engagement*> of;
            for (const auto* one : counted)
                if (measures::strand_of(one->category) == strand.code) of.push_back(one);
            const bool always = &strand - kStrands < 4;
            if (of.empty() && !always) continue;
            auto lane = measures::lane_of(strand.name, of, tie_.pair);
            lane.survey = measures::blanks(survey(of.empty() ? std::string() : of.front()->category));
            out_.panels.emplace_back(std::move(lane));
        }
    }

    void add_training(const BriefTraining& training) {
        if (training.years.empty()) return;
        picture::Bars bars{"Training"};
        const bool any = !training.by.id.empty();
        bars.note = any ? "places, by " + training.by.shortest() : "none on record";
        Day from = first_;
        const auto blank = [&](Day first, Day last, Survey how) {
            if (last >= first) bars.survey.push_back({place(first), place(last + 1), how});
        };
        for (const auto& year : training.years) {
            const Day begin = measures::fiscal_year_begin(year.fiscal_year);
            const Day end = std::min(on_, measures::fiscal_year_end(year.fiscal_year));
            blank(from, begin - 1, Survey::none);
            from = end + 1;
            const auto how = measures::survey_of(year.coverage);
            if (how == Survey::none || how == Survey::withheld) blank(begin, end, how);
            if (year.records.empty()) continue;
            picture::Bar bar{place(begin), place(end + 1)};
            if (year.sum.knows_people()) bar.value = static_cast<double>(year.sum.people.sum);
            bars.bars.push_back(std::move(bar));
        }
        blank(from, on_, Survey::none);
        if (any && training.sum.knows_people())
            bars.aside = with_commas(training.sum.people.sum) + "\nin all";
        if (!any && !bars.survey.empty() &&
            std::ranges::any_of(bars.survey, [](const auto& one) { return one.how == Survey::withheld; }))
            bars.note = "not released";
        out_.panels.emplace_back(std::move(bars));
    }

    void add_exercises() {
        if (brief_.exercises.total() == 0) return;
        picture::Bars bars{"Exercises", "tallied, a year"};
        for (const auto& year : brief_.exercises.years) {
            const Day first = *day_of(year.year, 1, 1), last = std::min(on_, *day_of(year.year, 12, 31));
            const auto how = measures::survey_of(year.coverage);
            if (!year.records.empty())
                bars.bars.push_back({place(first), place(last + 1), static_cast<double>(year.number)});
            else if (how == Survey::none)
                bars.survey.push_back({place(first), place(last + 1), how});
        }
        bars.aside = with_commas(brief_.exercises.total()) + "\nin all";
        out_.panels.emplace_back(std::move(bars));
    }

    void add_political() {
        if (brief_.political.records.empty()) return;
        picture::Bars bars{"Political visits", "not counted"};
        for (const auto& [year, records] : brief_.political.by_year) {
            const auto first = day_of(year, 1, 1);
            if (!first || *first < first_) continue;
            bars.bars.push_back(
                {place(*first), place(*day_of(year, 12, 31) + 1), static_cast<double>(records.size())}
            );
        }
        for (const auto& stretch : brief_.political.covered)
            if (measures::survey_of(stretch.kind) == Survey::none)
                bars.survey.push_back(
                    {place(*day_of(stretch.first, 1, 1)),
                     place(*day_of(stretch.last, 12, 31) + 1),
                     Survey::none}
                );
        if (brief_.political.last) bars.aside = "last\n" + brief_.political.last->to_words("–");
        out_.panels.emplace_back(std::move(bars));
    }

    void add_strength() {
        const auto& parameters = measures::builtin_parameters();
        auto years = measures::strength_by_year(tie_, parameters, calendar(first_).year, on_);
        if (years.empty()) return;
        auto curve = measures::total_curve(years, parameters);
        curve.tall = std::ranges::any_of(years, [](const auto& one) { return one.total.has_value(); });
        out_.panels.emplace_back(std::move(curve));
        brief_.strength_now = std::move(years.back());
    }

    Brief& brief_;
    const BriefFacts& facts_;
    const measures::TieFacts& tie_;
    Day on_;
    Day first_;
    picture::Picture out_;
};

}  // namespace

void add_picture(
    Brief& brief, const BriefFacts& facts, const measures::TieFacts& tie, const BriefRequest& request
) {
    brief.line_of_time = Builder(brief, facts, tie, request).make();
}

}  // namespace entente::service
