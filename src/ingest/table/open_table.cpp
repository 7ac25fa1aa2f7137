#include "ingest/table/open_table.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include <fmt/format.h>

#include "ingest/table/byte_source.h"
#include "ingest/table/columns.h"
#include "ingest/table/delimited_reader.h"
#include "ingest/table/ndjson_reader.h"
#include "ingest/table/xlsx_reader.h"

namespace entente::ingest::table {
namespace {

std::unexpected<Error> refuse(const std::string& name, const char* message, const char* advice = "") {
    return fail(ErrorCode::invalid_argument, name, message, advice);
}

// What no reader reads, with what to do about it.
Result<void> refuse_other_forms(const std::string& name, std::string_view first) {
    constexpr std::string_view kOle("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    if (first.starts_with("\xFF\xFE") || first.starts_with("\xFE\xFF"))
        return refuse(
            name,
            "line 1, byte 1: found UTF-16, expected UTF-8",
            "save it as CSV in UTF-8, or: iconv -f UTF-16 -t UTF-8 FILE"
        );
    if (first.starts_with(kOle))
        return refuse(
            name,
            "found an Excel 97 file or one with a password, expected XLSX, CSV, TSV or NDJSON",
            "save it as .xlsx without a password, or as CSV"
        );
    if (first.starts_with("PK\x03\x04"))
        return refuse(name, "found a ZIP or XLSX file inside gzip or zstd, expected it by itself");
    if (first.starts_with("%PDF")) return refuse(name, "found a PDF, expected XLSX, CSV, TSV or NDJSON");
    if (first.starts_with("\x1F\x8B") || first.starts_with("\x28\xB5\x2F\xFD"))
        return refuse(name, "found a packed file inside a packed file, expected one packing at most");
    return {};
}

// TSV when the name says so, whatever packing its ending names.
bool named_tsv(std::string_view name) {
    for (const auto* packing : {".gz", ".zst"})
        if (name.ends_with(packing)) name.remove_suffix(std::strlen(packing));
    return name.ends_with(".tsv") || name.ends_with(".TSV");
}

/// Bytes that were looked at already, then the rest.
class Rejoined : public ByteSource {
public:
    Rejoined(std::string first, std::unique_ptr<ByteSource> rest)
        : first_(std::move(first)), rest_(std::move(rest)) {}
    Result<std::size_t> read(char* into, std::size_t size) override {
        if (used_ == first_.size()) return rest_->read(into, size);
        const auto taken = std::min(size, first_.size() - used_);
        std::memcpy(into, first_.data() + used_, taken);
        used_ += taken;
        return taken;
    }
    std::uint64_t bytes_read() const override { return rest_->bytes_read(); }

private:
    std::string first_;
    std::unique_ptr<ByteSource> rest_;
    std::size_t used_ = 0;
};

Result<std::string> first_bytes(ByteSource& source) {
    std::string first(4096, '\0');
    std::size_t filled = 0;
    while (filled < first.size()) {
        ENTENTE_ASSIGN_OR_RETURN(const auto got, source.read(first.data() + filled, first.size() - filled));
        if (got == 0) break;
        filled += got;
    }
    first.resize(filled);
    return first;
}

}  // namespace

Result<std::unique_ptr<TableReader>> open_table(
    const std::filesystem::path& path, const TableOptions& options
) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    const auto name = path.filename().string();
    if (descriptor < 0)
        return fail(
            errno == ENOENT ? ErrorCode::not_found : ErrorCode::unavailable,
            path.string(),
            fmt::format("cannot be opened: {}", std::strerror(errno))
        );
    return open_table(descriptor, name, options);
}

Result<std::unique_ptr<TableReader>> open_table(
    int descriptor, const std::string& name, const TableOptions& wanted
) {
    auto file = std::make_unique<FileSource>(descriptor, name);
    const auto bytes_total = file->bytes_total();
    ENTENTE_ASSIGN_OR_RETURN(const auto stored, file->peek());
    if (stored.empty()) return refuse(name, "found an empty file, expected a table");
    if (stored.starts_with("PK\x03\x04") || stored.starts_with("PK\x05\x06"))
        return open_xlsx(::dup(descriptor), name, wanted, bytes_total);
    if (wanted.form == TableForm::xlsx) return refuse(name, "found no ZIP, expected an XLSX file");
    const UnpackLimits limits{wanted.limits.unpacked_bytes, wanted.limits.ratio};
    auto source = unpack(std::move(file), std::string(stored), limits, name);
    ENTENTE_ASSIGN_OR_RETURN(auto first, first_bytes(*source));
    ENTENTE_RETURN_IF_ERROR(refuse_other_forms(name, first));
    std::string_view text = first;
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    text = trimmed(text);
    TableOptions options = wanted;
    if (text.starts_with("{") && options.form == TableForm::detect) options.form = TableForm::ndjson;
    if (options.form == TableForm::detect && text.starts_with("[") &&
        trimmed(text.substr(1)).starts_with("{"))
        return refuse(
            name, "found a JSON list, expected one object a line", "turn it into NDJSON: jq -c '.[]' FILE"
        );
    if (options.form == TableForm::detect) options.form = named_tsv(name) ? TableForm::tsv : TableForm::csv;
    auto whole = std::make_unique<Rejoined>(std::move(first), std::move(source));
    if (options.form == TableForm::ndjson) return open_ndjson(std::move(whole), name, options, bytes_total);
    return open_delimited(std::move(whole), name, options, bytes_total);
}

}  // namespace entente::ingest::table
