#include "measures/contact_days.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "domain/declaration.h"
#include "measures/coverage_of.h"

namespace entente::measures {
namespace {

std::vector<std::string> split(const std::string& text) {
    std::vector<std::string> out;
    for (std::size_t at = 0; at <= text.size();) {
        const auto end = std::min(text.find(',', at), text.size());
        if (end > at) out.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return out;
}

}  // namespace

Result<std::vector<std::string>> kinds_of_choice(const MeasureQuestion& question, const std::string& choice) {
    const std::string& text = question.choice(choice);
    const auto& codes = domain::Schema::builtin().list("engagement_category")->codes;
    std::vector<std::string> out;
    std::set<std::string> strands;
    for (const auto& code : codes) {
        const auto strand = code.attributes.find("strand");
        if (strand == code.attributes.end()) continue;
        strands.insert(strand->second);
        if (text.empty() || text == "all" || text == strand->second) out.push_back(code.code);
    }
    if (!out.empty()) return out;
    for (const auto& one : split(text)) {
        if (std::ranges::find(codes, one, &domain::Code::code) == codes.end() || one == "POL")
            return fail(
                ErrorCode::invalid_argument,
                choice,
                fmt::format(
                    "found '{}', expected all, a strand ({}) or categories with commas between",
                    one,
                    fmt::join(strands, ", ")
                ),
                "entente codes engagement_category"
            );
        out.push_back(one);
    }
    return out;
}

bool only_reported_training(const std::vector<std::string>& kinds) {
    const auto* codes = domain::Schema::builtin().list("engagement_category");
    return !kinds.empty() && std::ranges::all_of(kinds, [&](const std::string& kind) {
        const auto& attributes = codes->find(kind)->attributes;
        const auto strand = attributes.find("strand");
        return strand != attributes.end() && (strand->second == "training" || strand->second == "education");
    });
}

std::vector<Window> covered_stretches(
    std::span<const Coverage> statements, const Pair& pair, const std::vector<std::string>& kinds, Day at
) {
    std::vector<Coverage> naming;
    if (only_reported_training(kinds)) {
        std::ranges::copy_if(statements, std::back_inserter(naming), [](const Coverage& statement) {
            return !statement.categories.empty();
        });
        statements = naming;
    }
    std::set<Day> begins;
    for (const auto& statement : statements) {
        if (statement.covers.from && *statement.covers.from <= at) begins.insert(*statement.covers.from);
        if (statement.covers.to && *statement.covers.to < at) begins.insert(*statement.covers.to + 1);
    }
    std::vector<Window> out;
    for (auto begin = begins.begin(); begin != begins.end(); ++begin) {
        const auto next = std::next(begin);
        const Day last = next == begins.end() ? at : *next - 1;
        const bool rich = std::ranges::all_of(kinds, [&](const std::string& kind) {
            const auto answer = coverage_on(statements, {pair, "engagement", kind, ""}, *begin);
            return answer.kind == CoverageKind::census || answer.kind == CoverageKind::sample;
        });
        if (!rich) continue;
        if (!out.empty() && out.back().last + 1 == *begin)
            out.back().last = last;
        else
            out.push_back({*begin, last});
    }
    return out;
}

ContactDays contact_days(const TieFacts& facts, const std::vector<std::string>& kinds, Day at) {
    ContactDays out;
    out.kinds = kinds;
    std::vector<std::pair<Day, const Engagement*>> found;
    for (const auto& engagement : facts.engagements) {
        if (!contains(kinds, engagement.category) || !occurred(engagement) ||
            !names_both(engagement.actors, facts.pair))
            continue;
        if (!facts.general_knowledge && engagement.evidence.rests_on_general_knowledge()) continue;
        const auto* held = engagement.held ? &*engagement.held : nullptr;
        const bool known =
            held && held->from &&
            (held->precision != domain::Precision::year && held->precision != domain::Precision::open);
        if (!known) {
            out.left_out.push_back(engagement.evidence);
            out.vague.push_back(&engagement);
            continue;
        }
        Day day = *held->from;
        if (held->precision == domain::Precision::month) {
            ++out.imprecise;
            day = day + (*held->to - *held->from) / 2;
        }
        if (day <= at) found.emplace_back(day, &engagement);
    }
    std::ranges::stable_sort(found, [](const auto& a, const auto& b) {
        return std::tie(a.first, a.second->evidence.id) < std::tie(b.first, b.second->evidence.id);
    });
    for (const auto& [day, engagement] : found) {
        out.counts.days.push_back(day);
        out.engagements.push_back(engagement);
    }
    out.counts.covered = covered_stretches(facts.coverage, facts.pair, kinds, at);
    return out;
}

}  // namespace entente::measures
