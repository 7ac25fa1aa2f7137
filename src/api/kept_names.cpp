#include "api/kept_names.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace entente::api {
namespace {

constexpr std::size_t kMostKept = 3;

}  // namespace

std::shared_ptr<const std::vector<identity::ReviewItem>> KeptNames::Names::open(
    const identity::ReviewRequest& request
) {
    const auto key =
        fmt::format("{} {}", request.kind ? identity::to_text(*request.kind) : "all", request.least_score);
    const std::lock_guard lock(lock_);
    auto& place = open_[key];
    if (!place)
        place = std::make_shared<const std::vector<identity::ReviewItem>>(
            identity::find_open(picture.graph, request)
        );
    return place;
}

Result<std::shared_ptr<KeptNames::Names>> KeptNames::of(
    ledger::RecordView& view, const std::string& state, const std::string& nation
) {
    const auto key = state + " of " + nation;
    {
        const std::lock_guard lock(lock_);
        const auto found = std::ranges::find(kept_, key, &Kept::key);
        if (found != kept_.end()) {
            kept_.splice(kept_.begin(), kept_, found);
            return kept_.front().names;
        }
    }
    // Two that ask at once may both read: neither waits for a reading that it does not need.
    ENTENTE_ASSIGN_OR_RETURN(
        auto read, service::load_identity(view, nation, identity::RuleTables::builtin())
    );
    auto names = std::make_shared<Names>(std::move(read));
    const std::lock_guard lock(lock_);
    kept_.push_front({key, names});
    if (kept_.size() > kMostKept) kept_.pop_back();
    return names;
}

}  // namespace entente::api
