#include "base/id.h"

#include <algorithm>

#include "base/codec.h"
#include "base/random.h"

namespace entente::detail {

std::string random_id_text() {
    constexpr std::size_t kBytes = 16, kIdsAtOnce = 64;  // each asking of the system takes longer than an id
    thread_local std::string bytes;
    if (bytes.empty()) bytes = random_bytes(kBytes * kIdsAtOnce);
    auto id = base32(std::string_view(bytes).substr(bytes.size() - kBytes));
    bytes.resize(bytes.size() - kBytes);
    return id;
}

bool is_id_text(std::string_view text) {
    // 128 bits are 25 digits of five bits and one of three, whose last two bits are zero.
    constexpr std::size_t kDigits = 26;
    constexpr std::string_view kLast = "aeimquy4";
    const auto is_digit = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '2' && c <= '7'); };
    return text.size() == kDigits && std::all_of(text.begin(), text.end(), is_digit) &&
           kLast.find(text.back()) != std::string_view::npos;
}

}  // namespace entente::detail
