// The columns of all ties, beside DuckDB in the same run over the same made-up records. Times are the least of several
// rounds, ours and theirs, for others may use the machine.
//
//   bench_engine day RECORDS PAIRS        stocks of all pairs on one day, by one and by eight half-lives a strand
//   bench_engine spans RECORDS PAIRS      the same where 30 of 100 records go on for days
//   bench_engine months RECORDS PAIRS     stocks at the ends of 480 months
//   bench_engine more RECORDS PAIRS       one more record
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iostream>
#include <string>

#include "engine_data.h"
#include "engine_duckdb.h"
#include "measures/series/stocks_at.h"
#include "measures/series/stocks_on_days.h"
#include "support.h"

namespace entente::bench {
namespace {

using measures::series::Stocks;
using measures::series::StockSeries;
using measures::series::TieMasses;

constexpr unsigned kThreads[] = {1, 2};

double least_of(int rounds, const std::function<void()>& act) {
    double least = seconds(act);
    for (int round = 1; round < rounds; ++round) least = std::min(least, seconds(act));
    return least;
}

std::string shown(double seconds) {
    return seconds < 1e-3 ? fmt::format("{:.1f} µs", seconds * 1e6)
           : seconds < 1  ? fmt::format("{:.1f} ms", seconds * 1e3)
                          : fmt::format("{:.2f} s", seconds);
}

/// How far two answers lie apart.
struct Agreement {
    double worst = 0;
    std::size_t compared = 0;
    void take(double ours, double theirs) {
        worst = std::max(worst, std::fabs(ours - theirs) / std::max(std::fabs(theirs), 1e-300));
        ++compared;
    }
};

void print(const std::string& what, unsigned threads, double ours) {
    std::cout << fmt::format("{:<24} {:>7} {:>9}", what, threads, shown(ours));
}
void print_peer(double ours, double theirs) {
    std::cout << fmt::format("  {:>9} {:>5.1f}x", shown(theirs), theirs / ours);
}
void print_agreement(const Agreement& same) {
    std::cout << fmt::format(
        "  {:>9} {:>6.0e}{}", same.compared, same.worst, same.worst < 1e-9 ? "" : " NOT THE SAME"
    );
}
/// Met only if it is met beside the faster of the two.
void print_aim(double aim, double ours, const std::vector<double>& theirs) {
    if (aim > 0 && !theirs.empty())
        std::cout << fmt::format("  {:.0f}x {}", aim, *std::ranges::min_element(theirs) >= aim * ours ? "met" : "missed");
}

struct Question {
    std::size_t half_lives;
    double aim;
};

/// Our columns, and the peer with the same records in the order of the log and in that of the columns.
class Beside {
public:
    Beside(std::size_t count, std::uint32_t pairs, unsigned spans) : spans_(spans > 0), masses_(kStrands) {
        records_ = made_up_records(count, pairs, spans);
        const double built = seconds([&] { masses_ = columns_of(records_); });
        std::string why;
        peer_ = Peer::open(why);
        std::cout << fmt::format(
            "\n{} records, {} pairs{}; columns made of them in {}; {}\n{:<24} {:>7} {:>9}  {:>16}  {:>16}  {:>9} {:>6}\n",
            count,
            pairs,
            spans ? fmt::format(", {} % of 2 to 21 days", spans) : "",
            shown(built),
            peer_ ? "beside DuckDB " + peer_->version() + " in memory" : why,
            "",
            "threads",
            "entente",
            "DuckDB as logged",
            "DuckDB our order",
            "answers",
            "apart"
        );
    }

