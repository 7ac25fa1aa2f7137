#include "ingest/contacts/contacts.h"

#include <algorithm>
#include <map>
#include <span>

#include <fmt/format.h>

#include "base/codec.h"
#include "domain/empty.h"
#include "ingest/contacts/additions.h"
#include "ingest/contacts/rows.h"
#include "ingest/contacts/tallies.h"
#include "ledger/entry.h"

namespace entente::ingest::contacts {
namespace {

using domain::Content;
using domain::Field;

struct Reader {
    const char* file;
    RowReader read;
};
// In the order in which later rows refer to earlier ones.
constexpr Reader kReaders[] = {
    {"sources.csv", read_source},
    {"channels.csv", read_channel},
    {"shocks.csv", read_shock},
    {"disruptions.csv", read_disruption},
    {"contacts.csv", read_contact},
    {"coverage.csv", read_coverage},
    {"political_visits.csv", read_political_visit},
};

class Planner {
public:
    Planner(const Folder& folder, const Options& options, const Lookup& lookup)
        : folder_(folder), options_(options), lookup_(lookup), additions_(read_additions(folder)) {}

    Result<Plan> run(const std::string& label) {
        for (const auto& reader : kReaders) {
            const auto* file = folder_.find(reader.file);
            if (!file) continue;
            FileReport report{file->name, 0, 0, 0, 0, 0};
            for (const auto& row : file->table.rows) {
                const auto id = file->cell(row, file->name == "sources.csv" ? "source_key" : "id");
                const auto read = [&] { return reader.read(*file, row, as_fields(additions_[id])); };
                ENTENTE_RETURN_IF_ERROR(plan_rows(*file, {&row, 1}, id, read, report));
            }
            plan_.files.push_back(report);
        }
        for (const auto& form : tally_forms()) {
            const auto* file = folder_.find(form.file);
            if (!file) continue;
            FileReport report{file->name, 0, 0, 0, 0, 0};
            for (const auto rows : group_rows(*file, form.key_columns)) {
                const auto& cells = rows.front().cells;
                const auto end = std::min(cells.size(), form.key_columns);
                const auto id = fmt::format(
                    "{}-{}",
                    file->name,
                    fmt::join(cells.begin(), cells.begin() + static_cast<std::ptrdiff_t>(end), "-")
                );
                const auto read = [&] { return form.read(*file, rows); };
                ENTENTE_RETURN_IF_ERROR(plan_rows(*file, rows, id, read, report));
            }
            plan_.files.push_back(report);
        }
        report_additions();
        ENTENTE_RETURN_IF_ERROR(make_batch(label));
        return std::move(plan_);
    }

private:
    enum class Fate : std::uint8_t { added, changed, already, aside };

    /// Rows that stand or fall together.
    template <class Read>
    Result<void> plan_rows(
        const SourceFile& file,
        std::span<const CsvRow> rows,
        const std::string& id,
        const Read& read,
        FileReport& report
    ) {
        report.seen += rows.size();
        auto fate = decide(file, rows, id, read);
        if (!fate) {
            if (fate.error().code != ErrorCode::invalid_argument) return std::unexpected(fate.error());
            report.set_aside += rows.size();
            fates_.try_emplace(id, Fate::aside);
            for (const auto& row : rows)
                plan_.set_aside.push_back({file.name, row.line, id, fate.error().field, fate.error().message}
                );
            return {};
        }
        fates_[id] = *fate;
        count(*fate, report) += rows.size();
        return {};
    }

    static std::size_t& count(Fate fate, FileReport& report) {
        return fate == Fate::added     ? report.added
               : fate == Fate::changed ? report.changed
                                       : report.already_on_record;
    }

