#pragma once

#include "picture/document.h"
#include "service/brief.h"

namespace entente::service {

/// The brief as two pages to be printed: the sentence, what it came to over the years and the stops; then
/// channels, what is to be expected, evidence, and what cannot be seen. The same facts as on the terminal.
picture::Document brief_document(const Brief& brief);

}  // namespace entente::service
