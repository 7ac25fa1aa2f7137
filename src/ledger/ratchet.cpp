#include "ledger/ratchet.h"

#include <sstream>

#include <fmt/format.h>

#include "base/codec.h"
#include "base/files.h"

namespace entente::ledger {

Result<std::optional<Checkpoint>> Ratchet::head() const {
    ENTENTE_ASSIGN_OR_RETURN(auto all, heads());
    return all.empty() ? std::optional<Checkpoint>{} : std::move(all.back());
}

Result<std::vector<Checkpoint>> Ratchet::heads() const {
    auto content = read_file(file_);
    if (!content && content.error().code == ErrorCode::not_found) return std::vector<Checkpoint>{};
    if (!content) return std::unexpected(content.error());
    content->resize(content->rfind('\n') == std::string::npos ? 0 : content->rfind('\n') + 1);
    std::vector<Checkpoint> all;
    std::istringstream lines(*content);
    for (std::string line; std::getline(lines, line);) {
        Checkpoint next;
        std::string root;
        std::istringstream words(line);
        const auto bytes = words >> next.origin >> next.size >> root ? from_base64(root) : std::nullopt;
        const auto hash = bytes ? Hash::from_bytes(*bytes) : std::nullopt;
        if (!hash) {
            // The rest of a line that was cut by a crash, with the next one written behind it on a new line.
            continue;
        }
        next.root = *hash;
        const auto* last = all.empty() ? nullptr : &all.back();
        if (last && (next.origin != last->origin || next.size < last->size ||
                     (next.size == last->size && next.root != last->root)))
            return fail(
                ErrorCode::corrupt,
                "ratchet",
                fmt::format("found signed heads that contradict each other in {}", file_.string())
            );
        all.push_back(std::move(next));
    }
    return all;
}

Result<void> Ratchet::advance(const Checkpoint& next) const {
    ENTENTE_ASSIGN_OR_RETURN(const auto last, head());
    if (last && last->origin != next.origin)
        return fail(
            ErrorCode::conflict,
            "ratchet",
            fmt::format("found a ratchet of {}, expected one of {}", last->origin, next.origin)
        );
    if (last && next.size < last->size)
        return fail(
            ErrorCode::conflict,
            "ratchet",
            fmt::format(
                "the record holds {} entries, but {} were signed before: refusing to sign a shorter history",
                next.size,
                last->size
            ),
            "bring back the missing entries, or open a new epoch"
        );
    if (last && next.size == last->size && next.root != last->root)
        return fail(
            ErrorCode::conflict,
            "ratchet",
            fmt::format(
                "the record differs from the one signed at {} entries: refusing to sign a second history",
                last->size
            )
        );
    if (last && *last == next) return {};
    // A leading line break ends whatever a crash may have left.
    const auto content = read_file(file_);
    const bool cut = content && !content->empty() && !content->ends_with('\n');
    return append_file(
        file_,
        fmt::format("{}{} {} {}\n", cut ? "\n" : "", next.origin, next.size, base64(next.root.view())),
        0600
    );
}

}  // namespace entente::ledger