    template <class Read>
    Result<Fate> decide(
        const SourceFile& file, std::span<const CsvRow> rows, const std::string& id, const Read& read
    ) {
        for (const auto& row : rows)
            if (row.cells.size() != file.table.columns.size())
                return fail(
                    ErrorCode::invalid_argument,
                    "row",
                    fmt::format("found {} cells, expected {}", row.cells.size(), file.table.columns.size())
                );
        if (id.empty()) return fail(ErrorCode::invalid_argument, "id", "found nothing, expected an id");
        if (fates_.contains(id))
            return fail(ErrorCode::invalid_argument, "id", fmt::format("found '{}' a second time", id));
        ENTENTE_ASSIGN_OR_RETURN(auto records, read());
        const auto& row = rows.front();
        const auto& added = additions_[id];
        if (rests_on_general_knowledge(records.front().content) && !options_.general_knowledge)
            return fail(
                ErrorCode::invalid_argument,
                "source_key",
                "rests on general knowledge alone; --general-knowledge takes it in"
            );
        // An addition that does not fit is set aside alone: it never costs the row.
        for (const auto& addition : added)
            if (auto done = apply_addition(schema_, addition, records); !done)
                bad_additions_[addition.line] = done.error();

        std::vector<std::optional<Existing>> existing;
        std::map<std::string, std::string> ids_of_row;
        for (auto& record : records) {
            ENTENTE_ASSIGN_OR_RETURN(auto found, lookup_(record.type, record.handle));
            ids_of_row[record.type + ":" + record.handle] = found ? found->rec : RecordId::random().text();
            existing.push_back(std::move(found));
        }
        for (auto& record : records) ENTENTE_RETURN_IF_ERROR(finish_record(record, ids_of_row));

        Fate fate = Fate::already;
        std::vector<PlannedRecord> planned;
        for (std::size_t i = 0; i < records.size(); ++i) {
            if (existing[i]) {
                if (existing[i]->retracted) {
                    plan_.remarks.push_back(fmt::format("{}: was retracted, and stays so", records[i].handle)
                    );
                    continue;
                }
                if (existing[i]->content == records[i].content) continue;
                plan_.changes.push_back(
                    {records[i].handle,
                     differences(existing[i]->content, records[i].content),
                     existing[i]->by_hand}
                );
                if (existing[i]->by_hand) continue;
                if (fate == Fate::already) fate = Fate::changed;
                planned.push_back(to_row(
                    std::move(records[i]), existing[i]->rec, fmt::format("{}:{}", file.number, row.line)
                ));
                planned.back().draft.prev = existing[i]->leaf;
                continue;
            }
            fate = Fate::added;
            const auto& rec = ids_of_row.at(records[i].type + ":" + records[i].handle);
            planned.push_back(to_row(std::move(records[i]), rec, fmt::format("{}:{}", file.number, row.line))
            );
        }
        ids_.insert(ids_of_row.begin(), ids_of_row.end());
        plan_.records.insert(
            plan_.records.end(),
            std::make_move_iterator(planned.begin()),
            std::make_move_iterator(planned.end())
        );
        return fate;
    }

    static bool rests_on_general_knowledge(const Content& content) {
        const auto* known = content.if_contains("general_knowledge");
        return known && known->is_array() && !known->get_array().empty() &&
               known->get_array().front() == json::value("all");
    }

    /// Fields that differ, at least one: those of the new content first, then those it lacks.
    static std::vector<std::string> differences(const Content& before, const Content& after) {
        std::vector<std::string> out;
        for (const auto& member : after)
            if (const auto* other = before.if_contains(member.key()); !other || *other != member.value())
                out.emplace_back(member.key());
        for (const auto& member : before)
            if (!after.contains(member.key())) out.emplace_back(member.key());
        return out;
    }

    PlannedRecord to_row(RowRecord record, const std::string& rec, std::string at) const {
        auto parts = domain::split(*schema_.find(record.type), record.content);
        ledger::Draft draft;
        draft.kind = "row", draft.rec = rec, draft.type = record.type, draft.at = std::move(at);
        draft.clear = std::move(parts.clear), draft.sealed = std::move(parts.sealed);
        return {std::move(draft), std::move(record.content)};
    }

