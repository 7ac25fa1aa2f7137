// Preloaded into a program, counts the calls by which it changes files below one directory, and makes one of them go
// wrong. Which and how is told by the environment:
//
//   FAULT_DIR    the directory, without a slash at its end
//   FAULT_AT     number of the call, from 1; 0 only counts
//   FAULT_MODE   kill_before, kill_after, torn_half, torn_last, eio_once, eio_forever, enospc_once, enospc_forever, short
//   FAULT_LOG    with FAULT_AT=0: a line for each call, "number kind path"
//   FAULT_TRACE  with FAULT_AT=0: what each call wrote, and what the program said on standard output, in order
//
// Files that are mapped into memory are not seen; SQLite does that with its -shm file only, which it makes again after a
// crash.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum mode { NONE, KILL_BEFORE, KILL_AFTER, TORN_HALF, TORN_LAST, EIO_ONCE, EIO_FOREVER, ENOSPC_ONCE, ENOSPC_FOREVER, SHORT };
static const char* const mode_names[] = {
    "", "kill_before", "kill_after", "torn_half", "torn_last", "eio_once", "eio_forever", "enospc_once", "enospc_forever", "short",
};

static struct {
    char dir[PATH_MAX];
    size_t dir_length;
    long at;
    enum mode mode;
    int log;
    int trace;
} setting = {.log = -1, .trace = -1};
static long calls;

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static int open_record(const char* name) {
    const char* path = getenv(name);
    return path ? REAL(open)(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600) : -1;
}

__attribute__((constructor)) static void start(void) {
    const char* dir = getenv("FAULT_DIR");
    const char* at = getenv("FAULT_AT");
    const char* mode = getenv("FAULT_MODE");
    if (!dir || !at) return;
    snprintf(setting.dir, sizeof setting.dir, "%s", dir);
    setting.at = atol(at);
    for (int i = 1; mode && i < (int)(sizeof mode_names / sizeof *mode_names); ++i)
        if (strcmp(mode, mode_names[i]) == 0) setting.mode = (enum mode)i;
    setting.log = open_record("FAULT_LOG");
    setting.trace = open_record("FAULT_TRACE");
    setting.dir_length = strlen(setting.dir);
}

// The path below the directory; NULL when it lies elsewhere. The directory itself is "".
static const char* below(const char* path) {
    if (setting.dir_length == 0 || strncmp(path, setting.dir, setting.dir_length) != 0) return NULL;
    if (path[setting.dir_length] == '\0') return "";
    return path[setting.dir_length] == '/' ? path + setting.dir_length + 1 : NULL;
}

static const char* below_fd(int fd, char* buffer) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    const ssize_t length = setting.dir_length ? readlink(link, buffer, PATH_MAX - 1) : -1;
    if (length < 0) return NULL;
    buffer[length] = '\0';
    return below(buffer);
}

static void die(void) {
    kill(getpid(), SIGKILL);
    for (;;) pause();
}

static void put(int fd, const void* data, size_t length) {
    if (REAL(write)(fd, data, length) != (ssize_t)length) die();
}

// Counts a call. Gives what must happen to it.
static enum mode count(const char* kind, const char* path) {
    const long number = __atomic_add_fetch(&calls, 1, __ATOMIC_SEQ_CST);
    if (setting.log >= 0) dprintf(setting.log, "%ld %s %s\n", number, kind, *path ? path : ".");
    if (setting.at == 0 || number < setting.at) return NONE;
    const int for_ever = setting.mode == EIO_FOREVER || setting.mode == ENOSPC_FOREVER;
    return number == setting.at || for_ever ? setting.mode : NONE;
}

// True: the call fails, errno is set.
static int refused(enum mode mode) {
    if (mode == KILL_BEFORE) die();
    if (mode == EIO_ONCE || mode == EIO_FOREVER) return errno = EIO, 1;
    if (mode == ENOSPC_ONCE || mode == ENOSPC_FOREVER) return errno = ENOSPC, 1;
    return 0;
}
static void after(enum mode mode) {
    if (mode == KILL_AFTER) die();
}

static size_t part_of(enum mode mode, size_t length) {
    if (mode == TORN_LAST) return length - 1;
    if (mode == TORN_HALF || (mode == SHORT && length > 1)) return length / 2;
    return length;
}

static void trace_write(const char* path, off_t offset, const void* data, size_t length) {
    if (setting.trace < 0) return;
    dprintf(setting.trace, "W %s %lld %zu\n", path, (long long)offset, length);
    put(setting.trace, data, length);
    put(setting.trace, "\n", 1);
}
static void trace_name(const char* kind, const char* path) {
    if (setting.trace >= 0) dprintf(setting.trace, "%s %s\n", kind, *path ? path : ".");
}

// Both kinds of write: `offset` -1 is the file's own position.
static ssize_t write_at(int fd, const void* data, size_t length, off_t offset) {
    char buffer[PATH_MAX];
    const char* path = below_fd(fd, buffer);
    if (path) {
        const enum mode mode = count("write", path);
        if (refused(mode)) return -1;
        const size_t part = part_of(mode, length);
        struct stat status;
        off_t begin = offset;
        if (begin < 0) begin = fcntl(fd, F_GETFL) & O_APPEND && fstat(fd, &status) == 0 ? status.st_size : lseek(fd, 0, SEEK_CUR);
        const ssize_t done = offset < 0 ? REAL(write)(fd, data, part) : REAL(pwrite)(fd, data, part, offset);
        if (done > 0) trace_write(path, begin, data, (size_t)done);
        if (mode == TORN_HALF || mode == TORN_LAST) die();
        after(mode);
        return done;
    }
    if (fd == STDOUT_FILENO && setting.trace >= 0) {
        dprintf(setting.trace, "A %zu\n", length);
        put(setting.trace, data, length);
        put(setting.trace, "\n", 1);
    }
    return offset < 0 ? REAL(write)(fd, data, length) : REAL(pwrite)(fd, data, length, offset);
}

