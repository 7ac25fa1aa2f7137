#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "ingest/import_source.h"
#include "ingest/map/row_mapper.h"
#include "ingest/map/table_map.h"
#include "ingest/table/confined_table.h"

namespace entente::ingest::map {

/// The rows of table files as a map declares them, read in a confined process. `today`: what lies behind it
/// is planned. `names`: how the record calls its actors.
/// Errors of `open`  not_found, unavailable: a file cannot be read
class MapSource : public ImportSource {
public:
    static Result<std::unique_ptr<MapSource>> open(
        TableMap map, std::vector<std::filesystem::path> paths, Day today, RecordedNames names = {}
    );

    const std::string& key() const override { return map_.key; }
    domain::Content description() const override { return map_.description; }
    const std::vector<ImportFile>& files() const override { return files_; }
    bool told_by_place() const override { return map_.id_columns.empty(); }
    Result<bool> next(ImportRow& row) override;
    Result<void> restart() override;
    double progress() const override;

    /// What the readers said about the files as a whole, so far.
    const std::vector<std::string>& remarks() const { return remarks_; }

private:
    MapSource(TableMap map, std::vector<std::filesystem::path> paths, Day today, RecordedNames names);
    table::TableOptions options(const std::string& sheet) const;
    Result<bool> next_table();
    void close_table();

    TableMap map_;
    std::vector<std::filesystem::path> paths_;
    std::vector<ImportFile> files_;
    RowMapper mapper_;
    std::unique_ptr<table::TableReader> reader_;
    table::TableRow row_;
    std::size_t file_ = 0, sheet_ = 0;  ///< numbers of the next to be opened, from 0
    std::uint64_t bytes_done_ = 0, bytes_all_ = 0;
    std::vector<std::string> remarks_;
};

}  // namespace entente::ingest::map
