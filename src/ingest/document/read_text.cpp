#include "ingest/document/read_text.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <mutex>
#include <utility>

#include <fmt/format.h>

#include "base/hash.h"
#include "base/utf8.h"
#include "ingest/document/media_type.h"
#include "ingest/document/text_worker.h"
#include "ingest/table/worker_main.h"
#include "ingest/table/worker_wire.h"
#include "ingest/worker_process.h"

namespace entente::ingest::document {
namespace {

using Clock = std::chrono::steady_clock;
using ledger::DocumentText;

DocumentText without(std::string why) {
    DocumentText out;
    out.why_none = std::move(why);
    return out;
}

// Line ends as LF; what else steers a terminal or a printer is a blank.
std::string plain(std::string_view text) {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto code = static_cast<unsigned char>(text[i]);
        if (text[i] == '\r') {
            if (i + 1 == text.size() || text[i + 1] != '\n') out += '\n';
        } else {
            out += (code < 0x20 && text[i] != '\n' && text[i] != '\t') || code == 0x7F ? ' ' : text[i];
        }
    }
    return out;
}

/// A descriptor that is closed.
struct Descriptor {
    explicit Descriptor(int number) : number(number) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() { close(); }
    void close() {
        if (number >= 0) ::close(std::exchange(number, -1));
    }
    int number;
};

bool write_all(int descriptor, std::string_view bytes) {
    while (!bytes.empty()) {
        const auto wrote = ::write(descriptor, bytes.data(), bytes.size());
        if (wrote < 0 && errno == EINTR) continue;
        if (wrote <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(wrote));
    }
    return ::lseek(descriptor, 0, SEEK_SET) == 0;
}

/// What a worker sent until it ended, or was stopped.
struct Received {
    std::string bytes;
    bool late = false;
    bool too_much = false;
    int status = 0;
};

Received receive(pid_t process, int pipe, const TextLimits& limits) {
    Received out;
    const auto most = limits.text_bytes + 16 * std::uint64_t{limits.pages} + 65'536;
    const auto deadline = Clock::now() + limits.wall;
    std::string piece(1U << 16, '\0');
    for (;;) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now());
        pollfd ready{pipe, POLLIN, 0};
        const int code = ::poll(&ready, 1, static_cast<int>(std::max<std::int64_t>(0, left.count())));
        if (code < 0 && errno == EINTR) continue;
        if (code == 0) out.late = true;
        if (code <= 0) break;
        const auto got = ::read(pipe, piece.data(), piece.size());
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) break;
        out.bytes.append(piece.data(), static_cast<std::size_t>(got));
        if (out.bytes.size() > most) out.too_much = true;
        if (out.too_much) break;
    }
    if (out.late || out.too_much) ::kill(process, SIGKILL);
    while (::waitpid(process, &out.status, 0) < 0 && errno == EINTR) {
    }
    return out;
}

std::string why_stopped(const Received& received, const TextLimits& limits) {
    const int status = received.status;
    const int signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    const int code = WIFEXITED(status) ? WEXITSTATUS(status) : 0;
    if (received.late)
        return fmt::format("reading was stopped at {} s, the limit of time", limits.wall.count() / 1000);
    if (received.too_much) return "reading was stopped: it sent more than its limit";
    if (signal == SIGXCPU || signal == SIGKILL)
        return fmt::format(
            "reading was stopped at {} s of processor time, the limit", limits.processor_seconds
        );
    if (code == table::kExitOutOfMemory)
        return fmt::format("reading was stopped at {} MiB of memory, the limit", limits.memory_bytes >> 20);
    if (code == table::kExitNotConfined) return "the process that reads it could not be confined";
    if (signal == SIGSYS) return "reading was stopped at a system call that it may not make";
    return "reading was stopped by a fault: the file is damaged, or passes a limit";
}

// The worker may be anybody's by now: nothing is taken on trust.
DocumentText take_apart(std::string_view media_type, const Received& received, const TextLimits& limits) {
    table::FrameBody body(received.bytes);
    DocumentText out;
    auto pages = body.number();
    if (body.good() && pages != kNoText && pages <= INT32_MAX && media_type == kPdf)
        out.page_count = static_cast<std::uint32_t>(pages);
    while (body.good() && pages != kNoText && out.pages.size() < pages && !body.at_end()) {
        // A page is announced by its length; the mark of a failure is no length that a page may have.
        auto ahead = body;
        if (ahead.number() == kNoText) {
            pages = body.number();
            break;
        }
        const auto text = body.text();
        if (!body.good() || !is_valid_utf8(text)) break;
        out.pages.push_back(plain(text));
    }
    const bool failed = pages == kNoText && body.good();
    if (failed) {
        const auto why = body.text();
        out.pages.clear();
        out.why_none = body.good() && is_valid_utf8(why) ? plain(why.substr(0, 300)) : "it gave no reason";
        return out;
    }
    if (!body.good() || out.pages.size() != pages || !body.at_end()) {
        out.pages.clear();
        out.why_none = why_stopped(received, limits);
    }
    return out;
}

DocumentText read_confined(std::string_view media_type, std::string_view bytes, const TextLimits& limits) {
    const Descriptor file(::memfd_create("document", MFD_CLOEXEC));
    if (file.number < 0 || !write_all(file.number, bytes)) return without("there was no memory to read it");
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) return without("no process could be started to read it");
    const Descriptor reading(ends[0]);
    Descriptor writing(ends[1]);
    pid_t process = -1;
    const int code = spawn_worker(
        "entente-document-worker", text_worker_words(media_type, limits), file.number, writing.number, process
    );
    writing.close();
    if (code != 0) return without("no process could be started to read it");
    return take_apart(media_type, receive(process, reading.number, limits), limits);
}

}  // namespace

DocumentText read_text(std::string_view media_type, std::string_view bytes, const TextLimits& limits) {
    if (!may_have_text(media_type)) return {};
    DocumentText out;
    if (media_type == kPdf || media_type == kXlsx) {
        out = read_confined(media_type, bytes, limits);
    } else {
        if (bytes.size() > limits.text_bytes)
            return without(fmt::format("its text is over {} MiB, the limit", limits.text_bytes >> 20));
        if (!is_valid_utf8(bytes)) return without("its bytes are not UTF-8");
        out.pages.push_back(plain(bytes));
    }
    if (out.why_none.empty() && !out.has_words())
        out.why_none = "it holds no letters: a scan that nobody has read, or an empty file";
    return out;
}

ledger::TextReader remembering_text_reader() {
    struct Memory {
        std::mutex mutex;
        Hash of;
        DocumentText text;
    };
    auto memory = std::make_shared<Memory>();
    return [memory](std::string_view media_type, std::string_view bytes) {
        const auto of = sha256(media_type, std::string_view("\0", 1), bytes);
        const std::lock_guard lock(memory->mutex);
        if (memory->of != of) memory->text = read_text(media_type, bytes), memory->of = of;
        return memory->text;
    };
}

}  // namespace entente::ingest::document
