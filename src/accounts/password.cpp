#include "accounts/password.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <sodium.h>

#include "accounts/account_name.h"
#include "base/check.h"
#include "base/random.h"
#include "base/utf8.h"

namespace entente::accounts {
namespace {

constexpr std::size_t kFewest = 12;

// Beginnings and wholes that stand in every list of leaked passwords and are long enough to pass otherwise.
constexpr std::array<std::string_view, 34> kCommon{
    "123456789012",     "1234567890123",    "12345678901234", "123456789123",     "0123456789ab",
    "1q2w3e4r5t6y",     "1qaz2wsx3edc",     "qwertyuiop12",   "qwertyuiop123",    "qwertyuiopas",
    "qwerty123456",     "asdfghjkl123",     "zxcvbnm12345",   "password1234",     "password12345",
    "password123456",   "passwordpassword", "iloveyou1234",   "administrator",    "administrator1",
    "admin1234567",     "letmeinletmein",   "welcome12345",   "changemechangeme", "correcthorsebatterystaple",
    "trustno1trustno1", "football1234",     "baseball1234",   "sunshine1234",     "princess1234",
    "abcdefghijkl",     "abcd12345678",     "ententeentente", "entente123456"};

std::string small(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return out;
}

std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    }));
}

/// One character, or two in turn: `aaaaaaaaaaaa`, `abababababab`.
bool repeats_itself(std::string_view text) {
    const std::size_t width = 4;
    for (std::size_t step = 1; step <= width; ++step) {
        bool same = true;
        for (std::size_t i = step; same && i < text.size(); ++i) same = text[i] == text[i - step];
        if (same) return true;
    }
    return false;
}

void start_library() {
    static const int ready = sodium_init();
    check(ready >= 0, "the cryptographic library starts");
}

}  // namespace

Result<std::string> hash_password(const std::string& password, const HashCost& cost) {
    start_library();
    std::array<char, crypto_pwhash_STRBYTES> out{};
    if (crypto_pwhash_str_alg(
            out.data(),
            password.data(),
            password.size(),
            cost.passes,
            cost.memory,
            crypto_pwhash_ALG_ARGON2ID13
        ) != 0)
        return fail(ErrorCode::unavailable, "password", "found no memory to make its digest; try again");
    return std::string(out.data());
}

bool is_password(const std::string& hash, const std::string& typed) {
    start_library();
    return crypto_pwhash_str_verify(hash.c_str(), typed.data(), typed.size()) == 0;
}

bool is_outdated(const std::string& hash, const HashCost& cost) {
    start_library();
    return crypto_pwhash_str_needs_rehash(hash.c_str(), cost.passes, cost.memory) != 0;
}

Result<void> check_new_password(std::string_view password, std::string_view name) {
    const auto refuse = [](std::string found) {
        return fail(
            ErrorCode::invalid_argument,
            "password",
            fmt::format("found {}, expected at least {} characters that nobody guesses", found, kFewest),
            "four words that do not belong together are easy to remember"
        );
    };
    if (!is_valid_utf8(password)) return refuse("bytes that are no text");
    if (password.size() > kLongestPassword) return refuse("more than 512 bytes");
    if (characters(password) < kFewest) return refuse(fmt::format("{} characters", characters(password)));
    const auto typed = small(password);
    if (key_of(password) == key_of(name)) return refuse("the name");
    if (repeats_itself(typed)) return refuse("one that repeats itself");
    if (std::ranges::find(kCommon, std::string_view(typed)) != kCommon.end())
        return refuse("one that many people have");
    return {};
}

}  // namespace entente::accounts
