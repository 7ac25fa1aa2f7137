#include "service/picture_json.h"

#include <type_traits>

namespace entente::service {
namespace {

using namespace picture;

const char* words(Survey how) {
    switch (how) {
        case Survey::dense:
            return "dense";
        case Survey::thin:
            return "thin";
        case Survey::withheld:
            return "withheld";
        case Survey::none:
            return "none";
    }
    return "";
}

const char* words(Rise rise) {
    return rise == Rise::up ? "up" : rise == Rise::down ? "down" : "level";
}

const char* words(Head head) {
    return head == Head::meeting ? "meeting" : head == Head::remote ? "remote" : "elsewhere";
}

const char* words(ShockKind kind) {
    switch (kind) {
        case ShockKind::arms_sale:
            return "arms_sale";
        case ShockKind::incident:
            return "incident";
        case ShockKind::law:
            return "law";
        case ShockKind::other:
            return "other";
    }
    return "";
}

template <class Items, class Write>
json::array each(const Items& items, Write write) {
    json::array out;
    for (const auto& item : items) out.push_back(write(item));
    return out;
}

json::array survey(const std::vector<Surveyed>& stretches) {
    return each(stretches, [](const Surveyed& one) {
        return json::object{{"from", one.from}, {"to", one.to}, {"how", words(one.how)}};
    });
}

json::array ticks(const std::vector<Tick>& all) {
    return each(all, [](const Tick& one) {
        return json::object{{"value", one.value}, {"words", one.words}};
    });
}

template <class Named>
json::object named(const char* kind, const Named& panel) {
    return {{"kind", kind}, {"name", panel.name}, {"note", panel.note}, {"aside", panel.aside}};
}

json::object panel_json(const ShockRow& row) {
    auto out = named("shocks", row);
    out["shocks"] = each(row.shocks, [](const ShockMark& one) {
        return json::object{{"at", one.at}, {"kind", words(one.kind)}, {"record", one.record}};
    });
    return out;
}

json::object panel_json(const Lane& lane) {
    auto out = named("lane", lane);
    out["directed"] = lane.directed;
    out["survey"] = survey(lane.survey);
    out["marks"] = each(lane.marks, [](const Mark& one) {
        return json::object{
            {"from", one.from},
            {"to", one.to},
            {"exact", one.exact},
            {"rise", words(one.rise)},
            {"height", one.height},
            {"head", words(one.head)},
            {"record", one.record}};
    });
    return out;
}

json::object panel_json(const StopRow& row) {
    auto out = named("stops", row);
    out["through"] = row.through;
    out["survey"] = survey(row.survey);
    out["stops"] = each(row.stops, [](const Stop& one) {
        json::object stop{{"label", one.label}, {"from", one.from}, {"from_latest", one.from_latest}};
        if (one.to_earliest) stop["to_earliest"] = *one.to_earliest;
        stop["to"] = one.to, stop["record"] = one.record;
        return stop;
    });
    out["uses"] = json::array(row.uses.begin(), row.uses.end());
    out["refusals"] = json::array(row.refusals.begin(), row.refusals.end());
    if (row.begins) out["begins"] = *row.begins;
    return out;
}

json::object panel_json(const Bars& bars) {
    auto out = named("bars", bars);
    out["tall"] = bars.tall;
    out["bars"] = each(bars.bars, [](const Bar& one) {
        json::object bar{{"from", one.from}, {"to", one.to}, {"how", words(one.how)}};
        if (one.value) bar["value"] = *one.value;
        bar["records"] = json::array(one.records.begin(), one.records.end());
        return bar;
    });
    out["levels"] = each(bars.levels, [](const Level& one) {
        return json::object{
            {"from", one.from}, {"to", one.to}, {"value", one.value}, {"low", one.low}, {"high", one.high}};
    });
    out["silences"] = survey(bars.silences);
    out["survey"] = survey(bars.survey);
    return out;
}

json::object panel_json(const Curve& curve) {
    auto out = named("curve", curve);
    out["low"] = curve.low, out["high"] = curve.high;
    out["ticks"] = ticks(curve.ticks), out["classes"] = ticks(curve.classes);
    out["band"] = curve.band, out["outer"] = curve.outer, out["steps"] = curve.steps;
    out["dots"] = curve.dots, out["tall"] = curve.tall;
    out["survey"] = survey(curve.survey);
    out["points"] = each(curve.points, [&](const Point& one) {
        json::object point{{"at", one.at}};
        if (!one.value) return point;
        point["value"] = *one.value;
        if (curve.band) point["low"] = one.low, point["high"] = one.high;
        if (curve.outer) point["outer_low"] = one.outer_low, point["outer_high"] = one.outer_high;
        return point;
    });
    return out;
}

json::object panel_json(const SurveyStrip& strip) {
    return {
        {"kind", "survey"},
        {"name", strip.name},
        {"aside", strip.aside},
        {"stretches", survey(strip.stretches)}};
}

}  // namespace

json::object picture_json(const Picture& picture) {
    json::object out{
        {"title", picture.title}, {"sentence", picture.sentence}, {"description", picture.description}};
    out["axis"] = json::object{
        {"dates", picture.axis.dates},
        {"first", picture.axis.first},
        {"last", picture.axis.last},
        {"name", picture.axis.name}};
    out["panels"] = each(picture.panels, [](const Panel& panel) {
        return std::visit([](const auto& one) { return panel_json(one); }, panel);
    });
    out["moments"] = each(picture.moments, [](const Moment& one) {
        return json::object{{"at", one.at}, {"words", one.words}};
    });
    out["up"] = picture.up, out["down"] = picture.down;
    out["notes"] = json::array(picture.notes.begin(), picture.notes.end());
    out["foot"] = picture.foot;
    return out;
}

}  // namespace entente::service
