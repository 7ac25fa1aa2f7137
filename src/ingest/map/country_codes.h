#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace entente::ingest::map {

/// Letters and digits of a name without case, accents, blanks and punctuation: `Côte d’Ivoire` and
/// `cote-d-ivoire` are one.
std::string folded(std::string_view name);

/// Schemes in which a cell may name an actor: `iso3`, `iso2`, `cow`, `gw`, `name`, and `any`.
bool is_scheme(std::string_view scheme);

/// The code of the actor that a cell names in a scheme, in a year (0: none is known, and a code that meant
/// several states is no answer). `name` also takes codes of the actor table. Nothing: nobody of the table.
/// Source  data/public-record/actors.csv and country_codes.csv
std::optional<std::string> actor_of(std::string_view scheme, std::string_view cell, int year);

}  // namespace entente::ingest::map
