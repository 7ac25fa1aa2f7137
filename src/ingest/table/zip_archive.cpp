#include "ingest/table/zip_archive.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <vector>

#include <fmt/format.h>
#include <unzip.h>

namespace entente::ingest::table {
namespace {

constexpr std::uint64_t kRatioFrom = 1U << 20;
constexpr std::size_t kNameMax = 256;

/// A descriptor as minizip wants a file: everything by position, nothing opened by name.
struct OpenFile {
    int descriptor = -1;
    std::uint64_t at = 0, size = 0;
    bool failed = false;
};

OpenFile& file(voidpf opaque) {
    return *static_cast<OpenFile*>(opaque);
}

voidpf open_it(voidpf opaque, const void*, int mode) {
    return (mode & ZLIB_FILEFUNC_MODE_READWRITEFILTER) == ZLIB_FILEFUNC_MODE_READ ? opaque : nullptr;
}
uLong read_it(voidpf, voidpf stream, void* into, uLong size) {
    auto& from = file(stream);
    uLong done = 0;
    while (done < size) {
        const auto got = ::pread(
            from.descriptor, static_cast<char*>(into) + done, size - done, static_cast<off_t>(from.at)
        );
        if (got < 0) from.failed = true;
        if (got <= 0) break;
        done += static_cast<uLong>(got), from.at += static_cast<std::uint64_t>(got);
    }
    return done;
}
uLong write_nothing(voidpf, voidpf, const void*, uLong) {
    return 0;
}
ZPOS64_T tell_it(voidpf, voidpf stream) {
    return file(stream).at;
}
long seek_it(voidpf, voidpf stream, ZPOS64_T offset, int origin) {
    auto& in = file(stream);
    const std::uint64_t base = origin == ZLIB_FILEFUNC_SEEK_SET   ? 0
                               : origin == ZLIB_FILEFUNC_SEEK_CUR ? in.at
                                                                  : in.size;
    if (offset > in.size || base > in.size - offset) return -1;
    in.at = base + offset;
    return 0;
}
int close_it(voidpf, voidpf) {
    return 0;
}
int error_of(voidpf, voidpf stream) {
    return file(stream).failed ? 1 : 0;
}

bool leads_outside(std::string_view name) {
    if (name.empty() || name.front() == '/' || name.find('\\') != name.npos || name.find(':') != name.npos)
        return true;
    for (std::size_t at = 0; at <= name.size();) {
        const auto end = std::min(name.find('/', at), name.size());
        if (name.substr(at, end - at) == "..") return true;
        at = end + 1;
    }
    return false;
}

struct Extent {
    std::uint64_t begin, end;
    std::string name;
};

class Archive : public ZipArchive {
public:
    Archive(int descriptor, std::string name, const TableLimits& limits)
        : name_(std::move(name)), limits_(limits) {
        file_.descriptor = descriptor;
        if (const auto end = ::lseek(descriptor, 0, SEEK_END); end > 0)
            file_.size = static_cast<std::uint64_t>(end);
        zlib_filefunc64_def functions{
            open_it, read_it, write_nothing, tell_it, seek_it, close_it, error_of, &file_};
        zip_ = unzOpen2_64("", &functions);
    }
    ~Archive() override {
        if (zip_) unzClose(zip_);
        ::close(file_.descriptor);
    }

    Result<void> read_directory() {
        if (file_.size == 0) return wrong("found a ZIP in a pipe, expected a file");
        unz_global_info64 all{};
        if (!zip_ || unzGetGlobalInfo64(zip_, &all) != UNZ_OK)
            return wrong("found a ZIP without its directory: the file is cut or damaged");
        if (all.number_entry > limits_.zip_members)
            return wrong(fmt::format(
                "found a ZIP of {} members, more than {}, which is the limit",
                all.number_entry,
                limits_.zip_members
            ));
        std::vector<Extent> extents;
        std::uint64_t total = 0;
        int code = all.number_entry == 0 ? UNZ_END_OF_LIST_OF_FILE : unzGoToFirstFile(zip_);
        for (; code == UNZ_OK; code = unzGoToNextFile(zip_)) {
            ENTENTE_ASSIGN_OR_RETURN(auto extent, read_member(total));
            extents.push_back(std::move(extent));
        }
        if (code != UNZ_END_OF_LIST_OF_FILE) return wrong("found a damaged ZIP directory");
        std::sort(extents.begin(), extents.end(), [](const Extent& a, const Extent& b) {
            return a.begin < b.begin;
        });
        for (std::size_t i = 1; i < extents.size(); ++i)
            if (extents[i].begin < extents[i - 1].end)
                return wrong(fmt::format(
                    "found ZIP members that overlap: {} and {}", extents[i - 1].name, extents[i].name
                ));
        return {};
    }

    const std::map<std::string, std::uint64_t>& members() const override { return sizes_; }

    Result<std::unique_ptr<ByteSource>> read(const std::string& member) override;

private:
    std::unexpected<Error> wrong(std::string message) const {
        return fail(ErrorCode::invalid_argument, name_, std::move(message));
    }

