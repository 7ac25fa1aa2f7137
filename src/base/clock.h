#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/day.h"

namespace entente {

/// Microseconds since 1970-01-01T00:00:00Z.
struct Instant {
    std::int64_t microseconds = 0;
    friend auto operator<=>(const Instant&, const Instant&) = default;
};

/// The seam for time: tests replace it.
class Clock {
public:
    virtual ~Clock() = default;
    virtual Instant now() const = 0;
};

/// The machine's clock.
const Clock& system_clock();

/// The day in UTC by the machine's clock.
Day today();

/// `2026-11-21T20:00:00.000001Z`
std::string to_text(Instant instant);
/// Reads exactly that form.
std::optional<Instant> parse_instant(std::string_view text);

}  // namespace entente
