#include "service/strength_json.h"

#include "measures/measure.h"

namespace entente::service {
namespace {

json::object interval(const measures::Interval& ends) {
    return {{"low", measures::six_digits(ends.low)}, {"high", measures::six_digits(ends.high)}};
}

}  // namespace

json::object strength_json(const measures::Strength& strength) {
    json::object out{{"seen", measures::six_digits(strength.seen)}};
    if (!strength.total) {
        out["reason"] = "too little is seen";
        return out;
    }
    out["value"] = measures::six_digits(*strength.total);
    out["low"] = measures::six_digits(strength.band.low);
    out["high"] = measures::six_digits(strength.band.high);
    out["outer"] = interval(strength.outer);
    out["words"] = strength.words;
    return out;
}

json::array strands_json(const measures::Strength& strength, const measures::Parameters& parameters) {
    json::array out;
    for (const auto& one : strength.strands) {
        const auto& declared = parameters.strands[one.strand];
        json::object strand{{"strand", declared.strand}, {"name", declared.name}};
        if (one.fullness) {
            strand["full"] = measures::six_digits(*one.fullness);
            strand["points"] = measures::six_digits(one.points);
        } else {
            strand["reason"] = std::string(measures::to_words(one.coverage.knowledge));
        }
        strand["covered"] = measures::covered_words(one.coverage);
        out.push_back(std::move(strand));
    }
    return out;
}

}  // namespace entente::service
