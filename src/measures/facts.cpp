#include "measures/facts.h"

#include <algorithm>
#include <array>

#include "measures/record_reader.h"

namespace entente::measures {

namespace {

std::vector<Stated<std::int64_t>> head_counts(const RecordReader& reader) {
    std::vector<Stated<std::int64_t>> out;
    for (const auto* side : reader.groups("participations")) {
        const auto* found = side->if_contains("people");
        if (!found)
            out.emplace_back();
        else if (const auto none = domain::empty_of(*found))
            out.push_back({std::nullopt, none});
        else
            out.push_back({found->to_number<std::int64_t>(), std::nullopt});
    }
    return out;
}

}  // namespace

Evidence read_evidence(std::string_view id, const RecordReader& reader) {
    Evidence evidence{
        std::string(id),
        reader.text("source_id"),
        reader.parts("citations", "source"),
        reader.texts("general_knowledge"),
        {}};
    const auto fields = reader.parts("conflicts", "field");
    const auto claims = reader.parts("conflicts", "claim");
    for (std::size_t i = 0; i < fields.size(); ++i) evidence.conflicts.push_back({fields[i], claims[i]});
    return evidence;
}

bool Evidence::rests_on_general_knowledge() const {
    return contains(general_knowledge, "all");
}
std::string Evidence::shown_id() const {
    return source_id.empty() ? id.substr(0, 8) : source_id;
}
bool Evidence::disputed(std::string_view field) const {
    return std::any_of(conflicts.begin(), conflicts.end(), [&](const Claim& claim) {
        return claim.field == field;
    });
}
bool Source::weak() const {
    return held_as == "copy" || held_as == "summary" || reliability == "D" || reliability == "E" ||
           reliability == "F";
}

Actor read_actor(std::string_view id, const domain::Content& content) {
    const RecordReader reader("actor", content);
    return {
        read_evidence(id, reader),
        reader.text("kind"),
        reader.text("code"),
        reader.text("name"),
        reader.text("short_name")};
}

Engagement read_engagement(std::string_view id, const domain::Content& content) {
    const RecordReader reader("engagement", content);
    return {
        read_evidence(id, reader),
        reader.text("category"),
        reader.text("subcategory"),
        reader.text("title"),
        reader.date("held"),
        reader.parts("participations", "actor"),
        reader.parts("participations", "role"),
        reader.count("unnamed_parties"),
        reader.text("level"),
        reader.text("channel"),
        reader.text("status"),
        reader.text("host"),
        head_counts(reader),
        reader.text("direction"),
        reader.date("planned")};
}

Disruption read_disruption(std::string_view id, const domain::Content& content) {
    const RecordReader reader("disruption", content);
    return {
        read_evidence(id, reader),
        reader.texts("side_a"),
        reader.texts("side_b"),
        reader.required_date("began"),
        reader.date("ended"),
        reader.date("last_known"),
        reader.texts("stopped_by"),
        reader.text("scope_class"),
        reader.text("scope"),
        reader.text("channel"),
        reader.text("stated_cause"),
        reader.text("cause_class"),
        reader.texts("shock")};
}

Shock read_shock(std::string_view id, const domain::Content& content) {
    const RecordReader reader("shock", content);
    return {
        read_evidence(id, reader),
        reader.text("kind"),
        reader.required_date("on"),
        reader.texts("initiators"),
        reader.texts("targets"),
        reader.texts("third_parties"),
        reader.part("value", "amount"),
        reader.part("value", "currency"),
        reader.text("title")};
}

Channel read_channel(std::string_view id, const domain::Content& content) {
    const RecordReader reader("channel", content);
    return {
        read_evidence(id, reader),
        reader.text("name"),
        reader.text("short_name"),
        reader.text("kind"),
        reader.texts("parties"),
        reader.text("level"),
        reader.count("cadence_days"),
        reader.date("established"),
        reader.date("ended")};
}

ChannelState read_channel_state(std::string_view id, const domain::Content& content) {
    const RecordReader reader("channel_state", content);
    return {
        read_evidence(id, reader),
        reader.text("channel"),
        reader.text("state"),
        reader.required_date("began"),
        reader.date("ended")};
}

Agreement read_agreement(std::string_view id, const domain::Content& content) {
    const RecordReader reader("agreement", content);
    return {
        read_evidence(id, reader),
        reader.text("name"),
        reader.text("kind"),
        reader.texts("parties"),
        reader.date("signed"),
        reader.date("in_force"),
        reader.date("ended"),
        reader.text("state")};
}

Coverage read_coverage(std::string_view id, const domain::Content& content) {
    const RecordReader reader("coverage", content);
    return {
        read_evidence(id, reader),
        reader.text("kind"),
        reader.texts("parties"),
        reader.texts("record_types"),
        reader.texts("categories"),
        reader.required_date("covers"),
        reader.text("completeness_low"),
        reader.text("completeness_high"),
        reader.text("ground"),
        reader.texts("counts"),
        reader.texts("note")};
}

Snooze read_snooze(std::string_view id, const domain::Content& content) {
    const RecordReader reader("snooze", content);
    return {
        read_evidence(id, reader),
        reader.texts("parties"),
        reader.text("rule"),
        reader.text("about"),
        reader.required_date("until"),
        reader.text("reason")};
}

Source read_source(std::string_view id, const domain::Content& content) {
    const RecordReader reader("source", content);
    return {
        read_evidence(id, reader),
        reader.text("key"),
        reader.text("title"),
        reader.date("published"),
        reader.text("held_as"),
        reader.text("reliability")};
}

bool contains(const std::vector<std::string>& ids, std::string_view id) {
    return std::find(ids.begin(), ids.end(), id) != ids.end();
}
bool names_both(const std::vector<std::string>& ids, const Pair& pair) {
    return contains(ids, pair.a) && contains(ids, pair.b);
}
bool between(const Disruption& disruption, const Pair& pair) {
    const auto& [a, b] = pair;
    return (contains(disruption.side_a, a) && contains(disruption.side_b, b)) ||
           (contains(disruption.side_a, b) && contains(disruption.side_b, a));
}
bool touches(const Shock& shock, const Pair& pair) {
    const auto named = [&](const std::string& actor) {
        return contains(shock.initiators, actor) || contains(shock.targets, actor) ||
               contains(shock.third_parties, actor);
    };
    return named(pair.a) && named(pair.b);
}
bool occurred(const Engagement& engagement) {
    constexpr std::array<std::string_view, 3> kOccurred{"completed", "closed", "ongoing"};
    return std::find(kOccurred.begin(), kOccurred.end(), engagement.status) != kOccurred.end();
}
bool is_contact(const Engagement& engagement) {
    return engagement.category != "POL";
}
bool occurred_by(const Engagement& engagement, Day on) {
    return occurred(engagement) && engagement.held && engagement.held->from && *engagement.held->from <= on;
}

}  // namespace entente::measures
