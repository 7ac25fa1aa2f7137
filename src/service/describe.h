#pragma once

#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>

#include "domain/declaration.h"
#include "ledger/record_index.h"

namespace entente::service {

/// What records are called in one view, as far as it was asked.
class KnownNames {
public:
    struct Names {
        std::string name;
        std::string handle;
    };
    const Names* find(const std::string& rec) const {
        const auto found = known_.find(rec);
        return found == known_.end() ? nullptr : &found->second;
    }
    /// Forgets all others once there are very many: some 4 MB.
    const Names& keep(const std::string& rec, Names names) {
        if (known_.size() >= kMost) known_.clear();
        return known_.emplace(rec, std::move(names)).first->second;
    }
    void clear() { known_.clear(); }

private:
    static constexpr std::size_t kMost = 20'000;
    std::unordered_map<std::string, Names> known_;
};

/// Turns values into words for people: codes into names, ids into the names of records, dates into `17 Jul
/// 2024`, empties into their words. Looks each record up once. Lives no longer than its view.
class Describer {
public:
    Describer(ledger::RecordView& view, const domain::Schema& schema)
        : view_(view), schema_(schema), own_(std::make_shared<KnownNames>()), known_(own_.get()) {}
    /// \param  known  names by the same view that are kept for the next time
    Describer(ledger::RecordView& view, const domain::Schema& schema, KnownNames& known)
        : view_(view), schema_(schema), known_(&known) {}

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
    const KnownNames::Names& look_up(const std::string& rec);
    std::string render(const domain::Field& field, const json::value& value, bool for_people);

    ledger::RecordView& view_;
    const domain::Schema& schema_;
    std::shared_ptr<KnownNames> own_;  ///< empty where somebody else keeps them
    KnownNames* known_;
};

}  // namespace entente::service
