#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/hash.h"
#include "base/result.h"

namespace entente::accounts {

/// What is put into the access log.
struct Access {
    std::string account = {};  ///< empty: nobody signed in
    std::string route = {};    ///< name of the operation, or the command
    std::string what = {};     ///< `denied`, `export`, `personal`, `view_as`, `account`
    std::string detail = {};   ///< why, in what form, as which nation, which act upon whom
    std::string record = {};   ///< the record that was asked for, as it was named
    std::string peer = {};     ///< address
    unsigned status = 0;       ///< as HTTP has it; 0 where there is none
};

struct AccessLine : Access {
    std::uint64_t number = 0;  ///< from 1
    Instant at;
    Hash before;  ///< SHA-256 of the bytes of the line before; of the first line: zeros
};

/// The bytes that are kept and hashed: canonical JSON. What a request brought along is cut, and what shows nothing in
/// it becomes `?`.
std::string encode(const AccessLine& line);
/// Errors  corrupt
Result<AccessLine> decode_access_line(std::string_view bytes);

}  // namespace entente::accounts
