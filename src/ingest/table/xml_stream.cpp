#include "ingest/table/xml_stream.h"

#include <cstring>

#include <expat.h>
#include <fmt/format.h>

#include "base/check.h"

namespace entente::ingest::table {
namespace {

constexpr std::size_t kDepth = 64;
constexpr int kChunk = 64 << 10;

std::string_view local(std::string_view name) {
    const auto colon = name.rfind(':');
    return colon == name.npos ? name : name.substr(colon + 1);
}

}  // namespace

std::string_view XmlAttributes::operator[](std::string_view name) const {
    for (auto pair = pairs_; *pair; pair += 2)
        if (local(pair[0]) == name) return pair[1];
    return {};
}

struct XmlStream::Parser {
    explicit Parser(XmlHandler& to) : handler(to), expat(XML_ParserCreate(nullptr)) {
        check(expat != nullptr, "expat can be set up");
        XML_SetUserData(expat, this);
        XML_SetElementHandler(
            expat,
            [](void* self, const char* name, const char** attributes) {
                static_cast<Parser*>(self)->start(name, attributes);
            },
            [](void* self, const char* name) { static_cast<Parser*>(self)->end(name); }
        );
        XML_SetCharacterDataHandler(expat, [](void* self, const char* text, int size) {
            auto& parser = *static_cast<Parser*>(self);
            if (parser.handler.stopped().empty()) parser.handler.text({text, static_cast<std::size_t>(size)});
        });
        XML_SetStartDoctypeDeclHandler(expat, [](void* self, const char*, const char*, const char*, int) {
            static_cast<Parser*>(self)->stop("found a document type (DTD), which is refused");
        });
    }
    Parser(const Parser&) = delete;
    Parser& operator=(const Parser&) = delete;
    ~Parser() { XML_ParserFree(expat); }

    void start(const char* name, const char** attributes) {
        if (!handler.stopped().empty()) return;
        if (++depth > kDepth)
            return stop(fmt::format("found XML nested deeper than {}, which is the limit", kDepth));
        handler.start(local(name), XmlAttributes(attributes));
        after();
    }
    void end(const char* name) {
        if (!handler.stopped().empty()) return;
        --depth;
        handler.end(local(name));
        after();
    }
    void stop(std::string why) {
        handler.stop(std::move(why));
        after();
    }
    void after() {
        if (!handler.stopped().empty()) XML_StopParser(expat, XML_FALSE);
    }

    XmlHandler& handler;
    XML_Parser expat;
    std::size_t depth = 0;
    bool done = false;
};

XmlStream::XmlStream(
    std::unique_ptr<ByteSource> source, XmlHandler& handler, std::string file, std::string part
)
    : source_(std::move(source)),
      handler_(handler),
      file_(std::move(file)),
      part_(std::move(part)),
      parser_(std::make_unique<Parser>(handler)) {}

XmlStream::~XmlStream() = default;

Result<bool> XmlStream::step() {
    if (parser_->done) return false;
    auto* const expat = parser_->expat;
    auto* const into = static_cast<char*>(XML_GetBuffer(expat, kChunk));
    check(into != nullptr, "expat gives a buffer");
    ENTENTE_ASSIGN_OR_RETURN(const auto got, source_->read(into, kChunk));
    const auto status = XML_ParseBuffer(expat, static_cast<int>(got), got == 0);
    if (!handler_.stopped().empty())
        return fail(ErrorCode::invalid_argument, file_, fmt::format("{}: {}", part_, handler_.stopped()));
    if (status != XML_STATUS_OK)
        return fail(
            ErrorCode::invalid_argument,
            file_,
            fmt::format(
                "{}, line {}, column {}: found XML that is not well-formed ({})",
                part_,
                XML_GetCurrentLineNumber(expat),
                XML_GetCurrentColumnNumber(expat) + 1,
                XML_ErrorString(XML_GetErrorCode(expat))
            )
        );
    parser_->done = got == 0;
    return got > 0;
}

Result<void> XmlStream::run() {
    for (;;) {
        ENTENTE_ASSIGN_OR_RETURN(const bool more, step());
        if (!more) return {};
    }
}

}  // namespace entente::ingest::table
