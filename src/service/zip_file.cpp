#include "service/zip_file.h"

#include <algorithm>
#include <utility>

#include <zip.h>

namespace entente::service {
namespace {

constexpr std::size_t kStep = std::size_t{1} << 24;  // minizip counts in unsigned int

auto not_written() {
    return fail(ErrorCode::unavailable, "zip", "could not write the archive; is the disk full?");
}

}  // namespace

Result<std::unique_ptr<ZipFile>> ZipFile::create(const std::filesystem::path& file) {
    auto* archive = zipOpen64(file.c_str(), APPEND_STATUS_CREATE);
    if (!archive) return not_written();
    return std::unique_ptr<ZipFile>(new ZipFile(archive));
}

ZipFile::~ZipFile() {
    if (archive_) zipClose(archive_, nullptr);
}

Result<void> ZipFile::add(const std::string& name, const std::string& bytes) {
    zip_fileinfo info{};
    info.tmz_date.tm_year = 1980, info.tmz_date.tm_mday = 1;
    if (zipOpenNewFileInZip64(
            archive_,
            name.c_str(),
            &info,
            nullptr,
            0,
            nullptr,
            0,
            nullptr,
            Z_DEFLATED,
            Z_DEFAULT_COMPRESSION,
            bytes.size() >= 0xFFFFFFFFU
        ) != ZIP_OK)
        return not_written();
    for (std::size_t at = 0; at < bytes.size(); at += kStep)
        if (zipWriteInFileInZip(
                archive_, bytes.data() + at, static_cast<unsigned>(std::min(kStep, bytes.size() - at))
            ) != ZIP_OK)
            return not_written();
    if (zipCloseFileInZip(archive_) != ZIP_OK) return not_written();
    return {};
}

Result<void> ZipFile::finish() {
    if (zipClose(std::exchange(archive_, nullptr), nullptr) != ZIP_OK) return not_written();
    return {};
}

}  // namespace entente::service
