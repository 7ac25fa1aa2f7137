#include "ingest/fmtrpt/cells.h"

#include <algorithm>

#include <fmt/format.h>

namespace entente::ingest::fmtrpt {
namespace {

struct Name {
    Column column;
    std::string_view name;  // without the marks of the file form
};

// Names seen in published files, less a leading `training:`, `training_` or `qa:`. The first that is there
// counts.
constexpr Name kNames[] = {
    {Column::id, "id:admin"},
    {Column::id, "id"},
    {Column::country, "country"},
    {Column::iso, "country_iso_3166_1"},
    {Column::iso, "iso_3166_1"},
    {Column::programme, "program"},
    {Column::programme, "programme"},
    {Column::course, "course_title"},
    {Column::course, "course"},
    {Column::delivery_unit, "delivery_unit"},
    {Column::delivery_unit, "us_unit"},
    {Column::recipient_unit, "recipient_unit"},
    {Column::recipient_unit, "student_unit"},
    {Column::start, "start_date"},
    {Column::end, "end_date"},
    {Column::location, "location"},
    {Column::quantity, "quantity"},
    {Column::quantity, "printed_quantity"},
    {Column::total_cost, "total_cost"},
    {Column::total_cost, "printed_cost"},
    {Column::page, "page_number"},
    {Column::page, "page"},
    {Column::section, "group"},
};

std::string_view bare(std::string_view name) {
    for (const std::string_view prefix : {"qa:", "training:", "training_"})
        if (name.starts_with(prefix)) name.remove_prefix(prefix.size());
    return name;
}

}  // namespace

Result<Layout> Layout::find(const std::vector<std::string>& columns) {
    Layout layout;
    layout.width_ = columns.size();
    for (const auto& [column, name] : kNames) {
        auto& at = layout.at_[static_cast<std::size_t>(column)];
        if (at) continue;
        const auto found = std::find_if(columns.begin(), columns.end(), [&](const std::string& text) {
            return bare(text) == name;
        });
        if (found == columns.end()) continue;
        at = static_cast<std::size_t>(found - columns.begin());
        if (name.starts_with("printed_")) layout.totals_ = true;
    }
    for (const auto& [column, name] :
         {Name{Column::country, "country"},
          Name{Column::programme, "program"},
          Name{Column::quantity, "quantity"},
          Name{Column::total_cost, "total_cost"}})
        if (!layout.has(column))
            return fail(
                ErrorCode::invalid_argument,
                "header",
                fmt::format(
                    "found no column {}, expected the columns of a training report, such as training:{}",
                    name,
                    name
                )
            );
    return layout;
}

Cells Layout::pick(const std::vector<std::string_view>& row) const {
    Cells cells;
    for (std::size_t i = 0; i < kColumns; ++i)
        if (at_[i] && *at_[i] < row.size()) cells.text[i] = row[*at_[i]];
    return cells;
}

}  // namespace entente::ingest::fmtrpt
