#include "service/import_editions.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <set>

#include "base/codec.h"
#include "service/import_placed.h"

namespace entente::service {
namespace {

// What an import entry says of one of its files.
struct FileOnRecord {
    std::string edition;
    std::string sha256;
};

std::vector<FileOnRecord> files_of(const json::object& fields) {
    std::vector<FileOnRecord> out;
    const auto* files = fields.if_contains("files");
    if (!files || !files->is_array()) return out;
    for (const auto& file : files->get_array())
        out.push_back(
            file.is_object()
                ? FileOnRecord{text_at(file.get_object(), "edition"), text_at(file.get_object(), "sha256")}
                : FileOnRecord{}
        );
    return out;
}

constexpr std::size_t kSaidElsewhereMost = 1'000'000;

std::uint64_t beginning(const Hash& hash) {
    std::uint64_t out = 0;
    std::memcpy(&out, hash.bytes.data(), sizeof(out));
    return out;
}

// `11:3312` -> 11
std::size_t file_number(std::string_view at) {
    std::size_t number = 0;
    std::from_chars(at.data(), at.data() + std::min(at.find(':'), at.size()), number);
    return number;
}

}  // namespace

Result<Hash> content_digest(const domain::Content& content) {
    ENTENTE_ASSIGN_OR_RETURN(const auto text, canonical_json(content));
    return sha256(text);
}

std::string handle_of(const domain::Content& content) {
    for (const char* field : {"source_id", "code", "key"})
        if (auto text = text_at(content, field); !text.empty()) return text;
    return {};
}

Result<Editions> Editions::load(
    ledger::RecordView& view,
    const std::string& source,
    const std::vector<ingest::ImportFile>& files,
    bool says
) {
    Editions out;
    out.says_ = says;
    out.read_.resize(files.size()), out.earlier_.resize(files.size()), out.rows_.resize(files.size());
    out.read_by_.resize(files.size());
    std::set<std::string> undone;
    ENTENTE_ASSIGN_OR_RETURN(const auto retractions, view.system_entries("retract"));
    for (const auto& entry : retractions) undone.insert(entry.rec);
    ENTENTE_ASSIGN_OR_RETURN(const auto imports, view.system_entries("import"));
    std::vector<Batch> batches, taken_back;
    std::vector<std::pair<std::uint64_t, std::vector<std::string>>> others;
    for (const auto& import : imports) {
        ENTENTE_ASSIGN_OR_RETURN(const auto cited, view.history(text_at(import.f, "source")));
        if (cited.empty() || text_at(cited.front().content, "key") != source) continue;
        const bool stands = !undone.contains(import.rec);
        const auto on_record = files_of(import.f);
        Batch batch{import.index, std::vector<std::size_t>(on_record.size() + 1)};
        bool any = false;
        for (std::size_t i = 0; i < on_record.size(); ++i)
            for (std::size_t j = 0; j < files.size(); ++j) {
                if (on_record[i].edition != files[j].edition) continue;
                batch.file_of[i + 1] = j + 1, any = true;
                if (!stands) continue;
                out.earlier_[j] = true;
                out.read_by_[j] = import.index;
                out.read_[j] = on_record[i].sha256 == base64(files[j].sha256.view());
            }
        if (!stands) {
            if (any) taken_back.push_back(std::move(batch));
            continue;
        }
        std::vector<std::string> not_at_hand{""};
        for (std::size_t i = 0; i < on_record.size(); ++i)
            not_at_hand.push_back(batch.file_of[i + 1] == 0 ? on_record[i].edition : "");
        others.emplace_back(import.index, std::move(not_at_hand));
        if (any) batches.push_back(std::move(batch));
    }
    if (std::ranges::find(out.earlier_, false) != out.earlier_.end())
        for (const auto& [batch, editions] : others)
            ENTENTE_RETURN_IF_ERROR(out.load_elsewhere(view, batch, editions));
    for (const auto& batch : batches) ENTENTE_RETURN_IF_ERROR(out.load_rows(view, batch));
    for (auto batch = taken_back.rbegin(); batch != taken_back.rend(); ++batch)
        ENTENTE_RETURN_IF_ERROR(out.load_left_standing(view, *batch));
    for (auto& rows : out.rows_) ENTENTE_RETURN_IF_ERROR(settle(view, rows));
    return out;
}

// A row that was revised since is as the import left it only if what is current says the same: it was
// reinstated.
Result<void> Editions::settle(ledger::RecordView& view, std::unordered_map<std::string, KnownRow>& rows) {
    for (auto& [name, row] : rows) {
        if (!row.by_hand) continue;
        ENTENTE_ASSIGN_OR_RETURN(const auto current, view.current(row.rec));
        if (!current) continue;
        ENTENTE_ASSIGN_OR_RETURN(const auto digest, content_digest(current->content));
        if (digest != row.content) continue;
        row.by_hand = false;
        row.leaf = current->leaf;
    }
    return {};
}

Result<void> Editions::load_rows(ledger::RecordView& view, const Batch& batch) {
    const bool wanted = std::any_of(batch.file_of.begin(), batch.file_of.end(), [&](std::size_t file) {
        return file != 0 && !read_[file - 1];
    });
    if (!wanted) return {};
    return view.each_of_batch(batch.index, [&](const ledger::Revision& revision) -> Result<void> {
        const auto number = file_number(revision.at);
        const auto file = number < batch.file_of.size() ? batch.file_of[number] : 0;
        if (file == 0 || read_[file - 1] || revision.type == "source") return {};
        auto& rows = rows_[file - 1];
        if (revision.kind == "retract") {
            std::erase_if(rows, [&](const auto& row) { return row.second.rec == revision.rec; });
            return {};
        }
        ENTENTE_ASSIGN_OR_RETURN(const auto digest, content_digest(revision.content));
        keep(file, revision, digest);
        return {};
    });
}

// An import that was undone leaves what somebody had revised: a later one must not double it.
Result<void> Editions::load_left_standing(ledger::RecordView& view, const Batch& batch) {
    std::set<std::string> known;
    for (const auto& rows : rows_)
        for (const auto& [name, row] : rows) known.insert(row.rec);
    return view.each_of_batch(batch.index, [&](const ledger::Revision& revision) -> Result<void> {
        const auto number = file_number(revision.at);
        const auto file = number < batch.file_of.size() ? batch.file_of[number] : 0;
        if (file == 0 || read_[file - 1] || revision.type == "source" || revision.kind == "retract")
            return {};
        if (known.contains(revision.rec) || find(file, revision.type, handle_of(revision.content)) != nullptr)
            return {};
        ENTENTE_ASSIGN_OR_RETURN(const auto current, view.current(revision.rec));
        if (!current) return {};
        ENTENTE_ASSIGN_OR_RETURN(const auto digest, content_digest(revision.content));
        keep(file, revision, digest);
        earlier_[file - 1] = true;
        return {};
    });
}

void Editions::keep(std::size_t file, const ledger::Revision& revision, const Hash& digest) {
    rows_[file - 1][revision.type + ":" + handle_of(revision.content)] = {
        revision.rec,
        revision.leaf,
        digest,
        revision.until.has_value(),
        false,
        says_ ? revision.content : domain::Content()};
}

Result<void> Editions::load_elsewhere(
    ledger::RecordView& view, std::uint64_t batch, const std::vector<std::string>& editions
) {
    return view.each_of_batch(batch, [&](const ledger::Revision& revision) -> Result<void> {
        const auto number = file_number(revision.at);
        if (number >= editions.size() || editions[number].empty() || revision.type == "source") return {};
        if (says_) return note_said_elsewhere(view, revision, editions[number]);
        const auto name = revision.type + ":" + handle_of(revision.content);
        if (revision.kind == "retract")
            elsewhere_.erase(name);
        else
            elsewhere_[name] = editions[number];
        return {};
    });
}

const std::string& Editions::elsewhere(const std::string& type, const std::string& handle) const {
    static const std::string kNone;
    const auto found = elsewhere_.find(type + ":" + handle);
    return found == elsewhere_.end() ? kNone : found->second;
}

// What is on record now, which a later edition or somebody may have changed.
Result<void> Editions::note_said_elsewhere(
    ledger::RecordView& view, const ledger::Revision& revision, const std::string& edition
) {
    if (revision.kind == "retract" || said_elsewhere_.size() >= kSaidElsewhereMost) return {};
    auto content = revision.content;
    if (revision.until) {
        ENTENTE_ASSIGN_OR_RETURN(const auto current, view.current(revision.rec));
        if (!current) return {};
        content = current->content;
    }
    if (names_elsewhere_.empty() || names_elsewhere_.back() != edition) names_elsewhere_.push_back(edition);
    ENTENTE_ASSIGN_OR_RETURN(const auto said, said_digest(content));
    said_elsewhere_.emplace(beginning(said), static_cast<std::uint32_t>(names_elsewhere_.size() - 1));
    return {};
}

std::string Editions::take_said_elsewhere(const Hash& said) {
    const auto found = said_elsewhere_.find(beginning(said));
    if (found == said_elsewhere_.end()) return {};
    const auto edition = names_elsewhere_[found->second];
    said_elsewhere_.erase(found);
    return edition;
}

KnownRow* Editions::find(std::size_t file, const std::string& type, const std::string& handle) {
    auto& rows = rows_[file - 1];
    const auto found = rows.find(type + ":" + handle);
    return found == rows.end() ? nullptr : &found->second;
}

Editions::Overlap Editions::overlap(std::size_t file) const {
    Overlap out;
    for (const auto& [name, row] : rows_[file - 1]) ++out.known, out.gone += !row.seen && !row.by_hand;
    return out;
}

Result<void> Editions::each_gone(const GoneVisitor& visit) const {
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        if (!earlier_[i] || read_[i]) continue;
        std::vector<std::pair<std::string_view, const KnownRow*>> gone;
        for (const auto& [name, row] : rows_[i])
            if (!row.seen) gone.emplace_back(name, &row);
        std::sort(gone.begin(), gone.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
        for (const auto& [name, row] : gone) {
            const auto colon = name.find(':');
            ENTENTE_RETURN_IF_ERROR(
                visit(i + 1, *row, std::string(name.substr(0, colon)), std::string(name.substr(colon + 1)))
            );
        }
    }
    return {};
}

}  // namespace entente::service
