#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <utility>

namespace entente {

/// Why something could not be done. One closed list; `cli/exit_code.cpp` maps each value to an exit code.
enum class ErrorCode : std::uint8_t {
    invalid_argument,  ///< the request itself is wrong; retrying cannot help
    not_found,         ///< nothing of that name is visible
    conflict,     ///< the record changed since the caller read it, or the same key was used for another body
    forbidden,    ///< the context may not do this; says nothing about what exists
    unavailable,  ///< the store is busy, full or down; nothing was acknowledged; retrying may help
    corrupt,      ///< stored bytes fail a check; stop and tell the operator
};

/// An error as a value: `field` names what was wrong (empty when none), `message` says what was found and
/// what was expected, `advice` what to type next (may be empty).
struct Error {
    ErrorCode code;
    std::string field;
    std::string message;
    std::string advice;
};

template <class T>
using Result = std::expected<T, Error>;

/// Builds the unexpected side of a Result.
inline std::unexpected<Error> fail(
    ErrorCode code, std::string field, std::string message, std::string advice = {}
) {
    return std::unexpected(Error{code, std::move(field), std::move(message), std::move(advice)});
}

}  // namespace entente

#define ENTENTE_JOIN_IMPL(a, b) a##b
#define ENTENTE_JOIN(a, b) ENTENTE_JOIN_IMPL(a, b)
#define ENTENTE_ASSIGN_OR_RETURN_IMPL(tmp, decl, ...)         \
    auto tmp = (__VA_ARGS__);                                 \
    if (!tmp) return std::unexpected(std::move(tmp).error()); \
    decl = *std::move(tmp)
/// `ENTENTE_ASSIGN_OR_RETURN(const auto x, f());` returns f's error, or binds its value.
#define ENTENTE_ASSIGN_OR_RETURN(decl, ...) \
    ENTENTE_ASSIGN_OR_RETURN_IMPL(ENTENTE_JOIN(entente_tmp_, __LINE__), decl, __VA_ARGS__)
/// `ENTENTE_RETURN_IF_ERROR(f());` returns f's error, or goes on.
#define ENTENTE_RETURN_IF_ERROR(...)                                   \
    do {                                                               \
        if (auto entente_status = (__VA_ARGS__); !entente_status)      \
            return std::unexpected(std::move(entente_status).error()); \
    } while (false)
