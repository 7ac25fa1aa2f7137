#include "measures/tie/strand_coverage.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "domain/declaration.h"
#include "measures/words.h"

namespace entente::measures {
namespace {

/// Everything that may speak for a strand.
std::vector<CoverageQuestion> questions(const Pair& pair, const StrandParameters& strand) {
    std::vector<CoverageQuestion> out;
    for (const auto& code : domain::Schema::builtin().list("engagement_category")->codes) {
        const auto found = code.attributes.find("strand");
        if (found != code.attributes.end() && found->second == strand.strand)
            out.push_back({pair, "engagement", code.code, ""});
    }
    for (const auto& type : strand.covered_by) {
        if (type == "tally")
            out.push_back({pair, type, "", strand.tally});
        else if (type != "engagement")
            out.push_back({pair, type, "", ""});
    }
    return out;
}

bool speaks(const Coverage& statement, const CoverageQuestion& question, const StrandParameters& strand) {
    // Where engagements are not what usually feeds the strand, only a statement that names the category
    // counts.
    return question.record_type != "engagement" || contains(strand.covered_by, "engagement") ||
           !statement.categories.empty();
}

/// The best answer of all questions.
class Answers {
public:
    Answers(std::span<const Coverage> statements, const Pair& pair, const StrandParameters& strand)
        : questions_(questions(pair, strand)) {
        for (const auto& question : questions_) {
            auto& kept = statements_.emplace_back();
            for (const auto& statement : statements)
                if (speaks(statement, question, strand)) kept.push_back(statement);
        }
    }

    CoverageAnswer on(Day day) const {
        CoverageAnswer best;
        for (std::size_t i = 0; i < questions_.size(); ++i) {
            auto answer = coverage_on(statements_[i], questions_[i], day);
            if (answer.kind < best.kind) best = std::move(answer);
        }
        return best;
    }

    /// Days at which the answer may change, up to `at`, the latest first; `at` is one of them.
    std::vector<Day> turns(Day at) const {
        std::vector<Day> out{at};
        for (const auto& kept : statements_)
            for (const auto& statement : kept) {
                if (statement.covers.to && *statement.covers.to < at) out.push_back(*statement.covers.to);
                if (statement.covers.from && *statement.covers.from <= at)
                    out.push_back(*statement.covers.from - 1);
            }
        std::ranges::sort(out, std::greater());
        out.erase(std::ranges::unique(out).begin(), out.end());
        return out;
    }

private:
    std::vector<CoverageQuestion> questions_;
    std::vector<std::vector<Coverage>> statements_;
};

bool is_rich(CoverageKind kind) {
    return kind == CoverageKind::census || kind == CoverageKind::sample;
}

double number_of(const std::string& decimal) {
    double out = 0;
    const auto [end, error] = std::from_chars(decimal.data(), decimal.data() + decimal.size(), out);
    return error == std::errc() && end == decimal.data() + decimal.size() && out > 0 && out <= 1 ? out : 1;
}

}  // namespace

std::string_view to_words(StrandKnowledge knowledge) {
    constexpr std::array<std::string_view, 5> kWords{
        "known", "stale", "not covered", "single facts", "not released"};
    return kWords[static_cast<std::size_t>(knowledge)];
}

std::string covered_words(const StrandCoverage& coverage) {
    const std::string until = coverage.until ? day_words(*coverage.until) : std::string();
    switch (coverage.knowledge) {
        case StrandKnowledge::known:
            return coverage.census ? "census" : "sample";
        case StrandKnowledge::stale:
            return fmt::format("to {}, rate goes on", until);
        case StrandKnowledge::single_facts:
            return "single facts only";
        case StrandKnowledge::not_released:
            return fmt::format("not released, to {}", until);
        case StrandKnowledge::not_covered:
            return until.empty() ? "not covered" : fmt::format("not covered since {}", until);
    }
    return {};
}

StrandCoverage strand_coverage(
    std::span<const Coverage> statements, const Pair& pair, const StrandParameters& strand, Day at
) {
    const Answers answers(statements, pair, strand);
    StrandCoverage out;
    std::optional<std::pair<Day, CoverageAnswer>> last_spoken;
    for (const Day day : answers.turns(at)) {
        auto answer = answers.on(day);
        if (answer.kind == CoverageKind::not_covered) continue;
        if (!last_spoken) last_spoken.emplace(day, answer);
        if (!is_rich(answer.kind)) continue;
        out.until = day;
        out.census = answer.kind == CoverageKind::census;
        out.completeness_stated = !answer.completeness_low.empty();
        if (out.completeness_stated) out.completeness_low = number_of(answer.completeness_low);
        out.statements = std::move(answer.statements);
        break;
    }
    if (!last_spoken) return out;
    if (last_spoken->second.kind == CoverageKind::not_released) {
        out.knowledge = StrandKnowledge::not_released;
        out.until = last_spoken->first;
        out.statements = std::move(last_spoken->second.statements);
    } else if (!out.until) {
        out.knowledge =
            last_spoken->first == at ? StrandKnowledge::single_facts : StrandKnowledge::not_covered;
        out.until = last_spoken->first;
        out.statements = std::move(last_spoken->second.statements);
    } else if (*out.until == at) {
        out.knowledge = StrandKnowledge::known;
    } else if (at - *out.until <= strand.half_life_days) {
        out.knowledge = StrandKnowledge::stale;
    }
    return out;
}

CoverageAnswer strand_covered_on(
    std::span<const Coverage> statements, const Pair& pair, const StrandParameters& strand, Day day
) {
    return Answers(statements, pair, strand).on(day);
}

std::int32_t covered_days(
    std::span<const Coverage> statements,
    const Pair& pair,
    const StrandParameters& strand,
    Day first,
    Day last
) {
    const Answers answers(statements, pair, strand);
    std::int32_t days = 0;
    // Between two turns nothing changes, so the later end stands for the stretch.
    Day end = last;
    const auto turns = answers.turns(last);
    for (std::size_t i = 0; i < turns.size() && first <= end; ++i) {
        const Day next = i + 1 < turns.size() ? std::max(turns[i + 1], first - 1) : first - 1;
        if (is_rich(answers.on(end).kind)) days += end - next;
        end = next;
    }
    return days;
}

}  // namespace entente::measures
