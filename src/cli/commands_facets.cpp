#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "base/csv.h"
#include "cli/commands.h"
#include "service/describe.h"
#include "service/find.h"
#include "service/find_filter.h"
#include "service/table_out.h"

namespace entente::cli {
namespace {

using ledger::FacetPage;
using ledger::FacetRow;
using ledger::Sums;

constexpr std::size_t kTop = 20;

// One field's counts and how to say them.
struct Facet {
    std::string name;
    const domain::Field* field;
    FacetPage page;
};

// For people: thousands apart, no zeros at the end of a fraction.
std::string grouped(std::string number) {
    if (number.find('.') != std::string::npos) {
        number.erase(number.find_last_not_of('0') + 1);
        if (number.ends_with('.')) number.pop_back();
    }
    const auto point = number.find('.');
    const std::size_t first = number.starts_with('-') ? 1 : 0;
    for (auto at = point == std::string::npos ? number.size() : point; at > first + 3;) {
        at -= 3;
        number.insert(at, ",");
    }
    return number;
}

std::string sum_words(const Sums& sums) {
    std::string out;
    for (const auto& [currency, sum] : sums)
        out += (out.empty() ? "" : "; ") + grouped(sum) + (currency.empty() ? "" : " " + currency);
    return out;
}

std::string words_of_empty(const std::string& reason) {
    std::string out = reason;
    std::replace(out.begin(), out.end(), '_', ' ');
    return out == "left out" ? "left out (not asked)" : out;
}

class FacetPrinter {
public:
    FacetPrinter(const Session& session, ledger::RecordView& view, const FacetOptions& options)
        : session_(session), describe_(view, session.schema), options_(options) {}

    // A code, a handle: what a filter takes.
    std::string plain(const Facet& facet, const FacetRow& row) {
        return facet.field->type == domain::FieldType::reference ? describe_.handle_of(row.value) : row.value;
    }
    std::string name(const Facet& facet, const FacetRow& row) {
        if (facet.field->type == domain::FieldType::reference) return describe_.name_of(row.value);
        if (facet.field->type == domain::FieldType::code)
            return session_.schema.name_of(facet.field->list, row.value);
        return row.value;
    }

    json::object as_json(const Facet& facet) {
        const auto row_json = [&](const FacetRow& row, std::string value) {
            json::object out{{"value", value}};
            if (options_.by == "year") out["year"] = row.year ? json::value(*row.year) : json::value(nullptr);
            out["records"] = row.records;
            add_sums(out, row.sums, row.with_sum);
            return out;
        };
        json::array values, empty;
        for (const auto& row : facet.page.rows) {
            auto out = row_json(row, plain(facet, row));
            if (const auto words = name(facet, row); words != row.value) out["name"] = words;
            values.push_back(std::move(out));
        }
        for (const auto& row : facet.page.empty) empty.push_back(row_json(row, row.value));
        json::object out{
            {"field", facet.name}, {"records", facet.page.records}, {"with_value", facet.page.with_value}};
        add_sums(out, facet.page.sums, facet.page.with_sum);
        out["values"] = std::move(values), out["without"] = std::move(empty);
        return out;
    }

    // Columns of the table forms: one for the sum of each currency.
    std::vector<service::TableColumn> columns(const std::vector<Facet>& facets) {
        using service::ColumnKind;
        std::vector<service::TableColumn> out{{"field"}, {"value"}, {"name"}, {"none"}};
        if (options_.by == "year") out.push_back({"year", ColumnKind::whole});
        out.push_back({"records", ColumnKind::whole});
        if (options_.sum.empty()) return out;
        out.push_back({"with_" + options_.sum, ColumnKind::whole});
        currencies_.clear();
        for (const auto& facet : facets)
            for (const auto* rows : {&facet.page.rows, &facet.page.empty})
                for (const auto& row : *rows)
                    for (const auto& [currency, sum] : row.sums) currencies_.insert(currency);
        for (const auto& currency : currencies_)
            out.push_back({options_.sum + (currency.empty() ? "" : "." + currency), ColumnKind::decimal});
        return out;
    }
    std::vector<service::TableRow> rows(const Facet& facet) {
        std::vector<service::TableRow> out;
        const auto add = [&](const FacetRow& row, bool empty) {
            service::TableRow cells{facet.name};
            cells.push_back(empty ? std::nullopt : std::optional(plain(facet, row)));
            cells.push_back(empty ? std::nullopt : std::optional(name(facet, row)));
            cells.push_back(empty ? std::optional(row.value) : std::nullopt);
            if (options_.by == "year")
                cells.push_back(row.year ? std::optional(std::to_string(*row.year)) : std::nullopt);
            cells.push_back(std::to_string(row.records));
            if (!options_.sum.empty()) cells.push_back(std::to_string(row.with_sum));
            for (const auto& currency : currencies_) {
                const auto found = row.sums.find(currency);
                cells.push_back(found == row.sums.end() ? std::nullopt : std::optional(found->second));
            }
            out.push_back(std::move(cells));
        };
        for (const auto& row : facet.page.rows) add(row, false);
        for (const auto& row : facet.page.empty) add(row, true);
        return out;
    }

