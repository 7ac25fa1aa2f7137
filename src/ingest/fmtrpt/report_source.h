#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <vector>

#include "ingest/import_source.h"
#include "ingest/table/table_reader.h"

namespace entente::ingest::fmtrpt {

/// Opens a table, confined or not.
using OpenTable = std::function<Result<std::unique_ptr<table::TableReader>>(const std::filesystem::path&)>;

/// Foreign military training reports as published: one file a report, TSV, plain or packed, in any of their
/// layouts, and the file of printed totals. An edition is a report; a file whose report cannot be told is its
/// own.
/// Errors  not_found, invalid_argument naming the file: not readable, no columns of a training report,
/// the same
///         report twice
Result<std::unique_ptr<ImportSource>> open_reports(
    const std::vector<std::filesystem::path>& files, const OpenTable& open
);

}  // namespace entente::ingest::fmtrpt
