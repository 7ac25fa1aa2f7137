#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/input.h"
#include "ledger/record_index.h"

namespace entente::service {

/// Reads citations as typed, `KEY:place:fields`. A document may be named in place of the source: it brings
/// its own source along.
/// Errors  as domain::parse_field
Result<json::value> parse_citations(
    ledger::RecordView& view,
    const domain::Schema& schema,
    const domain::Field& field,
    const std::vector<std::string>& typed,
    const domain::Resolver& resolve
);

/// Checks that places in documents exist as far as that is known: pages of a PDF, lines of a text, sheets of
/// a workbook.
/// Requires  content is valid
/// Errors  invalid_argument, naming the field, what was found and what was expected · not_found: no such
/// document
Result<void> check_cited_documents(ledger::RecordView& view, const domain::Content& content);

/// Words at a cited place.
struct CitedWords {
    std::string document;  ///< id
    std::string place;     ///< as recorded, such as `p. 12`
    std::string words;     ///< at most some 300 characters, in one line
    bool cut = false;      ///< more stands there
};

/// The words at each place of a document that a record cites, as far as the view may see them.
Result<std::vector<CitedWords>> cited_words(ledger::RecordView& view, const domain::Content& content);

/// Where the words of a question stand in a document.
struct WordsFound {
    std::string place;  ///< `p. 3`, `l. 40` or `sheet 2`
    std::string line;   ///< the line around the first of them
};

/// The first place with the most of the words that a question asks for; nothing when the text has none of
/// them (they stand in the title, say).
/// Cost  one pass over the text
Result<std::optional<WordsFound>> find_words(
    ledger::RecordView& view,
    const domain::Schema& schema,
    const ledger::Revision& document,
    const std::string& question
);

}  // namespace entente::service
