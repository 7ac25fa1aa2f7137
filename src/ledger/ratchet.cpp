#include "ledger/ratchet.h"

#include <sstream>

#include <fmt/format.h>

#include "base/codec.h"
#include "base/files.h"

namespace entente::ledger {
namespace {

constexpr std::size_t kRootLength = 44;

// Whether a line could be the beginning of a head, and nothing but its end is missing.
bool is_cut_short(std::string_view line) {
    const auto digits = [](std::string_view text) {
        return text.find_first_not_of("0123456789") == std::string_view::npos;
    };
    const auto first = line.find(' ');
    if (first == std::string_view::npos) return true;
    const auto rest = line.substr(first + 1);
    const auto second = rest.find(' ');
    if (second == std::string_view::npos) return digits(rest);
    const auto root = rest.substr(second + 1);
    constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    return digits(rest.substr(0, second)) && root.size() < kRootLength &&
           root.find_first_not_of(kAlphabet) == std::string_view::npos;
}

}  // namespace

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
            // A line that a crash cut short, with the next one written behind it: what it said was never
            // signed.
            if (is_cut_short(line)) continue;
            return fail(
                ErrorCode::corrupt,
                "ratchet",
                fmt::format(
                    "found a line in {} that is no signed head: '{}'", file_.string(), line.substr(0, 80)
                ),
                "bring the file back from a copy; without it this node must not sign"
            );
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
