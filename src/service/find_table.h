#pragma once

#include <functional>
#include <string>
#include <vector>

#include "service/describe.h"
#include "service/table_out.h"

namespace entente::service {

/// Records of one type as rows of a table.
class RecordTable {
public:
    enum class Form : std::uint8_t {
        plain,  ///< a column a field, as typed: CSV
        sheet,  ///< the same, amounts apart from currencies: a number can be added up
        typed   ///< dates with both ends as well, empties in columns of their own: Parquet
    };
    /// `fields`: which, in this order; none: all.
    /// Errors  invalid_argument, with near names
    static Result<RecordTable> create(
        const domain::Schema& schema,
        const domain::RecordType& type,
        const std::vector<std::string>& fields,
        Form form
    );

    const std::vector<TableColumn>& columns() const { return columns_; }
    TableRow row(Describer& describe, const ledger::Revision& record) const;

private:
    RecordTable(std::vector<const domain::Field*> fields, Form form);
    void add_columns(const domain::Field& field);
    void add_cells(Describer& describe, const domain::Field& field, const json::value* value, TableRow& row)
        const;

    std::vector<const domain::Field*> fields_;
    Form form_;
    std::vector<TableColumn> columns_;
};

}  // namespace entente::service
