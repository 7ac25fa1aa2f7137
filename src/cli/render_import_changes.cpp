#include "cli/render_import_changes.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "service/brief_words.h"

namespace entente::cli {
namespace {

using service::EditionChange;
using Kind = EditionChange::Kind;

constexpr std::size_t kMost = 20;
constexpr std::size_t kIndent = 9, kFieldIndent = 28;

struct Wording {
    Kind kind;
    const char* row;   ///< before each row
    const char* many;  ///< behind a number
};
constexpr std::array<Wording, 5> kWordings{
    Wording{Kind::changed, "changed", "changed"},
    Wording{Kind::added, "new", "new"},
    Wording{Kind::gone, "gone", "gone"},
    Wording{Kind::kept_by_hand, "kept", "kept as revised by hand"},
    Wording{Kind::kept_unreadable, "stands", "kept though not readable now"}};

std::uint64_t count_of(const service::ImportReport& report, Kind kind) {
    return static_cast<std::uint64_t>(std::count_if(
        report.changes.begin(), report.changes.end(), [&](const auto& change) { return change.kind == kind; }
    ));
}

std::string render_one(const Session& session, const EditionChange& change, const Wording& wording) {
    const auto words = [&](const std::string& text) { return isolated(harmless(text), session.style); };
    const auto record = change.rec.empty() ? std::string() : fmt::format(" ({})", change.rec.substr(0, 8));
    auto out = labelled(
        wording.row,
        words(fmt::format("{}{}: {}", change.handle, record, change.brief)),
        kIndent,
        session.style
    );
    if (!change.note.empty())
        out += labelled(std::string(kIndent, ' '), words(change.note), kIndent, session.style);
    if (change.kind == Kind::kept_by_hand && !change.fields.empty())
        out += std::string(kIndent, ' ') + "the table says otherwise:\n";
    for (const auto& field : change.fields)
        out += labelled(
            std::string(kIndent, ' ') + field.label, words(field.words), kFieldIndent, session.style
        );
    return out;
}

}  // namespace

std::string render_edition_changes(const Session& session, const service::ImportReport& report, bool all) {
    if (report.changes.empty()) return {};
    std::vector<std::string> counts;
    std::string rows;
    for (const auto& wording : kWordings) {
        const auto count = count_of(report, wording.kind);
        if (count == 0) continue;
        counts.push_back(
            fmt::format("{} {}", service::with_commas(static_cast<std::int64_t>(count)), wording.many)
        );
        std::size_t printed = 0;
        for (const auto& change : report.changes) {
            if (change.kind != wording.kind) continue;
            if (!all && printed == kMost) break;
            rows += render_one(session, change, wording), ++printed;
        }
        if (printed < count)
            rows += fmt::format(
                "{:{}}and {} more {}: --all\n",
                "",
                kIndent,
                service::with_commas(static_cast<std::int64_t>(count - printed)),
                wording.many
            );
    }
    return fmt::format("\nAgainst the edition on record: {}\n", fmt::join(counts, ", ")) + rows;
}

}  // namespace entente::cli
