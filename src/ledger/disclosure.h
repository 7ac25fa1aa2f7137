#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "domain/content.h"

namespace entente::ledger {

/// An SD-JWT disclosure (RFC 9901): `b64url(JSON [salt, name, value])`. The leaf holds only its digest, so
/// the value can be erased while every older proof still verifies.
struct Disclosure {
    std::string text;  ///< as transmitted and hashed

    /// Requires  salt is 32 bytes
    /// Errors    invalid_argument: the value cannot stand in the ledger (control characters, not UTF-8)
    static Result<Disclosure> make(std::string_view salt, std::string_view name, std::string_view value);
    /// base64url SHA-256 of the text.
    std::string digest() const;
    /// Name and value.
    /// Errors  corrupt: not a disclosure
    Result<domain::SealedValue> open() const;
};

}  // namespace entente::ledger
