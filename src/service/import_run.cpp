#include "service/import_run.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "base/codec.h"
#include "service/import_editions.h"
#include "service/import_placed.h"
#include "service/import_references.h"
#include "service/rows_ahead.h"

namespace entente::service {
namespace {

using ingest::ImportRow;

constexpr std::uint64_t kRowsBetweenProgress = 2048;

// One pass over a source: gives the rows of the batch one by one, and counts.
class Run {
public:
    Run(Node& node, ledger::RecordView& view, ingest::ImportSource& source, const ImportRunOptions& options)
        : node_(node),
          view_(view),
          source_(source),
          options_(options),
          references_(view, node.schema()),
          difference_(view, node.schema()),
          placed_(node.schema(), editions_, references_) {}

    Result<void> prepare() {
        report_.source_key = source_.key();
        for (const auto& file : source_.files()) report_.files.push_back({file.name});
        ENTENTE_ASSIGN_OR_RETURN(const auto known, references_.find("source", source_.key()));
        ENTENTE_ASSIGN_OR_RETURN(
            editions_, Editions::load(view_, source_.key(), source_.files(), source_.told_by_place())
        );
        for (std::size_t i = 0; i < report_.files.size(); ++i)
            report_.files[i].read_before = editions_.is_read(i + 1),
            report_.files[i].read_by = editions_.read_by(i + 1);
        source_rec_ = known.value_or(RecordId::random().text());
        if (!known) ENTENTE_RETURN_IF_ERROR(queue_source());
        return source_.restart();
    }

    bool all_read_before() const {
        return std::all_of(report_.files.begin(), report_.files.end(), [](const auto& file) {
            return file.read_before;
        });
    }

    bool corrects_an_edition() const {
        for (std::size_t i = 0; i < report_.files.size(); ++i)
            if (editions_.has_earlier(i + 1) && !editions_.is_read(i + 1)) return true;
        return false;
    }

    ledger::Draft batch() const {
        ledger::Draft out;
        out.kind = "import", out.rec = RecordId::random().text(), out.label = node_.default_label();
        json::array files;
        for (const auto& file : source_.files()) {
            out.sealed.push_back({fmt::format("files.{}.name", files.size()), file.name});
            json::object item{
                {"bytes", static_cast<std::int64_t>(file.bytes)}, {"sha256", base64(file.sha256.view())}};
            if (!file.edition.empty()) item["edition"] = file.edition;
            files.push_back(std::move(item));
        }
        out.clear = json::object{{"files", std::move(files)}, {"source", source_rec_}};
        return out;
    }

    // The next row of the batch; false at the end.
    Result<bool> next(ledger::Draft& draft) {
        for (;;) {
            if (at_ < waiting_.size()) {
                draft = std::move(waiting_[at_++]);
                ++report_.records;
                return true;
            }
            waiting_.clear(), at_ = 0;
            if (ended_) return false;
            ENTENTE_ASSIGN_OR_RETURN(const bool more, source_.next(row_));
            if (more)
                ENTENTE_RETURN_IF_ERROR(take(row_));
            else
                ENTENTE_RETURN_IF_ERROR(end());
        }
    }

    ImportReport& report() { return report_; }

private:
    Result<void> queue_source() {
        const auto& type = *node_.schema().find("source");
        auto content = domain::in_declared_order(type, source_.description());
        ENTENTE_RETURN_IF_ERROR(domain::validate(node_.schema(), type, content));
        references_.add("source", source_.key(), source_rec_);
        waiting_.push_back(draft_of(type, content, source_rec_, "0:0"));
        return {};
    }

    static ledger::Draft draft_of(
        const domain::RecordType& type, domain::Content content, std::string rec, std::string at
    ) {
        auto parts = domain::split(type, std::move(content));
        ledger::Draft draft;
        draft.kind = "row", draft.rec = std::move(rec), draft.type = type.type, draft.at = std::move(at);
        draft.clear = std::move(parts.clear), draft.sealed = std::move(parts.sealed);
        return draft;
    }

