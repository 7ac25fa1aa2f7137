#include "api/call.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "base/clock.h"
#include "domain/date_span.h"
#include "ingest/actor_table.h"

namespace entente::api {
namespace {

Result<std::uint64_t> number_of(const std::string& name, const std::string& typed) {
    std::uint64_t out = 0;
    const auto* end = typed.data() + typed.size();
    const auto [at, error] = std::from_chars(typed.data(), end, out);
    if (error != std::errc{} || at != end || out > (std::uint64_t{1} << 53))
        return fail(
            ErrorCode::invalid_argument, name, fmt::format("found '{}', expected a whole number", typed)
        );
    return out;
}

Result<Day> day_of_typed(const std::string& name, const std::string& typed) {
    ENTENTE_ASSIGN_OR_RETURN(const auto end, domain::end_of_typed_date(typed, name, false));
    if (!end) return today();
    if (calendar(*end).year < 1800 || calendar(*end).year > 9000)
        return fail(
            ErrorCode::invalid_argument,
            name,
            fmt::format("found '{}', expected a day of the years 1800 to 9000", typed)
        );
    return *end;
}

/// The parameter that asks on behalf of another nation.
constexpr std::string_view kAs = "as";

bool is_nation(const std::string& code) {
    return code.size() == 3 && std::ranges::all_of(code, [](char c) { return c >= 'A' && c <= 'Z'; });
}

bool is_on(const std::string& typed) {
    return typed == "1" || typed == "true";
}

Result<void> check_value(const Parameter& parameter, const std::string& typed) {
    switch (parameter.kind) {
        case Parameter::Kind::whole:
            if (auto number = number_of(parameter.name, typed); !number)
                return std::unexpected(std::move(number).error());
            return {};
        case Parameter::Kind::day:
            if (auto day = day_of_typed(parameter.name, typed); !day)
                return std::unexpected(std::move(day).error());
            return {};
        case Parameter::Kind::flag:
            if (is_on(typed) || typed == "0" || typed == "false") return {};
            return fail(
                ErrorCode::invalid_argument, parameter.name, fmt::format("found '{}', expected 1 or 0", typed)
            );
        case Parameter::Kind::one_of:
            if (std::ranges::find(parameter.values, typed) != parameter.values.end()) return {};
            return fail(
                ErrorCode::invalid_argument,
                parameter.name,
                fmt::format("found '{}', expected one of {}", typed, fmt::join(parameter.values, ", "))
            );
        case Parameter::Kind::nation:
            if (is_nation(typed)) return {};
            return fail(
                ErrorCode::invalid_argument,
                parameter.name,
                fmt::format("found '{}', expected the code of a nation, such as CHN", typed)
            );
        case Parameter::Kind::text:
        case Parameter::Kind::record:
        case Parameter::Kind::actor:
            return {};
    }
    return {};
}

}  // namespace

const Parameter* Call::parameter(std::string_view name) const {
    for (const auto& one : route_.parameters)
        if (one.name == name) return &one;
    return nullptr;
}

Result<void> Call::check() const {
    for (const auto& [name, value] : request_.query) {
        const auto* known = parameter(name);
        if (!known) {
            std::vector<std::string> names;
            for (const auto& one : route_.parameters) names.push_back(one.name);
            return fail(
                ErrorCode::invalid_argument,
                name,
                names.empty()
                    ? "found a parameter, expected none"
                    : fmt::format("found an unknown parameter, expected one of {}", fmt::join(names, ", "))
            );
        }
        if (!known->many &&
            std::ranges::count_if(request_.query, [&](const auto& one) { return one.first == name; }) > 1)
            return fail(ErrorCode::invalid_argument, name, "found twice, expected once");
        if (!value.empty()) ENTENTE_RETURN_IF_ERROR(check_value(*known, value));
    }
    const auto as = visitor_.nation.empty() ? text(kAs) : std::string();
    if (!as.empty() && std::ranges::none_of(ingest::all_actors(), [&](const auto& actor) {
            return actor.kind == "nation" && actor.code == as;
        }))
        return fail(
            ErrorCode::invalid_argument,
            std::string(kAs),
            fmt::format("found '{}', expected the code of a nation such as CHN", as)
        );
    if (on_behalf_of_another() && !text("as_of").empty())
        return fail(
            ErrorCode::invalid_argument,
            "as_of",
            "found beside 'as', expected one of them: entries are counted at home"
        );
    for (const auto& one : route_.parameters)
        if (one.required && text(one.name).empty())
            return fail(
                ErrorCode::invalid_argument, one.name, fmt::format("found nothing, expected: {}", one.help)
            );
    return {};
}

std::string Call::text(std::string_view name) const {
    for (const auto& [known, value] : match_.values)
        if (known == name) return value;
    for (const auto& [known, value] : request_.query)
        if (known == name) return value;
    return {};
}

std::string Call::idempotency_key() const {
    std::string key(request_.header("Idempotency-Key").value_or(""));
    if (key.empty() || visitor_.account_id.empty()) return key;
    return visitor_.account_id + " " + key;
}

std::vector<std::string> Call::texts(std::string_view name) const {
    std::vector<std::string> out;
    for (const auto& [known, value] : request_.query)
        if (known == name && !value.empty()) out.push_back(value);
    return out;
}

std::vector<std::string> Call::words(std::string_view name) const {
    std::vector<std::string> out;
    for (const auto& value : texts(name)) {
        std::size_t begin = 0;
        while (begin <= value.size()) {
            const auto end = std::min(value.find(',', begin), value.size());
            if (end > begin) out.push_back(value.substr(begin, end - begin));
            begin = end + 1;
        }
    }
    return out;
}

bool Call::flag(std::string_view name) const {
    return is_on(text(name));
}

Result<std::optional<std::uint64_t>> Call::whole(std::string_view name) const {
    const auto typed = text(name);
    if (typed.empty()) return std::nullopt;
    return number_of(std::string(name), typed);
}

Result<Day> Call::day(std::string_view name) const {
    return day_of_typed(std::string(name), text(name));
}

Result<json::object> Call::body() const {
    if (request_.body.empty()) return json::object{};
    ENTENTE_ASSIGN_OR_RETURN(auto value, parse_json(request_.body));
    if (!value.is_object()) return fail(ErrorCode::invalid_argument, "body", "found no object, expected one");
    return std::move(value.get_object());
}

Result<service::Node*> Call::node() {
    if (!reader_) {
        auto opened = work_.reader();
        if (!opened) return std::unexpected(std::move(opened).error());
        reader_.emplace(*std::move(opened));
    }
    return &**reader_;
}

Result<ledger::RecordView*> Call::view() {
    if (view_) return view_;
    ENTENTE_ASSIGN_OR_RETURN(const auto as_of, whole("as_of"));
    return view(as_of);
}

Result<ledger::RecordView*> Call::view(std::optional<std::uint64_t> as_of) {
    if (view_) return view_;
    ENTENTE_RETURN_IF_ERROR(node());
    ENTENTE_ASSIGN_OR_RETURN(view_, reader_->view(nation(), as_of));
    return view_;
}

Result<std::string> Call::known_at() {
    if (const auto partner = nation(); !partner.empty()) return "what " + partner + " would see";
    ENTENTE_ASSIGN_OR_RETURN(auto* const open, node());
    ENTENTE_ASSIGN_OR_RETURN(const auto standing, open->standing());
    ENTENTE_ASSIGN_OR_RETURN(const auto as_of, whole("as_of"));
    std::string out = "no checkpoint yet";
    if (standing.checkpoint) {
        out = fmt::format("checkpoint {} of {}", standing.checkpoint->size, standing.checkpoint->origin);
        if (standing.entries > standing.checkpoint->size)
            out += fmt::format(", {} entries beyond it", standing.entries - standing.checkpoint->size);
    }
    if (as_of) out += fmt::format(", as of entry {}", *as_of);
    return out;
}

bool Call::on_behalf_of_another() const {
    return !nation().empty();
}

std::string Call::nation() const {
    return visitor_.nation.empty() ? text(kAs) : visitor_.nation;
}

std::string Call::cursor_out(const std::string& cursor) const {
    return on_behalf_of_another() ? work_.sealed_cursor(cursor) : cursor;
}

Result<std::string> Call::cursor_in(std::string_view name) const {
    const auto typed = text(name);
    if (typed.empty() || !on_behalf_of_another()) return typed;
    if (auto opened = work_.opened_cursor(typed)) return *std::move(opened);
    return fail(
        ErrorCode::invalid_argument,
        std::string(name),
        "found no cursor of this list; begin it again without one"
    );
}

json::value Call::size_json(const ledger::RecordView& open) const {
    // How long the log is tells a partner of entries that it may not see.
    return on_behalf_of_another() ? json::value(nullptr) : json::value(open.as_of());
}

Result<std::string> Call::actor(std::string_view name) {
    ENTENTE_ASSIGN_OR_RETURN(auto* const open, view());
    auto found = service::make_resolver(*open, schema())({"actor"}, text(name));
    if (!found) found.error().field = name;
    return found;
}

Result<std::string> Call::record(std::string_view name) {
    ENTENTE_ASSIGN_OR_RETURN(auto* const open, view());
    const auto typed = text(name);
    auto found = service::make_resolver(*open, schema())({}, typed);
    if (found) return found;
    // A record that was retracted is still there to be read.
    if (const auto gone = open->resolve_any(typed); gone && gone->size() == 1) return gone->front().first;
    found.error().field = name;
    return found;
}

Result<std::string> Call::state_key() {
    ENTENTE_ASSIGN_OR_RETURN(auto* const open, view());
    ENTENTE_ASSIGN_OR_RETURN(const auto known, known_at());
    return fmt::format("{} {} {} ", open->as_of(), known, nation());
}

}  // namespace entente::api
