#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/ledger.h"

namespace entente::ingest {

/// An actor of the table that ships with the program.
struct TableActor {
    std::string code;
    std::string kind;
    std::string name;
    std::string short_name;
    std::vector<std::string> aliases;
    std::string iso2;
};

/// The whole table, in its order.
const std::vector<TableActor>& all_actors();
/// By code, case ignored.
std::optional<TableActor> find_actor(std::string_view code);
/// `: nearest are CHN China, CHE Switzerland`; empty when the table is.
std::string nearest_actors(std::string_view code);

/// The batch that puts the table on the record of a new node: the source it comes from, then the actors.
std::pair<ledger::Draft, std::vector<ledger::Draft>> actor_batch(const std::string& label);

}  // namespace entente::ingest