    Result<void> take(ImportRow& row) {
        if (++rows_ % kRowsBetweenProgress == 0 && options_.progress)
            options_.progress({rows_, source_.progress()});
        if (rows_ % kRowsBetweenProgress == 0 && options_.stopped && options_.stopped())
            return fail(ErrorCode::unavailable, "", "it was stopped; nothing was kept");
        auto& file = report_.files[row.file - 1];
        ++file.seen;
        for (const auto& text : row.remarks) remark(text, row);
        if (file.read_before) {
            ++file.unchanged;
            return {};
        }
        if (source_.told_by_place() && editions_.has_earlier(row.file)) {
            placed_.add(std::move(row));
            return {};
        }
        return settle(row, false);
    }

    Result<void> settle(ImportRow& row, bool ambiguous) {
        if (row.set_aside()) return set_aside(row, row.field, row.reason);
        auto& file = report_.files[row.file - 1];
        std::vector<ledger::Draft> drafts;
        Fate fate = Fate::unchanged;
        const auto changes = report_.changes.size();
        for (auto& proposed : row.records) {
            auto outcome = take_record(row, proposed, drafts);
            if (!outcome && outcome.error().code == ErrorCode::invalid_argument) {
                // Of a row that stands for several records all are kept or none.
                for (const auto& other : row.records) references_.forget(other.type, other.handle);
                report_.changes.resize(changes);
                return set_aside(row, outcome.error().field, outcome.error().message);
            }
            if (!outcome) return std::unexpected(std::move(outcome).error());
            fate = std::max(fate, *outcome);
        }
        if (ambiguous && fate == Fate::added)
            report_.changes.back().note = "as like several rows of the edition on record: taken as new";
        ++(fate == Fate::added ? file.added : fate == Fate::changed ? file.changed : file.unchanged);
        waiting_.insert(
            waiting_.end(), std::make_move_iterator(drafts.begin()), std::make_move_iterator(drafts.end())
        );
        return {};
    }

    enum class Fate : std::uint8_t { unchanged, changed, added };

    Result<Fate> take_record(
        const ImportRow& row, ingest::ProposedRecord& proposed, std::vector<ledger::Draft>& drafts
    ) {
        const auto* type = node_.schema().find(proposed.type);
        if (!type)
            return fail(
                ErrorCode::invalid_argument,
                "type",
                fmt::format("found '{}', expected a record type", proposed.type)
            );
        ENTENTE_RETURN_IF_ERROR(references_.resolve(*type, proposed.content));
        auto content = domain::in_declared_order(*type, std::move(proposed.content));
        ENTENTE_RETURN_IF_ERROR(domain::validate(node_.schema(), *type, content));
        KnownRow* known = editions_.has_earlier(row.file)
                              ? editions_.find(row.file, proposed.type, handle_of(content))
                              : nullptr;
        const auto at = fmt::format("{}:{}", row.file, row.place);
        if (!known) {
            ENTENTE_RETURN_IF_ERROR(note_elsewhere(row, proposed, content));
            auto rec = RecordId::random().text();
            references_.add(proposed.type, proposed.handle, rec);
            if (editions_.has_earlier(row.file))
                report_.changes.push_back(
                    {EditionChange::Kind::added,
                     row.file,
                     proposed.handle,
                     {},
                     proposed.type,
                     difference_.brief(proposed.type, content),
                     {},
                     {}}
                );
            drafts.push_back(draft_of(*type, std::move(content), std::move(rec), at));
            return Fate::added;
        }
        known->seen = true;
        references_.add(proposed.type, proposed.handle, known->rec);
        ENTENTE_ASSIGN_OR_RETURN(const auto digest, content_digest(content));
        if (digest == known->content || (source_.told_by_place() && says_the_same(content, known->says)))
            return Fate::unchanged;
        ENTENTE_ASSIGN_OR_RETURN(const auto current, view_.current(known->rec));
        report_.changes.push_back(
            {known->by_hand ? EditionChange::Kind::kept_by_hand : EditionChange::Kind::changed,
             row.file,
             proposed.handle,
             known->rec,
             proposed.type,
             difference_.brief(proposed.type, known->by_hand && current ? current->content : content),
             current ? difference_.between(proposed.type, current->content, content)
                     : std::vector<FieldChange>(),
             {}}
        );
        if (known->by_hand) return Fate::unchanged;
        auto draft = draft_of(*type, std::move(content), known->rec, at);
        draft.prev = known->leaf;
        drafts.push_back(std::move(draft));
        return Fate::changed;
    }

