#include "service/reconcile_reports.h"

#include <algorithm>
#include <charconv>
#include <tuple>

#include <fmt/format.h>

#include "domain/date_span.h"
#include "domain/empty.h"
#include "ingest/fmtrpt/reading.h"

namespace entente::service {
namespace {

constexpr std::int64_t kUnitsPerDollar = 10'000;

using Heading = std::tuple<std::string, std::string, std::string, std::string>;

Heading heading_of(const domain::Content& content) {
    return {
        text_at(content, "report"),
        text_at(content, "section"),
        text_at(content, "recipient_printed"),
        text_at(content, "programme_printed")};
}

std::optional<std::int64_t> people_of(const domain::Content& content) {
    const auto* value = content.if_contains("people");
    return value && value->is_int64() ? std::optional(value->get_int64()) : std::nullopt;
}

std::optional<std::int64_t> cost_of(const domain::Content& content) {
    const auto* value = content.if_contains("cost");
    return value && value->is_object() ? cost_units(text_at(value->get_object(), "amount")) : std::nullopt;
}

// The printed text of a column whose reading differs from the print; nothing when it is read as printed.
std::optional<std::string> printed_cell(const domain::Content& content, std::string_view column) {
    const auto* printed = content.if_contains("printed");
    if (!printed || !printed->is_array()) return std::nullopt;
    for (const auto& item : printed->get_array())
        if (item.is_object() && text_at(item.get_object(), "column") == column)
            return text_at(item.get_object(), "text");
    return std::nullopt;
}

void add(TrainingSums& sums, std::optional<std::int64_t> people, std::optional<std::int64_t> cost) {
    sums.people += people.value_or(0);
    sums.cost += cost.value_or(0);
    ++sums.lines;
}

class Reconciliation {
public:
    explicit Reconciliation(const domain::Schema& schema) : schema_(schema) {}

    void line(const domain::Content& content) {
        auto& report = reports_[text_at(content, "report")];
        auto& programme = programmes_[heading_of(content)];
        const auto people = people_of(content), cost = cost_of(content);
        add(report.as_read, people, cost);
        add(programme.as_read, people, cost);
        auto printed_people = people, printed_cost = cost;
        if (const auto cell = printed_cell(content, "quantity"))
            printed_people = ingest::fmtrpt::people_as_printed(*cell);
        if (const auto cell = printed_cell(content, "total_cost")) {
            const auto amount = ingest::fmtrpt::cost_as_printed(*cell);
            printed_cost = amount ? cost_units(*amount) : std::nullopt;
        }
        add(report.as_printed, printed_people, printed_cost);
        add(programme.as_printed, printed_people, printed_cost);
        count_repairs(content, report);
    }

    // The same totals may be on record twice: as rows of the report and in a file of totals.
    void total(const ledger::Revision& revision) {
        const auto origin =
            fmt::format("{}:{}", revision.index, revision.at.substr(0, revision.at.find(':')));
        add(totals_[heading_of(revision.content)][origin],
            people_of(revision.content),
            cost_of(revision.content));
    }

    std::vector<ReconciledReport> finish() {
        for (const auto& [heading, origins] : totals_) {
            auto& programme = programmes_[heading];
            for (const auto& [origin, sums] : origins) {
                if (sums.lines <= programme.totals) continue;
                programme.totals = sums.lines;
                programme.printed_people = sums.people, programme.printed_cost = sums.cost;
            }
        }
        for (auto& [heading, programme] : programmes_) {
            std::tie(programme.report, programme.section, programme.country, programme.programme) = heading;
            auto& report = reports_[programme.report];
            if (programme.totals > 0) judge(report, programme);
            report.programmes.push_back(std::move(programme));
        }
        std::vector<ReconciledReport> out;
        for (auto& [name, report] : reports_) {
            report.report = name;
            out.push_back(std::move(report));
        }
        return out;
    }

private:
    static void judge(ReconciledReport& report, const ReconciledProgramme& programme) {
        report.totals += programme.totals;
        report.printed_people = report.printed_people.value_or(0) + programme.printed_people.value_or(0);
        report.printed_cost = report.printed_cost.value_or(0) + programme.printed_cost.value_or(0);
        const auto count =
            [&](const TrainingSums& sums, std::uint64_t& both, std::uint64_t& people, std::uint64_t& cost) {
                const bool p = programme.people_match(sums), c = programme.cost_matches(sums);
                both += p && c ? programme.totals : 0;
                people += p ? programme.totals : 0;
                cost += c ? programme.totals : 0;
            };
        count(programme.as_printed, report.match_printed, report.people_printed, report.cost_printed);
        count(programme.as_read, report.match_read, report.people_read, report.cost_read);
    }

