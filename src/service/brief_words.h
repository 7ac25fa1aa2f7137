#pragma once

#include <string>
#include <vector>

#include "measures/words.h"
#include "service/brief.h"

namespace entente::service {

/// Who met how, in a few words: `Maritime consultation`, `Ministers, video call`, `Chiefs of defence, visit`.
/// Requires  `channel` is the name of the engagement's channel, or empty
std::string contact_label(const measures::Engagement& engagement, const std::string& channel);

/// The brief in one sentence that can be said aloud.
///
/// Definition  talking: the last contact lies at most 365 days back. Then stops without a known end, and what
/// the
///             coverage allows to conclude from silence
std::string first_sentence(const Brief& brief);

BriefName name_of(const measures::Actor& actor);
/// Names with commas between them; `unknown` when there is none.
std::string joined_names(const std::vector<BriefName>& names);

using measures::range_words;
using measures::with_commas;

}  // namespace entente::service
