#pragma once

#include <string>

#include "identity/judgement.h"
#include "service/write_record.h"

namespace entente::service {

/// What a person says of two mentions.
struct JudgeRequest {
    std::string left;
    std::string right;  ///< a mention, or with `actor` the code of an actor
    std::string verdict;
    std::string nation;         ///< code; empty where no nation is known
    std::string kind = "unit";  ///< `organisation` is a unit: one text may be called any of them
    std::string note;
    bool actor = false;
    WriteOptions options;
};

/// Puts a judgement on the record. The mentions themselves stay what they are.
/// Errors  as `record`
Result<Written> judge(Node& node, const JudgeRequest& request);

/// Reads one mention: kind, nation and text as `judge` was asked.
Result<identity::MentionKey> left_mention(const JudgeRequest& request);

}  // namespace entente::service
