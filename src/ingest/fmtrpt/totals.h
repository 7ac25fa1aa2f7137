#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "ingest/fmtrpt/cells.h"
#include "ingest/fmtrpt/reading.h"

namespace entente::ingest::fmtrpt {

/// Tells printed totals from activities while a file is read, and how the file writes its money. A total has
/// no title and either money in another style than every activity of the file before it, or exactly the sums
/// of the rows since the heading changed; or it calls itself one. Thread-safety  none; one for each file
class TotalsWatch {
public:
    MoneyStyle style() const;
    bool is_total(const Cells& cells) const;
    /// Takes notice of a row that is no total.
    void count(const Cells& cells);
    /// Takes notice of a total: what follows belongs to another heading.
    void close();

private:
    std::uint64_t titled_dollar_ = 0, titled_bare_ = 0;
    std::string heading_;  // country and programme of the rows that are being summed
    std::int64_t people_ = 0;
    double cost_ = 0;  // whole dollars matter here, not cents
    std::uint64_t rows_ = 0;
};

}  // namespace entente::ingest::fmtrpt
