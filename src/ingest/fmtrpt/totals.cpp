#include "ingest/fmtrpt/totals.h"

#include <cmath>
#include <cstdlib>

#include "ingest/fmtrpt/text.h"

namespace entente::ingest::fmtrpt {
namespace {

bool calls_itself_total(std::string_view title) {
    std::string text;
    for (const char c : title) text += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    for (const std::string_view word :
         {"total",
          "totals",
          "total:",
          "totals:",
          "program total",
          "program totals",
          "grand total",
          "country total",
          "country totals",
          "subtotal"})
        if (text == word) return true;
    return text.ends_with(" training totals") || text.ends_with(" program totals");
}

std::string heading_of(const Cells& cells) {
    return std::string(cells[Column::country]) + '\t' + std::string(cells[Column::programme]);
}

}  // namespace

MoneyStyle TotalsWatch::style() const {
    if (titled_dollar_ == titled_bare_) return MoneyStyle::unknown;
    return titled_dollar_ > titled_bare_ ? MoneyStyle::dollar : MoneyStyle::bare;
}

bool TotalsWatch::is_total(const Cells& cells) const {
    const auto title = trim(cells[Column::course]), cost = trim(cells[Column::total_cost]);
    if (calls_itself_total(title)) return true;
    if (!title.empty() || cost.empty()) return false;
    if (cost.starts_with('$') && titled_dollar_ == 0 && titled_bare_ > 0) return true;
    const bool undated = empty_cell(cells[Column::start]) && empty_cell(cells[Column::end]);
    const auto people = people_as_printed(trim(cells[Column::quantity]));
    const auto amount = cost_as_printed(cost);
    return undated && empty_cell(cells[Column::recipient_unit]) && rows_ > 1 && people && amount &&
           heading_ == heading_of(cells) && *people == people_ && *people > 0 &&
           std::fabs(std::strtod(amount->c_str(), nullptr) - cost_) < 1.0;
}

void TotalsWatch::count(const Cells& cells) {
    const auto cost = trim(cells[Column::total_cost]);
    const auto amount = cost_as_printed(cost);
    if (amount && !trim(cells[Column::course]).empty())
        ++(cost.starts_with('$') ? titled_dollar_ : titled_bare_);
    auto heading = heading_of(cells);
    if (heading != heading_) {
        heading_ = std::move(heading);
        close();
    }
    ++rows_;
    people_ += people_as_printed(trim(cells[Column::quantity])).value_or(0);
    if (amount) cost_ += std::strtod(amount->c_str(), nullptr);
}

void TotalsWatch::close() {
    rows_ = 0, people_ = 0, cost_ = 0;
}

}  // namespace entente::ingest::fmtrpt
