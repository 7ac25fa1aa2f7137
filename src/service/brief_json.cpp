#include <fmt/format.h>

#include "domain/declaration.h"
#include "service/brief.h"
#include "service/brief_parts.h"
#include "service/brief_words.h"

namespace entente::service {
namespace {

template <class Items, class Write>
json::array each(const Items& items, Write write) {
    json::array out;
    for (const auto& item : items) out.push_back(write(item));
    return out;
}

json::array ids(const Records& records) {
    json::array out;
    for (const auto& record : records) {
        json::object one{{"id", record.id}, {"shown", record.shown}};
        if (record.disputed) one["disputed"] = true;
        out.push_back(std::move(one));
    }
    return out;
}
json::object range(const domain::LengthRange& range) {
    return {{"low", range.low}, {"high", range.high}};
}
json::object actor(const BriefName& name) {
    return {{"id", name.id}, {"code", name.code}, {"name", name.name}};
}
json::value date(const std::optional<domain::DateSpan>& span) {
    return span ? json::value(span->to_json()) : json::value(domain::to_json(domain::Empty::unknown));
}
std::string kind(measures::CoverageKind kind) {
    return std::string(measures::to_words(kind));
}

json::object year(const BriefYear& year) {
    json::object contacts, coverage;
    for (const auto& [category, records] : year.contacts) contacts[category] = ids(records);
    for (const auto& [category, kind_of] : year.coverage_by_category) coverage[category] = kind(kind_of);
    return {
        {"year", year.year},
        {"contacts", std::move(contacts)},
        {"total", year.total()},
        {"coverage", kind(year.coverage)},
        {"coverage_by_category", std::move(coverage)},
        {"statements", ids(year.statements)},
        {"shocks", ids(year.shocks)},
        {"stops_begun", json::array(year.stops_begun.begin(), year.stops_begun.end())}};
}

json::object contact(const BriefContact& contact) {
    return {
        {"category", contact.category},
        {"label", contact.label},
        {"title", contact.title},
        {"held", contact.held.to_json()},
        {"days_since", range(contact.days_since)},
        {"records", ids(contact.records)}};
}

json::object availability(const measures::Availability& found) {
    json::array completed;
    for (const auto& length : found.completed) completed.push_back(range(length));
    json::object out{
        {"window_days", found.window_days},
        {"known_days", found.known_days},
        {"unknown_days", found.unknown_days},
        {"outside_days", found.outside_days},
        {"up_days", found.up_days},
        {"stops", found.stops},
        {"completed_days", std::move(completed)}};
    if (found.too_few) {
        out["share"] = json::object{{"none", "too few"}};
        return out;
    }
    out["share"] =
        json::object{{"low", found.share.low}, {"high", found.share.high}, {"expected", found.expected}};
    return out;
}

json::object channel(const BriefChannel& channel) {
    json::object out{
        {"name", channel.name},
        {"record", ids({channel.record}).front()},
        {"state", std::string(measures::to_words(channel.condition))},
        {"no_end_known", channel.no_end_known},
        {"because", ids(channel.because)},
        {"availability", availability(channel.availability)},
        {"last_used", date(channel.last_used)}};
    if (channel.last_use) out["last_use"] = ids({*channel.last_use}).front();
    if (channel.general_knowledge) out["general_knowledge"] = true;
    return out;
}

json::array contacts_after(const std::vector<BriefContactAfter>& contacts) {
    json::array out;
    for (const auto& contact : contacts)
        out.push_back(json::object{
            {"label", contact.label},
            {"held", contact.held.to_json()},
            {"days", range(contact.days)},
            {"record", ids({contact.record}).front()}});
    return out;
}

json::array outages(const std::vector<BriefOutage>& outages) {
    json::array out;
    for (const auto& outage : outages)
        out.push_back(json::object{
            {"what", outage.what},
            {"ended", date(outage.ended)},
            {"days", range(outage.length)},
            {"record", ids({outage.record}).front()}});
    return out;
}

json::array coincident(const std::vector<BriefShock>& shocks) {
    json::array out;
    for (const auto& shock : shocks)
        out.push_back(json::object{
            {"kind", shock.kind},
            {"title", shock.title},
            {"on", shock.on.to_json()},
            {"by", shock.by},
            {"record", ids({shock.record}).front()}});
    return out;
}

json::object share(const measures::DayShare& share) {
    return {{"days", share.days}, {"of", share.of}};
}

json::object stop(const BriefStop& stop) {
    json::object out{
        {"number", stop.number},
        {"began", stop.began.to_json()},
        {"ended", date(stop.ended)},
        {stop.ended ? "days" : "days_so_far", range(stop.length)},
        {"stopped_by", each(stop.stopped_by, actor)},
        {"stated_causes", json::array(stop.causes.begin(), stop.causes.end())},
        {"arms_sale", stop.arms_sale},
        {"outages", outages(stop.members)},
        {"single_events", ids(stop.beside)},
        {"coincident_shocks", coincident(stop.coincident)},
        {"days_after_such_shocks", share(stop.days_after_such_shocks)},
        {"first_back", contacts_after(stop.first_back)},
        {"meanwhile", contacts_after(stop.meanwhile)}};
    if (stop.last_said) out["last_said"] = to_iso(*stop.last_said);
    if (stop.end_disputed) out["end_disputed"] = true;
    if (stop.end_general_knowledge) out["end_general_knowledge"] = true;
    return out;
}

void add_years(std::vector<Figure>& out, const Brief& brief) {
    for (const auto& year : brief.years) {
        for (const auto& category : brief.categories) {
            const auto found = year.contacts.find(category);
            if (found == year.contacts.end()) continue;
            const auto& name = domain::Schema::builtin().list("engagement_category")->find(category)->name;
            out.push_back(
                {fmt::format("{} {}", year.year, name),
                 with_commas(static_cast<std::int64_t>(found->second.size())),
                 found->second}
            );
        }
        if (!year.shocks.empty())
            out.push_back(
                {fmt::format("{} shocks", year.year), std::to_string(year.shocks.size()), year.shocks}
            );
    }
}

void add_channels(std::vector<Figure>& out, const Brief& brief) {
    for (const auto& channel : brief.channels) {
        Records records{channel.record};
        records.insert(records.end(), channel.because.begin(), channel.because.end());
        const auto& found = channel.availability;
        const auto value =
            found.too_few
                ? std::string("too few")
                : fmt::format("{} of {} days", with_commas(found.up_days), with_commas(found.known_days));
        out.push_back({channel.name + ", available", value, std::move(records)});
        if (channel.last_use)
            out.push_back({channel.name + ", last used", channel.last_used->to_text(), {*channel.last_use}});
    }
}

void add_stops(std::vector<Figure>& out, const Brief& brief) {
    for (const auto& stop : brief.stops) {
        const auto name = fmt::format("stop {}", stop.number);
        out.push_back({name + ", days", range_words(stop.length, "-"), stop.records()});
        Records shocks;
        for (const auto& shock : stop.coincident) shocks.push_back(shock.record);
        if (!shocks.empty())
            out.push_back({name + ", shocks just before", std::to_string(shocks.size()), shocks});
        for (const auto& contact : stop.first_back)
            out.push_back(
                {fmt::format("{}, {}", name, contact.label), range_words(contact.days, "-"), {contact.record}}
            );
        if (!stop.beside.empty())
            out.push_back({name + ", single events", std::to_string(stop.beside.size()), stop.beside});
    }
}

}  // namespace

json::object brief_json(const Brief& brief) {
    json::object out;
    out["actors"] = json::array{actor(brief.a), actor(brief.b)};
    out["valid_at"] = to_iso(brief.on);
    out["known_at"] = brief.checkpoint;
    out["sentence"] = brief.sentence;
    out["contacts"] = ids(brief.contacts);
    out["first_contact"] = date(brief.first_contact);
    out["outages"] = ids(brief.disruptions);
    out["single_events"] = ids(brief.single_events);
    out["single_events_after_arms_sales"] = ids(brief.single_events_after_arms_sales);
    out["shocks"] = ids(brief.shocks);
    out["arms_sales"] = ids(brief.arms_sales);
    out["agreements"] = ids(brief.agreements);
    out["covered"] = each(brief.covered, [](const CoveredYears& years) {
        return json::object{
            {"first", years.first},
            {"last", years.last},
            {"kind", kind(years.kind)},
            {"statements", ids(years.statements)}};
    });
    out["years"] = each(brief.years, year);
    out["last_contacts"] = each(brief.last_contacts, contact);
    const auto& window = brief.availability_window;
    out["availability_window"] = json::object{{"first", to_iso(window.first)}, {"last", to_iso(window.last)}};
    out["channels"] = each(brief.channels, channel);
    out["stops"] = each(brief.stops, stop);
    out["days_after_shocks"] = share(brief.days_after_shocks);
    out["weak"] = each(brief.weak, [](const WeakEvidence& weak) {
        return json::object{{"ground", weak.ground}, {"what", weak.what}, {"records", ids(weak.records)}};
    });
    out["last_year"] = each(brief.last_year, [](const BriefContactAfter& contact) {
        return json::object{
            {"label", contact.label},
            {"held", contact.held.to_json()},
            {"record", ids({contact.record}).front()}};
    });
    out["sources"] = each(brief.sources, [](const BriefSource& source) {
        return json::object{{"id", source.id}, {"title", source.title}, {"records", source.records}};
    });
    add_beside(out, brief);
    return out;
}

std::vector<Figure> figures(const Brief& brief) {
    const auto number = [](const Records& records) {
        return with_commas(static_cast<std::int64_t>(records.size()));
    };
    std::vector<Figure> out{
        {"contacts on record", number(brief.contacts), brief.contacts},
        {"outages", number(brief.disruptions), brief.disruptions},
        {"single refusals", number(brief.single_events), brief.single_events},
        {"shocks", number(brief.shocks), brief.shocks},
        {"arms sales among them", number(brief.arms_sales), brief.arms_sales},
        {"agreements", number(brief.agreements), brief.agreements}};
    for (const auto& years : brief.covered)
        out.push_back(
            {fmt::format("covered {}-{}", years.first, years.last), kind(years.kind), years.statements}
        );
    add_years(out, brief);
    for (const auto& contact : brief.last_contacts)
        out.push_back(
            {"last of " + contact.name + ", days ago",
             range_words(contact.days_since, "-"),
             {contact.records.front()}}
        );
    add_channels(out, brief);
    add_stops(out, brief);
    for (const auto& weak : brief.weak)
        out.push_back(
            {weak.ground + (weak.what.empty() ? "" : ", ") + weak.what, number(weak.records), weak.records}
        );
    add_beside(out, brief);
    std::erase_if(out, [](const Figure& figure) { return figure.records.empty(); });
    return out;
}

}  // namespace entente::service
