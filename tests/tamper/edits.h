#pragma once

#include <cstdint>
#include <functional>
#include <random>
#include <span>
#include <string>

#include "raw_database.h"
#include "sample_ledger.h"

namespace entente::tamper {

/// Which entry verify must name first. Where an intruder has made all hashes fit again, no verifier can do
/// better than to say between which two heads the change lies; such an edit has a range.
struct Place {
    enum class Kind { between, none, any } kind = Kind::any;
    std::uint64_t lowest = 0;
    std::uint64_t highest = 0;

    static Place at(std::uint64_t index) { return {Kind::between, index, index}; }
    static Place between(std::uint64_t lowest, std::uint64_t highest) {
        return {Kind::between, lowest, highest};
    }
    static Place nowhere() { return {Kind::none, 0, 0}; }  ///< it concerns no entry
    static Place anywhere() { return {}; }                 ///< which entry is not well defined
};

/// What was done, and what must be said of it.
struct Edit {
    std::string what;
    Place place;
    bool kept = true;     ///< the verifier holds the outside checkpoint
    bool ratchet = true;  ///< … and the ratchet
};

using Random = std::mt19937_64;

struct EditKind {
    const char* name;
    int count;
    std::function<Edit(const Sample&, RawDatabase&, Random&)> make;
};

/// All kinds; their counts add up to 400.
std::span<const EditKind> edit_kinds();

}  // namespace entente::tamper
