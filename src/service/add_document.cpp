#include "service/add_document.h"

#include <fmt/format.h>

#include "base/files.h"
#include "base/random.h"
#include "base/utf8.h"
#include "domain/empty.h"
#include "ingest/document/media_type.h"
#include "ledger/document.h"

namespace entente::service {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kSpareBytes = 64U << 20;  // beyond the file: log, index, text

std::unexpected<Error> refuse(ErrorCode code, std::string message, std::string advice = {}) {
    return fail(code, "file", std::move(message), std::move(advice));
}

Result<std::string> read_whole(const fs::path& file) {
    std::error_code ec;
    const auto status = fs::status(file, ec);
    if (!fs::exists(status))
        return refuse(ErrorCode::not_found, fmt::format("found no file {}", file.string()));
    if (!fs::is_regular_file(status))
        return refuse(ErrorCode::invalid_argument, fmt::format("found {}, expected a file", file.string()));
    const auto size = fs::file_size(file, ec);
    const auto too_big = [](std::uint64_t found) {
        return refuse(
            ErrorCode::invalid_argument,
            fmt::format(
                "found {} bytes, expected at most {}; nothing was written", found, ledger::kMaxDocumentBytes
            )
        );
    };
    if (!ec && size > ledger::kMaxDocumentBytes) return too_big(size);
    ENTENTE_ASSIGN_OR_RETURN(auto bytes, read_file(file));
    if (bytes.size() > ledger::kMaxDocumentBytes) return too_big(bytes.size());  // it grew meanwhile
    if (bytes.empty()) return refuse(ErrorCode::invalid_argument, "found an empty file, expected some bytes");
    return bytes;
}

// The write-ahead log and the database hold the bytes both, until the one is emptied into the other.
Result<void> check_space(const fs::path& directory, std::uint64_t size) {
    std::error_code ec;
    const auto space = fs::space(directory, ec);
    const auto needed = 2 * size + kSpareBytes;
    if (ec || space.available >= needed) return {};
    return refuse(
        ErrorCode::unavailable,
        fmt::format(
            "found {} MiB free beside the node, expected {}; nothing was written",
            space.available >> 20,
            (needed >> 20) + 1
        )
    );
}

domain::Content found_in(
    const fs::path& file,
    const std::string& bytes,
    std::string_view media_type,
    const ledger::DocumentText& text
) {
    domain::Content found;
    const auto name = file.filename().string();
    if (!name.empty() && is_valid_utf8(name)) found["file_name"] = name;
    found["media_type"] = media_type;
    found["size"] = static_cast<std::int64_t>(bytes.size());
    if (text.page_count)
        found["pages"] = static_cast<std::int64_t>(*text.page_count);
    else
        found["pages"] = domain::to_json(
            media_type == ingest::document::kPdf ? domain::Empty::unknown : domain::Empty::not_applicable
        );
    found["digest"] = ledger::document_digest(random_bytes(32), bytes);
    return found;
}

std::string first_source(const domain::Content& content) {
    const auto* citations = content.if_contains("citations");
    if (!citations || !citations->is_array()) return {};
    return text_at(citations->get_array().front().get_object(), "source");
}

// The document that holds the same bytes from the same source already.
Result<std::optional<ledger::Revision>> find_same(
    Node& node, const TypedFields& fields, const std::string& bytes
) {
    ENTENTE_ASSIGN_OR_RETURN(const auto view, node.view());
    std::string source;
    if (const auto typed = fields.find("citations"); typed != fields.end() && !typed->second.empty()) {
        const auto key = typed->second.front().substr(0, typed->second.front().find(':'));
        if (!domain::parse_empty(key)) {
            auto found = make_resolver(*view, node.schema())({"source"}, key);
            if (!found)
                return fail(found.error().code, "source", found.error().message, found.error().advice);
            source = *std::move(found);
        }
    }
    ledger::RecordQuery query;
    query.types = {std::string(ledger::kDocumentType)};
    ledger::FilterValue size;
    size.kind = ledger::FilterValue::Kind::interval;
    size.low = size.high = std::to_string(bytes.size());
    query.filters.push_back({"size", false, {size}});
    std::optional<ledger::Revision> same;
    ENTENTE_RETURN_IF_ERROR(view->each(query, [&](ledger::Revision record) -> Result<void> {
        if (!same && first_source(record.content) == source &&
            ledger::is_digest_of(text_at(record.content, "digest"), bytes))
            same = std::move(record);
        return {};
    }));
    return same;
}

}  // namespace

Result<AddedDocument> add_document(
    Node& node, const fs::path& file, const TypedFields& fields, const WriteOptions& options
) {
    ENTENTE_ASSIGN_OR_RETURN(auto bytes, read_whole(file));
    AddedDocument out;
    ENTENTE_ASSIGN_OR_RETURN(const auto same, find_same(node, fields, bytes));
    if (same) {
        out.on_record = true;
        out.written.revision = *same;
        return out;
    }
    ENTENTE_RETURN_IF_ERROR(check_space(node.directory(), bytes.size()));
    const auto media_type = ingest::document::media_type_of(bytes);
    out.text = node.read_text(media_type, bytes);
    RecordFile record{nullptr, found_in(file, bytes, media_type, out.text)};
    record.bytes = std::make_shared<const std::string>(std::move(bytes));
    ENTENTE_ASSIGN_OR_RETURN(out.written, record_document(node, fields, record, options));
    return out;
}

Result<OpenDocument> open_document(Node& node, ledger::RecordView& view, const std::string& id) {
    ENTENTE_ASSIGN_OR_RETURN(const auto rec, make_resolver(view, node.schema())({"document"}, id));
    ENTENTE_ASSIGN_OR_RETURN(const auto current, view.current(rec));
    if (!current) return fail(ErrorCode::not_found, "id", fmt::format("found no document called '{}'", id));
    ENTENTE_ASSIGN_OR_RETURN(const auto history, view.history(rec));
    OpenDocument out;
    out.record = *current;
    ENTENTE_ASSIGN_OR_RETURN(const auto reader, node.store().read());
    // The bytes lie beside the first revision: whatever is corrected later, they stay the same.
    ENTENTE_ASSIGN_OR_RETURN(out.bytes, ledger::read_document(*reader, node.vault(), history.front().index));
    return out;
}

}  // namespace entente::service
