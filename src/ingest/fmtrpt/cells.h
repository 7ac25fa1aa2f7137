#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace entente::ingest::fmtrpt {

/// The columns in which training reports are published; a file may lack some and order them as it likes.
enum class Column : std::uint8_t {
    id,
    country,
    iso,
    programme,
    course,
    delivery_unit,
    recipient_unit,
    start,
    end,
    location,
    quantity,
    total_cost,
    page,
    section,
};
inline constexpr std::size_t kColumns = 14;

/// One row by column, as printed; a column that the file lacks is empty.
struct Cells {
    std::array<std::string_view, kColumns> text{};

    std::string_view operator[](Column column) const { return text[static_cast<std::size_t>(column)]; }
    std::string_view& operator[](Column column) { return text[static_cast<std::size_t>(column)]; }
};

/// Which cell of a row holds which column.
class Layout {
public:
    /// Finds the columns by their names in any of the published forms (`training:course_title`,
    /// `qa:training_country_iso_3166_1`, `quantity`, `printed_cost` …).
    /// Errors  invalid_argument naming the column that is missing: country, programme, quantity or cost
    static Result<Layout> find(const std::vector<std::string>& columns);

    Cells pick(const std::vector<std::string_view>& row) const;
    /// A file of printed totals, not of activities.
    bool is_totals() const { return totals_; }
    /// Cells a whole row has.
    std::size_t width() const { return width_; }
    bool has(Column column) const { return at_[static_cast<std::size_t>(column)].has_value(); }

private:
    std::array<std::optional<std::size_t>, kColumns> at_{};
    std::size_t width_ = 0;
    bool totals_ = false;
};

}  // namespace entente::ingest::fmtrpt
