#include "base/decimal.h"

#include <algorithm>

namespace entente {
namespace {

constexpr int kMostDecimals = 18;

bool times_ten(__int128& value, int times) {
    for (int i = 0; i < times; ++i)
        if (__builtin_mul_overflow(value, static_cast<__int128>(10), &value)) return false;
    return true;
}

}  // namespace

bool is_decimal(std::string_view text) {
    if (text.starts_with('-')) text.remove_prefix(1);
    const auto point = text.find('.');
    const auto digits = [](std::string_view part) {
        return !part.empty() && part.find_first_not_of("0123456789") == std::string_view::npos;
    };
    if (point == std::string_view::npos) return digits(text);
    return digits(text.substr(0, point)) && digits(text.substr(point + 1));
}

bool DecimalSum::add(std::string_view number) {
    if (!is_decimal(number)) return false;
    const bool negative = number.starts_with('-');
    const auto point = number.find('.');
    const int decimals = point == std::string_view::npos
                             ? 0
                             : static_cast<int>(std::min<std::size_t>(number.size() - point - 1, 99));
    if (decimals > kMostDecimals) return false;
    __int128 value = 0;
    for (const char c : number) {
        if (c == '-' || c == '.') continue;
        if (!times_ten(value, 1) || __builtin_add_overflow(value, static_cast<__int128>(c - '0'), &value))
            return false;
    }
    if (negative) value = -value;
    __int128 sum = value_;
    const int wanted = std::max(decimals, decimals_);
    if (!times_ten(sum, wanted - decimals_) || !times_ten(value, wanted - decimals) ||
        __builtin_add_overflow(sum, value, &sum))
        return false;
    value_ = sum, decimals_ = wanted;
    return true;
}

std::string DecimalSum::text() const {
    auto rest = value_ < 0 ? -static_cast<unsigned __int128>(value_) : static_cast<unsigned __int128>(value_);
    std::string out;
    for (int i = 0; rest > 0 || i <= decimals_; ++i, rest /= 10) {
        if (i == decimals_ && i > 0) out += '.';
        out += static_cast<char>('0' + static_cast<int>(rest % 10));
    }
    if (value_ < 0) out += '-';
    std::reverse(out.begin(), out.end());
    return out;
}

}  // namespace entente
