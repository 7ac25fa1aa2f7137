#include "ledger/receipts.h"

#include <fmt/format.h>
#include <boost/json/serialize.hpp>

namespace entente::ledger {
namespace {

Hash mac(const Vault& vault, std::string_view key, std::uint64_t index, const Hash& body) {
    return hmac_sha256(
        vault.derived_key("entente/receipts/1"), fmt::format("{}|{}|{}", index, body.view(), key)
    );
}

}  // namespace

Hash body_digest(const Draft& draft) {
    if (!draft.request.empty()) return sha256("request\n", draft.request);
    json::array sealed;
    for (const auto& value : draft.sealed)
        sealed.push_back(json::array{json::string(value.name), json::string(value.value)});
    json::array body{
        json::string(draft.kind),
        json::string(draft.type),
        draft.clear ? json::value(*draft.clear) : json::value(nullptr),
        sealed,
        json::string(draft.label),
        json::string(draft.prev ? draft.prev->view() : ""),
        json::string(draft.reason),
        json::string(draft.at)};
    return sha256(boost::json::serialize(body));
}

StoredReceipt make_receipt(const Vault& vault, std::string_view key, std::uint64_t index, const Hash& body) {
    return {index, body, mac(vault, key, index, body)};
}
bool receipt_is_genuine(const Vault& vault, std::string_view key, const StoredReceipt& receipt) {
    return mac(vault, key, receipt.index, receipt.body) == receipt.mac;
}

}  // namespace entente::ledger
