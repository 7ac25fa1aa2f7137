#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "domain/declaration.h"

namespace entente::domain {

/// The fields of one revision of a record, opened: field name -> value in the ledger's form, sealed fields
/// included. A repeated field is an array; an empty is `{"none":…}`; a field left out was not asked.
using Content = json::object;

/// A sealed value: where it stands and what it says. `name` is the field, or a path such as
/// `citations.0.locator`.
struct SealedValue {
    std::string name;
    std::string value;
    friend bool operator==(const SealedValue&, const SealedValue&) = default;
};

/// A record's fields, told apart by what may stand in the clear.
struct SplitContent {
    json::object clear;               ///< what goes under `f`
    std::vector<SealedValue> sealed;  ///< in the order of the declaration; a repeated text gives one each
};

/// Tells clear and sealed values apart. An empty of a sealed field stays in the clear: it says nothing about
/// a person.
/// Requires  content is valid for `type`
SplitContent split(const RecordType& type, Content content);

/// The inverse of `split`. Sealed values that are missing (erased) are left out; ones that no field of `type`
/// can hold are ignored. The order of the fields is that of `clear`.
Content join(const RecordType& type, json::object clear, const std::vector<SealedValue>& sealed);

/// Checks fields against their declaration.
/// Errors  invalid_argument, naming field, what was found and what was expected; the first problem in the
/// order of
///         the declaration is reported
Result<void> validate(const Schema& schema, const RecordType& type, const Content& content);

/// The values of a record by the position of their field; null where it has none. `known` counts them: fewer
/// than the content has members when some belong to no field.
std::vector<const json::value*> by_field(
    const RecordType& type, const Content& content, std::size_t* known = nullptr
);

/// The opened content without anything a person did not enter: fields in the order of the declaration.
Content in_declared_order(const RecordType& type, Content content);

}  // namespace entente::domain