ssize_t write(int fd, const void* data, size_t length) { return write_at(fd, data, length, -1); }
ssize_t pwrite(int fd, const void* data, size_t length, off_t offset) { return write_at(fd, data, length, offset); }
ssize_t pwrite64(int fd, const void* data, size_t length, off64_t offset) { return write_at(fd, data, length, offset); }

// As many calls as there are parts: it is allowed to write less than was asked.
ssize_t writev(int fd, const struct iovec* parts, int number) {
    char buffer[PATH_MAX];
    if (number < 1 || !below_fd(fd, buffer)) return REAL(writev)(fd, parts, number);
    return write_at(fd, parts->iov_base, parts->iov_len, -1);
}

#define FD_CALL(kind, letter, real)                 \
    char buffer[PATH_MAX];                          \
    const char* path = below_fd(fd, buffer);        \
    const enum mode mode = path ? count(kind, path) : NONE; \
    if (refused(mode)) return -1;                   \
    const int result = real;                        \
    if (path && result == 0) trace_name(letter, path); \
    after(mode);                                    \
    return result

int fsync(int fd) { FD_CALL("sync", "S", REAL(fsync)(fd)); }
int fdatasync(int fd) { FD_CALL("sync", "S", REAL(fdatasync)(fd)); }

static int truncate_fd(int fd, off_t size) {
    char letter[32];
    snprintf(letter, sizeof letter, "T%lld", (long long)size);
    FD_CALL("truncate", letter, REAL(ftruncate)(fd, size));
}
int ftruncate(int fd, off_t size) { return truncate_fd(fd, size); }
int ftruncate64(int fd, off64_t size) { return truncate_fd(fd, size); }

#define PATH_CALL(kind, letter, name, real)             \
    const char* path = below(name);                     \
    const enum mode mode = path ? count(kind, path) : NONE; \
    if (refused(mode)) return -1;                       \
    const int result = real;                            \
    if (path && result == 0) trace_name(letter, path);  \
    after(mode);                                        \
    return result

static int truncate_path(const char* name, off_t size) {
    char letter[32];
    snprintf(letter, sizeof letter, "T%lld", (long long)size);
    PATH_CALL("truncate", letter, name, REAL(truncate)(name, size));
}
int truncate(const char* name, off_t size) { return truncate_path(name, size); }
int truncate64(const char* name, off64_t size) { return truncate_path(name, size); }

int unlink(const char* name) { PATH_CALL("unlink", "U", name, REAL(unlink)(name)); }
int unlinkat(int directory, const char* name, int flags) { PATH_CALL("unlink", "U", name, REAL(unlinkat)(directory, name, flags)); }

static int rename_path(const char* from, const char* to) {
    const char* source = below(from);
    char letter[PATH_MAX + 4];
    snprintf(letter, sizeof letter, "R %s", source ? source : "?");
    PATH_CALL("rename", letter, to, REAL(rename)(from, to));
}
int rename(const char* from, const char* to) { return rename_path(from, to); }
int renameat(int from_dir, const char* from, int to_dir, const char* to) {
    (void)from_dir, (void)to_dir;  // our programs name whole paths
    return rename_path(from, to);
}

// Making a file changes its directory; opening one that is there changes nothing.
static int open_path(const char* name, int flags, mode_t permissions) {
    const char* path = flags & O_CREAT ? below(name) : NULL;
    if (path && access(name, F_OK) == 0) path = NULL;
    const enum mode mode = path ? count("create", path) : NONE;
    if (refused(mode)) return -1;
    const int fd = REAL(open)(name, flags, permissions);
    if (path && fd >= 0) trace_name("C", path);
    after(mode);
    return fd;
}

#define WITH_PERMISSIONS(flags)                                  \
    mode_t permissions = 0;                                      \
    if ((flags) & O_CREAT) {                                     \
        va_list rest;                                            \
        va_start(rest, flags);                                   \
        permissions = va_arg(rest, mode_t);                      \
        va_end(rest);                                            \
    }

int open(const char* name, int flags, ...) {
    WITH_PERMISSIONS(flags)
    return open_path(name, flags, permissions);
}
int open64(const char* name, int flags, ...) {
    WITH_PERMISSIONS(flags)
    return open_path(name, flags, permissions);
}
int openat(int directory, const char* name, int flags, ...) {
    WITH_PERMISSIONS(flags)
    return *name == '/' || directory == AT_FDCWD ? open_path(name, flags, permissions) : REAL(openat)(directory, name, flags, permissions);
}
int openat64(int directory, const char* name, int flags, ...) {
    WITH_PERMISSIONS(flags)
    return *name == '/' || directory == AT_FDCWD ? open_path(name, flags, permissions) : REAL(openat)(directory, name, flags, permissions);
}
