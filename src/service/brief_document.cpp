#include "service/brief_document.h"

#include <fmt/format.h>

#include "measures/words.h"

namespace entente::service {

picture::Document brief_document(const Brief& brief) {
    picture::Document out;
    out.title = fmt::format("{} and {}", brief.a.name, brief.b.name);
    out.aside = "on " + measures::day_words(brief.on);
    out.sentence = brief.sentence;
    out.day = brief.on;
    out.pages = {{}, {}};
    return out;
}

}  // namespace entente::service
