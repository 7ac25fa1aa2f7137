#include "http/response_head.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "http/characters.h"
#include "http/problem.h"

namespace entente::http {
namespace {

bool is_framing(std::string_view name) {
    static constexpr std::array<std::string_view, 6> kOurs{
        "Connection", "Content-Length", "Date", "Keep-Alive", "Transfer-Encoding", "Upgrade"};
    return std::ranges::any_of(kOurs, [&](std::string_view ours) { return same_name(ours, name); });
}

void add(std::string& out, std::string_view name, std::string_view value) {
    out.append(name).append(": ").append(value).append("\r\n");
}

}  // namespace

bool are_sound(const Fields& headers) {
    return std::ranges::all_of(headers, [](const auto& field) {
        return !field.first.empty() && std::ranges::all_of(field.first, is_token_character) &&
               std::ranges::all_of(field.second, is_value_character);
    });
}

bool is_bodiless(unsigned status) {
    return status < 200 || status == 204 || status == 304;
}

std::string response_head(const Response& response, const HeadFacts& facts) {
    std::string out;
    out.reserve(512);
    out += fmt::format(
        "HTTP/1.{} {} {}\r\n", facts.http11 ? 1 : 0, response.status, reason_phrase(response.status)
    );
    add(out, "Date", facts.date);
    for (const auto& [name, value] : response.headers)
        if (!is_framing(name)) add(out, name, value);
    const auto has = [&](std::string_view name) {
        return std::ranges::any_of(response.headers, [&](const auto& each) {
            return same_name(each.first, name);
        });
    };
    if (facts.extra)
        for (const auto& [name, value] : *facts.extra)
            if (!has(name)) add(out, name, value);
    if (!is_bodiless(response.status)) {
        if (facts.framing == Framing::length)
            add(out, "Content-Length", std::to_string(response.body.size()));
        if (facts.framing == Framing::chunked) add(out, "Transfer-Encoding", "chunked");
    }
    if (!facts.keep_alive)
        add(out, "Connection", "close");
    else if (!facts.http11)
        add(out, "Connection", "keep-alive");
    return out += "\r\n";
}

std::string http_date(std::chrono::sys_seconds at) {
    static constexpr std::array<std::string_view, 7> kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr std::array<std::string_view, 12> kMonths{
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss time(at - day);
    return fmt::format(
        "{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT",
        kDays[std::chrono::weekday(day).c_encoding()],
        static_cast<unsigned>(date.day()),
        kMonths[static_cast<unsigned>(date.month()) - 1],
        static_cast<int>(date.year()),
        time.hours().count(),
        time.minutes().count(),
        time.seconds().count()
    );
}

}  // namespace entente::http
