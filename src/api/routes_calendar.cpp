// Engagements as a calendar that other programs can follow (RFC 5545).
#include <fmt/format.h>

#include "api/call.h"
#include "api/common_parameters.h"
#include "domain/date_span.h"
#include "service/describe.h"
#include "service/find.h"

namespace entente::api {
namespace {

constexpr std::size_t kMostEvents = 5000;
constexpr std::size_t kLongestLine = 75;

std::string escaped(const std::string& text) {
    std::string out;
    for (const char c : text) {
        if (c == '\n') {
            out += "\\n";
            continue;
        }
        if (c == '\\' || c == ';' || c == ',') out += '\\';
        if (static_cast<unsigned char>(c) >= 0x20) out += c;
    }
    return out;
}

/// A line, folded where it is too long, never inside a letter.
std::string folded(const std::string& line) {
    std::string out;
    std::size_t width = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const bool begins_letter = (static_cast<unsigned char>(line[i]) & 0xC0U) != 0x80U;
        // Four bytes are the longest letter.
        if (begins_letter && width + 4 > kLongestLine) out += "\r\n ", width = 1;
        out += line[i], ++width;
    }
    return out + "\r\n";
}

std::string compact(Day day) {
    const auto date = calendar(day);
    return fmt::format("{:04}{:02}{:02}", date.year, date.month, date.day);
}

/// When it is or was, or is planned for; nothing where neither end is known.
std::optional<domain::DateSpan> days_of(const domain::Content& content) {
    for (const char* name : {"held", "planned"}) {
        const auto* value = content.if_contains(name);
        const auto span = value ? domain::DateSpan::from_json(*value) : fail(ErrorCode::not_found, name, "");
        if (span && span->from && span->to) return *span;
    }
    return {};
}

const char* status_of(const std::string& status) {
    if (status == "cancelled" || status == "refused") return "CANCELLED";
    return status != "confirmed" && status != "ongoing" && status != "completed" && status != "closed"
               ? "TENTATIVE"
               : "CONFIRMED";
}

std::string event_of(
    service::Describer& describe, const ledger::Revision& record, const domain::DateSpan& days
) {
    // A date that is not known to the day is no appointment on every one of its days: it says so.
    const bool exact = days.precision == domain::Precision::day || days.precision == domain::Precision::range;
    std::string out = "BEGIN:VEVENT\r\n";
    out += folded("UID:" + record.rec + "@entente");
    std::string stamp;
    for (const char c : record.t.substr(0, 19))
        if (c != '-' && c != ':') stamp += c;
    out += folded("DTSTAMP:" + stamp + "Z");
    out += folded("DTSTART;VALUE=DATE:" + compact(*days.from));
    out += folded("DTEND;VALUE=DATE:" + compact((exact ? *days.to : *days.from) + 1));
    out += folded("SUMMARY:" + escaped(describe.title(record)));
    if (!exact) out += folded("DESCRIPTION:" + escaped("The day is not known: " + days.to_words()));
    out += folded(std::string("STATUS:") + status_of(text_at(record.content, "status")));
    out += folded(fmt::format("SEQUENCE:{}", record.number > 0 ? record.number - 1 : 0));
    return out + "END:VEVENT\r\n";
}

Result<Reply> follow(Call& call) {
    service::FindRequest request;
    request.types = {"engagement"};
    request.actors = call.words("pair");
    for (auto& actor : call.words("actor")) request.actors.push_back(std::move(actor));
    request.where = call.texts("where");
    request.since = call.text("since"), request.until = call.text("until"), request.text = call.text("text");
    ENTENTE_ASSIGN_OR_RETURN(auto* const view, call.view());
    ENTENTE_ASSIGN_OR_RETURN(auto query, service::make_query(*view, call.schema(), request));
    query.limit = kMostEvents;
    service::Describer describe(*view, call.schema());
    std::string out =
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Entente//Engagements//EN\r\nCALSCALE:GREGORIAN\r\n";
    out += "X-WR-CALNAME:Engagements\r\n";
    ENTENTE_RETURN_IF_ERROR(view->each(query, [&](const ledger::Revision& record) -> Result<void> {
        if (const auto days = days_of(record.content)) out += event_of(describe, record, *days);
        return {};
    }));
    return bytes_reply("text/calendar; charset=utf-8", out + "END:VCALENDAR\r\n", "engagements.ics");
}

}  // namespace

void add_calendar_routes(Routes& out) {
    Route route{
        .method = "GET",
        .path = "/api/calendar.ics",
        .name = "followCalendar",
        .command = "list",
        .summary = "Engagements as a calendar for other programs; at most 5,000, the newest first",
        .parameters = conditions(),
        .forms = {"text/calendar"},
        .answer = follow};
    route.parameters.push_back(as_of());
    out.push_back(std::move(route));
}

}  // namespace entente::api
