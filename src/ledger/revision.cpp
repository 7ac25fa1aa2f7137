#include "ledger/revision.h"

#include <memory>
#include <set>

#include <fmt/format.h>

#include "base/record_memory.h"
#include "ledger/disclosure.h"
#include "ledger/entry.h"
#include "ledger/merkle.h"

namespace entente::ledger {
namespace {

// With the memory that it lies in: assigning would copy it.
void put(domain::Content& place, domain::Content content) {
    std::destroy_at(&place);
    std::construct_at(&place, std::move(content));
}

Revision make_revision(
    const domain::Schema& schema,
    EntryFields fields,
    const std::vector<domain::SealedValue>& sealed,
    std::uint64_t index,
    std::int64_t row,
    const Hash& leaf
) {
    Revision out;
    out.rec = std::move(fields.rec);
    out.type = std::move(fields.type);
    out.kind = std::move(fields.kind);
    // A row that follows an earlier revision supersedes it, or withdraws it when it says nothing.
    if (row >= 0 && fields.prev) out.kind = fields.f || !fields.sd.empty() ? "supersede" : "retract";
    out.index = index;
    out.row = row;
    out.leaf = leaf;
    out.by = std::move(fields.by);
    out.reason = std::move(fields.reason);
    out.label = std::move(fields.lbl);
    out.at = std::move(fields.at);
    auto clear = fields.f ? *std::move(fields.f) : json::object{};
    if (const auto* type = schema.find(out.type))
        put(out.content, domain::join(*type, std::move(clear), sealed));
    else
        put(out.content, std::move(clear));  // a type of a later version: kept and shown as it is
    return out;
}

SystemEntry make_system_entry(std::uint64_t index, EntryFields fields) {
    return {
        index,
        std::move(fields.kind),
        std::move(fields.rec),
        std::move(fields.type),
        fields.t ? to_text(*fields.t) : "",
        std::move(fields.by),
        std::move(fields.lbl),
        fields.f ? *std::move(fields.f) : json::object{}};
}

class Opener {
public:
    Opener(LedgerReader& reader, Vault& vault, const domain::Schema& schema, const RevisionVisitor& visitor)
        : reader_(reader), vault_(vault), schema_(schema), visitor_(visitor) {}

    Result<void> entry(const StoredLeaf& leaf) {
        ENTENTE_ASSIGN_OR_RETURN(auto fields, decode(leaf.bytes));
        const std::string t = fields.t ? to_text(*fields.t) : "";
        // A retraction without a type withdraws a whole batch.
        const bool of_batch = fields.kind == "retract" && fields.type.empty();
        if (fields.kind == "record" || fields.kind == "supersede" || (fields.kind == "retract" && !of_batch))
            return revision(leaf, leaf.position, -1, std::move(fields), t, {}, {});
        ENTENTE_RETURN_IF_ERROR(tell_label(fields.lbl));
        const bool import = fields.kind == "import";
        const auto by = fields.by, label = fields.lbl;
        ENTENTE_RETURN_IF_ERROR(visitor_.system(make_system_entry(leaf.position, std::move(fields))));
        if (!import) return {};
        return reader_.each_row(leaf.position, [&](const StoredLeaf& row) -> Result<void> {
            ENTENTE_ASSIGN_OR_RETURN(auto row_fields, decode(row.bytes, record_memory()));
            return revision(
                row,
                leaf.position,
                static_cast<std::int64_t>(row.position),
                std::move(row_fields),
                t,
                by,
                label
            );
        });
    }

private:
    Result<void> tell_label(const std::string& digest) {
        if (digest.empty() || !told_.insert(digest).second) return {};
        ENTENTE_ASSIGN_OR_RETURN(const auto bytes, reader_.label(digest));
        return visitor_.label(digest, bytes);
    }

    Result<void> revision(
        const StoredLeaf& leaf,
        std::uint64_t index,
        std::int64_t row,
        EntryFields fields,
        const std::string& t,
        const std::string& batch_by,
        const std::string& batch_label
    ) {
        std::vector<domain::SealedValue> sealed;
        std::uint32_t erased = 0;
        if (!fields.sd.empty()) {
            ENTENTE_ASSIGN_OR_RETURN(const auto boxes, reader_.boxes(index, row));
            erased = static_cast<std::uint32_t>(fields.sd.size() - std::min(fields.sd.size(), boxes.size()));
            for (const auto& [address, box] : boxes) {
                // One value that cannot be opened costs that value, not the record and not the index.
                const auto text = vault_.open_box(address, box);
                if (!text && text.error().code != ErrorCode::corrupt) return std::unexpected(text.error());
                auto value = text ? Disclosure{*text}.open() : fail(ErrorCode::corrupt, {}, {});
                if (value)
                    sealed.push_back(*std::move(value));
                else
                    ++erased;
            }
        }
        auto out = make_revision(schema_, std::move(fields), sealed, index, row, leaf_hash(leaf.bytes));
        out.erased = erased;
        out.t = t;
        if (out.by.empty()) out.by = batch_by;
        if (out.label.empty()) out.label = batch_label;
        ENTENTE_RETURN_IF_ERROR(tell_label(out.label));
        return visitor_.revision(std::move(out));
    }

    LedgerReader& reader_;
    Vault& vault_;
    const domain::Schema& schema_;
    const RevisionVisitor& visitor_;
    std::set<std::string> told_;
};

}  // namespace

Revision revision_of(WrittenRow row, const domain::Schema& schema) {
    return make_revision(
        schema, std::move(row.fields), row.sealed, row.index, static_cast<std::int64_t>(row.number), row.leaf
    );
}

Result<SystemEntry> read_system_entry(LedgerReader& reader, std::uint64_t index) {
    ENTENTE_ASSIGN_OR_RETURN(const auto bytes, reader.entry_bytes(index));
    ENTENTE_ASSIGN_OR_RETURN(auto fields, decode(bytes));
    return make_system_entry(index, std::move(fields));
}

Result<void> each_revision(
    LedgerReader& reader,
    Vault& vault,
    const domain::Schema& schema,
    std::uint64_t first,
    const RevisionVisitor& visitor
) {
    Opener opener(reader, vault, schema, visitor);
    return reader.each_entry(first, [&](const StoredLeaf& entry) { return opener.entry(entry); });
}

}  // namespace entente::ledger
