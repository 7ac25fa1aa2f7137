// What holds a cluster of names together, in words.
#pragma once

#include <string>
#include <vector>

#include "service/review_mentions.h"

namespace entente::service {

/// A node in words: the text of a mention, `Ministry of Defence of IRQ`, an actor by its name.
std::string node_words(const IdentityPicture& picture, std::uint32_t node);

/// The organisation or the actor that a cluster is a name of; empty where none was found.
std::string named_words(const IdentityPicture& picture, std::uint32_t cluster);

/// Why a member is in its cluster, and what does not count: every tie at it, sorted.
std::vector<std::string> grounds_of(const IdentityPicture& picture, std::uint32_t mention);

/// Judgements that contradict each other at one of these members.
std::vector<std::string> conflicts_of(
    const IdentityPicture& picture, const std::vector<std::uint32_t>& members
);

/// What a rule found in a name without joining it; empty where it found nothing.
std::string finding_words(const IdentityPicture& picture, std::uint32_t mention);

/// What a person judged about one of these members.
struct JudgedHere {
    std::string record;  ///< id of the judgement
    std::string left, right;
    identity::Verdict verdict = identity::Verdict::positive;
    bool joins = false;  ///< positive and in force
};
std::vector<JudgedHere> judged_here(
    const IdentityPicture& picture, const std::vector<std::uint32_t>& members
);

}  // namespace entente::service
