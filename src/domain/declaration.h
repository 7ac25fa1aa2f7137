#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"

namespace entente::domain {

/// One code of a code list. `attributes` are what the list says besides: `parent`, `rank`, `strand`, `short`.
struct Code {
    std::string code;
    std::string name;
    std::map<std::string, std::string, std::less<>> attributes;
};

struct CodeList {
    std::string list;
    std::string name;
    std::string help;
    std::vector<Code> codes;
    int version = 1;          ///< raised with every change of the codes
    std::string parent_list;  ///< list that `parent` attributes refer to; empty when none

    const Code* find(std::string_view code) const;
};

enum class FieldType : std::uint8_t {
    text,        ///< free text; sealed
    name,        ///< name of an organisation, place, course or agreement
    identifier,  ///< a short code without blanks
    code,        ///< a code of the field's code list
    date,        ///< a DateSpan
    count,       ///< a whole number, zero or more
    decimal,     ///< a decimal number, kept as text
    money,       ///< `{"amount":"6400000000","currency":"USD"}`
    reference,   ///< the id of another record
    group,       ///< an object of sub-fields
};

/// One field as its declaration says it. The one description drives validation, projection tables, JSON,
/// command options, import and the reference pages.
struct Field {
    std::string name;
    FieldType type = FieldType::text;
    std::string label;
    std::string help;
    std::string list;                ///< code list, for FieldType::code
    std::string unit;                ///< for FieldType::count
    std::string alias;               ///< second name of the command option
    std::string default_value;       ///< typed when a person leaves the field out
    std::vector<std::string> to;     ///< record types a reference may name
    std::vector<std::string> parts;  ///< order of sub-fields in the short form `a:b:c` of a group
    std::vector<Field> fields;       ///< sub-fields of a group
    bool many = false;
    bool required = false;
    bool clear = false;  ///< false: the value stands behind a salted digest
    int since = 1;       ///< version of the record type that brought the field

    const Field* find(std::string_view sub_field) const;
};

struct RecordType {
    std::string type;
    std::string name;
    std::string plural;
    std::string help;
    int version = 1;                   ///< the highest `since` of its fields and their sub-fields
    std::vector<std::string> title;    ///< fields of which the first present one names the record in lists
    std::string day;                   ///< date field that places the record in time; empty when none
    std::vector<std::string> rules;    ///< rules over several fields, by name (see validation.cpp)
    std::vector<Field> fields;         ///< own fields, then the common ones
    std::vector<std::size_t> by_name;  ///< positions of the fields in the order of their names
    json::object declaration;          ///< as logged in the `schema` entry

    const Field* find(std::string_view field) const;
    /// Position of a field; nothing when the type has none of that name.
    /// Cost  O(log n)
    std::optional<std::size_t> position(std::string_view field) const;
};

/// All record types and code lists. Immutable; safe to read from any thread.
class Schema {
public:
    /// Reads declarations: record types, `common_fields` (appended to each type) and code lists.
    /// Errors  invalid_argument, naming file and field: an unknown type, list or reference target, a field
    /// twice,
    ///         a free-text field declared clear, a required sealed sub-field without its group
    static Result<Schema> create(const std::vector<std::pair<std::string, std::string>>& files);
    /// The declarations built into the program. A broken one is a bug.
    static const Schema& builtin();

    const RecordType* find(std::string_view type) const;
    const CodeList* list(std::string_view name) const;
    const std::vector<RecordType>& types() const { return types_; }
    const std::vector<CodeList>& lists() const { return lists_; }

    /// Name of a code for people; the code itself when the list does not know it.
    std::string name_of(std::string_view list, std::string_view code) const;

private:
    std::vector<RecordType> types_;
    std::vector<CodeList> lists_;
};

std::string_view to_text(FieldType type);

}  // namespace entente::domain
