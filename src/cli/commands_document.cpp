#include <algorithm>

#include <fmt/format.h>

#include "base/codec.h"
#include "base/files.h"
#include "base/hash.h"
#include "cli/commands.h"
#include "cli/print_record.h"
#include "service/add_document.h"

namespace entente::cli {
namespace {

std::string thousands(std::uint64_t number) {
    std::string out = std::to_string(number);
    for (std::size_t at = out.size(); at > 3; at -= 3) out.insert(at - 3, ",");
    return out;
}

std::string field(const Session& session, std::string_view label, const std::string& value) {
    return labelled(label, isolated(harmless(value), session.style), 22, session.style);
}

// What can be said of the text: images have none, and a scan that nobody read is not without any.
std::string text_words(const ledger::Revision& record, const std::vector<std::string>& pages) {
    const auto type = text_at(record.content, "media_type");
    if (type.starts_with("image/") || type == "application/octet-stream") return "not applicable";
    std::uint64_t bytes = 0;
    for (const auto& page : pages) bytes += page.size();
    const bool words = std::any_of(pages.begin(), pages.end(), [](const std::string& page) {
        return page.find_first_not_of(" \n\t") != std::string::npos;
    });
    return words ? fmt::format("{} bytes, searchable: list document --text WORDS", thousands(bytes))
                 : std::string("unknown: none was read out of the file");
}

}  // namespace

Result<Exit> run_document_add(const Session& session, const DocumentOptions& options) {
    ENTENTE_ASSIGN_OR_RETURN(const auto node, session.open(service::Access::write));
    service::TypedFields fields;
    fields["citations"] = options.sources;
    if (!options.title.empty()) fields["title"] = {options.title};
    if (!options.language.empty()) fields["language"] = {options.language};
    if (!options.notes.empty()) fields["note"] = options.notes;
    service::WriteOptions write;
    write.releasable_to = options.releasable_to;
    write.idempotency_key = options.idempotency_key;
    write.preview = options.preview;
    ENTENTE_ASSIGN_OR_RETURN(const auto added, service::add_document(*node, options.file, fields, write));
    if (!added.on_record) {
        if (!added.text.why_none.empty()) say(fmt::format("Text unknown: {}.\n", added.text.why_none));
        return print_written(session, *node, added.written, "Recorded", options.json, options.preview);
    }
    say(fmt::format(
        "Already on record as {}, entry {}: the same bytes from the same source. Nothing was added.\n",
        added.written.revision.rec.substr(0, 8),
        added.written.revision.index
    ));
    if (options.json) {
        print(pretty_json(record_json(added.written.revision)) + "\n");
        return Exit::done;
    }
    ENTENTE_ASSIGN_OR_RETURN(const auto view, node->view());
    print(render_record(session, *view, added.written.revision));
    return Exit::done;
}

Result<Exit> run_document_show(const Session& session, const DocumentOptions& options) {
    ENTENTE_ASSIGN_OR_RETURN(const auto node, session.open(service::Access::read));
    ENTENTE_ASSIGN_OR_RETURN(const auto view, node->view());
    ENTENTE_ASSIGN_OR_RETURN(const auto open, service::open_document(*node, *view, options.id));
    ENTENTE_ASSIGN_OR_RETURN(const auto pages, view->pages(open.record.rec));
    const auto sum = hex(sha256(open.bytes).view());
    const auto text = text_words(open.record, pages);
    if (options.json) {
        auto out = record_json(open.record);
        out["bytes_match_digest"] = true;
        out["sha256"] = sum;
        out["text"] = text;
        print(pretty_json(out) + "\n");
        return Exit::done;
    }
    print(render_record(session, *view, open.record));
    print(field(session, "Bytes", thousands(open.bytes.size()) + ", opened now; they match the digest"));
    print(field(session, "SHA-256 of the bytes", sum));
    print(field(session, "Text", text));
    return Exit::done;
}

Result<Exit> run_document_get(const Session& session, const DocumentOptions& options) {
    ENTENTE_ASSIGN_OR_RETURN(const auto node, session.open(service::Access::read));
    ENTENTE_ASSIGN_OR_RETURN(const auto view, node->view());
    ENTENTE_ASSIGN_OR_RETURN(const auto open, service::open_document(*node, *view, options.id));
    ENTENTE_RETURN_IF_ERROR(create_file(options.out, open.bytes, 0600));
    say(fmt::format(
        "{} bytes written to {}; they match the digest. What opens them is your choice: nothing here did.\n",
        thousands(open.bytes.size()),
        options.out
    ));
    return Exit::done;
}

}  // namespace entente::cli
