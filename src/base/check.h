#pragma once

#include <source_location>
#include <stdexcept>
#include <string_view>

namespace entente {

/// A broken promise of ours: a bug. Caught once, at the command boundary; the transaction is rolled back.
class BugError : public std::logic_error {
public:
    using std::logic_error::logic_error;
};

/// Throws BugError naming the promise and the place when `condition` is false. Never for input of any kind.
void check(
    bool condition, std::string_view promise, std::source_location place = std::source_location::current()
);

}  // namespace entente
