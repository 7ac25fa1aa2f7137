#include "ledger/disclosure.h"

#include "base/check.h"
#include "base/codec.h"
#include "base/hash.h"
#include "base/json.h"

namespace entente::ledger {

Result<Disclosure> Disclosure::make(std::string_view salt, std::string_view name, std::string_view value) {
    check(salt.size() == 32, "a salt has 256 bits");
    const json::array triple{json::string(base64url(salt)), json::string(name), json::string(value)};
    ENTENTE_ASSIGN_OR_RETURN(const auto text, canonical_json(triple));
    return Disclosure{base64url(text)};
}

std::string Disclosure::digest() const {
    return base64url(sha256(text).view());
}

Result<domain::SealedValue> Disclosure::open() const {
    const auto wrong = [] {
        return fail(ErrorCode::corrupt, {}, "found a sealed value that is no disclosure");
    };
    const auto bytes = from_base64url(text);
    if (!bytes) return wrong();
    const auto value = parse_json(*bytes);
    if (!value || !value->is_array() || value->get_array().size() != 3) return wrong();
    const auto& triple = value->get_array();
    if (!triple[1].is_string() || !triple[2].is_string()) return wrong();
    return domain::SealedValue{std::string(triple[1].get_string()), std::string(triple[2].get_string())};
}

}  // namespace entente::ledger
