#include "base/check.h"
#include "base/utf8.h"
#include "domain/locator.h"
#include "ingest/document/media_type.h"
#include "ingest/document/read_text.h"
#include "targets.h"

namespace entente::fuzz {

void locator(std::string_view input) {
    const auto read = domain::Locator::parse(input);
    if (!read) {
        check(read.error().message.starts_with("found '"), "a refusal says what was found");
        return;
    }
    check(read->to_text() == input, "a place has one spelling");
    check(read->first >= 1 && read->last >= read->first, "a range goes forward");
    check((read->column == 0) == (read->row == 0), "a cell has a column and a row");
}

void media_type(std::string_view input) {
    using namespace ingest::document;
    const auto type = media_type_of(input);
    check(type == media_type_of(std::string(input)), "the bytes alone decide");
    if (type == kPdf) check(input.starts_with("%PDF-"), "a PDF begins with its mark");
    if (type != kText && type != kCsv && type != kTsv) return;
    check(is_valid_utf8(input), "what is taken for text is UTF-8");
    for (const auto& page : read_text(type, input).pages) {
        check(is_valid_utf8(page), "what was read is UTF-8");
        check(page.find_first_of("\r\x1B\x7F") == std::string::npos, "what was read steers no terminal");
    }
}

}  // namespace entente::fuzz
