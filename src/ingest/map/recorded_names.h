#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace entente::ingest::map {

/// Names and aliases by which the record calls its actors, where the table that ships does not call them so.
class RecordedNames {
public:
    /// A current actor's code, and a name, short name or alias of it.
    void add(const std::string& code, const std::string& name);

    /// The actor that a cell names in a scheme: by the table that ships, or else by the record. Names on record
    /// are asked in the schemes `name` and `any`. Nothing: nobody, or on record several.
    std::optional<std::string> actor_of(std::string_view scheme, std::string_view cell, int year) const;

    /// What there is to say of a cell that the table and the record read otherwise, or the record as several
    /// actors; empty: nothing.
    std::string doubt(std::string_view scheme, std::string_view cell, int year) const;

private:
    const std::string* on_record(std::string_view scheme, std::string_view cell) const;

    std::unordered_map<std::string, std::string> codes_;  // folded name -> codes, with `, ` between several
};

/// `: perhaps KOR South Korea, PRK North Korea`: actors of the table that share a telling word with a cell, or
/// nearly so; empty when none does.
std::string perhaps_actors(std::string_view cell);

}  // namespace entente::ingest::map
