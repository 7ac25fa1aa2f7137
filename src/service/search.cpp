#include "service/search.h"

#include <algorithm>
#include <regex>
#include <set>

#include <fmt/format.h>

#include "domain/date_span.h"
#include "identity/fold.h"
#include "service/describe.h"
#include "service/find.h"
#include "service/record_json.h"

namespace entente::service {
namespace {

constexpr const char* kTypes[]{
    "engagement", "disruption", "channel", "agreement", "document", "source", "shock"};
constexpr std::size_t kMostTies = 5, kMostCalled = 3;

struct Actor {
    std::string id, code, name;
    std::vector<std::string> folded;  ///< its names
};

std::string folded(std::string_view text) {
    return identity::fold_name(text).compare;
}

std::string trimmed(std::string text) {
    const auto begin = text.find_first_not_of(" \t");
    if (begin == std::string::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

/// How well an actor is meant by words; nothing: not at all.
std::optional<int> rank(const Actor& actor, const std::string& asked) {
    const auto code = folded(actor.code);
    if (code == asked) return 0;
    const auto any = [&](const auto& fits) { return std::ranges::any_of(actor.folded, fits); };
    if (any([&](const auto& name) { return name == asked; })) return 1;
    if (code.starts_with(asked)) return 2;
    if (any([&](const auto& name) { return name.starts_with(asked); })) return 3;
    if (any([&](const auto& name) { return name.contains(" " + asked); })) return 4;
    if (asked.size() >= 3 && any([&](const auto& name) { return name.contains(asked); })) return 5;
    return {};
}

Result<std::vector<Actor>> actors_of(ledger::RecordView& view) {
    std::vector<Actor> out;
    ENTENTE_RETURN_IF_ERROR(view.each_current("actor", [&](const ledger::Revision& record) -> Result<void> {
        const auto code = text_at(record.content, "code");
        const auto name = text_at(record.content, "name");
        if (code.empty()) return {};
        Actor actor{record.rec, code, name, {folded(name)}};
        if (const auto* aliases = record.content.if_contains("aliases"); aliases && aliases->is_array())
            for (const auto& alias : aliases->get_array())
                if (alias.is_string()) actor.folded.push_back(folded(alias.get_string()));
        out.push_back(std::move(actor));
        return {};
    }));
    std::ranges::sort(out, {}, &Actor::code);
    return out;
}

/// Actors that words mean, the best first: by name and code, and those that were named beside.
std::vector<const Actor*> meant(
    const std::vector<Actor>& all, const std::string& words, const std::vector<std::string>& named
) {
    const auto asked = folded(words);
    std::vector<std::pair<int, const Actor*>> found;
    for (const auto& actor : all) {
        auto fits = asked.empty() ? std::nullopt : rank(actor, asked);
        if (std::ranges::find(named, actor.code) != named.end()) fits = std::min(fits.value_or(1), 1);
        if (fits) found.emplace_back(*fits, &actor);
    }
    std::ranges::stable_sort(found, {}, &std::pair<int, const Actor*>::first);
    std::vector<const Actor*> out;
    for (const auto& [fits, actor] : found) out.push_back(actor);
    return out;
}

/// "chn 2022-2024": the words, and the years behind them.
struct Asked {
    std::string words, from, to;
};
Asked split_years(const std::string& typed) {
    static const std::regex years(R"(^(.*?)\s+((?:19|20)\d\d)(?:\s*(?:-|–)\s*((?:19|20)\d\d))?$)");
    std::smatch found;
    if (!std::regex_match(typed, found, years)) return {typed, {}, {}};
    return {trimmed(found[1].str()), found[2].str(), found[3].matched ? found[3].str() : found[2].str()};
}

json::object tie_json(const Actor& a, const Actor& b, const Asked& asked) {
    json::object out{
        {"title", fmt::format("{} – {}", a.code, b.name)}, {"detail", b.code}, {"a", a.code}, {"b", b.code}};
    std::string href = fmt::format("/r/{}/{}", a.code, b.code);
    if (!asked.from.empty()) {
        out["from"] = asked.from + "-01-01", out["to"] = asked.to + "-12-31";
        href += fmt::format("?span={}-01-01,{}-12-31", asked.from, asked.to);
        out["detail"] = asked.from == asked.to ? asked.from : asked.from + "–" + asked.to;
    }
    out["href"] = href;
    return out;
}

json::array ties_json(
    const std::vector<Actor>& actors, const SearchRequest& request, const std::string& typed
) {
    const auto asked = split_years(typed);
    const auto most = std::min(request.limit, kMostTies);
    json::array out;
    // Two: "USA CHN", "usa-china".
    if (const auto gap = asked.words.find_first_of(" -"); gap == 3) {
        const auto first = meant(actors, asked.words.substr(0, gap), {});
        const auto rest = asked.words.find_first_not_of(" -", gap);
        if (!first.empty() && folded(first.front()->code) == folded(asked.words.substr(0, gap)) &&
            rest != std::string::npos)
            for (const auto* second : meant(actors, asked.words.substr(rest), request.actors))
                if (second != first.front() && out.size() < most)
                    out.push_back(tie_json(*first.front(), *second, asked));
        if (!out.empty()) return out;
    }
    const auto home = std::ranges::find(actors, request.home, &Actor::id);
    if (home == actors.end()) return out;
    for (const auto* other : meant(actors, asked.words, request.actors))
        if (other != &*home && out.size() < most) out.push_back(tie_json(*home, *other, asked));
    return out;
}

json::object record_item(Describer& describe, const domain::Schema& schema, const ledger::Revision& record) {
    const auto line = record_line_json(describe, schema, record, {});
    const auto handle = text_at(line, "handle"), title = text_at(line, "title"), when = text_at(line, "when");
    return {
        {"title", title.empty() ? handle : title},
        {"detail", handle.empty() || when.empty() ? handle + when : handle + " · " + when},
        {"id", record.rec},
        {"type", record.type},
        {"handle", handle},
        {"when", when},
        {"href", "/records/" + record.rec}};
}

bool one_word(const std::string& text) {
    return text.size() >= 3 && std::ranges::all_of(text, [](unsigned char c) {
               return c >= 0x80 || std::isalnum(c) || c == '_' || c == '-';
           });
}

struct Records {
    json::array items;
    std::size_t total = 0;
    std::string not_understood;
};

Result<Records> records_of(
    ledger::RecordView& view, const domain::Schema& schema, const SearchRequest& request, std::string typed
) {
    Records out;
    Describer describe(view, schema);
    const bool people = typed.starts_with('@');
    if (people || typed.starts_with('#')) typed = trimmed(typed.substr(1));
    if (typed.size() < 2) return out;
    std::set<std::string> called;
    if (!people && one_word(typed)) {
        ENTENTE_ASSIGN_OR_RETURN(const auto found, view.resolve({}, typed));
        for (const auto& [id, type] : found) {
            if (type == "actor" || called.size() == std::min(kMostCalled, request.limit)) continue;
            ENTENTE_ASSIGN_OR_RETURN(const auto record, view.current(id));
            if (!record) continue;
            called.insert(id);
            out.items.push_back(record_item(describe, schema, *record));
        }
    }
    FindRequest find;
    if (people)
        find.types = {"engagement"}, find.text = "people:" + typed + "*";
    else {
        find.types.assign(std::begin(kTypes), std::end(kTypes));
        find.text = typed.find_first_of("\"*") == std::string::npos ? typed + "*" : typed;
    }
    auto query = make_query(view, schema, find);
    if (query) query->limit = request.limit;
    const auto page = query ? view.list(*query) : Result<ledger::RecordPage>(std::unexpected(query.error()));
    if (!page) {
        if (page.error().code != ErrorCode::invalid_argument) return std::unexpected(page.error());
        out.not_understood = page.error().message;
        out.total = out.items.size();
        return out;
    }
    std::size_t both = 0;
    for (const auto& record : page->records) {
        if (called.contains(record.rec)) {
            ++both;
            continue;
        }
        if (out.items.size() < request.limit) out.items.push_back(record_item(describe, schema, record));
    }
    out.total = page->total + called.size() - both;
    return out;
}

json::array dates_json(const SearchRequest& request, const std::string& typed) {
    auto span = domain::DateSpan::parse(request.day.empty() ? typed : request.day);
    if (!span || !span->from || *span->from > request.today) return {};
    const bool day = span->precision == domain::Precision::day;
    if (!day && (span->precision != domain::Precision::month && span->precision != domain::Precision::year))
        return {};
    const auto from = to_iso(*span->from), to = to_iso(span->to.value_or(*span->from));
    json::object out{{"title", span->to_words()}, {"detail", span->to_text()}, {"from", from}, {"to", to}};
    out["href"] = day ? "/?on=" + from : fmt::format("/engagements?since={}&until={}", from, to);
    return {std::move(out)};
}

}  // namespace

Result<json::object> search(
    ledger::RecordView& view, const domain::Schema& schema, const SearchRequest& request
) {
    const auto typed = trimmed(request.words);
    const bool records_only = typed.starts_with('@') || typed.starts_with('#') || typed.starts_with('"');
    json::array groups;
    const auto add = [&](const char* kind, json::array items, std::size_t total) {
        if (!items.empty())
            groups.push_back(json::object{{"kind", kind}, {"items", std::move(items)}, {"total", total}});
    };
    if (!records_only && (!typed.empty() || !request.actors.empty())) {
        ENTENTE_ASSIGN_OR_RETURN(const auto actors, actors_of(view));
        auto ties = ties_json(actors, request, typed);
        const auto many = ties.size();
        add("tie", std::move(ties), many);
        auto dates = dates_json(request, typed);
        const auto days = dates.size();
        add("date", std::move(dates), days);
    }
    ENTENTE_ASSIGN_OR_RETURN(auto records, records_of(view, schema, request, typed));
    add("record", std::move(records.items), records.total);
    json::object out{{"q", request.words}, {"groups", std::move(groups)}};
    if (!records.not_understood.empty()) out["not_understood"] = records.not_understood;
    return out;
}

}  // namespace entente::service
