#include "base/clock.h"

#include <chrono>

#include <fmt/format.h>

#include "base/day.h"

namespace entente {
namespace {

class SystemClock final : public Clock {
public:
    Instant now() const override {
        using namespace std::chrono;
        return {duration_cast<microseconds>(system_clock::now().time_since_epoch()).count()};
    }
};

constexpr std::int64_t kPerDay = 86'400'000'000;

}  // namespace

const Clock& system_clock() {
    static const SystemClock clock;
    return clock;
}

std::string to_text(Instant instant) {
    std::int64_t day = instant.microseconds / kPerDay;
    std::int64_t rest = instant.microseconds % kPerDay;
    if (rest < 0) rest += kPerDay, --day;
    const std::int64_t seconds = rest / 1'000'000;
    return fmt::format(
        "{}T{:02}:{:02}:{:02}.{:06}Z",
        to_iso(Day{static_cast<std::int32_t>(day)}),
        seconds / 3600,
        seconds / 60 % 60,
        seconds % 60,
        rest % 1'000'000
    );
}

std::optional<Instant> parse_instant(std::string_view text) {
    if (text.size() != 27 || text[10] != 'T' || text[26] != 'Z') return std::nullopt;
    const auto day = parse_iso_day(text.substr(0, 10));
    if (!day) return std::nullopt;
    std::int64_t parts[4] = {};
    const std::size_t at[4] = {11, 14, 17, 20}, length[4] = {2, 2, 2, 6};
    for (int i = 0; i < 4; ++i) {
        for (const char c : text.substr(at[i], length[i])) {
            if (c < '0' || c > '9') return std::nullopt;
            parts[i] = parts[i] * 10 + (c - '0');
        }
    }
    if (text[13] != ':' || text[16] != ':' || text[19] != '.' || parts[0] > 23 || parts[1] > 59 ||
        parts[2] > 59)
        return std::nullopt;
    return Instant{
        day->value * kPerDay + ((parts[0] * 60 + parts[1]) * 60 + parts[2]) * 1'000'000 + parts[3]};
}

Day today() {
    return Day{static_cast<std::int32_t>(system_clock().now().microseconds / 86'400'000'000)};
}

}  // namespace entente
