#pragma once

#include <string>
#include <vector>

#include "domain/content.h"
#include "service/describe.h"

namespace entente::service {

/// A field that an edition says otherwise.
struct FieldChange {
    std::string field, label;
    std::string words;        ///< for people: `5-7 Mar 2024 -> 5-8 Mar 2024`; of a list what came and went
    std::string before, now;  ///< in full, as they would be typed; empty: the field is not there
};

/// What an edition changes, in words. Lives no longer than its view.
class ImportDifference {
public:
    ImportDifference(ledger::RecordView& view, const domain::Schema& schema)
        : schema_(schema), describe_(view, schema) {}

    /// Fields that differ, in the order of the declaration. Where the source stands alone in the citations
    /// and only the place in it moved, that is no difference.
    std::vector<FieldChange> between(
        const std::string& type, const domain::Content& before, const domain::Content& now
    );
    /// A record in a few words: when, who, what.
    std::string brief(const std::string& type, const domain::Content& content);

private:
    std::string between_lists(const domain::Field& field, const json::array& before, const json::array& now);
    std::string codes_of(const domain::Content& content);

    const domain::Schema& schema_;
    Describer describe_;
};

}  // namespace entente::service