    std::string text(const Facet& facet) { return options_.by == "year" ? by_year(facet) : by_value(facet); }

private:
    void add_sums(json::object& out, const Sums& sums, std::size_t with) const {
        if (options_.sum.empty()) return;
        json::object values;
        for (const auto& [currency, sum] : sums) values[currency.empty() ? "sum" : currency] = sum;
        out["with_" + options_.sum] = with;
        out[options_.sum] = std::move(values);
    }

    std::size_t shown_rows(std::size_t all) const {
        if (options_.all) return all;
        return std::min(all, options_.top.value_or(kTop));
    }

    std::string heading(const Facet& facet, std::size_t values) const {
        std::string out = fmt::format(
            "{}: {} value{} in {} of {} record{}",
            facet.name,
            grouped(std::to_string(values)),
            values == 1 ? "" : "s",
            grouped(std::to_string(facet.page.with_value)),
            grouped(std::to_string(facet.page.records)),
            facet.page.records == 1 ? "" : "s"
        );
        if (!options_.sum.empty())
            out += fmt::format(
                "; {} {}", options_.sum, facet.page.sums.empty() ? "on no record" : sum_words(facet.page.sums)
            );
        return out + "\n";
    }

    std::vector<Column> value_columns(const Facet& facet) const {
        std::vector<Column> out{{facet.name, Align::left, 0, 20}, {"records", Align::right}};
        if (!options_.sum.empty())
            out.push_back({options_.sum, Align::right}), out.push_back({"without it", Align::right, 1});
        return out;
    }
    Row value_row(std::string words, const FacetRow& row, Tone tone = Tone::plain) const {
        Row out{
            {isolated(harmless(words), session_.style), grouped(std::to_string(row.records))}, tone, false};
        if (!options_.sum.empty()) {
            out.cells.push_back(sum_words(row.sums));
            const auto without = row.records - row.with_sum;
            out.cells.push_back(without ? grouped(std::to_string(without)) : "");
        }
        return out;
    }
    std::string words(const Facet& facet, const FacetRow& row) {
        const auto said = name(facet, row), typed = plain(facet, row);
        return said == typed || facet.field->type == domain::FieldType::reference
                   ? said
                   : fmt::format("{} ({})", said, typed);
    }

    // What is not shown, said. Where a record may stand under several values they cannot be added up.
    Row rest_row(const Facet& facet, std::size_t shown) const {
        const auto& all = facet.page.rows;
        const std::string more =
            fmt::format("{} more value{}", all.size() - shown, all.size() - shown == 1 ? "" : "s");
        std::size_t records = 0, counted = 0;
        for (std::size_t i = 0; i < all.size(); ++i) {
            counted += all[i].records;
            if (i >= shown) records += all[i].records;
        }
        Row rest{{more, grouped(std::to_string(records))}, Tone::dim, false};
        if (counted != facet.page.with_value)
            rest.cells = {fmt::format("{}, {} or fewer each", more, all[shown].records), ""};
        rest.cells.resize(value_columns(facet).size());
        return rest;
    }

    std::string by_value(const Facet& facet) {
        const auto& all = facet.page.rows;
        const auto shown = shown_rows(all.size());
        std::vector<Row> rows;
        for (std::size_t i = 0; i < shown; ++i) rows.push_back(value_row(words(facet, all[i]), all[i]));
        if (shown < all.size()) rows.push_back(rest_row(facet, shown));
        for (const auto& row : facet.page.empty)
            rows.push_back(value_row(words_of_empty(row.value), row, Tone::dim));
        return heading(facet, all.size()) + lay_out(value_columns(facet), rows, false, session_.style).text;
    }

    // Values down, years across; the earliest years go first where there is no room.
    std::string by_year(const Facet& facet) {
        std::map<std::string, std::map<int, const FacetRow*>> cells;
        std::map<std::string, std::size_t> totals;
        std::set<int> years;
        std::vector<std::pair<std::string, bool>> order;  // value, and whether it is none
        constexpr int kNoDay = 9999;
        const auto take = [&](const FacetRow& row, bool empty) {
            const std::string key = (empty ? "-" : "+") + row.value;
            const int year = row.year.value_or(kNoDay);
            if (!totals.contains(key)) order.emplace_back(key, empty);
            cells[key][year] = &row;
            totals[key] += row.records;
            years.insert(year);
        };
        for (const auto& row : facet.page.rows) take(row, false);
        const auto values = order.size();
        for (const auto& row : facet.page.empty) take(row, true);
        std::stable_sort(
            order.begin(),
            order.begin() + static_cast<std::ptrdiff_t>(values),
            [&](const auto& a, const auto& b) { return totals[a.first] > totals[b.first]; }
        );
        std::vector<Column> columns{{facet.name, Align::left, 0, 16}, {"records", Align::right}};
        int drop = static_cast<int>(years.size());
        for (const int year : years)
            columns.push_back({year == kNoDay ? "no day" : std::to_string(year), Align::right, drop--});
        std::vector<Row> rows;
        const auto shown = shown_rows(values);
        for (std::size_t i = 0; i < order.size(); ++i) {
            const auto& [key, empty] = order[i];
            if (!empty && i >= shown) continue;
            const auto& first = *cells[key].begin()->second;
            Row row{
                {isolated(
                     harmless(empty ? words_of_empty(first.value) : words(facet, first)), session_.style
                 ),
                 grouped(std::to_string(totals[key]))},
                empty ? Tone::dim : Tone::plain,
                false};
            for (const int year : years) {
                const auto found = cells[key].find(year);
                row.cells.push_back(
                    found == cells[key].end() ? std::string(session_.style.dot())
                    : options_.sum.empty()    ? grouped(std::to_string(found->second->records))
                                              : sum_words(found->second->sums)
                );
            }
            rows.push_back(std::move(row));
        }
        const auto table = lay_out(columns, rows, false, session_.style);
        std::string out = heading(facet, values) + table.text;
        if (shown < values) out += fmt::format("{} more values; --all shows them\n", values - shown);
        if (!table.dropped.empty())
            out += fmt::format("Not shown: {}; --wide shows all\n", fmt::join(table.dropped, ", "));
        return out;
    }

