#include "accounts/access_line.h"

#include "base/check.h"
#include "base/codec.h"
#include "base/json.h"
#include "base/utf8.h"

namespace entente::accounts {
namespace {

constexpr std::size_t kLongest = 200;  // bytes

std::string cleaned(std::string text) {
    const bool sound = is_valid_utf8(text);
    for (char& c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte == 0x7f || (!sound && byte >= 0x80)) c = '?';
    }
    if (text.size() <= kLongest) return text;
    text.resize(kLongest);
    while (!is_valid_utf8(text)) text.pop_back();  // a character that was cut
    return text;
}

}  // namespace

std::string encode(const AccessLine& line) {
    json::object out{
        {"at", to_text(line.at)},
        {"before", hex(line.before.view())},
        {"n", line.number},
        {"what", line.what}};
    const auto put = [&](const char* name, const std::string& text) {
        if (!text.empty()) out[name] = cleaned(text);
    };
    put("account", line.account), put("route", line.route), put("detail", line.detail);
    put("record", line.record), put("peer", line.peer);
    if (line.status != 0) out["status"] = line.status;
    const auto bytes = canonical_json(out);
    check(bytes.has_value(), "a line of the access log can be written");
    return *bytes;
}

Result<AccessLine> decode_access_line(std::string_view bytes) {
    const auto damaged = [] { return fail(ErrorCode::corrupt, "access log", "found a line that is none"); };
    const auto value = parse_json(bytes);
    if (!value || !value->is_object()) return damaged();
    const auto& object = value->get_object();
    AccessLine out;
    const auto at = parse_instant(text_at(object, "at"));
    const auto raw = from_hex(text_at(object, "before"));
    const auto before = raw ? Hash::from_bytes(*raw) : std::nullopt;
    const auto* number = object.if_contains("n");
    if (!at || !before || !number || !number->is_int64() || number->get_int64() < 1) return damaged();
    out.at = *at, out.before = *before, out.number = static_cast<std::uint64_t>(number->get_int64());
    out.account = text_at(object, "account"), out.route = text_at(object, "route");
    out.what = text_at(object, "what"), out.detail = text_at(object, "detail");
    out.record = text_at(object, "record"), out.peer = text_at(object, "peer");
    if (const auto* status = object.if_contains("status"); status && status->is_int64())
        out.status = static_cast<unsigned>(status->get_int64());
    return out;
}

}  // namespace entente::accounts
