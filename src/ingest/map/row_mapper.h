#pragma once

#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/day.h"
#include "base/result.h"
#include "domain/empty.h"
#include "ingest/import_source.h"
#include "ingest/map/recorded_names.h"
#include "ingest/map/span_forms.h"
#include "ingest/map/table_map.h"
#include "ingest/table/table_reader.h"

namespace entente::ingest::map {

/// Turns rows of a table into records as a map declares it. The map must outlive it. `today` tells what lies
/// ahead, where the map declares no status; `names`: how the record calls its actors.
class RowMapper {
public:
    RowMapper(const TableMap& map, Day today, RecordedNames names = {});

    /// Gets ready for the rows of a file or sheet.
    /// Errors  invalid_argument: the map names a column that the file lacks
    Result<void> begin(const std::vector<std::string>& columns);

    /// Forgets which ids it has seen.
    void restart() { seen_ids_.clear(); }

    /// Fills everything but the number of the file: records, or the reason why the row is set aside.
    void map(const table::TableRow& row, ImportRow& out);

private:
    struct Failure {
        std::string field, reason;
    };
    /// What a specification found in a row: items, an empty of a reason, or (neither) nothing.
    struct Found {
        std::vector<std::string> items;
        std::optional<domain::Empty> empty;
        std::string column;  ///< where, for messages
    };
    template <class T>
    using Or = std::expected<T, Failure>;

    std::string_view cell(std::string_view column) const;
    bool holds(const std::vector<Condition>& conditions) const;
    Or<Found> find(const ValueSpec& spec) const;
    Or<void> add_cell(const ValueSpec& spec, std::string_view text, Found& found) const;
    Or<json::object> build_side(const PartySpec& party, json::value actor, int year, ImportRow& out) const;
    std::vector<ProposedRecord> recognisable(const std::string& handle) const;
    std::string raw_id() const;
    Or<std::string> identify(ImportRow& out);
    Or<domain::Content> build(const RecordSpec& record, ImportRow& out) const;
    Or<PartialSpan> read_cell(const DateSpec& date, std::string_view text) const;
    Or<void> build_date(const ValueSpec& spec, const std::string& name, domain::Content& content) const;
    Or<void> build_parties(const RecordSpec& record, int year, domain::Content& content, ImportRow& out)
        const;
    Or<json::value> to_value(
        const domain::Field& field,
        const ValueSpec& spec,
        const std::string& item,
        const std::string& column,
        int year
    ) const;
    static std::string scheme_of(const ValueSpec& spec);
    Or<void> refuse_bad_cells(const table::TableRow& row) const;
    void warn_of_called_off(std::vector<std::string>& remarks) const;
    std::string locator(const table::TableRow& row, const std::string& id) const;

    const TableMap& map_;
    const Day today_;
    const RecordedNames names_;
    const std::vector<RecordSpec> lenient_;  ///< the same records, where all that cannot be read is left out
    const domain::Schema& schema_ = domain::Schema::builtin();
    std::unordered_map<std::string, std::size_t> index_;
    std::vector<std::string> columns_;
    std::set<std::size_t> used_;
    std::unordered_map<std::string, int> seen_ids_;
    const table::TableRow* row_ = nullptr;
};

/// What the declarations say about a proposed record, references taken for good. Nothing: it is valid.
/// Errors  as domain::validate
Result<void> check_proposed(const domain::Schema& schema, const ProposedRecord& record);

}  // namespace entente::ingest::map
