#include "public_record/state_codes.h"

#include <fmt/format.h>

#include "base/csv.h"
#include "ingest/actor_table.h"
#include "ingest/embedded_tables.h"
#include "public_record/named_rows.h"

namespace entente::public_record {
namespace {

std::string key(std::string_view scheme, std::string_view code) {
    return fmt::format("{} {}", scheme, code);
}

}  // namespace

std::string slug_of(std::string_view name) {
    std::string out;
    bool gap = false;
    for (std::size_t i = 0; i < name.size(); ++i) {
        char c = name[i];
        if (c == '.' || c == '\'') continue;
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        std::string_view letters(&c, 1);
        if (c == '&') letters = "and";
        if (c != '&' && (c < 'a' || c > 'z')) {
            gap = true;
            continue;
        }
        if (gap && !out.empty()) out += '-';
        gap = false;
        out += letters;
    }
    return out;
}

Result<StateCodes> StateCodes::read(
    const std::filesystem::path& codelist, const std::filesystem::path& exceptions
) {
    StateCodes out;
    ENTENTE_ASSIGN_OR_RETURN(
        const auto states, read_named(codelist, {"country.name.en", "iso3c", "cown", "gwn"})
    );
    for (std::size_t i = 0; i < states.size(); ++i) {
        const auto& iso3 = states.cell(i, "iso3c");
        if (iso3.empty()) continue;
        if (const auto& cow = states.cell(i, "cown"); !cow.empty()) out.codes_.emplace(key("cow", cow), iso3);
        if (const auto& gw = states.cell(i, "gwn"); !gw.empty()) out.codes_.emplace(key("gw", gw), iso3);
        out.codes_.emplace(key("slug", slug_of(states.cell(i, "country.name.en"))), iso3);
    }
    const auto actors = parse_csv(ingest::embedded_table("actors.csv"));
    if (!actors) return std::unexpected(actors.error());
    for (const auto& row : actors->rows) {
        const auto& code = row.cells.at(0);
        out.codes_.emplace(key("iso3", code), code);
        std::vector<std::string> names{row.cells.at(2), row.cells.at(3)};
        for (auto& alias : pieces(row.cells.at(4), ';')) names.push_back(std::move(alias));
        for (const auto& name : names)
            if (!name.empty()) out.codes_.emplace(key("slug", slug_of(name)), code);
    }
    ENTENTE_ASSIGN_OR_RETURN(
        const auto rules, read_named(exceptions, {"scheme", "code", "actor", "since", "until", "reason"})
    );
    for (std::size_t i = 0; i < rules.size(); ++i)
        out.exceptions_.emplace(
            key(rules.cell(i, "scheme"), rules.cell(i, "code")),
            Exception{
                rules.cell(i, "actor"),
                rules.number(i, "since").value_or(0),
                rules.number(i, "until").value_or(9999)}
        );
    return out;
}

std::optional<std::string> StateCodes::known(std::string_view scheme, const std::string& code, int year)
    const {
    const auto wanted = key(scheme, code);
    const auto [first, last] = exceptions_.equal_range(wanted);
    for (auto rule = first; rule != last; ++rule)
        if (rule->second.since <= year && year <= rule->second.until)
            return rule->second.actor.empty() ? std::nullopt : std::optional(rule->second.actor);
    const auto found = codes_.find(wanted);
    if (found == codes_.end() || !ingest::find_actor(found->second)) return std::nullopt;
    return found->second;
}

std::optional<std::string> StateCodes::actor(std::string_view scheme, const std::string& code, int year) {
    auto found = known(scheme, code, year);
    if (!found) ++left_out_[key(scheme, code)];
    return found;
}

std::vector<std::string> StateCodes::left_out() const {
    std::vector<std::string> out;
    for (const auto& [code, times] : left_out_) out.push_back(fmt::format("{}: {}", code, times));
    return out;
}

}  // namespace entente::public_record
