#include "base/files.h"

#include <cerrno>
#include <cstring>
#include <thread>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>

namespace entente {
namespace {

namespace fs = std::filesystem;

std::unexpected<Error> os_error(const fs::path& path, std::string_view act) {
    const int number = errno;
    return fail(
        number == ENOENT ? ErrorCode::not_found : ErrorCode::unavailable,
        path.string(),
        fmt::format("could not {} {}: {}", act, path.string(), std::strerror(number))
    );
}

class Descriptor {
public:
    explicit Descriptor(int value) : value_(value) {}
    ~Descriptor() { close(); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int value() const { return value_; }
    bool close() { return value_ < 0 || ::close(std::exchange(value_, -1)) == 0; }

private:
    int value_;
};

bool write_all(int descriptor, std::string_view content) {
    while (!content.empty()) {
        const ssize_t written = ::write(descriptor, content.data(), content.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        content.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

}  // namespace

Result<std::string> read_file(const fs::path& path) {
    Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.value() < 0) return os_error(path, "read");
    std::string content;
    char block[1 << 16];
    for (;;) {
        const ssize_t got = ::read(file.value(), block, sizeof block);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return os_error(path, "read");
        if (got == 0) return content;
        content.append(block, static_cast<std::size_t>(got));
    }
}

Result<void> replace_file(const fs::path& path, std::string_view content, unsigned mode) {
    const fs::path temporary = path.string() + ".part";
    Descriptor file(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode));
    if (file.value() < 0) return os_error(temporary, "write");
    if (!write_all(file.value(), content) || ::fsync(file.value()) != 0 || !file.close()) {
        const auto error = os_error(temporary, "write");
        ::unlink(temporary.c_str());
        return error;
    }
    if (::rename(temporary.c_str(), path.c_str()) != 0) return os_error(path, "put in place");
    return flush_directory(path.parent_path());
}

Result<void> create_file(const fs::path& path, std::string_view content, unsigned mode) {
    Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode));
    if (file.value() < 0 && errno == EEXIST)
        return fail(
            ErrorCode::conflict,
            path.string(),
            "found something of that name, expected a new file: nothing is overwritten"
        );
    if (file.value() < 0) return os_error(path, "write");
    if (!write_all(file.value(), content) || ::fsync(file.value()) != 0 || !file.close()) {
        const auto error = os_error(path, "write");
        ::unlink(path.c_str());
        return error;
    }
    return flush_directory(path.parent_path());
}

Result<void> append_file(const fs::path& path, std::string_view content, unsigned mode) {
    const bool fresh = !fs::exists(path);
    Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, mode));
    if (file.value() < 0) return os_error(path, "append to");
    if (!write_all(file.value(), content) || ::fsync(file.value()) != 0 || !file.close())
        return os_error(path, "append to");
    return fresh ? flush_directory(path.parent_path()) : Result<void>{};
}

Result<void> flush_directory(const fs::path& path) {
    const fs::path directory = path.empty() ? fs::path(".") : path;
    Descriptor file(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (file.value() < 0 || ::fsync(file.value()) != 0) return os_error(directory, "flush");
    return {};
}

Result<FileLock> FileLock::acquire(const fs::path& path, int wait_milliseconds) {
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) return os_error(path, "lock");
    FileLock lock(descriptor);
    for (int waited = 0; ::flock(descriptor, LOCK_EX | LOCK_NB) != 0; waited += 20) {
        if (errno != EWOULDBLOCK && errno != EINTR) return os_error(path, "lock");
        if (waited >= wait_milliseconds)
            return fail(
                ErrorCode::unavailable,
                {},
                "another process is writing to this node",
                "try again when it has ended"
            );
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    return lock;
}

FileLock::FileLock(FileLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
FileLock& FileLock::operator=(FileLock&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
}
FileLock::~FileLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace entente
