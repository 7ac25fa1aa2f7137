// Small builders for the tests of this folder: facts as a person would write them down.
#pragma once

#include <string>
#include <vector>

#include "measures/facts.h"

namespace entente::measures::test {

inline Day day(const char* text) {
    return *parse_iso_day(text);
}
inline domain::DateSpan date(const char* text) {
    return *domain::DateSpan::parse(text);
}
/// An empty text is an unknown date.
inline StatedDate stated(const std::string& text) {
    if (text.empty()) return {std::nullopt, domain::Empty::unknown};
    return {date(text.c_str()), std::nullopt};
}
inline const Pair kPair{"usa", "chn"};

inline Engagement engagement(
    std::string id,
    const char* held,
    std::string category = "DLG",
    std::string level = "",
    std::string channel = ""
) {
    Engagement out;
    out.evidence.id = std::move(id);
    out.category = std::move(category);
    out.held = stated(held);
    out.actors = {"usa", "chn"};
    out.level = std::move(level);
    out.channel = std::move(channel);
    out.status = "completed";
    return out;
}

inline Disruption outage(
    std::string id, const char* began, const char* ended, std::string cause, std::string stopped_by = "chn"
) {
    Disruption out;
    out.evidence.id = std::move(id);
    out.side_a = {"usa"};
    out.side_b = {"chn"};
    out.began = date(began);
    out.ended = stated(ended);
    out.stopped_by = {std::move(stopped_by)};
    out.scope_class = "family";
    out.stated_cause = std::move(cause);
    return out;
}

inline Shock shock(std::string id, const char* on, std::string initiator = "usa") {
    Shock out;
    out.evidence.id = std::move(id);
    out.kind = "arms_sale";
    out.on = date(on);
    out.initiators = {std::move(initiator)};
    out.targets = {"twn", "usa"};
    out.third_parties = {"chn"};
    return out;
}

inline Coverage coverage(
    std::string id, std::string kind, std::vector<std::string> parties, const char* covers
) {
    Coverage out;
    out.evidence.id = std::move(id);
    out.kind = std::move(kind);
    out.parties = std::move(parties);
    out.record_types = {"engagement"};
    out.covers = date(covers);
    return out;
}

}  // namespace entente::measures::test
