#include "cli/print_record.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/codec.h"
#include "base/utf8.h"
#include "domain/date_span.h"
#include "domain/empty.h"
#include "ledger/note.h"
#include "service/cited_documents.h"

namespace entente::cli {
namespace {

constexpr std::size_t kLabelWidth = 22;

std::string line(const Session& session, const std::string& label, const std::string& value) {
    return labelled(label, isolated(harmless(value), session.style), kLabelWidth, session.style);
}

bool is_group_list(const domain::Field& field, const json::value& value) {
    return field.type == domain::FieldType::group && value.is_array();
}

std::string field_lines(
    const Session& session, service::Describer& describe, const domain::Field& field, const json::value& value
) {
    const bool one_each = is_group_list(field, value) ||
                          (field.many && field.type == domain::FieldType::text && value.is_array());
    if (!one_each) return line(session, field.label, describe.words(field, value));
    std::string out;
    for (const auto& item : value.get_array())
        out += line(session, out.empty() ? field.label : "", describe.words(field, item));
    return out;
}

std::string place_in_log(const ledger::Revision& record) {
    std::string place = fmt::format("entry {}", record.index);
    if (record.row >= 0)
        place += fmt::format(", row {} of the batch (file and line {})", record.row, record.at);
    return fmt::format("{}, recorded {}", place, record.t.substr(0, 19) + "Z");
}

std::string act_of(const ledger::Revision& record) {
    if (record.kind == "supersede") return "superseded";
    if (record.kind == "retract") return "retracted";
    return record.kind == "row" ? "imported" : "recorded";
}

std::string text_of(
    service::Describer& describe,
    const domain::RecordType* type,
    const domain::Content& content,
    std::string_view name
) {
    const auto* value = content.if_contains(json::string_view(name.data(), name.size()));
    const auto* field = type ? type->find(name) : nullptr;
    return value && field ? describe.words(*field, *value) : std::string();
}

// The words at the places in documents that the record cites.
std::string cited_lines(
    const Session& session,
    ledger::RecordView& view,
    service::Describer& describe,
    const ledger::Revision& record
) {
    std::string out;
    const auto cited = service::cited_words(view, record.content);
    if (!cited) return out;
    for (const auto& [document, place, words, cut] : *cited)
        out += line(
            session,
            out.empty() ? "Words cited" : "",
            fmt::format(
                "{} of {}: {}{}",
                place,
                describe.name_of(document),
                words,
                cut ? session.style.ellipsis() : std::string_view()
            )
        );
    return out;
}

}  // namespace

std::string checkpoint_words(const std::string& note) {
    const auto checkpoint = ledger::Checkpoint::parse(note);
    return checkpoint ? fmt::format("Checkpoint {} of {}.", checkpoint->size, checkpoint->origin)
                      : std::string();
}

std::string render_record(const Session& session, ledger::RecordView& view, const ledger::Revision& record) {
    service::Describer describe(view, session.schema);
    const auto* type = session.schema.find(record.type);
    const std::string heading =
        fmt::format("{} {}", type ? type->name : record.type, describe.handle(record));
    std::string out =
        at_ends(
            session.style.tone(Tone::bold, heading),
            fmt::format("{}@{}", record.rec.substr(0, 8), record.number == 0 ? 1 : record.number),
            session.style
        ) +
        "\n";
    if (record.kind == "retract")
        out += session.style.tone(Tone::stop, "Retracted") +
               fmt::format(": {}\n", session.schema.name_of("reason", record.reason));
    else if (record.until)
        out += session.style.tone(Tone::stop, "Withdrawn") +
               fmt::format(": its import was undone by entry {}\n", *record.until - 1);
    for (const auto& member : record.content) {
        const std::string_view name(member.key().data(), member.key().size());
        if (name == "source_id") continue;
        const auto* field = type ? type->find(name) : nullptr;
        if (field) out += field_lines(session, describe, *field, member.value());
    }
    if (record.erased > 0)
        out += line(
            session,
            "Missing",
            fmt::format(
                "{} sealed value{}: erased, or damaged (entente verify tells)",
                record.erased,
                record.erased == 1 ? "" : "s"
            )
        );
    out += cited_lines(session, view, describe, record);
    out += line(session, "Id", record.rec);
    if (record.number > 0) out += line(session, "In the log", place_in_log(record));
    return out;
}

std::string render_history(
    const Session& session, ledger::RecordView& view, const std::vector<ledger::Revision>& history
) {
    service::Describer describe(view, session.schema);
    const auto* type = session.schema.find(history.front().type);
    std::string out = session.style.tone(
                          Tone::bold,
                          fmt::format(
                              "{} {}, {} revision{}",
                              type ? type->name : history.front().type,
                              describe.handle(history.front()),
                              history.size(),
                              history.size() == 1 ? "" : "s"
                          )
                      ) +
                      "\n";
    const ledger::Revision* before = nullptr;
    for (const auto& revision : history) {
        const bool undone = revision.until && &revision == &history.back();
        const std::string state =
            revision.kind == "retract" ? "withdrawn"
            : undone ? fmt::format("withdrawn: its import was undone by entry {}", *revision.until - 1)
            : revision.until ? "not current"
                             : "current";
        out += fmt::format(
            "\n{}@{}  {} {} {}, entry {}{}  {}\n",
            revision.rec.substr(0, 8),
            revision.number,
            act_of(revision),
            revision.t.substr(0, 10),
            revision.t.substr(11, 8),
            revision.index,
            revision.reason.empty() ? "" : ", " + session.schema.name_of("reason", revision.reason),
            session.style.tone(Tone::dim, state)
        );
        if (revision.kind == "retract" || !type) {
            if (const auto note = text_of(describe, type, revision.content, "note"); !note.empty())
                out += line(session, "  Remark", note);
            continue;
        }
        for (const auto& field : type->fields) {
            const auto* now = revision.content.if_contains(field.name);
            const auto* then = before ? before->content.if_contains(field.name) : nullptr;
            if (!before) {
                if (now &&
                    (std::find(type->title.begin(), type->title.end(), field.name) != type->title.end() ||
                     field.name == type->day))
                    out += line(session, "  " + field.label, describe.words(field, *now));
                continue;
            }
            if (now && then && *now == *then) continue;
            if (!now && !then) continue;
            out += line(
                session,
                "  " + field.label,
                fmt::format(
                    "{} -> {}",
                    then ? describe.words(field, *then) : "(not asked)",
                    now ? describe.words(field, *now) : "(left out)"
                )
            );
        }
        before = &revision;
    }
    return out;
}

std::string render_import(
    const Session& session, const service::ImportOutcome& outcome, bool preview, bool all
) {
    std::vector<Row> rows;
    service::ImportOutcome const& o = outcome;
    ingest::contacts::FileReport total{"in all", 0, 0, 0, 0, 0};
    const auto add_row = [&](const ingest::contacts::FileReport& file) {
        Row row;
        row.cells.push_back(file.file);
        for (const std::size_t number :
             {file.seen, file.added, file.changed, file.already_on_record, file.set_aside})
            row.cells.push_back(fmt::format("{}", number));
        rows.push_back(std::move(row));
    };
    for (const auto& file : o.plan.files) {
        add_row(file);
        total.seen += file.seen, total.added += file.added, total.changed += file.changed;
        total.already_on_record += file.already_on_record, total.set_aside += file.set_aside;
    }
    add_row(total);
    const auto aside = total.set_aside, seen = total.seen;
    const auto accepted = total.added + total.changed + total.already_on_record;
    std::string out = lay_out(
                          {{"file"},
                           {"rows seen", Align::right},
                           {"accepted, new", Align::right},
                           {"changed", Align::right},
                           {"accepted, on record", Align::right},
                           {"set aside", Align::right}},
                          rows,
                          false,
                          session.style
    )
                          .text;
    const auto* done = total.changed > 0 ? "added or superseded" : "added";
    out += fmt::format("\n{} seen = {} accepted + {} set aside. ", seen, accepted, aside);
    if (preview)
        out += fmt::format(
            "Preview: {} records would be {}. Nothing is in the record yet.\n", o.plan.records.size(), done
        );
    else if (o.kept)
        out += fmt::format(
            "{} records {} as entry {}.\n{}\n",
            o.plan.records.size(),
            done,
            o.index,
            checkpoint_words(o.checkpoint)
        );
    else
        out += "Nothing to add: all that is accepted is on record.\n";
    const std::size_t most = all ? SIZE_MAX : 12;
    if (!o.plan.changes.empty()) {
        out += "\nOther than the import before\n";
        std::size_t printed = 0;
        for (const auto& change : o.plan.changes) {
            if (printed++ == most) break;
            out += fmt::format(
                "  {}: {}{}\n",
                change.id,
                fmt::join(change.fields, ", "),
                change.kept_by_hand ? "; somebody revised it since, so it stays" : ""
            );
        }
        if (o.plan.changes.size() > most)
            out += fmt::format("  and {} more: --all\n", o.plan.changes.size() - most);
    }
    if (o.plan.set_aside.empty() && o.plan.remarks.empty()) return out;
    if (!o.plan.set_aside.empty()) {
        std::map<std::string, std::size_t> reasons;
        for (const auto& row : o.plan.set_aside) ++reasons[row.reason];
        out += "\nSet aside\n";
        if (all) {
            std::vector<Row> lines;
            for (const auto& row : o.plan.set_aside)
                lines.push_back(
                    {{fmt::format("{}:{}", row.file, row.line), row.id, row.field, row.reason},
                     Tone::plain,
                     false}
                );
            out += lay_out({{"file:line"}, {"id"}, {"field"}, {"reason"}}, lines, false, session.style).text;
        } else {
            std::size_t printed = 0;
            for (const auto& [reason, count] : reasons) {
                if (printed++ == most) break;
                const auto example =
                    std::find_if(o.plan.set_aside.begin(), o.plan.set_aside.end(), [&](const auto& row) {
                        return row.reason == reason;
                    });
                out += labelled(
                    fmt::format("{:>5}", count),
                    fmt::format(
                        "{} (such as {}:{} {}, {})",
                        reason,
                        example->file,
                        example->line,
                        example->id,
                        example->field
                    ),
                    7,
                    session.style
                );
            }
            out += "       Every one: --all, with --preview to change nothing\n";
        }
    }
    std::size_t printed = 0;
    if (!o.plan.remarks.empty()) out += "\nOf accepted rows\n";
    for (const auto& remark : o.plan.remarks) {
        if (printed++ == most) {
            out += fmt::format("  and {} more: --all\n", o.plan.remarks.size() - most);
            break;
        }
        out += "  " + remark + "\n";
    }
    return out;
}

std::string render_verify(const Session& session, const service::VerifyNodeOutcome& outcome) {
    const auto& r = outcome.report;
    std::string out = session.style.tone(
                          r.findings.empty() && outcome.index_difference.empty() ? Tone::bold : Tone::stop,
                          r.findings.empty() ? (outcome.index_difference.empty()
                                                    ? "The record holds."
                                                    : "The ledger holds; the index does not match it.")
                                             : "The record does not hold."
                      ) +
                      "\n";
    const auto put = [&](const std::string& label, const std::string& value) {
        out += line(session, label, value);
    };
    put("Entries",
        fmt::format("{}, with {} batch rows, hashed again and found in the tree", r.entries, r.rows));
    put("Sealed values",
        fmt::format(
            "{} {}{}",
            r.sealed_values,
            r.sealed_values_opened ? "opened and matched to their digests" : "counted",
            r.erased_values ? fmt::format(", {} erased by an entry", r.erased_values) : ""
        ));
    if (r.documents > 0)
        put("Documents",
            fmt::format("{}, {} bytes opened and matched to their digests", r.documents, r.document_bytes));
    put("Checkpoints", fmt::format("{} stored, signatures checked", r.checkpoints));
    put("Signed head",
        r.ratchet ? fmt::format("{} entries, holds", r.ratchet->size) : "does not hold, or nothing was signed"
    );
    put("Kept elsewhere",
        !outcome.kept_given ? "none given: --checkpoint FILE names one that somebody else kept"
        : r.kept            ? fmt::format("{} entries, holds", r.kept->size)
                            : "does not hold");
    put("Root", base64(r.root.view()));
    if (outcome.deep)
        put("Index",
            !r.findings.empty()                ? "not compared: mend the ledger first"
            : outcome.index_difference.empty() ? "equal to one made afresh"
                                               : "differs: " + outcome.index_difference);
    if (!r.findings.empty()) {
        const auto first = r.first_bad();
        out += "\n" + (first ? fmt::format("First bad entry: {}\n", *first)
                             : std::string("No single entry is to blame:\n"));
        for (const auto& finding : r.findings)
            out += fmt::format(
                "! {}{}\n",
                finding.index ? fmt::format("entry {}: ", *finding.index) : "",
                harmless(finding.what)
            );
        out +=
            "  Stop writing to this node. Bring back a copy that holds, and verify it with a checkpoint that "
            "somebody else kept.\n";
    } else if (!outcome.index_difference.empty()) {
        out += "  Try: entente rebuild\n";
    }
    return out;
}

json::object import_json(const service::ImportOutcome& outcome) {
    json::array files, aside, remarks;
    for (const auto& file : outcome.plan.files)
        files.push_back(json::object{
            {"file", file.file},
            {"seen", file.seen},
            {"accepted_new", file.added},
            {"accepted_changed", file.changed},
            {"accepted_on_record", file.already_on_record},
            {"set_aside", file.set_aside}});
    for (const auto& row : outcome.plan.set_aside)
        aside.push_back(json::object{
            {"file", row.file},
            {"line", row.line},
            {"id", row.id},
            {"field", row.field},
            {"reason", row.reason}});
    for (const auto& remark : outcome.plan.remarks) remarks.push_back(json::string(remark));
    json::array changes;
    for (const auto& change : outcome.plan.changes) {
        json::array fields;
        for (const auto& field : change.fields) fields.emplace_back(field);
        changes.push_back(json::object{
            {"id", change.id}, {"fields", std::move(fields)}, {"kept_by_hand", change.kept_by_hand}});
    }
    return {
        {"changes", std::move(changes)},
        {"kept", outcome.kept},
        {"records", outcome.plan.records.size()},
        {"entry", outcome.index},
        {"files", files},
        {"set_aside", aside},
        {"left_out", remarks}};
}

}  // namespace entente::cli
