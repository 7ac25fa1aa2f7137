#include "http/chunked_body.h"

#include <algorithm>

#include "http/characters.h"

namespace entente::http {
namespace {

constexpr std::size_t kDigitsMost = 15;  // leading zeros included: never beyond 64 bits

}  // namespace

std::size_t ChunkedBody::take(std::string_view bytes, std::string& body) {
    std::size_t taken = 0;
    while (taken < bytes.size() && !is_done() && !refusal_) {
        if (step_ != Step::data) {
            take_byte(bytes[taken++]);
            continue;
        }
        const std::size_t count = std::min(size_, bytes.size() - taken);
        body.append(bytes, taken, count);
        taken += count;
        size_ -= count;
        if (size_ == 0) step_ = Step::data_cr;
    }
    return taken;
}

void ChunkedBody::take_byte(char c) {
    switch (step_) {
        case Step::size:
            return take_size(c);
        case Step::extension:
            // Nobody needs quotes here, and readers differ on what a quote hides.
            if (c == '"') return refuse(400, "A chunk's extension holds a quote.");
            if (c == '\r')
                step_ = Step::size_lf;
            else
                (void)is_text(c);
            return;
        case Step::size_lf:
            return expect(c, '\n', size_ == 0 ? Step::trailer : Step::data);
        case Step::data_cr:
            return expect(c, '\r', Step::data_lf);
        case Step::data_lf:
            digits_ = size_ = 0;
            return expect(c, '\n', Step::size);
        case Step::trailer_lf:
            return expect(c, '\n', Step::trailer);
        case Step::last_lf:
            return expect(c, '\n', Step::done);
        default:
            return take_trailer(c);
    }
}

void ChunkedBody::take_size(char c) {
    if (const int digit = hex_value(c); digit >= 0) {
        if (++digits_ > kDigitsMost) return refuse(400, "A chunk's size has too many digits.");
        size_ = size_ * 16 + static_cast<std::size_t>(digit);
        return;
    }
    if (digits_ == 0 || (c != '\r' && c != ';'))
        return refuse(400, "A chunk's size is not a hexadecimal number.");
    if (size_ > most_) return refuse(413, "The body is longer than is taken here.");
    most_ -= size_;
    step_ = c == ';' ? Step::extension : Step::size_lf;
}

void ChunkedBody::take_trailer(char c) {
    if (step_ == Step::trailer && c == '\r') {
        step_ = Step::last_lf;
    } else if (step_ == Step::trailer_value && c == '\r') {
        step_ = Step::trailer_lf;
    } else if (step_ == Step::trailer_value) {
        (void)is_text(c);
    } else if (step_ == Step::trailer_name && c == ':') {
        step_ = Step::trailer_value;
    } else if (!is_token_character(c)) {
        refuse(400, "A trailer's name is not a token followed by a colon.");
    } else if (is_text(c)) {
        step_ = Step::trailer_name;
    }
}

void ChunkedBody::expect(char c, char wanted, Step next) {
    if (c != wanted)
        return refuse(400, "A chunk does not end as its size says, or a line of it not in CRLF.");
    step_ = next;
}

/// Whether `c` may stand in an extension or trailer, and there is room for it.
bool ChunkedBody::is_text(char c) {
    if (!is_value_character(c))
        return refuse(400, "A chunk's line or a trailer holds a control character."), false;
    if (overhead_ == 0) return refuse(431, "The chunks' lines or the trailers are too long."), false;
    --overhead_;
    return true;
}

}  // namespace entente::http
