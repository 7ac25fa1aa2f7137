#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "http/refusal.h"

namespace entente::http {

/// Finds the end of a head, line by line, and refuses lines that HTTP programs are known to read differently.
class HeadScan {
public:
    explicit HeadScan(std::size_t header_limit, std::size_t target_limit)
        : header_limit_(header_limit), target_limit_(target_limit) {}

    /// Looks on in `bytes`, which must begin with the head each time. The size of the head once its empty line
    /// has come.
    std::optional<std::size_t> look(std::string_view bytes);
    const std::optional<Refusal>& refusal() const { return refusal_; }

private:
    bool line_ends(std::string_view bytes, std::size_t lf);

    std::size_t header_limit_, target_limit_;
    std::size_t seen_ = 0;   ///< bytes that were looked at
    std::size_t line_ = 0;   ///< where the line begins
    std::size_t lines_ = 0;  ///< that have ended
    std::optional<Refusal> refusal_;
};

/// Tells a version of HTTP that is not ours from a line that is no request line.
std::optional<Refusal> judge_request_line(std::string_view line);

}  // namespace entente::http
