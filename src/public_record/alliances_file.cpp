#include <algorithm>
#include <array>

#include "base/csv.h"
#include "domain/declaration.h"
#include "public_record/files.h"
#include "public_record/named_rows.h"
#include "public_record/pair_counts.h"

namespace entente::public_record {
namespace {

constexpr int kEndOfStudy = 2018;
// In the order of the code list alliance_obligation.
constexpr std::array<std::string_view, 5> kObligations{"defense", "offense", "neutral", "nonagg", "consul"};

struct Member {
    std::string state;
    int first = 0;
    int last = 0;
    std::set<int> obligations;
};
using Treaties = std::map<std::string, std::vector<Member>>;
using Years = std::map<CodePair, std::map<int, InForce>>;

Result<Treaties> read_treaties(const std::filesystem::path& directory) {
    std::vector<std::string_view> wanted{"atopid", "member", "yrent", "yrexit"};
    wanted.insert(wanted.end(), kObligations.begin(), kObligations.end());
    ENTENTE_ASSIGN_OR_RETURN(const auto rows, read_named(directory / "alliances/atop5_1m.csv.gz", wanted));
    Treaties out;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto first = rows.number(i, "yrent");
        if (!first || !rows.number(i, "member")) continue;
        const int exit = rows.number(i, "yrexit").value_or(0);
        Member member{rows.cell(i, "member"), *first, exit == 0 ? kEndOfStudy : exit, {}};
        for (std::size_t k = 0; k < kObligations.size(); ++k)
            if (rows.cell(i, kObligations[k]) == "1") member.obligations.insert(static_cast<int>(k));
        out[rows.cell(i, "atopid")].push_back(std::move(member));
    }
    return out;
}

/// Adds one treaty: once for each pair and year, however many phases it had.
void add(const std::vector<Member>& members, StateCodes& codes, Years& years) {
    std::map<std::pair<CodePair, int>, std::set<int>> bound;
    for (std::size_t i = 0; i < members.size(); ++i)
        for (std::size_t k = i + 1; k < members.size(); ++k) {
            const auto &one = members[i], &other = members[k];
            if (one.state == other.state) continue;
            for (int year = std::max(one.first, other.first); year <= std::min(one.last, other.last);
                 ++year) {
                const auto a = codes.actor("cow", one.state, year), b = codes.actor("cow", other.state, year);
                if (!a || !b || *a == *b) continue;
                auto& obligations = bound[{pair_of(*a, *b), year}];
                obligations.insert(one.obligations.begin(), one.obligations.end());
                obligations.insert(other.obligations.begin(), other.obligations.end());
            }
        }
    for (const auto& [key, obligations] : bound) {
        auto& year = years[key.first][key.second];
        ++year.number;
        year.obligations.insert(obligations.begin(), obligations.end());
    }
}

}  // namespace

Result<std::string> alliances_file(const std::filesystem::path& directory, StateCodes& codes) {
    ENTENTE_ASSIGN_OR_RETURN(const auto treaties, read_treaties(directory));
    Years years;
    for (const auto& [id, members] : treaties) add(members, codes, years);
    const auto& list = domain::Schema::builtin().list("alliance_obligation")->codes;
    auto out = csv_line({"a", "b", "first_year", "last_year", "treaties", "obligations"});
    for (const auto& [pair, of_pair] : years)
        for (const auto& span : spans_of(of_pair)) {
            std::string obligations;
            for (const int place : span.what.obligations)
                obligations +=
                    (obligations.empty() ? "" : ";") + list.at(static_cast<std::size_t>(place)).code;
            out += csv_line(
                {pair.a,
                 pair.b,
                 std::to_string(span.first),
                 std::to_string(span.last),
                 std::to_string(span.what.number),
                 obligations}
            );
        }
    return out;
}

}  // namespace entente::public_record
