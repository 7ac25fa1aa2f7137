#pragma once

#include <cstdint>
#include <map>

#include "measures/tie/mass.h"

namespace entente::measures::validity {

/// A year of a strand: a fiscal one where training reports feed it, else a calendar year.
struct StrandYear {
    Day first;
    Day last;
};
StrandYear strand_year(const StrandParameters& strand, int year);

/// How many of a strand began in each year, in units that can be counted.
///
/// Definition  contacts, exercises (tallied ones as tallied) and agreements: how many; training and education: trainee-months
///             and student-years, rounded. What lies between two years counts in the one in which it began
/// Missing     a year without any is absent: whether it is zero is for coverage to say
/// Cost        O(masses)
std::map<int, std::int64_t> yearly_counts(
    const Masses& masses, std::size_t strand, const Parameters& parameters
);

/// Which strands of a tie are covered from the first to the last day of a year. Ties with the same statements share the
/// answer.
class CoveredYears {
public:
    explicit CoveredYears(const Parameters& parameters) : parameters_(parameters) {}

    /// Whether a census or a sample covers every day of it, up to `until`.
    bool whole(const TieFacts& tie, std::size_t strand, int year, Day until);

private:
    struct Key {
        const Coverage* statements;
        std::size_t number;
        std::size_t strand;
        int year;
        friend auto operator<=>(const Key&, const Key&) = default;
    };
    const Parameters& parameters_;
    std::map<Key, bool> known_;
};

}  // namespace entente::measures::validity