    /// Bytes of the texts and a handful for each value: never as little as a quarter of what is written.
    static std::size_t roughly(const json::object& object) {
        std::size_t sum = 24;
        for (const auto& member : object) sum += member.key().size() + 4 + roughly_of(member.value());
        return sum;
    }
    static std::size_t roughly_of(const json::value& value) {
        if (const auto* text = value.if_string()) return text->size() + 4;
        if (const auto* object = value.if_object()) return roughly(*object);
        std::size_t sum = 24;
        if (const auto* list = value.if_array())
            for (const auto& item : *list) sum += roughly_of(item);
        return sum;
    }

    // Puts ids in the place of references and checks the whole record.
    Result<void> finish_record(RowRecord& record, const std::map<std::string, std::string>& ids_of_row) {
        const auto& type = *schema_.find(record.type);
        std::vector<std::string> dropped;
        for (const auto& field : type.fields) {
            auto* value = record.content.if_contains(field.name);
            if (!value) continue;
            ENTENTE_ASSIGN_OR_RETURN(const bool keep, resolve(field, *value, ids_of_row, dropped));
            if (keep) continue;
            if (field.name == "citations")
                *value = domain::to_json(domain::Empty::unknown);
            else
                record.content.erase(field.name);
        }
        for (const auto& what : dropped)
            plan_.remarks.push_back(fmt::format("{}: {} is left out, so it is not named", record.handle, what)
            );
        record.content = domain::in_declared_order(type, record.content);
        ENTENTE_RETURN_IF_ERROR(domain::validate(schema_, type, record.content));
        // What takes this much room in any form is written out to be measured.
        if (roughly(record.content) < ledger::kMaxEntryBytes / 4) return {};
        const auto parts = domain::split(type, record.content);
        const auto clear = canonical_json(parts.clear);
        if (!clear) return std::unexpected(clear.error());
        const std::size_t bytes = clear->size() + 46 * parts.sealed.size() + 300;
        if (bytes > ledger::kMaxEntryBytes)
            return fail(
                ErrorCode::invalid_argument,
                "row",
                fmt::format("found {} bytes in the clear, expected at most {}", bytes, ledger::kMaxEntryBytes)
            );
        return {};
    }

    // False: nothing is left of the value.
    Result<bool> resolve(
        const Field& field,
        json::value& value,
        const std::map<std::string, std::string>& ids_of_row,
        std::vector<std::string>& dropped
    ) {
        if (auto* list = value.if_array()) {
            json::array kept;
            for (auto& item : *list) {
                ENTENTE_ASSIGN_OR_RETURN(const bool keep, resolve(field, item, ids_of_row, dropped));
                if (keep) kept.push_back(std::move(item));
            }
            *list = std::move(kept);
            return !list->empty();
        }
        if (field.type == domain::FieldType::group) {
            for (const auto& sub : field.fields) {
                auto* part = value.is_object() ? value.get_object().if_contains(sub.name) : nullptr;
                if (!part) continue;
                ENTENTE_ASSIGN_OR_RETURN(const bool keep, resolve(sub, *part, ids_of_row, dropped));
                if (!keep && sub.required) return false;
                if (!keep) value.get_object().erase(sub.name);
            }
            return true;
        }
        if (field.type != domain::FieldType::reference || !value.is_string()) return true;
        const std::string wanted(value.get_string());
        ENTENTE_ASSIGN_OR_RETURN(const auto id, find_id(wanted, ids_of_row));
        if (id) {
            value = json::string(*id);
            return true;
        }
        const auto handle = wanted.substr(wanted.find(':') + 1);
        const auto fate = fates_.find(handle);
        if (fate == fates_.end() || fate->second != Fate::aside)
            return fail(
                ErrorCode::invalid_argument,
                field.name,
                fmt::format(
                    "found '{}', expected the code or id of {} on record", handle, fmt::join(field.to, " or ")
                )
            );
        dropped.push_back(handle);
        return false;
    }

