#include <fmt/format.h>

#include "base/csv.h"
#include "public_record/files.h"
#include "public_record/named_rows.h"
#include "public_record/pair_counts.h"

namespace entente::public_record {
namespace {

constexpr int kFirstOfLaterList = 1980;

struct Exercise {
    int year = 0;
    std::set<std::string> actors;
};

using Counts = std::map<std::tuple<CodePair, std::string, int>, int>;  // pair, source, year

void count(const std::map<std::string, Exercise>& exercises, const std::string& source, Counts& counts) {
    for (const auto& [id, exercise] : exercises)
        for (const auto& pair : pairs_among(exercise.actors)) ++counts[{pair, source, exercise.year}];
}

Result<void> count_later(const std::filesystem::path& directory, StateCodes& codes, Counts& counts) {
    ENTENTE_ASSIGN_OR_RETURN(
        const auto rows,
        read_named(directory / "exercises/mme_v7_participants.csv.gz", {"MMEID", "gwcode", "country", "year"})
    );
    std::map<std::string, Exercise> exercises;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto year = rows.number(i, "year");
        if (!year) continue;
        const auto& gw = rows.cell(i, "gwcode");
        const bool coded = !gw.empty() && gw != "-9";
        const auto actor = codes.actor(coded ? "gw" : "name", coded ? gw : rows.cell(i, "country"), *year);
        if (!actor) continue;
        // Three identifiers occur twice, in different years.
        auto& exercise = exercises[fmt::format("{} {}", rows.cell(i, "MMEID"), *year)];
        exercise.year = *year;
        exercise.actors.insert(*actor);
    }
    count(exercises, "mme-7", counts);
    return {};
}

Result<void> count_earlier(const std::filesystem::path& directory, StateCodes& codes, Counts& counts) {
    ENTENTE_ASSIGN_OR_RETURN(
        const auto rows,
        read_named(directory / "exercises/jme_v3_dorazio.csv", {"jme_no", "start_year", "participants"})
    );
    std::map<std::string, Exercise> exercises;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto year = rows.number(i, "start_year");
        if (!year || *year >= kFirstOfLaterList) continue;
        auto& exercise = exercises[std::to_string(i)];
        exercise.year = *year;
        for (const auto& code : pieces(rows.cell(i, "participants"), ';'))
            if (const auto actor = codes.actor("iso3", code, *year)) exercise.actors.insert(*actor);
    }
    count(exercises, "jme-3", counts);
    return {};
}

}  // namespace

Result<std::string> exercises_file(const std::filesystem::path& directory, StateCodes& codes) {
    Counts counts;
    ENTENTE_RETURN_IF_ERROR(count_later(directory, codes, counts));
    ENTENTE_RETURN_IF_ERROR(count_earlier(directory, codes, counts));
    auto out = csv_line({"a", "b", "source", "year", "exercises"});
    for (const auto& [key, number] : counts) {
        const auto& [pair, source, year] = key;
        out += csv_line({pair.a, pair.b, source, std::to_string(year), std::to_string(number)});
    }
    return out;
}

}  // namespace entente::public_record
