#include "public_record/pair_counts.h"

namespace entente::public_record {

CodePair pair_of(const std::string& one, const std::string& other) {
    return one < other ? CodePair{one, other} : CodePair{other, one};
}

std::vector<Span> spans_of(const std::map<int, InForce>& years) {
    std::vector<Span> out;
    for (const auto& [year, what] : years) {
        if (!out.empty() && out.back().last + 1 == year && out.back().what == what)
            out.back().last = year;
        else
            out.push_back({year, year, what});
    }
    return out;
}

std::vector<CodePair> pairs_among(const std::set<std::string>& actors) {
    std::vector<CodePair> out;
    for (auto one = actors.begin(); one != actors.end(); ++one)
        for (auto other = std::next(one); other != actors.end(); ++other) out.push_back({*one, *other});
    return out;
}

}  // namespace entente::public_record
