#include "ingest/table/worker_main.h"

#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <new>

#include "ingest/table/worker_wire.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define ENTENTE_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define ENTENTE_SANITIZED 1
#endif
#endif

namespace entente::ingest::table {
namespace {

constexpr const char* kVerb = "--entente-table-worker";
constexpr std::size_t kRowsFrame = 128U << 10;
constexpr int kWords = 15;

struct Task {
    std::string name;
    TableOptions options;
    WorkerLimits limits;
};

Task read_words(char** words) {
    const auto number = [&](int at) { return std::strtoull(words[at], nullptr, 10); };
    Task task;
    task.name = words[0], task.options.sheet = words[1];
    task.options.form = static_cast<TableForm>(number(2));
    task.options.delimiter = static_cast<char>(number(3));
    task.options.header_row = number(4);
    auto& limits = task.options.limits;
    limits.cell_bytes = number(5), limits.row_bytes = number(6), limits.columns = number(7);
    limits.rows = number(8), limits.unpacked_bytes = number(9), limits.zip_unpacked_bytes = number(10);
    limits.zip_members = number(11), limits.ratio = number(12);
    task.limits.processor_seconds = static_cast<unsigned>(number(13));
    task.limits.memory_bytes = number(14);
    return task;
}

bool limit(__rlimit_resource_t what, rlim_t soft, rlim_t hard) {
    const rlimit value{soft, hard};
    return setrlimit(what, &value) == 0;
}

bool allow(scmp_filter_ctx filter, std::initializer_list<int> calls, std::uint32_t action = SCMP_ACT_ALLOW) {
    for (const int call : calls)
        if (seccomp_rule_add(filter, action, call, 0) != 0) return false;
    return true;
}

// Reading, writing, memory and an end. Memory is never executable. What libraries ask out of habit is refused
// to them; anything else ends the process.
bool filter_calls(FileCalls files) {
    auto* const filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
    if (!filter) return false;
    bool good = allow(
        filter,
        {SCMP_SYS(read),
         SCMP_SYS(write),
         SCMP_SYS(pread64),
         SCMP_SYS(lseek),
         SCMP_SYS(close),
         SCMP_SYS(dup),
         SCMP_SYS(munmap),
         SCMP_SYS(mremap),
         SCMP_SYS(madvise),
         SCMP_SYS(brk),
         SCMP_SYS(futex),
         SCMP_SYS(clock_gettime),
         SCMP_SYS(getrandom),
         SCMP_SYS(exit),
         SCMP_SYS(exit_group)}
    );
    good = good && allow(
                       filter,
                       {SCMP_SYS(fadvise64),
                        SCMP_SYS(fstat),
                        SCMP_SYS(newfstatat),
                        SCMP_SYS(ioctl),
                        SCMP_SYS(rt_sigprocmask),
                        SCMP_SYS(getpid),
                        SCMP_SYS(gettid),
                        SCMP_SYS(tgkill)},
                       SCMP_ACT_ERRNO(EPERM)
                   );
    if (files == FileCalls::refused)
        good = good && allow(
                           filter,
                           {SCMP_SYS(open),
                            SCMP_SYS(openat),
                            SCMP_SYS(access),
                            SCMP_SYS(faccessat),
                            SCMP_SYS(faccessat2),
                            SCMP_SYS(stat),
                            SCMP_SYS(lstat),
                            SCMP_SYS(statx),
                            SCMP_SYS(readlink),
                            SCMP_SYS(readlinkat)},
                           SCMP_ACT_ERRNO(ENOENT)
                       );
    for (const int call : {SCMP_SYS(mmap), SCMP_SYS(mprotect)})
        good =
            good &&
            seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 1, SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) == 0;
    good = good && seccomp_load(filter) == 0;
    seccomp_release(filter);
    return good;
}

/// Sends frames. When nobody reads them any more, the process ends by SIGPIPE.
class Sender {
public:
    void send(FrameKind kind, const std::string& body) {
        const auto size = static_cast<std::uint32_t>(body.size());
        char head[kFrameHead] = {static_cast<char>(kind)};
        for (int i = 0; i < 4; ++i) head[i + 1] = static_cast<char>(size >> (8 * i) & 0xFF);
        write_all({head, kFrameHead});
        write_all(body);
    }

private:
    static void write_all(std::string_view bytes) {
        while (!bytes.empty()) {
            const auto wrote = ::write(STDOUT_FILENO, bytes.data(), bytes.size());
            if (wrote < 0 && errno == EINTR) continue;
            if (wrote <= 0) _exit(kExitBug);
            bytes.remove_prefix(static_cast<std::size_t>(wrote));
        }
    }
};

Result<void> send_rows(TableReader& reader, Sender& sender) {
    TableRow row;
    std::string body, sheet;
    const auto begin = [&] {
        body.clear();
        put_number(body, reader.bytes_read());
        put_text(body, sheet);
    };
    begin();
    bool any = false;
    const auto next = [&] {
        try {
            return reader.next(row);
        } catch (const std::bad_alloc&) {
            if (any) sender.send(FrameKind::rows, body);  // so that the last row can be named
            throw;
        }
    };
    for (;;) {
        auto more = next();
        const bool good = more && *more;
        if (any && (!good || row.sheet != sheet || body.size() > kRowsFrame)) {
            sender.send(FrameKind::rows, body);
            any = false;
        }
        if (!more) return std::unexpected(std::move(more).error());
        if (!*more) return {};
        if (!any) sheet = row.sheet, begin();
        put_row(body, row);
        any = true;
    }
}

Result<void> serve(const Task& task, Sender& sender) {
    ENTENTE_ASSIGN_OR_RETURN(auto reader, open_table(STDIN_FILENO, task.name, task.options));
    std::string body;
    put_number(body, reader->bytes_total());
    put_number(body, reader->columns().size());
    for (const auto& column : reader->columns()) put_text(body, column);
    sender.send(FrameKind::opened, body);
    ENTENTE_RETURN_IF_ERROR(send_rows(*reader, sender));
    body.clear();
    put_number(body, reader->remarks().size());
    for (const auto& remark : reader->remarks()) put_text(body, remark);
    sender.send(FrameKind::end, body);
    return {};
}

[[noreturn]] void work(char** words) {
    const auto task = read_words(words);
    if (!confine(task.limits)) _exit(kExitNotConfined);
    try {
        Sender sender;
        if (const auto done = serve(task, sender); !done) {
            std::string body;
            put_number(body, static_cast<std::uint64_t>(done.error().code));
            for (const auto* text : {&done.error().field, &done.error().message, &done.error().advice})
                put_text(body, *text);
            sender.send(FrameKind::failed, body);
        }
        _exit(0);
    } catch (const std::bad_alloc&) {
        _exit(kExitOutOfMemory);
    } catch (...) {
        _exit(kExitBug);
    }
}

// Runs before main, so that every program that can ask for a worker can be one, tests as well, and nothing of
// the program itself has begun: no options read, no key loaded. Nothing here or in the readers needs an
// object that is made before main.
[[gnu::constructor]] void become_worker_if_asked(int count, char** words, char**) {
    if (count == kWords + 2 && std::strcmp(words[1], kVerb) == 0) work(words + 2);
}

}  // namespace

