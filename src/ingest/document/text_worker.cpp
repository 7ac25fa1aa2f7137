#include "ingest/document/text_worker.h"

#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <new>

#include <fmt/format.h>

#include "ingest/document/media_type.h"
#include "ingest/document/pdf_pages.h"
#include "ingest/document/sheet_pages.h"
#include "ingest/table/worker_main.h"
#include "ingest/table/worker_wire.h"

namespace entente::ingest::document {
namespace {

constexpr const char* kVerb = "--entente-document-worker";
constexpr int kWords = 5;

void write_all(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto wrote = ::write(STDOUT_FILENO, bytes.data(), bytes.size());
        if (wrote < 0 && errno == EINTR) continue;
        if (wrote <= 0) _exit(table::kExitBug);
        bytes.remove_prefix(static_cast<std::size_t>(wrote));
    }
}

void send_number(std::uint64_t number) {
    std::string out;
    table::put_number(out, number);
    write_all(out);
}

void send_text(std::string_view text) {
    std::string out;
    table::put_text(out, text);
    write_all(out);
}

Result<std::string> read_input() {
    std::string bytes;
    const auto size = ::lseek(STDIN_FILENO, 0, SEEK_END);
    ::lseek(STDIN_FILENO, 0, SEEK_SET);
    bytes.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
    std::size_t filled = 0;
    while (filled < bytes.size()) {
        const auto got = ::read(STDIN_FILENO, bytes.data() + filled, bytes.size() - filled);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return fail(ErrorCode::unavailable, {}, "the file could not be read");
        filled += static_cast<std::size_t>(got);
    }
    return bytes;
}

Result<void> serve(std::string_view media_type, const TextLimits& limits) {
    std::uint64_t sent = 0;
    const auto take = [&](std::string_view text) -> Result<void> {
        sent += text.size();
        if (sent > limits.text_bytes)
            return fail(
                ErrorCode::invalid_argument,
                {},
                fmt::format("its text is over {} MiB, the limit", limits.text_bytes >> 20)
            );
        send_text(text);
        return {};
    };
    if (media_type == kXlsx) return each_sheet(STDIN_FILENO, limits.text_bytes, send_number, take);
    ENTENTE_ASSIGN_OR_RETURN(const auto bytes, read_input());
    return each_pdf_page(bytes, limits.pages, send_number, take);
}

[[noreturn]] void work(char** words) {
    const std::string_view media_type = words[0];
    const auto number = [&](int at) { return std::strtoull(words[at], nullptr, 10); };
    TextLimits limits;
    limits.processor_seconds = static_cast<unsigned>(number(1)), limits.memory_bytes = number(2);
    limits.text_bytes = number(3), limits.pages = static_cast<std::uint32_t>(number(4));
    const auto ready = media_type == kPdf ? load_pdf_library() : Result<void>{};
    table::WorkerLimits confinement;
    confinement.processor_seconds = limits.processor_seconds, confinement.memory_bytes = limits.memory_bytes;
    if (!table::confine(confinement, table::FileCalls::refused)) _exit(table::kExitNotConfined);
    try {
        auto done = ready;
        if (done) done = serve(media_type, limits);
        if (!done) send_number(kNoText), send_text(done.error().message);
        _exit(0);
    } catch (const std::bad_alloc&) {
        _exit(table::kExitOutOfMemory);
    } catch (...) {
        _exit(table::kExitBug);
    }
}

// As in table/worker_main.cpp: before main, when nothing of the program itself has begun.
[[gnu::constructor]] void become_worker_if_asked(int count, char** words, char**) {
    if (count == kWords + 2 && std::strcmp(words[1], kVerb) == 0) work(words + 2);
}

}  // namespace

std::vector<std::string> text_worker_words(std::string_view media_type, const TextLimits& limits) {
    return {
        kVerb,
        std::string(media_type),
        std::to_string(limits.processor_seconds),
        std::to_string(limits.memory_bytes),
        std::to_string(limits.text_bytes),
        std::to_string(limits.pages)};
}

}  // namespace entente::ingest::document