    Result<std::optional<std::string>> find_id(
        const std::string& wanted, const std::map<std::string, std::string>& ids_of_row
    ) {
        for (const auto* ids : {&ids_of_row, static_cast<const std::map<std::string, std::string>*>(&ids_)})
            if (const auto found = ids->find(wanted); found != ids->end())
                return std::optional(found->second);
        const auto colon = wanted.find(':');
        ENTENTE_ASSIGN_OR_RETURN(
            const auto existing, lookup_(wanted.substr(0, colon), wanted.substr(colon + 1))
        );
        if (!existing) return std::optional<std::string>{};
        ids_[wanted] = existing->rec;
        return std::optional(existing->rec);
    }

    // An addition shares the fate of its row.
    void report_additions() {
        const auto* file = folder_.find("additions.csv");
        if (!file) return;
        FileReport report{file->name, 0, 0, 0, 0, 0};
        for (const auto& row : file->table.rows) {
            ++report.seen;
            const auto id = file->cell(row, "id");
            const auto fate = fates_.find(id);
            const auto bad = bad_additions_.find(row.line);
            if (bad != bad_additions_.end()) {
                ++report.set_aside;
                plan_.set_aside.push_back({file->name, row.line, id, bad->second.field, bad->second.message});
            } else if (row.cells.size() != file->table.columns.size()) {
                ++report.set_aside;
                plan_.set_aside.push_back(
                    {file->name,
                     row.line,
                     id,
                     "row",
                     fmt::format("found {} cells, expected {}", row.cells.size(), file->table.columns.size())}
                );
            } else if (fate == fates_.end() || fate->second == Fate::aside) {
                ++report.set_aside;
                plan_.set_aside.push_back(
                    {file->name,
                     row.line,
                     id,
                     "id",
                     fate == fates_.end() ? "no file has a row of this id" : "its row was set aside"}
                );
            } else {
                ++count(fate->second, report);
            }
        }
        plan_.files.push_back(report);
    }

    Result<void> make_batch(const std::string& label) {
        Sha256Stream all;
        for (const auto& file : folder_.files) all.update(file.hash.view());
        RowRecord source{"source", "contacts-" + hex(all.finish().view()).substr(0, 10), {}};
        source.content = {
            {"key", source.handle},
            {"title", "Table of contacts, disruptions, shocks and channels, hand-coded from public text"},
            {"held_as", "original"}};
        ENTENTE_ASSIGN_OR_RETURN(const auto existing, lookup_("source", source.handle));
        const std::string rec = existing ? existing->rec : RecordId::random().text();
        if (!existing && !plan_.records.empty()) {
            source.content = domain::in_declared_order(*schema_.find("source"), source.content);
            plan_.records.insert(plan_.records.begin(), to_row(source, rec, "1:1"));
        }
        plan_.batch.kind = "import", plan_.batch.rec = RecordId::random().text(), plan_.batch.label = label;
        json::array files;
        for (const auto& file : folder_.files) {
            plan_.batch.sealed.push_back({fmt::format("files.{}.name", files.size()), file.name});
            files.push_back(json::object{
                {"bytes", static_cast<std::int64_t>(file.bytes)}, {"sha256", base64(file.hash.view())}});
        }
        plan_.batch.clear = json::object{{"files", std::move(files)}, {"source", rec}};
        return {};
    }

    const Folder& folder_;
    const Options& options_;
    const Lookup& lookup_;
    const domain::Schema& schema_ = domain::Schema::builtin();
    AdditionTable additions_;
    std::map<std::size_t, Error> bad_additions_;  // by line
    std::map<std::string, Fate> fates_;
    std::map<std::string, std::string> ids_;
    Plan plan_;
};

}  // namespace

Result<Plan> make_plan(
    const Folder& folder, const Options& options, const Lookup& lookup, const std::string& label
) {
    return Planner(folder, options, lookup).run(label);
}

}  // namespace entente::ingest::contacts