    Result<void> set_aside(const ImportRow& row, const std::string& field, const std::string& reason) {
        auto& file = report_.files[row.file - 1];
        ++file.set_aside;
        report_.set_aside.push_back({file.file, row.place, row.id, field, reason});
        // What is on record of a row that can no longer be read stays.
        for (const auto& proposed : row.records)
            ENTENTE_RETURN_IF_ERROR(
                stands(row, proposed.type, proposed.handle, fmt::format("{}: {}", field, reason))
            );
        if (row.records.empty() && !row.id.empty())
            for (const auto& type : node_.schema().types())
                ENTENTE_RETURN_IF_ERROR(stands(row, type.type, row.id, fmt::format("{}: {}", field, reason)));
        return {};
    }

    Result<void> stands(
        const ImportRow& row, const std::string& type, const std::string& handle, const std::string& why
    ) {
        auto* known = editions_.find(row.file, type, handle);
        if (!known || known->seen) return {};
        known->seen = true;
        ENTENTE_ASSIGN_OR_RETURN(const auto current, view_.current(known->rec));
        if (!current) return {};
        report_.changes.push_back(
            {EditionChange::Kind::kept_unreadable,
             row.file,
             handle,
             known->rec,
             type,
             difference_.brief(type, current->content),
             {},
             fmt::format("line {} cannot be read now: {}", row.place, why)}
        );
        return {};
    }

    void remark(const std::string& text, const ImportRow& row) {
        const auto [at, is_new] = remark_at_.try_emplace(text, report_.remarks.size());
        if (is_new) report_.remarks.push_back({text, report_.files[row.file - 1].file, row.place, 0});
        ++report_.remarks[at->second].rows;
    }

    // Ids that the source gives tell rows apart, or else what they say: places do not, two files have the same
    // ones.
    Result<void> note_elsewhere(
        const ImportRow& row, const ingest::ProposedRecord& proposed, const domain::Content& content
    ) {
        const bool by_id = !source_.told_by_place();
        if (editions_.has_earlier(row.file) || &proposed != &row.records.front()) return {};
        if (by_id && row.id.empty()) return {};
        std::string edition;
        if (by_id) {
            edition = editions_.elsewhere(proposed.type, proposed.handle);
        } else {
            ENTENTE_ASSIGN_OR_RETURN(const auto said, said_digest(content));
            edition = editions_.take_said_elsewhere(said);
        }
        if (edition.empty()) return {};
        for (auto& one : report_.elsewhere)
            if (one.file == row.file && one.edition == edition) {
                ++one.rows;
                return {};
            }
        report_.elsewhere.push_back({row.file, edition, 1, by_id});
        return {};
    }

    // A file most of whose rows came in from another one is hardly a new one: it would double them.
    Result<void> refuse_renamed() const {
        if (options_.preview || options_.as_new) return {};
        for (const auto& one : report_.elsewhere) {
            const auto& file = report_.files[one.file - 1];
            if (one.rows * 2 < file.added) continue;
            return fail(
                ErrorCode::conflict,
                file.file,
                fmt::format(
                    "found {} of its {} new rows on record from the edition '{}' of this source; nothing was "
                    "kept",
                    one.rows,
                    file.added,
                    one.edition
                ),
                fmt::format(
                    "--edition {} takes the file as its corrected edition; --as-new takes the rows in beside "
                    "them",
                    one.edition
                )
            );
        }
        return {};
    }

    // A file that lacks most of what is on record is hardly a corrected edition of it.
    Result<void> refuse_another_table() const {
        constexpr std::uint64_t kFew = 2;
        if (options_.preview || options_.replace) return {};
        for (std::size_t i = 0; i < report_.files.size(); ++i) {
            const auto [known, gone] = editions_.overlap(i + 1);
            if (gone <= kFew || gone * 2 <= known) continue;
            return fail(
                ErrorCode::conflict,
                report_.files[i].file,
                fmt::format(
                    "found {} of the {} rows on record of this source missing; nothing was kept", gone, known
                ),
                "another table needs a source key of its own in its map; --preview shows what would go; "
                "--replace takes "
                "it in all the same"
            );
        }
        return {};
    }

