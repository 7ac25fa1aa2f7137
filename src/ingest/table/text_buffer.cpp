#include "ingest/table/text_buffer.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include <fmt/format.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace entente::ingest::table {
namespace {

constexpr std::size_t kLeast = 256U << 10;

// Bytes that a character beginning with `lead` takes; 0: no character begins so.
std::size_t length_of(unsigned char lead) {
    if (lead >= 0xC2 && lead <= 0xDF) return 2;
    if (lead >= 0xE0 && lead <= 0xEF) return 3;
    if (lead >= 0xF0 && lead <= 0xF4) return 4;
    return 0;
}

// Whether the bytes there are a right beginning of a character (RFC 3629: no surrogates, nothing overlong).
bool right_so_far(std::string_view bytes) {
    const auto at = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
    for (std::size_t i = 1; i < bytes.size(); ++i)
        if ((at(i) & 0xC0) != 0x80) return false;
    if (bytes.size() < 2) return true;
    switch (at(0)) {
        case 0xE0:
            return at(1) >= 0xA0;
        case 0xED:
            return at(1) <= 0x9F;
        case 0xF0:
            return at(1) >= 0x90;
        case 0xF4:
            return at(1) <= 0x8F;
        default:
            return true;
    }
}

// Over plain ASCII without zero bytes, as far as that is quick.
std::size_t skip_ascii(std::string_view text, std::size_t at) {
#ifdef __SSE2__
    for (const __m128i zero = _mm_setzero_si128(); at + 16 <= text.size(); at += 16) {
        const auto block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + at));
        if (_mm_movemask_epi8(_mm_or_si128(block, _mm_cmpeq_epi8(block, zero))) != 0) break;
    }
#endif
    while (at < text.size() && text[at] > 0) ++at;
    return at;
}

}  // namespace

std::size_t text_prefix(std::string_view text, bool& may_go_on) {
    may_go_on = false;
    for (std::size_t at = 0;;) {
        at = skip_ascii(text, at);
        if (at == text.size()) return at;
        const auto length = length_of(static_cast<unsigned char>(text[at]));
        const auto there = text.substr(at, length);
        if (length == 0 || !right_so_far(there)) return at;
        if (there.size() < length) {
            may_go_on = true;
            return at;
        }
        at += length;
    }
}

const char* find_either(const char* begin, const char* end, char a, char b) {
#ifdef __SSE2__
    const __m128i all_a = _mm_set1_epi8(a), all_b = _mm_set1_epi8(b);
    for (; end - begin >= 16; begin += 16) {
        const auto block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(begin));
        const auto hits = static_cast<unsigned>(
            _mm_movemask_epi8(_mm_or_si128(_mm_cmpeq_epi8(block, all_a), _mm_cmpeq_epi8(block, all_b)))
        );
        if (hits != 0) return begin + std::countr_zero(hits);
    }
#endif
    while (begin < end && *begin != a && *begin != b) ++begin;
    return begin;
}

TextBuffer::TextBuffer(std::unique_ptr<ByteSource> source, std::string name)
    : source_(std::move(source)), name_(std::move(name)) {}

Result<bool> TextBuffer::grow() {
    if (at_end_ || wrong_) return false;
    const auto kept = filled_ - begin_;
    const auto wanted = std::max(kLeast, 2 * kept);
    if (wanted > capacity_) {
        auto larger = std::make_unique_for_overwrite<char[]>(wanted);
        if (kept > 0) std::memcpy(larger.get(), memory_.get() + begin_, kept);
        memory_ = std::move(larger);
        capacity_ = wanted;
    } else if (kept > 0) {
        std::memmove(memory_.get(), memory_.get() + begin_, kept);
    }
    valid_ -= begin_, filled_ = kept, begin_ = 0;
    const auto before = valid_;
    while (filled_ < capacity_) {
        ENTENTE_ASSIGN_OR_RETURN(const auto got, source_->read(memory_.get() + filled_, capacity_ - filled_));
        if (got == 0) {
            at_end_ = true;
            break;
        }
        filled_ += got;
        if (filled_ >= kept + std::max(kLeast / 2, kept)) break;  // enough to go on with
    }
    if (first_ && std::string_view(begin(), filled_).starts_with("\xEF\xBB\xBF")) begin_ = valid_ = 3;
    first_ = false;
    bool may_go_on = false;
    valid_ += text_prefix({memory_.get() + valid_, filled_ - valid_}, may_go_on);
    wrong_ = valid_ < filled_ && (!may_go_on || at_end_);
    return valid_ > before;
}

Result<void> TextBuffer::ending(std::uint64_t line) const {
    if (!wrong_) return {};
    const char* text = memory_.get();
    const auto lines = std::count(text + begin_, text + valid_, '\n');
    const auto byte = static_cast<unsigned char>(text[valid_]);
    const auto* row = static_cast<const char*>(memrchr(text + begin_, '\n', valid_ - begin_));
    const auto column = text + valid_ - (row ? row + 1 : text + begin_) + 1;
    const auto place = fmt::format("line {}, byte {}", line + static_cast<std::uint64_t>(lines), column);
    if (byte == 0)
        return fail(
            ErrorCode::invalid_argument,
            name_,
            fmt::format("{}: found a zero byte, expected text: the file is binary or UTF-16", place),
            "save it as CSV in UTF-8"
        );
    return fail(
        ErrorCode::invalid_argument,
        name_,
        fmt::format("{}: found byte 0x{:02X}, which is no UTF-8: the file may be Latin-1", place, byte),
        "save it in UTF-8, for Latin-1: iconv -f WINDOWS-1252 -t UTF-8 FILE"
    );
}

}  // namespace entente::ingest::table
