#include "api/call.h"
#include "api/common_parameters.h"
#include "api/temporary_file.h"
#include "base/files.h"
#include "service/add_document.h"
#include "service/record_json.h"

namespace entente::api {
namespace {

constexpr std::size_t kMostDocument = 64 << 20;

Result<Reply> add(Call& call) {
    const TemporaryFile file(call.text("name"));
    ENTENTE_RETURN_IF_ERROR(replace_file(file.path(), call.request().body, 0600));
    service::TypedFields fields;
    for (const char* name : {"title", "language"})
        if (auto typed = call.text(name); !typed.empty()) fields[name] = {std::move(typed)};
    fields["citations"] = call.texts("source");
    if (auto notes = call.texts("note"); !notes.empty()) fields["note"] = std::move(notes);
    service::WriteOptions options;
    options.idempotency_key = call.idempotency_key();
    options.releasable_to = call.words("releasable_to");
    return call.write([&](service::Node& node) -> Result<Reply> {
        ENTENTE_ASSIGN_OR_RETURN(const auto added, service::add_document(node, file.path(), fields, options));
        ENTENTE_ASSIGN_OR_RETURN(const auto view, node.view());
        service::KnownNames names;
        ENTENTE_ASSIGN_OR_RETURN(
            auto out, service::record_page_json(*view, call.schema(), added.written.revision, names)
        );
        if (added.on_record) out["repeated"] = true;
        return json_reply(std::move(out), added.on_record ? 200 : 201);
    });
}

Result<Reply> get(Call& call) {
    ENTENTE_ASSIGN_OR_RETURN(auto* const node, call.node());
    ENTENTE_ASSIGN_OR_RETURN(auto* const view, call.view());
    ENTENTE_ASSIGN_OR_RETURN(auto open, service::open_document(*node, *view, call.text("id")));
    const auto name = text_at(open.record.content, "file_name");
    std::string safe;
    for (const char c : name.empty() ? std::string("document") : name)
        safe +=
            (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '-'
                ? c
                : '_';
    // A file of any origin is never shown as a page of ours: it is handed over to be kept.
    return bytes_reply("application/octet-stream", std::move(open.bytes), safe);
}

}  // namespace

void add_document_routes(Routes& out) {
    out.push_back(
        {.method = "POST",
         .path = "/api/documents",
         .name = "addDocument",
         .command = "document add",
         .summary = "Put a file on the record with its bytes, which are the body",
         .allowed = kWriters,
         .parameters =
             {{"name", Kind::text, "The name it has", true},
              {"source", Kind::text, "Where it is from: key of a source, or unknown", true, true},
              {"title", Kind::text, "Its title; sealed"},
              {"language", Kind::text, "Language of its text, such as en"},
              {"note", Kind::text, "A remark; sealed", false, true},
              {"releasable_to", Kind::text, "Nations besides the originator that may see it", false, true}},
         .body = "File",
         .reply = "Record",
         .most_body = kMostDocument,
         .answer = add}
    );
    out.push_back(
        {.method = "GET",
         .path = "/api/documents/{id}/file",
         .name = "getDocument",
         .command = "document get",
         .summary = "Its bytes, once they are opened and held against their digest",
         .parameters = {in_path("id", Kind::record, "Id, or its beginning"), as_of()},
         .forms = {"application/octet-stream"},
         .answer = get}
    );
}

}  // namespace entente::api
