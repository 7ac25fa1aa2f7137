#pragma once

#include <string>
#include <vector>

#include "domain/declaration.h"
#include "service/write_record.h"

namespace entente::cli {

/// What a person typed behind `record TYPE` or `supersede ID`: fields as options, and the options of the
/// command.
struct FieldArguments {
    service::TypedFields fields;
    service::WriteOptions options;
    std::string reason;
    std::string remark;
    bool json = false;
    bool help = false;
};

/// Reads `--field value`, `--field=value` and, as the first word, the value of the type's first field
/// (`record engagement DLG`). Options are named by the declaration, `-` and `_` alike.
/// Errors  invalid_argument: an option without value, an unknown option with the nearest ones named
Result<FieldArguments> parse_field_arguments(
    const domain::Schema& schema, const domain::RecordType* type, const std::vector<std::string>& words
);

/// Help of `record TYPE`, made from the declaration.
std::string field_help(const domain::Schema& schema, const domain::RecordType& type);

/// Name of the option of a field.
std::string option_name(const domain::Field& field);

/// An example of what one may type for a field.
std::string example_value(const domain::Schema& schema, const domain::Field& field);

}  // namespace entente::cli
