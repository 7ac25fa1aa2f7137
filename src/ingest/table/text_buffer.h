#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "ingest/table/byte_source.h"

namespace entente::ingest::table {

/// Length of the longest beginning of `text` that is UTF-8 without zero bytes. What follows is either wrong
/// or, when `may_go_on` is set, a character of which the rest may still come.
std::size_t text_prefix(std::string_view text, bool& may_go_on);

/// Position of the first `a` or `b` at or after `begin`; `end` when there is none.
const char* find_either(const char* begin, const char* end, char a, char b);

/// A window over a text that streams in, checked to be UTF-8 before anybody sees it. Whoever reads takes
/// whole rows from its front. Views into it live until `grow` is called.
class TextBuffer {
public:
    TextBuffer(std::unique_ptr<ByteSource> source, std::string name);

    /// The text that is there and was not taken, to be changed in place at will.
    char* begin() { return memory_.get() + begin_; }
    char* end() { return memory_.get() + valid_; }
    std::size_t size() const { return valid_ - begin_; }
    void take(std::size_t bytes) { begin_ += bytes; }

    /// Reads on, at least doubling what is there; false when nothing more can come. Moves the text.
    Result<bool> grow();
    /// Why nothing more can come, when that is not the end of the text. `line` is that of `begin()`.
    Result<void> ending(std::uint64_t line) const;

    std::uint64_t bytes_read() const { return source_->bytes_read(); }

private:
    std::unique_ptr<ByteSource> source_;
    std::string name_;
    std::unique_ptr<char[]> memory_;
    std::size_t capacity_ = 0, begin_ = 0, valid_ = 0, filled_ = 0;
    bool at_end_ = false, wrong_ = false, first_ = true;
};

}  // namespace entente::ingest::table
