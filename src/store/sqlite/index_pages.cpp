#include "store/sqlite/index_pages.h"

#include "base/search_text.h"
#include "ledger/document.h"

namespace entente::store::sqlite {
namespace {

Result<std::vector<std::string>> pages_before(
    Statements& statements, std::int64_t rev, const std::string& rec
) {
    std::vector<std::string> out;
    ENTENTE_ASSIGN_OR_RETURN(
        auto* s,
        statements.get("SELECT p.text FROM page AS p WHERE p.rev=(SELECT max(q.rev) FROM page AS q JOIN "
                       "revision AS r ON r.rev=q.rev WHERE r.rec=?1 AND r.rev<?2) ORDER BY p.number")
    );
    s->bind(1, rec).bind(2, rev);
    for (;;) {
        ENTENTE_ASSIGN_OR_RETURN(const bool more, s->step());
        if (!more) break;
        out.emplace_back(s->text(0));
    }
    s->reset();
    return out;
}

}  // namespace

std::string page_table() {
    return "CREATE TABLE page(rev INTEGER NOT NULL, number INTEGER NOT NULL, text TEXT NOT NULL, PRIMARY "
           "KEY(rev, number)) STRICT, WITHOUT ROWID";
}

Result<void> attach_text(
    ledger::Revision& revision,
    ledger::LedgerReader& reader,
    ledger::Vault& vault,
    const ledger::TextReader& read_text
) {
    if (!read_text || revision.type != ledger::kDocumentType || revision.kind != "record") return {};
    const auto bytes = ledger::read_document(reader, vault, revision.index);
    if (!bytes && bytes.error().code == ErrorCode::unavailable) return std::unexpected(bytes.error());
    if (bytes) revision.pages = read_text(text_at(revision.content, "media_type"), *bytes).pages;
    return {};
}

Result<std::string> put_pages(Statements& statements, std::int64_t rev, const ledger::Revision& revision) {
    std::string words;
    if (revision.type != ledger::kDocumentType) return words;
    std::vector<std::string> before;
    if (revision.kind != "record") {
        ENTENTE_ASSIGN_OR_RETURN(before, pages_before(statements, rev, revision.rec));
    }
    const auto& pages = revision.kind == "record" ? revision.pages : before;
    ENTENTE_ASSIGN_OR_RETURN(
        auto* insert, statements.get("INSERT INTO page(rev,number,text) VALUES(?1,?2,?3)")
    );
    for (std::size_t i = 0; i < pages.size(); ++i) {
        ENTENTE_RETURN_IF_ERROR(
            insert->bind(1, rev).bind(2, static_cast<std::int64_t>(i + 1)).bind(3, pages[i]).run()
        );
        words += searchable(pages[i]) + "\n";
    }
    return words;
}

}  // namespace entente::store::sqlite
