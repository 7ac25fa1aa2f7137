#include "ingest/map/map_source.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>

#include <fmt/format.h>

#include "ingest/map/sheet_name.h"

namespace entente::ingest::map {
namespace {

// `visits` of `visits.csv.gz`, without blanks: the name of what a file is an edition of.
std::string stem(std::string name) {
    for (const std::string_view ending :
         {".gz", ".zst", ".csv", ".tsv", ".txt", ".ndjson", ".jsonl", ".xlsx"})
        if (name.size() > ending.size() && name.ends_with(ending)) name.resize(name.size() - ending.size());
    for (char& c : name)
        if (c == ' ' || c == '\t' || c == '\n') c = '_';
    return name;
}

Result<ImportFile> digest(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in)
        return fail(
            std::filesystem::exists(path) ? ErrorCode::unavailable : ErrorCode::not_found,
            path.string(),
            fmt::format("cannot be opened: {}", std::strerror(errno))
        );
    ImportFile file;
    file.name = path.filename().string();
    Sha256Stream hash;
    std::string chunk(256U << 10, '\0');
    while (in.read(chunk.data(), static_cast<std::streamsize>(chunk.size())) || in.gcount() > 0) {
        const auto got = static_cast<std::size_t>(in.gcount());
        hash.update(std::string_view(chunk).substr(0, got));
        file.bytes += got;
    }
    if (in.bad()) return fail(ErrorCode::unavailable, path.string(), "cannot be read to its end");
    file.sha256 = hash.finish();
    return file;
}

}  // namespace

MapSource::MapSource(TableMap map, std::vector<std::filesystem::path> paths, Day today, RecordedNames names)
    : map_(std::move(map)), paths_(std::move(paths)), mapper_(map_, today, std::move(names)) {}

Result<std::unique_ptr<MapSource>> MapSource::open(
    TableMap map, std::vector<std::filesystem::path> paths, Day today, RecordedNames names
) {
    std::unique_ptr<MapSource> source(new MapSource(std::move(map), std::move(paths), today, std::move(names))
    );
    for (const auto& path : source->paths_) {
        ENTENTE_ASSIGN_OR_RETURN(auto file, digest(path));
        file.edition = source->map_.edition.empty() ? stem(file.name) : source->map_.edition;
        // One sheet is no edition of another.
        for (const auto& sheet : source->map_.sheets) {
            const auto name = sheet_name(path, source->options(sheet));
            if (!name) return std::unexpected(name.error());
            if (*name != "*") file.edition += "!" + stem(*name);
        }
        for (const auto& other : source->files_)
            if (other.edition == file.edition)
                return fail(
                    ErrorCode::invalid_argument,
                    file.name,
                    fmt::format(
                        "found a second edition of {} beside {}, expected one at a time",
                        file.edition,
                        other.name
                    )
                );
        source->bytes_all_ += file.bytes;
        source->files_.push_back(std::move(file));
    }
    return source;
}

Result<bool> MapSource::next(ImportRow& row) {
    row = {};
    for (;;) {
        if (!reader_) {
            ENTENTE_ASSIGN_OR_RETURN(const bool opened, next_table());
            if (!opened) return false;
        }
        ENTENTE_ASSIGN_OR_RETURN(const bool found, reader_->next(row_));
        if (!found) {
            close_table();
            continue;
        }
        row.file = file_ + 1;
        mapper_.map(row_, row);
        return true;
    }
}

table::TableOptions MapSource::options(const std::string& sheet) const {
    table::TableOptions out;
    out.form = map_.form, out.delimiter = map_.delimiter, out.header_row = map_.header_row, out.sheet = sheet;
    return out;
}

Result<bool> MapSource::next_table() {
    if (file_ >= paths_.size()) return false;
    const auto sheet = sheet_ < map_.sheets.size() ? map_.sheets[sheet_] : std::string();
    ENTENTE_ASSIGN_OR_RETURN(reader_, table::open_confined_table(paths_[file_], options(sheet)));
    if (auto begun = mapper_.begin(reader_->columns()); !begun)
        return fail(
            ErrorCode::invalid_argument,
            files_[file_].name,
            fmt::format("{}: {}", begun.error().field, begun.error().message)
        );
    return true;
}

void MapSource::close_table() {
    for (const auto& remark : reader_->remarks()) remarks_.push_back(files_[file_].name + ": " + remark);
    reader_.reset();
    if (++sheet_ < map_.sheets.size()) return;
    bytes_done_ += files_[file_].bytes;
    sheet_ = 0, ++file_;
}

Result<void> MapSource::restart() {
    reader_.reset();
    file_ = sheet_ = 0, bytes_done_ = 0;
    remarks_.clear();
    mapper_.restart();
    return {};
}

double MapSource::progress() const {
    if (bytes_all_ == 0) return 1;
    const auto here = reader_ ? std::min(reader_->bytes_read(), files_[file_].bytes) : 0;
    return static_cast<double>(bytes_done_ + here) / static_cast<double>(bytes_all_);
}

}  // namespace entente::ingest::map
