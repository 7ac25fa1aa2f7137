#pragma once

#include <string>
#include <vector>

namespace entente::ingest::document {

/// For tests: a PDF with these pages, a line of text on each.
std::string test_pdf(const std::vector<std::string>& pages);

/// For tests: a small PDF whose one page unpacks to hundreds of megabytes of text.
std::string test_pdf_bomb();

}  // namespace entente::ingest::document
