#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/day.h"

namespace entente::identity {

enum class Verdict : std::uint8_t { positive, negative, unsure };

/// Who accepted or refused a match. A person's word goes before a rule's.
enum class Ground : std::uint8_t { rule, person };

/// What kind of thing a mention may name. Units, ministries and schools are one kind: one text may be called
/// any of them.
enum class Kind : std::uint8_t { organisation, person, place };

/// `positive`, `organisation`: the words of the code lists and commands.
std::string_view to_text(Verdict verdict);
std::string_view to_text(Ground ground);
std::string_view to_text(Kind kind);

/// A judgement between two nodes of a graph.
struct Tie {
    std::uint32_t left = 0;
    std::uint32_t right = 0;
    Verdict verdict = Verdict::positive;
    Ground ground = Ground::person;
    std::string why;  ///< rule and version, or the record of the judgement
};

/// Which texts are the same mention: kind, nation and bytes.
struct MentionKey {
    Kind kind = Kind::organisation;
    std::string nation;  ///< code; empty when no nation is known
    std::string text;

    friend auto operator<=>(const MentionKey&, const MentionKey&) = default;
};

/// A mention with what stands behind it.
struct Mention {
    MentionKey key;
    std::uint64_t records = 0;
    double people = 0;
    double cost = 0;                   ///< for ordering only, in the unit of the source
    std::int64_t first = 0, last = 0;  ///< days of use, as Day values; meaningless without `dated`
    bool dated = false;
};

}  // namespace entente::identity
