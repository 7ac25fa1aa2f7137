#include "cli/render_import_run.h"

#include <unistd.h>

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "base/clock.h"
#include "base/csv.h"
#include "cli/print_record.h"
#include "cli/render_import_changes.h"

namespace entente::cli {
namespace {

constexpr std::size_t kMost = 12;
constexpr std::int64_t kMicrosecondsBetween = 100'000;

std::string count(std::uint64_t number) {
    auto digits = std::to_string(number);
    for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3)
        digits.insert(static_cast<std::size_t>(at), ",");
    return digits;
}

Row row_of(const std::string& name, const service::ImportFileReport& file, bool editions) {
    Row row{{name, count(file.seen), count(file.added)}, Tone::plain, false};
    if (editions) row.cells.push_back(count(file.changed));
    row.cells.push_back(count(file.unchanged));
    row.cells.push_back(count(file.set_aside));
    if (editions) row.cells.push_back(count(file.gone));
    return row;
}

std::string render_files(const Session& session, const service::ImportReport& report) {
    const auto total = report.total();
    const bool editions = total.changed + total.gone > 0;
    std::vector<Column> columns{{"file"}, {"rows seen", Align::right}, {"new", Align::right}};
    if (editions) columns.push_back({"changed", Align::right});
    columns.push_back({"on record", Align::right});
    columns.push_back({"set aside", Align::right});
    if (editions) columns.push_back({"gone", Align::right});
    std::vector<Row> rows;
    for (const auto& file : report.files)
        rows.push_back(row_of(file.read_before ? file.file + " (read before)" : file.file, file, editions));
    if (report.files.size() > 1) rows.push_back(row_of("in all", total, editions));
    return lay_out(columns, rows, false, session.style).text;
}

std::string outcome_words(const service::ImportReport& report, const ImportRunWords& words) {
    const auto total = report.total();
    if (std::all_of(report.files.begin(), report.files.end(), [](const auto& file) {
            return file.read_before;
        }))
        return fmt::format(
            "{}: nothing was added.\nTo read it anew, by a mended map: first entente import undo {} --reason "
            "wrong_record\n",
            report.files.size() == 1 ? "This very file is on record" : "These very files are on record",
            report.files[0].read_by
        );
    std::string out = fmt::format(
        "{} seen = {} accepted + {} set aside.",
        count(total.seen),
        count(total.seen - total.set_aside),
        count(total.set_aside)
    );
    if (words.preview)
        return out + fmt::format(
                         "\nPreview: {} records would be put on the record.{}\n",
                         count(report.records),
                         words.asking ? "" : " Nothing was kept."
                     );
    if (!report.kept) return out + " Nothing to add: all that is accepted is on record.\n";
    out += fmt::format(" {} records put on the record as entry {}.\n", count(report.records), report.index);
    out += report.not_signed.empty() ? checkpoint_words(report.checkpoint)
                                     : "It could not be signed: " + report.not_signed;
    return out + fmt::format("\nUndo: entente import undo {} --reason CODE\n", report.index);
}

std::string render_set_aside(const Session& session, const service::ImportReport& report, bool all) {
    if (report.set_aside.empty()) return {};
    std::string out = "\nSet aside\n";
    if (all) {
        std::vector<Row> rows;
        for (const auto& row : report.set_aside)
            rows.push_back({{row.file + ":" + row.place, row.id, row.field, row.reason}, Tone::plain, false});
        return out + lay_out({{"file:line"}, {"id"}, {"field"}, {"reason"}}, rows, false, session.style).text;
    }
    std::map<std::pair<std::string, std::string>, std::pair<std::uint64_t, const service::SetAsideRow*>>
        reasons;
    for (const auto& row : report.set_aside) {
        auto& [rows, example] = reasons[{row.field, row.reason}];
        if (rows++ == 0) example = &row;
    }
    std::vector<std::pair<std::uint64_t, const service::SetAsideRow*>> sorted;
    for (const auto& [reason, rows] : reasons) sorted.push_back(rows);
    std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) {
        return a.first > b.first;
    });
    for (std::size_t i = 0; i < sorted.size() && i < kMost; ++i)
        out += labelled(
            fmt::format("{:>7}", count(sorted[i].first)),
            fmt::format(
                "{}: {} (first {}:{})",
                sorted[i].second->field,
                sorted[i].second->reason,
                sorted[i].second->file,
                sorted[i].second->place
            ),
            9,
            session.style
        );
    if (sorted.size() > kMost) out += fmt::format("         and {} more reasons\n", sorted.size() - kMost);
    return out + "         Every one: --all, or --set-aside FILE; with --preview nothing is kept\n";
}

// In a preview; an import that keeps would have been refused, or was asked to take them in.
std::string render_elsewhere(const service::ImportReport& report) {
    std::string out;
    for (const auto& one : report.elsewhere)
        out += fmt::format(
            "\n{}: {} {} of its rows {} on record from the edition '{}'. Is it a corrected one of it? "
            "--edition {} says so; --as-new takes the rows in beside them.\n",
            report.files[one.file - 1].file,
            one.by_id ? "the ids of" : "what is said by",
            one.rows,
            one.by_id ? "are" : "is",
            one.edition,
            one.edition
        );
    return out;
}

std::string render_remarks(const Session& session, const service::ImportReport& report, bool all) {
    if (report.remarks.empty()) return {};
    std::string out = "\nOf accepted rows\n";
    std::size_t printed = 0;
    for (const auto& remark : report.remarks) {
        if (!all && printed++ == kMost) {
            out += fmt::format("  and {} more: --all\n", report.remarks.size() - kMost);
            break;
        }
        out += labelled(
            fmt::format("{:>7}", count(remark.rows)),
            fmt::format("{} (first {}:{})", remark.text, remark.first_file, remark.first_place),
            9,
            session.style
        );
    }
    return out;
}

}  // namespace

std::string render_import_run(
    const Session& session, const service::ImportReport& report, const ImportRunWords& words
) {
    return render_files(session, report) + "\n" + outcome_words(report, words) +
           (words.changes ? render_edition_changes(session, report, words.all) : std::string()) +
           render_set_aside(session, report, words.all) + render_elsewhere(report) +
           render_remarks(session, report, words.all);
}

ProgressLine::ProgressLine(std::string what)
    : what_(std::move(what)),
      terminal_(isatty(STDERR_FILENO) == 1),
      began_(system_clock().now().microseconds) {}

void ProgressLine::clear() {
    if (shown_) say("\r\033[K");
    shown_ = false;
}

void ProgressLine::show(const service::ImportProgress& progress) {
    if (!terminal_) return;
    const auto now = system_clock().now().microseconds;
    if (now - last_ < kMicrosecondsBetween) return;
    last_ = now;
    const double seconds = static_cast<double>(now - began_) / 1e6;
    if (seconds <= 0) return;
    std::string left = progress.share > 0.02
                           ? fmt::format(", {:.0f} s left", seconds / progress.share * (1 - progress.share))
                           : std::string();
    say(fmt::format(
        "\r\033[K{}  {} rows, {} a second, {:.0f} %{}",
        what_,
        count(progress.rows),
        count(static_cast<std::uint64_t>(static_cast<double>(progress.rows) / seconds)),
        100 * progress.share,
        left
    ));
    shown_ = true;
}

}  // namespace entente::cli
