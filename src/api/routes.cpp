#include "api/route.h"

#include <algorithm>

namespace entente::api {
namespace {

std::vector<std::string_view> parts_of(std::string_view path) {
    std::vector<std::string_view> out;
    while (!path.empty()) {
        path.remove_prefix(1);
        const auto end = std::min(path.find('/'), path.size());
        out.push_back(path.substr(0, end));
        path.remove_prefix(end);
    }
    return out;
}

bool is_value(std::string_view part) {
    return part.starts_with('{');
}

}  // namespace

std::vector<std::string> commands_of(const Route& route) {
    constexpr std::string_view kBetween = "; ";
    std::vector<std::string> out;
    for (std::string_view rest = route.command; !rest.empty();) {
        const auto end = std::min(rest.find(kBetween), rest.size());
        out.emplace_back(rest.substr(0, end));
        rest.remove_prefix(std::min(end + kBetween.size(), rest.size()));
    }
    return out;
}

const Routes& all_routes() {
    static const Routes routes = [] {
        Routes out;
        add_session_routes(out);
        add_relationship_routes(out);
        add_measure_routes(out);
        add_find_routes(out);
        add_search_routes(out);
        add_record_routes(out);
        add_write_routes(out);
        add_name_routes(out);
        add_log_routes(out);
        add_checkpoint_routes(out);
        add_import_routes(out);
        add_report_routes(out);
        add_fit_routes(out);
        add_export_routes(out);
        add_document_routes(out);
        add_calendar_routes(out);
        add_check_routes(out);
        add_reconcile_routes(out);
        add_declaration_routes(out);
        add_account_routes(out);
        add_own_account_routes(out);
        add_access_log_routes(out);
        add_health_routes(out);
        for (auto& route : out) {
            if (!route.list.empty()) {
                route.parameters.push_back(
                    {"format",
                     Parameter::Kind::one_of,
                     "The list as a file, a row an item",
                     false,
                     false,
                     {"json", "csv", "ndjson", "xlsx"}}
                );
                route.forms = {
                    "text/csv",
                    "application/x-ndjson",
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"};
            }
            const bool reads_the_record =
                std::ranges::any_of(route.parameters, [](const auto& one) { return one.name == "as_of"; });
            if (reads_the_record)
                route.parameters.push_back(
                    {"as",
                     Parameter::Kind::nation,
                     "As this nation would see it, by the labels that records carry"}
                );
        }
        return out;
    }();
    return routes;
}

Match match(const Routes& routes, std::string_view method, std::string_view path) {
    Match out;
    if (!path.starts_with('/')) return out;
    const auto asked = parts_of(path);
    std::size_t fixed = 0;  // of two that fit the one with more fixed parts is meant
    for (const auto& route : routes) {
        const auto declared = parts_of(route.path);
        if (declared.size() != asked.size()) continue;
        std::vector<std::pair<std::string, std::string>> values;
        bool fits = true;
        std::size_t same = 0;
        for (std::size_t i = 0; fits && i < asked.size(); ++i) {
            if (is_value(declared[i])) {
                fits = !asked[i].empty();
                values.emplace_back(declared[i].substr(1, declared[i].size() - 2), asked[i]);
            } else {
                fits = declared[i] == asked[i];
                ++same;
            }
        }
        if (!fits) continue;
        if (route.method != method) {
            if (out.allow.find(route.method) == std::string::npos)
                out.allow += (out.allow.empty() ? "" : ", ") + route.method;
            continue;
        }
        if (out.route && same <= fixed) continue;
        fixed = same, out.route = &route, out.values = std::move(values);
    }
    return out;
}

}  // namespace entente::api
