#include "ingest/table/confined_table.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <fmt/format.h>

#include "ingest/table/worker_main.h"
#include "ingest/table/worker_wire.h"
#include "ingest/worker_process.h"

namespace entente::ingest::table {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kPipeBytes = 1 << 20;
constexpr std::uint64_t kScale = 50U << 20;  // bytes of a file for which the limits are given

WorkerLimits scaled(WorkerLimits limits, std::uint64_t bytes) {
    const auto times = static_cast<unsigned>(1 + bytes / kScale);
    limits.wall *= times;
    limits.processor_seconds *= times;
    return limits;
}

/// The process, its pipe, and what came out of it. Ends it when nobody wants it any more.
class Worker {
public:
    explicit Worker(std::string name, const WorkerLimits& limits) : name_(std::move(name)), limits_(limits) {}
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;
    ~Worker() {
        if (pipe_ >= 0) ::close(pipe_);
        if (process_ > 0) ::kill(process_, SIGKILL), (void)status();
    }

    // Takes the file's descriptor over.
    Result<void> start(int file, const TableOptions& options) {
        int ends[2];
        if (::pipe2(ends, O_CLOEXEC) != 0) return ::close(file), no_worker(errno);
        pipe_ = ends[0];
        (void)::fcntl(ends[1], F_SETPIPE_SZ, kPipeBytes);
        const int code = spawn_worker(
            "entente-table-worker", worker_words(name_, options, limits_), file, ends[1], process_
        );
        ::close(file), ::close(ends[1]);
        if (code != 0) return no_worker(code);
        return {};
    }

    // The next frame; its body lives until the next call.
    Result<FrameKind> frame(FrameBody& body, std::uint64_t last_line) {
        char head[kFrameHead];
        ENTENTE_RETURN_IF_ERROR(fill(head, kFrameHead, last_line));
        std::uint32_t size = 0;
        for (int i = 0; i < 4; ++i)
            size |= static_cast<std::uint32_t>(static_cast<unsigned char>(head[i + 1])) << (8 * i);
        if (size > kFrameMax) return nonsense();
        if (body_.size() < size) body_.resize(size);
        ENTENTE_RETURN_IF_ERROR(fill(body_.data(), size, last_line));
        body = FrameBody(std::string_view(body_.data(), size));
        return static_cast<FrameKind>(head[0]);
    }

    std::unexpected<Error> nonsense() const {
        return fail(
            ErrorCode::invalid_argument,
            name_,
            "the process that read it sent what it never should; nothing of it is taken"
        );
    }

private:
    Result<void> fill(char* into, std::size_t size, std::uint64_t last_line) {
        while (size > 0) {
            ENTENTE_RETURN_IF_ERROR(wait(last_line));
            const auto got = ::read(pipe_, into, size);
            if (got < 0 && errno == EINTR) continue;
            if (got <= 0) return ended(last_line);
            into += got, size -= static_cast<std::size_t>(got);
        }
        return {};
    }

    // Until there is something to read. Only this time counts: while others work on its rows, the worker
    // waits.
    Result<void> wait(std::uint64_t last_line) {
        pollfd ready{pipe_, POLLIN, 0};
        if (::poll(&ready, 1, 0) > 0) return {};
        const auto begun = Clock::now();
        const auto left = std::max<std::int64_t>(0, (limits_.wall - waited_).count());
        const int code = ::poll(&ready, 1, static_cast<int>(left));
        waited_ += std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begun);
        if (code != 0) return {};  // a signal: the read that follows waits, or the next call of this
        return stopped(fmt::format("{} s, the limit of time", limits_.wall.count() / 1000), last_line);
    }

    int status() {
        int status = 0;
        while (::waitpid(process_, &status, 0) < 0 && errno == EINTR) {
        }
        process_ = -1;
        return status;
    }

    // The pipe closed before the last frame.
    std::unexpected<Error> ended(std::uint64_t last_line) {
        const int how = status();
        const int signal = WIFSIGNALED(how) ? WTERMSIG(how) : 0, code = WIFEXITED(how) ? WEXITSTATUS(how) : 0;
        if (signal == SIGXCPU || signal == SIGKILL)
            return stopped(
                fmt::format("{} s of processor time, the limit", limits_.processor_seconds), last_line
            );
        if (code == kExitOutOfMemory)
            return stopped(fmt::format("{} MiB of memory, the limit", limits_.memory_bytes >> 20), last_line);
        if (signal == SIGSYS) return stopped("a system call that it may not make", last_line);
        if (code == kExitNotConfined)
            return fail(
                ErrorCode::unavailable,
                name_,
                "the process that reads it could not be confined, so nothing is read",
                "this system must offer seccomp and no_new_privs"
            );
        return stopped(
            signal != 0 ? fmt::format("a fault of its own (signal {})", signal)
                        : std::string("a fault of its own"),
            last_line
        );
    }

