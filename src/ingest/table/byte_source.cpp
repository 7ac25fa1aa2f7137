#include "ingest/table/byte_source.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <fmt/format.h>

namespace entente::ingest::table {
namespace {

constexpr std::size_t kPeek = 4096;

}  // namespace

FileSource::FileSource(int descriptor, std::string name) : descriptor_(descriptor), name_(std::move(name)) {
    (void)posix_fadvise(descriptor_, 0, 0, POSIX_FADV_SEQUENTIAL);
}

FileSource::~FileSource() {
    ::close(descriptor_);
}

Result<std::string_view> FileSource::peek() {
    if (peeked_.empty()) {
        peeked_.resize(kPeek);
        std::size_t filled = 0;
        while (filled < kPeek) {
            ENTENTE_ASSIGN_OR_RETURN(const auto got, read_file(peeked_.data() + filled, kPeek - filled));
            if (got == 0) break;
            filled += got;
        }
        peeked_.resize(filled);
    }
    return std::string_view(peeked_);
}

Result<std::size_t> FileSource::read(char* into, std::size_t size) {
    if (peeked_used_ < peeked_.size()) {
        const auto taken = std::min(size, peeked_.size() - peeked_used_);
        std::memcpy(into, peeked_.data() + peeked_used_, taken);
        peeked_used_ += taken;
        bytes_read_ += taken;
        return taken;
    }
    ENTENTE_ASSIGN_OR_RETURN(const auto taken, read_file(into, size));
    bytes_read_ += taken;
    return taken;
}

Result<std::size_t> FileSource::read_file(char* into, std::size_t size) {
    for (;;) {
        const auto got = ::read(descriptor_, into, size);
        if (got >= 0) return static_cast<std::size_t>(got);
        if (errno != EINTR)
            return fail(
                ErrorCode::unavailable, name_, fmt::format("cannot be read: {}", std::strerror(errno))
            );
    }
}

std::uint64_t FileSource::bytes_total() const {
    // By position and not by fstat, which the confined process may not call.
    const auto here = ::lseek(descriptor_, 0, SEEK_CUR);
    const auto end = here < 0 ? -1 : ::lseek(descriptor_, 0, SEEK_END);
    if (here >= 0) ::lseek(descriptor_, here, SEEK_SET);
    return end > 0 ? static_cast<std::uint64_t>(end) : 0;
}

std::unique_ptr<ByteSource> unpack(
    std::unique_ptr<ByteSource> source, std::string_view first_bytes, UnpackLimits limits, std::string name
) {
    if (first_bytes.starts_with("\x1F\x8B")) return gunzip(std::move(source), limits, std::move(name));
    if (first_bytes.starts_with("\x28\xB5\x2F\xFD"))
        return unzstd(std::move(source), limits, std::move(name));
    return source;
}

}  // namespace entente::ingest::table
