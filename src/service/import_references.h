#pragma once

#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "domain/content.h"
#include "domain/declaration.h"
#include "ledger/record_index.h"

namespace entente::service {

/// Puts ids in the place of the references (`actor:USA`) that a source proposes.
class ImportReferences {
public:
    ImportReferences(ledger::RecordView& view, const domain::Schema& schema);

    /// A record of this run, to which later rows may refer.
    void add(const std::string& type, const std::string& handle, const std::string& rec);
    /// Takes back what `add` was told of a record that is not kept after all.
    void forget(const std::string& type, const std::string& handle);
    /// Id of the record of this type that is called exactly so; nothing when there is none.
    Result<std::optional<std::string>> find(const std::string& type, const std::string& handle);
    /// Errors  invalid_argument naming the field: nothing on record is called so
    Result<void> resolve(const domain::RecordType& type, domain::Content& content);

private:
    Result<void> resolve(const domain::Field& field, json::value& value);

    ledger::RecordView& view_;
    std::set<std::string> targets_;                                    // types that some field may refer to
    std::unordered_map<std::string, std::optional<std::string>> ids_;  // by `type:handle`
};

}  // namespace entente::service
