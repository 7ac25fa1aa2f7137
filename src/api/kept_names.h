#pragma once

#include <cstdint>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "service/review_mentions.h"

namespace entente::api {

/// The names on record as they were last read, with what waits for a judgement: reading a hundred thousand spellings
/// takes seconds, and whoever judges them asks again for each page.
/// Thread-safety  all of it
class KeptNames {
public:
    struct Names {
        explicit Names(service::IdentityPicture read) : picture(std::move(read)) {}
        service::IdentityPicture picture;

        /// What waits, by kind and least score; found once.
        std::shared_ptr<const std::vector<identity::ReviewItem>> open(const identity::ReviewRequest& request);

    private:
        std::mutex lock_;
        std::map<std::string, std::shared_ptr<const std::vector<identity::ReviewItem>>> open_;
    };

    /// \param  state   names the state of the record and on whose behalf it is read
    /// \param  nation  a code; empty: all
    /// Errors  as load_identity
    Result<std::shared_ptr<Names>> of(
        ledger::RecordView& view, const std::string& state, const std::string& nation
    );

private:
    struct Kept {
        std::string key;
        std::shared_ptr<Names> names;
    };
    std::mutex lock_;
    std::list<Kept> kept_;  ///< the one last asked for first
};

}  // namespace entente::api
