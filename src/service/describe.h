#pragma once

#include <functional>
#include <map>
#include <string>

#include "domain/declaration.h"
#include "ledger/record_index.h"

namespace entente::service {

/// Turns values into words for people: codes into names, ids into the names of records, dates into `17 Jul
/// 2024`, empties into their words. Looks each record up once. Lives no longer than its view.
class Describer {
public:
    Describer(ledger::RecordView& view, const domain::Schema& schema) : view_(view), schema_(schema) {}

    /// One value of a field; a list is joined by `; `.
    std::string words(const domain::Field& field, const json::value& value);
    /// As it would be typed: codes and handles, ISO dates. For CSV.
    std::string plain(const domain::Field& field, const json::value& value);
    /// Short name of a record: code, key or id in the source, else the first 8 characters of its id.
    std::string handle(const ledger::Revision& record) const;
    /// The record in a few words: its title field.
    std::string title(const ledger::Revision& record);
    /// Name and handle of the record with this id.
    std::string name_of(const std::string& rec);
    std::string handle_of(const std::string& rec);

private:
    struct Known {
        std::string name;
        std::string handle;
    };
    const Known& look_up(const std::string& rec);
    std::string render(const domain::Field& field, const json::value& value, bool for_people);

    ledger::RecordView& view_;
    const domain::Schema& schema_;
    std::map<std::string, Known> known_;
};

}  // namespace entente::service
