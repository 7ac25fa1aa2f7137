#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "http/refusal.h"

namespace entente::http {

/// Takes a body out of its chunks. Sizes are hexadecimal digits and nothing else; extensions and trailers are
/// read as lines and dropped. (Beast's own reader takes a quoted extension that runs over the end of its line.)
/// Invariant  the same bytes give the same body however they are cut
/// Source  RFC 9112, section 7.1
class ChunkedBody {
public:
    /// A body of at most `most` bytes; extensions and trailers of at most `overhead` bytes together.
    ChunkedBody(std::size_t most, std::size_t overhead) : most_(most), overhead_(overhead) {}

    /// Takes from the front of `bytes`, adds to `body`, and says how much it took: all, unless the body ended or
    /// is refused.
    std::size_t take(std::string_view bytes, std::string& body);
    bool is_done() const { return step_ == Step::done; }
    const std::optional<Refusal>& refusal() const { return refusal_; }

private:
    enum class Step {
        size,       ///< hexadecimal digits
        extension,  ///< after a semicolon, to CR
        size_lf,    ///< the LF of either
        data,       ///< as many bytes as the size says
        data_cr,    ///< the end of the data
        data_lf,
        trailer,        ///< the first byte of a line after the last chunk
        trailer_name,   ///< to the colon
        trailer_value,  ///< to CR
        trailer_lf,
        last_lf,  ///< of the empty line
        done,
    };

    void take_byte(char c);
    void take_size(char c);
    void take_trailer(char c);
    void expect(char c, char wanted, Step next);
    bool is_text(char c);
    void refuse(unsigned status, std::string_view detail) { refusal_ = {status, detail}; }

    std::size_t most_, overhead_;
    Step step_ = Step::size;
    std::size_t digits_ = 0;
    std::size_t size_ = 0;  ///< of this chunk, later what is left of it
    std::optional<Refusal> refusal_;
};

}  // namespace entente::http
