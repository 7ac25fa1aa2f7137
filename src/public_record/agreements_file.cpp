#include <algorithm>

#include "base/csv.h"
#include "public_record/files.h"
#include "public_record/named_rows.h"
#include "public_record/pair_counts.h"

namespace entente::public_record {
namespace {

constexpr int kEndOfStudy = 2010;

}  // namespace

Result<std::string> agreements_file(const std::filesystem::path& directory, StateCodes& codes) {
    ENTENTE_ASSIGN_OR_RETURN(
        const auto rows,
        read_named(
            directory / "dcad/dcad_v1_0_main.csv",
            {"ccode1", "ccode2", "signYear", "EIFYear", "endYearEstimate"}
        )
    );
    std::map<CodePair, std::map<int, InForce>> pairs;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto signed_in = rows.number(i, "signYear");
        if (!signed_in) continue;
        const int first = rows.number(i, "EIFYear").value_or(*signed_in);
        const int last = std::min(rows.number(i, "endYearEstimate").value_or(kEndOfStudy), kEndOfStudy);
        const auto a = codes.actor("cow", rows.cell(i, "ccode1"), *signed_in);
        const auto b = codes.actor("cow", rows.cell(i, "ccode2"), *signed_in);
        if (!a || !b || *a == *b) continue;
        for (int year = first; year <= last; ++year) ++pairs[pair_of(*a, *b)][year].number;
    }
    auto out = csv_line({"a", "b", "first_year", "last_year", "in_force"});
    for (const auto& [pair, years] : pairs)
        for (const auto& span : spans_of(years))
            out += csv_line(
                {pair.a,
                 pair.b,
                 std::to_string(span.first),
                 std::to_string(span.last),
                 std::to_string(span.what.number)}
            );
    return out;
}

}  // namespace entente::public_record
