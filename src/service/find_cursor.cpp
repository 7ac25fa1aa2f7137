#include "service/find_cursor.h"

#include <fmt/format.h>

#include "base/codec.h"
#include "base/hash.h"
#include "base/id.h"

namespace entente::service {
namespace {

constexpr std::size_t kDigest = 8, kSize = 8, kRecord = 16, kCheck = 4;
constexpr std::string_view kPurpose = "entente cursor 1";

void add(std::string& out, std::string_view piece) {
    out += fmt::format("{}:{};", piece.size(), piece);  // its length keeps pieces apart
}

void add(std::string& out, const ledger::FilterValue& value) {
    add(out, fmt::format("{}{}{}", static_cast<int>(value.kind), value.low_excluded, value.high_excluded));
    for (const auto& text : {value.text, value.low.value_or("-"), value.high.value_or("-"), value.currency})
        add(out, text);
    add(out, value.from ? std::to_string(*value.from) : "-");
    add(out, value.to ? std::to_string(*value.to) : "-");
    for (const auto& term : value.terms) add(out, term.text + (term.prefix ? "*" : ""));
}

}  // namespace

std::string query_digest(const ledger::RecordQuery& query) {
    std::string out;
    for (const auto& type : query.types) add(out, "type " + type);
    for (const auto& actor : query.actors) add(out, "actor " + actor);
    for (const auto& [field, value] : query.equals) add(out, field), add(out, value);
    for (const auto& filter : query.filters) {
        add(out, (filter.negated ? "not " : "filter ") + filter.field);
        for (const auto& value : filter.any_of) add(out, value);
    }
    add(out, query.since ? std::to_string(query.since->value) : "-");
    add(out, query.until ? std::to_string(query.until->value) : "-");
    add(out, query.text);
    add(out, fmt::format("{} {} {}", query.newest_first, query.sort, query.descending));
    return std::string(sha256(out).view().substr(0, kDigest));
}

std::string to_text(const Cursor& cursor) {
    std::string bytes = cursor.query;
    for (int shift = 56; shift >= 0; shift -= 8) bytes += static_cast<char>(cursor.as_of >> shift);
    bytes += from_base32(cursor.rec).value_or(std::string(kRecord, '\0'));
    return base64url(bytes + std::string(sha256(kPurpose, bytes).view().substr(0, kCheck)));
}

std::optional<Cursor> parse_cursor(std::string_view text) {
    const auto bytes = from_base64url(text);
    if (!bytes || bytes->size() != kDigest + kSize + kRecord + kCheck) return std::nullopt;
    const std::string_view all = *bytes, body = all.substr(0, all.size() - kCheck);
    if (sha256(kPurpose, body).view().substr(0, kCheck) != all.substr(body.size())) return std::nullopt;
    Cursor cursor;
    cursor.query = body.substr(0, kDigest);
    for (std::size_t i = 0; i < kSize; ++i)
        cursor.as_of = cursor.as_of << 8 | static_cast<unsigned char>(body[kDigest + i]);
    cursor.rec = base32(body.substr(kDigest + kSize));
    return cursor;
}

}  // namespace entente::service
