#include "measures/relational/risk_set.h"

#include <algorithm>

namespace entente::measures::relational {

RiskSet::RiskSet(const History& history)
    : directed_(history.directed),
      present_(history.actors.size()),
      missing_as_sender_(history.actors.size()),
      missing_as_receiver_(history.actors.size()),
      sender_(history.actors.size()),
      receiver_(history.actors.size()) {
    if (!history.pairs_at_risk) return;
    const std::size_t size = history.actors.size();
    given_.resize(size);
    mask_.assign(size * size, 0);
    for (const auto& [i, j] : *history.pairs_at_risk) {
        mask_[i * size + j] = 1;
        if (!directed_) mask_[j * size + i] = 1;
    }
    for (std::size_t i = 0; i < size; ++i)
        for (std::size_t j = 0; j < size; ++j)
            if (mask_[i * size + j] != 0) given_[i].push_back(static_cast<std::uint32_t>(j));
}

void RiskSet::count_presence(std::size_t actor, int by) {
    present_[actor] += by;
    refresh(actor);
}

void RiskSet::count_missing(std::size_t actor, int as_sender, int as_receiver) {
    missing_as_sender_[actor] = as_sender;
    missing_as_receiver_[actor] = as_receiver;
    refresh(actor);
}

void RiskSet::refresh(std::size_t actor) {
    ++version_;
    sender_[actor] = present_[actor] > 0 && missing_as_sender_[actor] == 0;
    receiver_[actor] = present_[actor] > 0 && missing_as_receiver_[actor] == 0 ? 1 : 0;
}

void RiskSet::ensure_mask() {
    const std::size_t size = actors();
    if (mask_.empty()) mask_.assign(size * size, 1);
    if (missing_pairs_.empty()) missing_pairs_.assign(size * size, 0);
}

void RiskSet::count_missing_pair(std::size_t i, std::size_t j, int by) {
    ensure_mask();
    ++version_;
    const std::size_t at = i * actors() + j;
    const bool given = given_.empty() ||
                       std::binary_search(given_[i].begin(), given_[i].end(), static_cast<std::uint32_t>(j));
    missing_pairs_[at] = static_cast<std::uint16_t>(missing_pairs_[at] + by);
    mask_[at] = given && missing_pairs_[at] == 0 ? 1 : 0;
}

double RiskSet::pairs_present() const {
    const auto here = static_cast<double>(std::count_if(present_.begin(), present_.end(), [](int count) {
        return count > 0;
    }));
    if (given_.empty()) return here * (here - 1) / (directed_ ? 1 : 2);
    double pairs = 0;
    for (std::size_t i = 0; i < actors(); ++i)
        if (present(i))
            for (const auto j : given_[i])
                if (i != j && present(j) && (directed_ || i < j)) ++pairs;
    return pairs;
}

}  // namespace entente::measures::relational
