#pragma once

#include <string>
#include <vector>

#include "domain/declaration.h"
#include "ledger/text_query.h"
#include "store/sqlite/connection.h"

namespace entente::store::sqlite {

/// Full text over the words of every revision: the table `search`, an FTS5 table without content whose rowid
/// is the revision's. What goes in has been folded by `searchable`.
/// Source  sqlite.org/fts5.html: contentless tables, columnsize, the ascii tokenizer
std::string search_table();

/// `v_search`, the view of it that keeps to visible labels.
std::string search_view();
/// `v_search_current`, that to what the guard has learned to be current and visible.
std::string current_search_view();

/// What a person could look for: free texts, names and identifiers; no codes and no names of fields.
std::string search_words(const domain::RecordType& type, const std::vector<const json::value*>& values);

/// Throws all words away, for an index that is made anew.
std::string empty_search();

/// Whether a table of the file holds the words, not records.
bool is_search_table(std::string_view name);

/// The words as sorted lines, a digest a term: two indexes of the same records give the same.
Result<std::string> dump_search(Connection& connection);

/// The terms of a query that names no field and leaves nothing out alone, in FTS5's own language.
/// Requires  is_one_match(query)
std::string match_text(const ledger::TextQuery& query);
bool is_one_match(const ledger::TextQuery& query);

}  // namespace entente::store::sqlite
