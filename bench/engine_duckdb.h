#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine_data.h"

namespace entente::bench {

/// DuckDB with the made-up records in a table of its own, in memory.
class Peer {
public:
    /// Nothing when the library is not there; then `why` says so.
    static std::unique_ptr<Peer> open(std::string& why);
    ~Peer();

    std::string version() const;
    void threads(unsigned number);
    /// Instead of what was there before, in the order given.
    void load(const MadeUpRecords& records);
    /// Runs without looking at the answer.
    void run(const std::string& sql);
    /// Runs, and hands on the rows, all columns of which are doubles.
    void each(const std::string& sql, const std::function<void(const double* row)>& take);

private:
    struct Parts;
    explicit Peer(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

/// `sum(mass…)` of all pairs and strands on the last day, for each half-life: pair, strand, and a column each.
std::string stocks_sql(const std::vector<std::vector<double>>& half_lives, bool spans);
/// The same at the end of each month: pair, strand, month, stock.
std::string months_sql(const std::vector<std::vector<double>>& half_lives);

}  // namespace entente::bench