    // Rows that the edition at hand lacks are withdrawn in the same batch.
    Result<void> end() {
        ended_ = true;
        for (auto& [row, ambiguous] : placed_.settle()) ENTENTE_RETURN_IF_ERROR(settle(row, ambiguous));
        ENTENTE_RETURN_IF_ERROR(refuse_renamed());
        ENTENTE_RETURN_IF_ERROR(refuse_another_table());
        if (options_.progress) options_.progress({rows_, 1.0});
        return editions_.each_gone(
            [&](std::size_t file, const KnownRow& known, const std::string& type, const std::string& handle
            ) -> Result<void> {
                ENTENTE_ASSIGN_OR_RETURN(const auto current, view_.current(known.rec));
                report_.changes.push_back(
                    {known.by_hand ? EditionChange::Kind::kept_by_hand : EditionChange::Kind::gone,
                     file,
                     handle,
                     known.rec,
                     type,
                     current ? difference_.brief(type, current->content) : std::string(),
                     {},
                     {}}
                );
                if (known.by_hand) return {};
                ++report_.files[file - 1].gone;
                ledger::Draft draft;
                draft.kind = "row", draft.rec = known.rec, draft.type = type,
                draft.at = fmt::format("{}:0", file);
                draft.prev = known.leaf, draft.reason = "not_in_source";
                waiting_.push_back(std::move(draft));
                return {};
            }
        );
    }

    Node& node_;
    ledger::RecordView& view_;
    ingest::ImportSource& source_;
    const ImportRunOptions& options_;
    ImportReferences references_;
    ImportDifference difference_;
    Editions editions_;
    std::string source_rec_;
    PlacedRows placed_;
    ImportReport report_;
    std::map<std::string, std::size_t> remark_at_;
    ImportRow row_;
    std::uint64_t rows_ = 0;
    bool ended_ = false;
    std::vector<ledger::Draft> waiting_;
    std::size_t at_ = 0;
};

// A row of the batch that is a source record alone says nothing new.
bool adds_something(const ImportReport& report) {
    const auto total = report.total();
    return total.added + total.changed + total.gone > 0;
}

// A run of which nothing is kept.
Result<void> go_through(Run& run) {
    if (run.all_read_before()) return {};
    ledger::Draft draft;
    for (;;) {
        ENTENTE_ASSIGN_OR_RETURN(const bool more, run.next(draft));
        if (!more) return {};
    }
}

}  // namespace

ImportFileReport ImportReport::total() const {
    ImportFileReport out;
    for (const auto& file : files) {
        out.seen += file.seen, out.added += file.added, out.changed += file.changed;
        out.unchanged += file.unchanged, out.set_aside += file.set_aside, out.gone += file.gone;
    }
    return out;
}

Result<ImportReport> run_import(Node& node, ingest::ImportSource& source, const ImportRunOptions& options) {
    ENTENTE_ASSIGN_OR_RETURN(const auto view, node.view());
    if (options.preview || options.agree) {
        auto asking = options;
        asking.preview = true;
        Run run(node, *view, source, asking);
        ENTENTE_RETURN_IF_ERROR(run.prepare());
        if (options.preview || run.corrects_an_edition()) {
            ENTENTE_RETURN_IF_ERROR(go_through(run));
            const auto& seen = run.report();
            if (options.preview || (!seen.changes.empty() && !options.agree(seen))) return run.report();
        }
    }
    Run run(node, *view, source, options);
    ENTENTE_RETURN_IF_ERROR(run.prepare());
    if (run.all_read_before()) return std::move(run.report());
    auto batch = run.batch();
    bool nothing = false;
    RowsAhead rows([&run](ledger::Draft& row) { return run.next(row); });
    const auto receipt = node.append_batch(batch, [&](ledger::Draft& row) -> Result<bool> {
        ENTENTE_ASSIGN_OR_RETURN(const bool more, rows.next(row));
        if (more || adds_something(run.report())) return more;
        nothing = true;
        return fail(ErrorCode::invalid_argument, {}, "nothing to add");
    });
    if (nothing) {
        run.report().records = 0;
        return std::move(run.report());
    }
    if (!receipt) return std::unexpected(receipt.error());
    auto& report = run.report();
    report.kept = true;
    report.index = receipt->index;
    if (auto note = node.settle())
        report.checkpoint = *std::move(note);
    else
        report.not_signed = note.error().message;
    return std::move(report);
}

}  // namespace entente::service