    const Session& session_;
    service::Describer describe_;
    const FacetOptions& options_;
    std::set<std::string> currencies_;
};

Result<void> write_tables(
    FacetPrinter& printer, const std::vector<Facet>& facets, const FacetOptions& options
) {
    const auto columns = printer.columns(facets);
    std::unique_ptr<service::TableSink> sink;
    if (!options.xlsx.empty()) {
        ENTENTE_ASSIGN_OR_RETURN(sink, service::open_xlsx(options.xlsx, "facets", columns));
    } else if (!options.parquet.empty()) {
        ENTENTE_ASSIGN_OR_RETURN(sink, service::open_parquet(options.parquet, columns));
    } else {
        std::vector<std::string> names;
        for (const auto& column : columns) names.push_back(column.name);
        print(csv_line(names));
    }
    for (const auto& facet : facets)
        for (const auto& row : printer.rows(facet)) {
            if (sink) {
                ENTENTE_RETURN_IF_ERROR(sink->add(row));
                continue;
            }
            std::vector<std::string> cells;
            for (const auto& cell : row) cells.push_back(cell.value_or(""));
            print(csv_line(cells));
        }
    if (!sink) return {};
    ENTENTE_RETURN_IF_ERROR(sink->finish());
    say(fmt::format("Written to {}.\n", options.xlsx.empty() ? options.parquet : options.xlsx));
    return {};
}

Result<std::vector<Facet>> count(
    const Session& session, ledger::RecordView& view, const FacetOptions& options
) {
    service::FindRequest request;
    request.types = {options.words.front()};
    request.actors = options.pair;
    if (!options.actor.empty()) request.actors.push_back(options.actor);
    request.where = options.where, request.since = options.since, request.until = options.until;
    request.text = options.text;
    ledger::FacetQuery query;
    ENTENTE_ASSIGN_OR_RETURN(query.where, service::make_query(view, session.schema, request));
    query.sum = options.sum, query.by_year = options.by == "year";
    if (!query.sum.empty())
        ENTENTE_RETURN_IF_ERROR(service::find_field(session.schema, query.where.types, query.sum, "sum"));
    std::vector<Facet> out;
    for (std::size_t i = 1; i < options.words.size(); ++i) {
        query.field = options.words[i];
        ENTENTE_ASSIGN_OR_RETURN(
            const auto* field, service::find_field(session.schema, query.where.types, query.field, "field")
        );
        ENTENTE_ASSIGN_OR_RETURN(auto page, view.facets(query));
        out.push_back({query.field, field, std::move(page)});
    }
    return out;
}

}  // namespace

Result<Exit> run_facets(const Session& session, const FacetOptions& options) {
    if (options.words.size() < 2)
        return fail(
            ErrorCode::invalid_argument,
            "facets",
            "found no field, expected a record type and one field or more",
            "entente facets engagement category level"
        );
    ENTENTE_ASSIGN_OR_RETURN(const auto node, session.open(service::Access::read));
    ENTENTE_ASSIGN_OR_RETURN(const auto view, node->view(options.as_of));
    ENTENTE_ASSIGN_OR_RETURN(const auto facets, count(session, *view, options));
    FacetPrinter printer(session, *view, options);
    if (options.json) {
        json::array out;
        for (const auto& facet : facets) out.push_back(printer.as_json(facet));
        print(pretty_json(out.size() == 1 ? out[0] : json::value(out)) + "\n");
    } else if (options.csv || !options.xlsx.empty() || !options.parquet.empty()) {
        ENTENTE_RETURN_IF_ERROR(write_tables(printer, facets, options));
    } else {
        for (std::size_t i = 0; i < facets.size(); ++i) print((i ? "\n" : "") + printer.text(facets[i]));
    }
    // Only now: it has been understood.
    if (!options.save.empty()) ENTENTE_RETURN_IF_ERROR(save_query(session, options.save, options.typed));
    if (facets.front().page.records > 0) return Exit::done;
    say("Nothing on record fits. What was looked at: entente list coverage\n");
    return Exit::nothing_found;
}

}  // namespace entente::cli