    // The member at which minizip stands. `total` grows by what it unpacks to.
    Result<Extent> read_member(std::uint64_t& total) {
        unz_file_info64 info{};
        std::string name(kNameMax + 1, '\0');
        if (unzGetCurrentFileInfo64(zip_, &info, name.data(), kNameMax, nullptr, 0, nullptr, 0) != UNZ_OK)
            return wrong("found a damaged ZIP directory");
        name.resize(std::min<std::size_t>(info.size_filename, kNameMax));
        if (info.size_filename > kNameMax || name.find('\0') != name.npos || leads_outside(name))
            return wrong(fmt::format(
                "found a ZIP member named {}, expected a plain name inside the archive", shown(name)
            ));
        if ((info.flag & 1) != 0)
            return wrong(fmt::format("{}: found an encrypted member, expected no password", shown(name)));
        if (info.compression_method != 0 && info.compression_method != Z_DEFLATED)
            return wrong(fmt::format(
                "{}: found packing method {}, expected 0 or 8", shown(name), info.compression_method
            ));
        total += info.uncompressed_size;
        if (info.uncompressed_size > limits_.zip_unpacked_bytes || total > limits_.zip_unpacked_bytes)
            return wrong(fmt::format(
                "found a ZIP that unpacks to over {} MiB, which is the limit",
                limits_.zip_unpacked_bytes >> 20
            ));
        if (info.uncompressed_size > kRatioFrom &&
            info.uncompressed_size / limits_.ratio > info.compressed_size)
            return wrong(fmt::format(
                "{}: {} packed bytes unpack to {}, more than {} times as much, which is the limit",
                shown(name),
                info.compressed_size,
                info.uncompressed_size,
                limits_.ratio
            ));
        if (!sizes_.emplace(name, info.uncompressed_size).second)
            return wrong(fmt::format("found the ZIP member {} twice", shown(name)));
        unz64_file_pos place{};
        unzGetFilePos64(zip_, &place);
        places_[name] = place;
        if (unzOpenCurrentFile(zip_) != UNZ_OK)
            return wrong(fmt::format("{}: directory and member disagree: the file is damaged", shown(name)));
        const auto begin = unzGetCurrentFileZStreamPos64(zip_);
        unzCloseCurrentFile(zip_);
        if (begin > file_.size || info.compressed_size > file_.size - begin)
            return wrong(fmt::format("{}: ends behind the end of the file, which is cut", shown(name)));
        return Extent{begin, begin + info.compressed_size, name};
    }

    // Names are bytes of whoever made the file.
    static std::string shown(std::string_view name) {
        std::string out;
        for (const char c : name.substr(0, 80)) out.push_back(c >= ' ' && c <= '~' ? c : '?');
        return out;
    }

    OpenFile file_;
    std::string name_;
    TableLimits limits_;
    unzFile zip_ = nullptr;
    std::map<std::string, std::uint64_t> sizes_;
    std::map<std::string, unz64_file_pos> places_;

    friend class Member;
};

class Member : public ByteSource {
public:
    Member(Archive& archive, std::string name) : archive_(archive), name_(std::move(name)) {}
    Member(const Member&) = delete;
    Member& operator=(const Member&) = delete;
    ~Member() override {
        if (!closed_) unzCloseCurrentFile(archive_.zip_);
    }

    Result<std::size_t> read(char* into, std::size_t size) override {
        if (closed_) return std::size_t{0};
        const int got = unzReadCurrentFile(
            archive_.zip_, into, static_cast<unsigned>(std::min<std::size_t>(size, 1U << 20))
        );
        if (got > 0) return bytes_ += static_cast<std::size_t>(got), static_cast<std::size_t>(got);
        closed_ = true;
        const int code = unzCloseCurrentFile(archive_.zip_);
        if (got < 0 || bytes_ != archive_.sizes_.at(name_))
            return archive_.wrong(fmt::format("{}: the ZIP packing is damaged or cut", name_));
        if (code == UNZ_CRCERROR)
            return archive_.wrong(fmt::format("{}: the checksum is wrong: the file is damaged", name_));
        return std::size_t{0};
    }
    std::uint64_t bytes_read() const override { return bytes_; }

private:
    Archive& archive_;
    std::string name_;
    std::uint64_t bytes_ = 0;
    bool closed_ = false;
};

Result<std::unique_ptr<ByteSource>> Archive::read(const std::string& member) {
    const auto found = places_.find(member);
    if (found == places_.end())
        return fail(ErrorCode::not_found, name_, fmt::format("found no {} in it", shown(member)));
    if (unzGoToFilePos64(zip_, &found->second) != UNZ_OK || unzOpenCurrentFile(zip_) != UNZ_OK)
        return wrong(fmt::format("{}: cannot be unpacked: the file is damaged", shown(member)));
    return std::make_unique<Member>(*this, member);
}

}  // namespace

Result<std::unique_ptr<ZipArchive>> ZipArchive::open(
    int descriptor, const std::string& name, const TableLimits& limits
) {
    auto archive = std::make_unique<Archive>(descriptor, name, limits);
    ENTENTE_RETURN_IF_ERROR(archive->read_directory());
    return archive;
}

}  // namespace entente::ingest::table