    std::unexpected<Error> stopped(std::string_view at, std::uint64_t last_line) const {
        return fail(
            ErrorCode::invalid_argument,
            name_,
            last_line == 0
                ? fmt::format("reading was stopped before the first row at {}", at)
                : fmt::format(
                      "reading was stopped behind line {} at {}; nothing of it is taken", last_line, at
                  )
        );
    }

    std::unexpected<Error> no_worker(int code) const {
        return fail(
            ErrorCode::unavailable,
            name_,
            fmt::format("no process could be started to read it: {}", std::strerror(code))
        );
    }

    std::string name_;
    WorkerLimits limits_;
    pid_t process_ = -1;
    int pipe_ = -1;
    std::chrono::milliseconds waited_{0};
    std::string body_;
};

class ConfinedReader : public TableReader {
public:
    ConfinedReader(std::string name, const WorkerLimits& limits) : worker_(std::move(name), limits) {}

    Result<void> open(int file, const TableOptions& options) {
        ENTENTE_RETURN_IF_ERROR(worker_.start(file, options));
        FrameBody body;
        ENTENTE_ASSIGN_OR_RETURN(const auto kind, worker_.frame(body, 0));
        if (kind == FrameKind::failed) return failure(body);
        if (kind != FrameKind::opened) return worker_.nonsense();
        bytes_total_ = body.number();
        const auto columns = body.count();
        for (std::size_t i = 0; i < columns; ++i) columns_.emplace_back(body.text());
        if (!body.good()) return worker_.nonsense();
        return {};
    }

    const std::vector<std::string>& columns() const override { return columns_; }
    const std::vector<std::string>& remarks() const override { return remarks_; }
    std::uint64_t bytes_read() const override { return bytes_read_; }
    std::uint64_t bytes_total() const override { return bytes_total_; }

    Result<bool> next(TableRow& row) override {
        while (rows_.at_end()) {
            if (done_) return false;
            ENTENTE_RETURN_IF_ERROR(next_frame());
        }
        rows_.row(row);
        row.sheet = sheet_;
        if (!rows_.good() || row.line == 0) return done_ = true, rows_ = FrameBody(), worker_.nonsense();
        line_ = row.line;
        return true;
    }

private:
    Result<void> next_frame() {
        FrameBody body;
        auto kind = worker_.frame(body, line_);
        if (!kind || *kind == FrameKind::failed || *kind == FrameKind::end) done_ = true;
        if (!kind) return std::unexpected(std::move(kind).error());
        if (*kind == FrameKind::failed) return failure(body);
        if (*kind == FrameKind::end) {
            const auto remarks = body.count();
            for (std::size_t i = 0; i < remarks; ++i) remarks_.emplace_back(body.text());
        } else if (*kind == FrameKind::rows) {
            bytes_read_ = body.number();
            sheet_ = body.text();
            rows_ = body;
        }
        if (!body.good() || (*kind != FrameKind::end && *kind != FrameKind::rows))
            return done_ = true, rows_ = FrameBody(), worker_.nonsense();
        return {};
    }

    std::unexpected<Error> failure(FrameBody& body) {
        const auto code = body.number();
        const std::string field(body.text()), message(body.text()), advice(body.text());
        if (!body.good() || code > static_cast<std::uint64_t>(ErrorCode::corrupt)) return worker_.nonsense();
        return fail(static_cast<ErrorCode>(code), field, message, advice);
    }

    Worker worker_;
    FrameBody rows_;
    std::string sheet_;
    bool done_ = false;
    std::uint64_t bytes_total_ = 0, bytes_read_ = 0, line_ = 0;
    std::vector<std::string> columns_, remarks_;
};

}  // namespace

Result<std::unique_ptr<TableReader>> open_confined_table(
    const std::filesystem::path& path, const TableOptions& options, const WorkerLimits& limits
) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return fail(
            errno == ENOENT ? ErrorCode::not_found : ErrorCode::unavailable,
            path.string(),
            fmt::format("cannot be opened: {}", std::strerror(errno))
        );
    const auto end = ::lseek(descriptor, 0, SEEK_END);
    ::lseek(descriptor, 0, SEEK_SET);
    auto reader = std::make_unique<ConfinedReader>(
        path.filename().string(), scaled(limits, end > 0 ? static_cast<std::uint64_t>(end) : 0)
    );
    ENTENTE_RETURN_IF_ERROR(reader->open(descriptor, options));
    return reader;
}

}  // namespace entente::ingest::table