    void count_repairs(const domain::Content& content, ReconciledReport& report) const {
        const auto* printed = content.if_contains("printed");
        if (!printed || !printed->is_array()) return;
        for (const auto& item : printed->get_array()) {
            const auto& cell = item.as_object();
            ++report.repairs[fmt::format(
                "{}: {}",
                schema_.name_of("training_column", text_at(cell, "column")),
                schema_.name_of("training_repair", text_at(cell, "repair"))
            )];
        }
    }

    const domain::Schema& schema_;
    std::map<std::string, ReconciledReport> reports_;
    std::map<Heading, ReconciledProgramme> programmes_;
    std::map<Heading, std::map<std::string, TrainingSums>> totals_;  // by where they were read
};

}  // namespace

bool ReconciledProgramme::cost_matches(const TrainingSums& sums) const {
    return printed_cost && std::abs(*printed_cost - sums.cost) <= kUnitsPerDollar / 2;
}

std::optional<std::int64_t> cost_units(std::string_view amount) {
    std::int64_t dollars = 0;
    const auto* end = amount.data() + amount.size();
    const auto whole = std::from_chars(amount.data(), end, dollars);
    constexpr std::int64_t kMost = 900'000'000'000'000;
    if (whole.ec != std::errc{} || dollars < 0 || dollars > kMost) return std::nullopt;
    std::int64_t units = dollars * kUnitsPerDollar;
    if (whole.ptr == end) return units;
    if (*whole.ptr != '.') return std::nullopt;
    std::int64_t place = kUnitsPerDollar;
    for (const char* at = whole.ptr + 1; at != end; ++at) {
        if (*at < '0' || *at > '9') return std::nullopt;
        place /= 10;
        units += place * (*at - '0');
    }
    return units;
}

std::string cost_words(std::int64_t units) {
    auto dollars = std::to_string(units / kUnitsPerDollar);
    for (auto at = static_cast<std::ptrdiff_t>(dollars.size()) - 3; at > 0; at -= 3)
        dollars.insert(static_cast<std::size_t>(at), ",");
    const auto cents = units % kUnitsPerDollar / 100;
    return cents == 0 ? "$" + dollars : fmt::format("${}.{:02}", dollars, cents);
}

Result<std::vector<ReconciledReport>> reconcile_reports(
    ledger::RecordView& view, const domain::Schema& schema
) {
    Reconciliation reconciliation(schema);
    ENTENTE_RETURN_IF_ERROR(view.each_current(
        "training_line",
        [&](const ledger::Revision& line) -> Result<void> {
            reconciliation.line(line.content);
            return {};
        }
    ));
    ENTENTE_RETURN_IF_ERROR(view.each_current(
        "training_total",
        [&](const ledger::Revision& total) -> Result<void> {
            reconciliation.total(total);
            return {};
        }
    ));
    return reconciliation.finish();
}

namespace {

// The field of the line that a column of the report fills.
std::string reading_of(const domain::Content& content, const std::string& column) {
    const auto* field = column == "quantity"                   ? "people"
                        : column == "total_cost"               ? "cost"
                        : column == "location"                 ? "place"
                        : column == "start" || column == "end" ? "held"
                                                               : column.c_str();
    const auto* value = content.if_contains(field);
    if (!value) return {};
    if (const auto empty = domain::empty_of(*value)) return std::string(domain::to_words(*empty));
    if (value->is_int64()) return std::to_string(value->get_int64());
    if (value->is_string()) return text_at(content, field);
    if (const auto span = domain::DateSpan::from_json(*value)) return span->to_text();
    return value->is_object() ? text_at(value->get_object(), "amount") : std::string();
}

std::pair<int, int> place_of(const std::string& at) {
    int file = 0, line = 0;
    const auto read = std::from_chars(at.data(), at.data() + at.size(), file);
    if (read.ptr != at.data() + at.size()) std::from_chars(read.ptr + 1, at.data() + at.size(), line);
    return {file, line};
}

}  // namespace

Result<std::vector<RepairedCell>> repaired_cells(ledger::RecordView& view, const std::string& report) {
    std::vector<RepairedCell> out;
    ENTENTE_RETURN_IF_ERROR(view.each_current(
        "training_line",
        [&](const ledger::Revision& line) -> Result<void> {
            const auto* printed = line.content.if_contains("printed");
            if (!printed || !printed->is_array()) return {};
            const auto of = text_at(line.content, "report");
            if (!report.empty() && of != report) return {};
            for (const auto& item : printed->get_array()) {
                const auto& cell = item.as_object();
                const auto column = text_at(cell, "column");
                out.push_back(
                    {of,
                     line.at,
                     text_at(line.content, "source_id"),
                     text_at(line.content, "recipient_printed"),
                     column,
                     text_at(cell, "repair"),
                     text_at(cell, "text"),
                     reading_of(line.content, column)}
                );
            }
            return {};
        }
    ));
    std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) {
        return std::pair(a.report, place_of(a.at)) < std::pair(b.report, place_of(b.at));
    });
    return out;
}

}  // namespace entente::service
