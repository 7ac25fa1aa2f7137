#pragma once

#include <span>
#include <vector>

#include "measures/measure.h"

namespace entente::measures {

struct QuestionToMeasure {
    const Measure* measure = nullptr;
    MeasureQuestion question;
};

/// Several measures of one pair, asked at the same time: each by one thread, so that no digit depends on their number.
///
/// \param  threads  this one is among them; the next question goes to whoever is free, as they stand: put first what takes
///                  longest
/// Returns  an answer or an error for each, in their order
std::vector<Result<Answer>> ask_side_by_side(
    const PairFacts& facts, std::span<const QuestionToMeasure> questions, unsigned threads
);

}  // namespace entente::measures
