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
        ENTENTE_RETURN_IF_ERROR(visitor_.system(
            {leaf.position,
             fields.kind,
             fields.rec,
             fields.type,
             t,
             fields.lbl,
             fields.f.value_or(json::object{})}
        ));
        if (fields.kind != "import") return {};
        return reader_.each_row(leaf.position, [&](const StoredLeaf& row) -> Result<void> {
            ENTENTE_ASSIGN_OR_RETURN(auto row_fields, decode(row.bytes, record_memory()));
            return revision(
                row,
                leaf.position,
                static_cast<std::int64_t>(row.position),
                std::move(row_fields),
                t,
                fields.by,
                fields.lbl
            );
        });
    }

private:
    // With the memory that it lies in: assigning would copy it.
    static void put(domain::Content& place, domain::Content content) {
        std::destroy_at(&place);
        std::construct_at(&place, std::move(content));
    }

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
        Revision out;
        out.rec = std::move(fields.rec);
        out.type = std::move(fields.type);
        out.kind = std::move(fields.kind);
        // A row that follows an earlier revision supersedes it, or withdraws it when it says nothing.
        if (row >= 0 && fields.prev) out.kind = fields.f || !fields.sd.empty() ? "supersede" : "retract";
        out.index = index;
        out.row = row;
        out.leaf = leaf_hash(leaf.bytes);
        out.t = t;
        out.by = fields.by.empty() ? batch_by : fields.by;
        out.reason = std::move(fields.reason);
        out.label = fields.lbl.empty() ? batch_label : fields.lbl;
        out.at = std::move(fields.at);
        std::vector<domain::SealedValue> sealed;
        if (!fields.sd.empty()) {
            ENTENTE_ASSIGN_OR_RETURN(const auto boxes, reader_.boxes(index, row));
            out.erased =
                static_cast<std::uint32_t>(fields.sd.size() - std::min(fields.sd.size(), boxes.size()));
            for (const auto& [address, box] : boxes) {
                // One value that cannot be opened costs that value, not the record and not the index.
                const auto text = vault_.open_box(address, box);
                if (!text && text.error().code != ErrorCode::corrupt) return std::unexpected(text.error());
                auto value = text ? Disclosure{*text}.open() : fail(ErrorCode::corrupt, {}, {});
                if (value)
                    sealed.push_back(*std::move(value));
                else
                    ++out.erased;
            }
        }
        auto clear = fields.f ? *std::move(fields.f) : json::object{};
        if (const auto* type = schema_.find(out.type))
            put(out.content, domain::join(*type, std::move(clear), sealed));
        else
            put(out.content, std::move(clear));  // a type of a later version: kept and shown as it is
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
