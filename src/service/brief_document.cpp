#include "service/brief_document.h"

#include <algorithm>

#include <fmt/format.h>

#include "measures/words.h"
#include "service/brief_document_parts.h"

namespace entente::service {
namespace {

using picture::Band;
using picture::Document;
using picture::Figure;
using picture::Section;
using picture::Text;

constexpr std::size_t kManyStops = 4;

Section head(const Brief& brief) {
    Section out;
    out.blocks = {
        Text{on_record_words(brief) + ".", "On record", 3}, Text{covered_words(brief), "Covered", 4}};
    if (auto overdue = measured_words(brief, "overdue"); !overdue.empty())
        out.blocks.push_back(Text{overdue, "Overdue", 3});
    return out;
}

Section line_of_time(const Brief& brief) {
    return {"", "", {Figure{*brief.line_of_time}}};
}

Section expected(const Brief& brief) {
    Section out{"What to expect", "", {}};
    if (auto words = measured_words(brief, "forecast"); !words.empty())
        out.blocks.push_back(Text{words, "Forecast", 9});
    if (auto words = measured_words(brief, "shocks"); !words.empty())
        out.blocks.push_back(Text{words, "Last shock", 5});
    if (auto words = shocks_words(brief); !words.empty())
        out.blocks.push_back(Text{words, "Stops after shocks", 3});
    if (out.blocks.empty())
        out.blocks.push_back(Text{"Nothing is stopped as far as is known, so no restart is foretold."});
    return out;
}

Band whole(Section section) {
    Band out;
    out.columns.push_back({1, {std::move(section)}});
    return out;
}

Section beside(const Brief& brief) {
    Section out{"Beside the contacts", "", {}};
    for (auto& text : beside_texts(brief)) out.blocks.push_back(std::move(text));
    if (out.blocks.empty()) out.blocks.push_back(Text{"Nothing on record."});
    return out;
}

}  // namespace

Document brief_document(const Brief& brief) {
    Document out;
    out.title = fmt::format("{} and {}", brief.a.name, brief.b.name);
    out.aside = "on " + measures::day_words(brief.on);
    out.sentence = brief.sentence;
    out.day = brief.on;
    out.running = out.title + ", " + out.aside;
    out.foot = fmt::format(
        "{}{}entente brief {} {} --on {}",
        brief.checkpoint,
        brief.checkpoint.empty() ? "" : "  ·  ",
        brief.a.shortest(),
        brief.b.shortest(),
        to_iso(brief.on)
    );
    out.command = fmt::format("entente brief {} {} --all", brief.a.shortest(), brief.b.shortest());

    // Where there is much to tell of stops they fill the first page; else it has room for the rest.
    const bool many_stops = brief.stops.size() > kManyStops;
    const Band evidence{{{0.58, {unseen_section(brief)}}, {0.42, {evidence_section(brief)}}}};
    picture::Page first, second;
    first.bands.push_back(Band{{{0.6, {head(brief)}}, {0.4, {strength_section(brief)}}}});
    first.bands.push_back(whole(line_of_time(brief)));
    first.bands.push_back(whole(stops_section(brief)));
    if (many_stops) {
        second.bands.push_back(whole(channels_section(brief)));
        second.bands.push_back(Band{
            {{0.56, {strands_section(brief), expected(brief)}},
             {0.44, {moved_section(brief), beside(brief)}}}});
        if (!brief.training.empty()) second.bands.push_back(whole(training_section(brief)));
    } else {
        first.bands.push_back(Band{{{0.56, {strands_section(brief)}}, {0.44, {beside(brief)}}}});
        second.bands.push_back(whole(channels_section(brief)));
        second.bands.push_back(Band{{{0.56, {expected(brief)}}, {0.44, {moved_section(brief)}}}});
        if (!brief.training.empty()) second.bands.push_back(whole(training_section(brief)));
    }
    second.bands.push_back(evidence);
    out.pages = {std::move(first), std::move(second)};
    return out;
}

}  // namespace entente::service
