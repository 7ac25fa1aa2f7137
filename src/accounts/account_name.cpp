#include "accounts/account_name.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/utf8.h"
#include "identity/fold.h"
#include "identity/unicode_forms.h"

namespace entente::accounts {
namespace {

constexpr std::size_t kLeast = 2, kMost = 64;
constexpr std::size_t kMostTyped = 256;  // bytes; folding a longer one would be somebody else's work

bool is_plain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}
bool is_beyond_ascii(char c) {
    return static_cast<unsigned char>(c) >= 0x80;
}
bool is_joint(char c) {
    return c == '.' || c == '_' || c == '-';
}

bool is_spelled_like_a_name(std::string_view name) {
    const auto is_letter = [](char c) { return is_plain(c) || is_beyond_ascii(c); };
    return !name.empty() && is_letter(name.front()) && is_letter(name.back()) &&
           std::ranges::all_of(name, [&](char c) { return is_letter(c) || is_joint(c); });
}

}  // namespace

Result<AccountName> new_account_name(std::string_view typed) {
    const auto refuse = [](const std::string& found) {
        return fail(
            ErrorCode::invalid_argument,
            "name",
            fmt::format(
                "found {}, expected {} to {} letters and digits of one script, with . _ or - between them",
                found,
                kLeast,
                kMost
            )
        );
    };
    if (typed.size() > kMostTyped) return refuse("a longer text");
    const auto folded = identity::fold_name(typed);
    if (!folded.doubts.empty()) return refuse(std::string(identity::to_words(folded.doubts.front())));
    AccountName out{identity::composed(typed), folded.exact, folded.skeleton_lower};
    const auto letters = cell_width(out.name);
    if (letters < kLeast || letters > kMost || !is_spelled_like_a_name(out.name) || out.key.empty())
        return refuse(fmt::format("'{}'", out.name));
    return out;
}

std::string key_of(std::string_view typed) {
    return identity::fold_name(typed.substr(0, kMostTyped)).exact;
}

}  // namespace entente::accounts
