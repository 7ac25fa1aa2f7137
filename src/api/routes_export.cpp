// The whole record at once, to be carried away. The access log keeps a line of each.
#include "api/call.h"
#include "api/common_parameters.h"
#include "api/temporary_file.h"
#include "base/files.h"
#include "service/export_record.h"
#include "service/zip_file.h"

namespace entente::api {
namespace {

Result<Reply> export_all(Call& call) {
    ENTENTE_ASSIGN_OR_RETURN(auto* const view, call.view());
    ENTENTE_ASSIGN_OR_RETURN(auto* const node, call.node());
    const TemporaryFile file("record.zip");
    ENTENTE_ASSIGN_OR_RETURN(const auto archive, service::ZipFile::create(file.path()));
    ENTENTE_RETURN_IF_ERROR(service::export_record(
        *node,
        *view,
        {call.text("form") != "ndjson", call.nation()},
        [&](const std::string& name, const std::string& bytes) { return archive->add(name, bytes); }
    ));
    ENTENTE_RETURN_IF_ERROR(archive->finish());
    ENTENTE_ASSIGN_OR_RETURN(auto bytes, read_file(file.path()));
    auto out = bytes_reply("application/zip", std::move(bytes), "record.zip");
    out.cached = false;  // each time somebody carries it away
    return out;
}

}  // namespace

void add_export_routes(Routes& out) {
    out.push_back(
        {.method = "GET",
         .path = "/api/export",
         .name = "exportRecord",
         .command = "export",
         .summary =
             "All current records that one may see, a file a record type, with a manifest: a ZIP archive",
         .parameters =
             {{"form",
               Kind::one_of,
               "Of the files inside; CSV where none is given",
               false,
               false,
               {"csv", "ndjson"}},
              as_of()},
         .forms = {"application/zip"},
         .answer = export_all}
    );
}

}  // namespace entente::api
