#pragma once

#include <string>

#include "ingest/import_source.h"

namespace entente::ingest::map {

/// A row as it would be read, for people: `row 5: category KLE; held 2024-03-05; …`, or why it would be set
/// aside.
std::string sample_of(const ImportRow& row);

}  // namespace entente::ingest::map