bool confine(const WorkerLimits& limits, FileCalls files) {
    bool good = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0 &&
                limit(RLIMIT_CORE, 0, 0) && limit(RLIMIT_FSIZE, 0, 0) && limit(RLIMIT_NPROC, 0, 0) &&
                limit(RLIMIT_NOFILE, 8, 8) &&
                limit(RLIMIT_CPU, limits.processor_seconds, limits.processor_seconds + 1);
#ifndef ENTENTE_SANITIZED  // a sanitizer takes terabytes of address space, and asks the system for much
    good = good && limit(RLIMIT_AS, limits.memory_bytes, limits.memory_bytes) && filter_calls(files);
#else
    (void)files;
#endif
    return good;
}

std::vector<std::string> worker_words(
    const std::string& name, const TableOptions& options, const WorkerLimits& limits
) {
    std::vector<std::string> words{kVerb, name, options.sheet};
    const auto& table = options.limits;
    for (const std::uint64_t number :
         {static_cast<std::uint64_t>(options.form),
          static_cast<std::uint64_t>(static_cast<unsigned char>(options.delimiter)),
          options.header_row,
          static_cast<std::uint64_t>(table.cell_bytes),
          static_cast<std::uint64_t>(table.row_bytes),
          static_cast<std::uint64_t>(table.columns),
          table.rows,
          table.unpacked_bytes,
          table.zip_unpacked_bytes,
          table.zip_members,
          table.ratio,
          static_cast<std::uint64_t>(limits.processor_seconds),
          limits.memory_bytes})
        words.push_back(std::to_string(number));
    return words;
}

}  // namespace entente::ingest::table
