#include "measures/ask_side_by_side.h"

#include <algorithm>
#include <atomic>
#include <thread>

namespace entente::measures {

std::vector<Result<Answer>> ask_side_by_side(
    const PairFacts& facts, std::span<const QuestionToMeasure> questions, unsigned threads
) {
    std::vector<Result<Answer>> out(questions.size());
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
        for (std::size_t i = next++; i < questions.size(); i = next++)
            out[i] = questions[i].measure->ask(facts, questions[i].question);
    };
    std::vector<std::jthread> others;
    for (std::size_t i = 1; i < std::min<std::size_t>(threads, questions.size()); ++i)
        others.emplace_back(work);
    work();
    others.clear();
    return out;
}

}  // namespace entente::measures
