#include "accounts/access_log.h"

#include <charconv>

#include <fmt/format.h>

#include "base/codec.h"

namespace entente::accounts {
namespace {

constexpr std::int64_t kMinute = 60'000'000;  // microseconds
constexpr std::size_t kMostOfNobody = 60;     // lines a minute

std::unexpected<Error> damaged(std::uint64_t number, const std::string& what) {
    return fail(ErrorCode::corrupt, "access log", fmt::format("line {} {}", number, what));
}

}  // namespace

std::string AccessHead::text() const {
    return fmt::format("{}:{}", lines, hex(digest.view()));
}

std::optional<AccessHead> AccessHead::parse(std::string_view text) {
    const auto colon = text.find(':');
    if (colon == std::string_view::npos) return {};
    AccessHead out;
    const auto* end = text.data() + colon;
    const auto [at, error] = std::from_chars(text.data(), end, out.lines);
    const auto bytes = from_hex(text.substr(colon + 1));
    const auto digest = bytes ? Hash::from_bytes(*bytes) : std::nullopt;
    if (error != std::errc{} || at != end || !digest) return {};
    out.digest = *digest;
    return out;
}

AccessLog::~AccessLog() {
    auto rest = counted();
    // Whoever goes cannot say that it failed; the count is lost then, and nothing else.
    if (!rest.empty()) (void)write(std::move(rest), clock_.now());
}

std::vector<Access> AccessLog::counted() {
    std::vector<Access> out;
    for (auto& flood : floods_) {
        if (flood.held_back == 0) continue;
        Access line;
        line.what = "denied", line.detail = fmt::format("{} more {}", flood.held_back, flood.what);
        flood.held_back = 0;
        out.push_back(std::move(line));
    }
    return out;
}

std::size_t AccessLog::kind_of(const Access& access) {
    if (access.route != "signIn" && access.route != "setUp") return 0;
    return access.status == 429 ? 2 : 1;
}

bool AccessLog::has_a_line(const Access& access, Instant now) {
    if (!access.account.empty() || access.what != "denied") return true;
    auto& flood = floods_[kind_of(access)];
    const auto age = now.microseconds - flood.minute.microseconds;
    if (age < 0 || age >= kMinute) flood.minute = now, flood.in_minute = 0;
    if (++flood.in_minute <= kMostOfNobody) return true;
    ++flood.held_back;
    return false;
}

Result<void> AccessLog::append(const Access& access) {
    const auto now = clock_.now();
    std::vector<Access> lines;
    {
        const std::lock_guard lock(mutex_);
        if (!has_a_line(access, now)) return {};
        lines = counted();
    }
    lines.push_back(access);
    return write(std::move(lines), now);
}

Result<void> AccessLog::write_counted() {
    const auto now = clock_.now();
    std::vector<Access> lines;
    {
        const std::lock_guard lock(mutex_);
        for (const auto& flood : floods_)
            if (flood.held_back > 0 && now.microseconds - flood.minute.microseconds < kMinute) return {};
        lines = counted();
    }
    if (lines.empty()) return {};
    return write(std::move(lines), now);
}

Result<void> AccessLog::write(std::vector<Access> accesses, Instant now) {
    return store_.write([&](AccountRows& rows) -> Result<void> {
        ENTENTE_ASSIGN_OR_RETURN(auto last, rows.last_line());
        std::uint64_t number = 0;
        Instant before_at{};
        if (!last.empty()) {
            ENTENTE_ASSIGN_OR_RETURN(const auto line, decode_access_line(last));
            number = line.number, before_at = line.at;
        }
        for (const auto& access : accesses) {
            AccessLine line;
            static_cast<Access&>(line) = access;
            line.number = ++number;
            line.at = std::max(now, before_at);  // a clock that was set back does not turn the order round
            if (!last.empty()) line.before = sha256(last);
            last = encode(line);
            ENTENTE_RETURN_IF_ERROR(rows.append_line(number, last));
        }
        return {};
    });
}

Result<std::vector<AccessLine>> AccessLog::lines(const AccessFilter& filter) {
    std::vector<AccessLine> out;
    if (filter.limit == 0) return out;
    ENTENTE_RETURN_IF_ERROR(store_.read([&](AccountRows& rows) -> Result<void> {
        const auto below = filter.below.value_or(std::uint64_t{1} << 62);
        return rows.lines_back(below, [&](std::uint64_t number, std::string_view bytes) -> Result<bool> {
            auto line = decode_access_line(bytes);
            if (!line) return damaged(number, "cannot be read");
            const bool wanted = (filter.account.empty() || line->account == filter.account) &&
                                (filter.what.empty() || line->what == filter.what);
            if (wanted) out.push_back(*std::move(line));
            return out.size() < filter.limit;
        });
    }));
    return out;
}

Result<AccessHead> AccessLog::head() {
    AccessHead out;
    ENTENTE_RETURN_IF_ERROR(store_.read([&](AccountRows& rows) -> Result<void> {
        ENTENTE_ASSIGN_OR_RETURN(const auto last, rows.last_line());
        if (last.empty()) return {};
        ENTENTE_ASSIGN_OR_RETURN(const auto line, decode_access_line(last));
        out = {line.number, sha256(last)};
        return {};
    }));
    return out;
}

Result<AccessHead> AccessLog::verify(const std::optional<AccessHead>& kept) {
    AccessHead head;
    const auto check_kept = [&]() -> Result<void> {
        if (kept && head.lines == kept->lines && head.digest != kept->digest)
            return damaged(head.lines, "or one before is not what it was when its digest was kept");
        return {};
    };
    ENTENTE_RETURN_IF_ERROR(store_.read([&](AccountRows& rows) -> Result<void> {
        return rows.each_line([&](std::uint64_t number, std::string_view bytes) -> Result<void> {
            if (number != head.lines + 1) return damaged(head.lines + 1, "is missing");
            const auto line = decode_access_line(bytes);
            if (!line || line->number != number || encode(*line) != bytes)
                return damaged(number, "is not as it was written");
            if (line->before != head.digest)
                return damaged(number - 1, "is not the one to which the next line was bound");
            head = {number, sha256(bytes)};
            return check_kept();
        });
    }));
    if (kept && kept->lines > head.lines)
        return fail(
            ErrorCode::corrupt,
            "access log",
            fmt::format(
                "found {} lines, expected {} at least: its end was cut off since the digest was kept",
                head.lines,
                kept->lines
            )
        );
    return head;
}

}  // namespace entente::accounts