    void one_day(const std::vector<Question>& questions) {
        struct Row {
            Question question;
            unsigned threads;
            double ours;
            std::vector<double> theirs;
            Agreement same;
        };
        std::vector<Row> rows;
        for (const auto& question : questions)
            for (const unsigned threads : kThreads) {
                const auto of = half_lives(question.half_lives);
                rows.push_back({question, threads, least_of(9, [&] { (void)stocks_at(masses_, of, last_day(), threads); }), {}, {}});
            }
        for (int order = 0; peer_ && order < 2; ++order) {
            if (order == 1) order_as_columns(records_);
            peer_->load(records_);
            for (auto& row : rows) {
                const auto of = half_lives(row.question.half_lives);
                peer_->threads(row.threads);
                row.theirs.push_back(least_of(4, [&] { peer_->run(stocks_sql(of, spans_)); }));
                compare(of, row.same);
            }
        }
        for (const auto& row : rows) {
            print(fmt::format("one day, {} half-li{}", row.question.half_lives, row.question.half_lives == 1 ? "fe" : "ves"), row.threads, row.ours);
            if (peer_) {
                for (const double theirs : row.theirs) print_peer(row.ours, theirs);
                print_agreement(row.same);
                print_aim(row.question.aim, row.ours, row.theirs);
            }
            std::cout << std::endl;
        }
    }

    void months() {
        const auto of = half_lives(1);
        const auto months = measures::series::ends_of_months(first_day(), last_day());
        if (peer_) {
            order_as_columns(records_);
            peer_->load(records_);
        }
        for (const unsigned threads : kThreads) {
            std::vector<StockSeries> found(kStrands);
            const double ours = least_of(5, [&] {
                for (std::size_t s = 0; s < kStrands; ++s) found[s] = stocks_on_days(masses_.strand(s), of[s][0], months, threads);
            });
            print("480 months", threads, ours);
            if (peer_) {
                peer_->threads(threads);
                const double theirs =
                    seconds([&] { peer_->run("CREATE OR REPLACE TEMP TABLE stock AS " + months_sql(of)); });
                std::cout << fmt::format("{:18}", "");
                print_peer(ours, theirs);
                Agreement same;
                peer_->each("SELECT * FROM stock", [&](const double* row) {
                    same.take(found[static_cast<std::size_t>(row[1])].of(static_cast<std::uint32_t>(row[0]))[static_cast<std::size_t>(row[2])], row[3]);
                });
                print_agreement(same);
                peer_->run("DROP TABLE stock");
            }
            std::cout << std::endl;
        }
    }

    void one_more() {
        std::vector<double> times;
        for (std::uint32_t i = 0; i < 20'000; ++i) {
            const std::size_t like = (i * 7919ULL) % records_.size();
            const Day day = last_day() + 1;
            const auto number = static_cast<std::uint32_t>(records_.size() + i);
            const measures::series::Weight weight{records_.pair[like], records_.strand[like], number, {day, day, 1}};
            times.push_back(seconds([&] { masses_.add(weight); }));
        }
        std::ranges::sort(times);
        std::cout << fmt::format(
            "one more record: half within {}, 99 of 100 within {}, the worst of 20,000 {}\n",
            shown(times[times.size() / 2]),
            shown(times[times.size() * 99 / 100]),
            shown(times.back())
        );
    }

private:
    void compare(const std::vector<std::vector<double>>& half_lives, Agreement& same) {
        const auto found = stocks_at(masses_, half_lives, last_day());
        peer_->each(stocks_sql(half_lives, spans_), [&](const double* row) {
            for (std::size_t k = 0; k < half_lives.front().size(); ++k)
                same.take(found.value(static_cast<std::uint32_t>(row[0]), static_cast<std::size_t>(row[1]), k), row[2 + k]);
        });
    }

    bool spans_;
    MadeUpRecords records_;
    TieMasses masses_;
    std::unique_ptr<Peer> peer_;
};

}  // namespace
}  // namespace entente::bench

int main(int count, char** words) {
    using namespace entente::bench;
    require(count == 4, "bench_engine day|spans|months|more RECORDS PAIRS");
    const std::string what = words[1];
    require(what == "day" || what == "spans" || what == "months" || what == "more", "day, spans, months or more");
    Beside beside(std::stoul(words[2]), static_cast<std::uint32_t>(std::stoul(words[3])), what == "spans" ? 30 : 0);
    if (what == "day") beside.one_day({{1, 20}, {8, 10}});
    if (what == "spans") beside.one_day({{1, 0}});
    if (what == "months") beside.months();
    if (what == "more") beside.one_more();
    return 0;
}
