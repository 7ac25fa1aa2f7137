#pragma once

#include <compare>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace entente::public_record {

/// Two actors in the order of their codes.
struct CodePair {
    std::string a;
    std::string b;
    friend auto operator<=>(const CodePair&, const CodePair&) = default;
};
CodePair pair_of(const std::string& one, const std::string& other);

/// What held in one year: how many, and their obligations in the order of the code list.
struct InForce {
    int number = 0;
    std::set<int> obligations;  ///< places in the code list
    friend bool operator==(const InForce&, const InForce&) = default;
};

/// Years of a pair, as spans in which the same held.
struct Span {
    int first = 0;
    int last = 0;
    InForce what;
    friend bool operator==(const Span&, const Span&) = default;
};
std::vector<Span> spans_of(const std::map<int, InForce>& years);

/// Every pair among some actors, once.
std::vector<CodePair> pairs_among(const std::set<std::string>& actors);

}  // namespace entente::public_record
