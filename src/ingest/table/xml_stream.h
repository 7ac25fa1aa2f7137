#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "ingest/table/byte_source.h"

namespace entente::ingest::table {

/// Attributes of an element, by name without prefix.
class XmlAttributes {
public:
    explicit XmlAttributes(const char** pairs) : pairs_(pairs) {}
    /// The value; empty when there is none.
    std::string_view operator[](std::string_view name) const;

private:
    const char** pairs_;
};

/// What a document says, in order. Names are without prefix.
class XmlHandler {
public:
    virtual ~XmlHandler() = default;
    virtual void start(std::string_view name, const XmlAttributes& attributes) = 0;
    virtual void end(std::string_view name) = 0;
    virtual void text(std::string_view text) = 0;

    /// Ends the reading with this message. The first one counts.
    void stop(std::string message) {
        if (stopped_.empty()) stopped_ = std::move(message);
    }
    const std::string& stopped() const { return stopped_; }

private:
    std::string stopped_;
};

/// Reads a document chunk by chunk. A document type (DTD) is refused at its first word, so there are no
/// entities but the five of XML; nesting ends at 64; nothing outside is ever asked for.
class XmlStream {
public:
    /// `place` stands in messages: the file and the part of it.
    XmlStream(std::unique_ptr<ByteSource> source, XmlHandler& handler, std::string file, std::string part);
    ~XmlStream();

    /// Hands the next chunk to the handler; false at the end of the document.
    /// Errors  invalid_argument: not well-formed, a DTD, too deep, or the handler stopped it
    Result<bool> step();
    /// Reads to the end.
    Result<void> run();
    std::uint64_t bytes_read() const { return source_->bytes_read(); }

private:
    struct Parser;
    std::unique_ptr<ByteSource> source_;
    XmlHandler& handler_;
    std::string file_, part_;
    std::unique_ptr<Parser> parser_;
};

}  // namespace entente::ingest::table
