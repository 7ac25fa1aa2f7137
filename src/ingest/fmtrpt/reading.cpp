#include "ingest/fmtrpt/reading.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "ingest/fmtrpt/text.h"

namespace entente::ingest::fmtrpt {
namespace {

constexpr const char* kSplit = "split_cell";
constexpr const char* kShifted = "shifted_cell";
constexpr const char* kTrailing = "trailing_number";
constexpr const char* kHalf = "half_row";
constexpr const char* kNoValue = "not_a_value";

// More people than this on one line are no head-count but a number of something else.
constexpr std::int64_t kMostPeople = 999'999;

std::optional<std::int64_t> whole_number(std::string_view text) {
    if (!all_digits(text)) return std::nullopt;
    std::int64_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    return read.ec == std::errc{} && number <= kMostPeople ? std::optional(number) : std::nullopt;
}

// `1,738`
std::optional<std::int64_t> grouped_number(std::string_view text) {
    const auto amount = text.find(',') == std::string_view::npos ? std::nullopt : money(text);
    return amount && !text.starts_with('$') ? whole_number(*amount) : std::nullopt;
}

// The sum of amounts in the ledger's form, exact to the last printed digit.
std::string sum_of(const std::vector<std::string>& amounts) {
    std::size_t places = 0;
    for (const auto& amount : amounts)
        if (const auto dot = amount.find('.'); dot != std::string::npos)
            places = std::max(places, amount.size() - dot - 1);
    std::int64_t total = 0;
    for (auto amount : amounts) {
        const auto dot = amount.find('.');
        const auto have = dot == std::string::npos ? 0 : amount.size() - dot - 1;
        if (dot != std::string::npos) amount.erase(dot, 1);
        amount.append(places - have, '0');
        std::int64_t number = 0;
        std::from_chars(amount.data(), amount.data() + amount.size(), number);
        total += number;
    }
    auto out = std::to_string(total);
    if (places == 0) return out;
    if (out.size() <= places) out.insert(0, places + 1 - out.size(), '0');
    return out.insert(out.size() - places, ".");
}

// Reads one row; every step takes what it can and leaves a note of what it took from where.
class Row {
public:
    Row(const Cells& cells, MoneyStyle style) : cells_(cells), style_(style) {
        out_.course = trim(cells[Column::course]);
        out_.delivery_unit = trim(cells[Column::delivery_unit]);
        out_.recipient_unit = trim(cells[Column::recipient_unit]);
        out_.place = trim(cells[Column::location]);
    }

    Reading read() {
        if (!read_glued_rows()) {
            read_quantity();
            read_cost_cell();
            read_date_cells();
            if (!out_.cost) recover_cost();
            if (!out_.people) recover_people();
        }
        return std::move(out_);
    }

private:
    std::string_view cell(Column column) const { return trim(cells_[column]); }
    void note(const char* column, const char* repair, std::string_view printed) {
        out_.repairs.push_back({column, repair, std::string(printed)});
    }

    // Two rows in one: every number cell holds as many values as there are rows.
    bool read_glued_rows() {
        const auto quantities = tokens(cell(Column::quantity)), costs = tokens(cell(Column::total_cost));
        if (quantities.size() < 2 || costs.size() != quantities.size()) return false;
        std::int64_t people = 0;
        std::vector<std::string> amounts;
        for (std::size_t i = 0; i < quantities.size(); ++i) {
            const auto number = whole_number(quantities[i]);
            auto amount = money(costs[i]);
            if (!number || !amount) return false;
            people += *number;
            amounts.push_back(*std::move(amount));
        }
        out_.people = people;
        out_.cost = sum_of(amounts);
        note("quantity", kSplit, cell(Column::quantity));
        note("total_cost", kSplit, cell(Column::total_cost));
        const auto starts = dates(cell(Column::start)), ends = dates(cell(Column::end));
        if (!starts.empty()) out_.start = *std::min_element(starts.begin(), starts.end());
        if (!ends.empty()) out_.end = *std::max_element(ends.begin(), ends.end());
        if (starts.size() > 1) note("start", kSplit, cell(Column::start));
        if (ends.size() > 1) note("end", kSplit, cell(Column::end));
        return true;
    }

    // `1`, or `1 Garmisch,` where the beginning of the location slid in.
    void read_quantity() {
        const auto text = cell(Column::quantity);
        const auto first = text.substr(0, text.find(' '));
        out_.people = whole_number(first);
        if (!out_.people && first.size() == text.size() && (out_.people = grouped_number(first)))
            return note("quantity", "number_form", text);
        if (!out_.people) {
            if (!text.empty()) note("quantity", kNoValue, text);
            return;
        }
        if (first.size() == text.size()) return;
        note("quantity", kSplit, text);
        auto rest = trim(text.substr(first.size()));
        if (!out_.place.empty()) {
            out_.place += " " + std::string(rest);
        } else {
            while (rest.ends_with(',')) rest.remove_suffix(1);
            out_.place = rest;
        }
    }

    // `$1,234`; `0 6/22/2009` and `0 6/22/2009 6/26/2009` where dates slid in; `$` for nothing paid; a date
    // alone where the whole row slid.
    void read_cost_cell() {
        const auto text = cell(Column::total_cost);
        if (text.empty()) return;
        if (text == "$") {
            out_.cost = "0";
            return;
        }
        if (dates(text).size() == 1) return read_shifted_row();
        const auto words = tokens(text);
        for (std::size_t i = 0; i < words.size() && !out_.cost; ++i)
            if (i == 0 || words[i].starts_with('$')) out_.cost = money(words[i]);
        if (!out_.cost) return note("total_cost", kNoValue, text);
        if (words.size() == 1) return;
        note("total_cost", kSplit, text);
        take_dates(words, 1);
    }

    // The date columns of a row whose cells slid by one: the start in the cost, the end in the start, the
    // cost in a unit.
    void read_shifted_row() {
        const auto text = cell(Column::total_cost);
        note("total_cost", kShifted, text);
        out_.start = date(text);
        if (const auto end = date(cell(Column::start)); end && cell(Column::end).empty()) {
            out_.end = end;
            note("start", kShifted, cell(Column::start));
            note("end", kShifted, {});
        }
        if (take_whole_cost(out_.delivery_unit, "delivery_unit", kShifted)) return;
        if (!take_whole_cost(out_.recipient_unit, "recipient_unit", kShifted)) return;
        // The row slid by two: its start stands in the delivering unit, its end in the cost.
        const auto first = date(cell(Column::delivery_unit));
        if (!first || out_.end) return;
        note("delivery_unit", kShifted, out_.delivery_unit);
        out_.delivery_unit.clear();
        out_.end = std::exchange(out_.start, first);
    }

    bool take_whole_cost(std::string& text, const char* column, const char* repair) {
        auto amount = money(text);
        if (!amount) return false;
        note(column, repair, text);
        out_.cost = std::move(amount);
        text.clear();
        return true;
    }

    // Dates among the last words of a cell of another column, in their order.
    void take_dates(const std::vector<std::string_view>& words, std::size_t from) {
        std::vector<Day> found;
        for (std::size_t i = from; i < words.size(); ++i)
            if (const auto day = date(words[i])) found.push_back(*day);
        if (found.size() == 1 && !dates(cell(Column::end)).empty())
            out_.start = found[0];
        else if (found.size() == 1 && !dates(cell(Column::start)).empty())
            out_.end = found[0];
        else if (!found.empty())
            out_.start = found.front(), out_.end = found.back();
    }

    void read_date_cells() {
        const auto start = cell(Column::start), end = cell(Column::end);
        const auto starts = dates(start), ends = dates(end);
        const bool shifted = std::any_of(out_.repairs.begin(), out_.repairs.end(), [](const Repair& repair) {
            return std::string_view(repair.repair) == kShifted && std::string_view(repair.column) == "start";
        });
        if (shifted) return;
        if (starts.empty() && !start.empty() && !empty_cell(start)) note("start", kNoValue, start);
        if (ends.empty() && !end.empty() && !empty_cell(end)) note("end", kNoValue, end);
        if (starts.size() == 2 && ends.empty()) {
            out_.start = starts[0], out_.end = starts[1];
            note("start", kSplit, start);
        } else if (ends.size() == 2 && starts.empty()) {
            out_.start = ends[0], out_.end = ends[1];
            note("end", kSplit, end);
        } else {
            if (!starts.empty()) out_.start = starts[0];
            if (!ends.empty()) out_.end = ends.back();
        }
    }

    // Whether an amount at the end of a text is written as this file writes its costs.
    bool in_style(std::string_view text) const {
        if (style_ == MoneyStyle::unknown || !money(text)) return false;
        return text.starts_with('$') == (style_ == MoneyStyle::dollar);
    }

    void recover_cost() {
        const bool no_cost_cell = cell(Column::total_cost).empty();
        if (!no_cost_cell || recover_half_row()) return;
        if (!take_trailing_cost(out_.recipient_unit, "recipient_unit"))
            take_trailing_cost(out_.place, "location");
    }

    // A row that was broken in two: the second half has the cost where the unit stands, and no head-count.
    bool recover_half_row() {
        if (whole_number(cell(Column::quantity)) || !out_.recipient_unit.starts_with('$')) return false;
        const auto printed = std::string(cell(Column::delivery_unit));
        if (!take_whole_cost(out_.recipient_unit, "recipient_unit", kHalf)) return false;
        note("total_cost", kHalf, {});
        if (const auto day = date(printed)) {
            note("delivery_unit", kHalf, printed);
            out_.delivery_unit.clear();
            out_.start = day;
        }
        if (const auto amount = money(out_.place); amount == out_.cost) {
            note("location", kHalf, out_.place);
            out_.place.clear();
        }
        return true;
    }

    // `IT BRANCH 2429`, `DIRECTORATE OF PLANS, AHQ ISLAMABAD 3050 7/27/2009`: the cost and dates slid to its
    // end.
    bool take_trailing_cost(std::string& text, const char* column) {
        const std::string printed = text;
        const auto words = tokens(printed);
        std::size_t amount = words.size();
        while (amount > 0 && words.size() - amount < 2 && date(words[amount - 1])) --amount;
        if (amount == 0 || !in_style(words[amount - 1])) return false;
        note("total_cost", kTrailing, {});
        note(column, kTrailing, printed);
        out_.cost = money(words[amount - 1]);
        const bool dated = amount < words.size();
        if (dated && !out_.start) take_dates(words, amount);
        text = trim(std::string_view(printed).substr(
            0, static_cast<std::size_t>(words[amount - 1].data() - printed.data())
        ));
        return true;
    }

    // `INSTRUCTOR 1`: the head-count slid to the end of the title. A year is none.
    void recover_people() {
        if (!cell(Column::quantity).empty() || (!out_.cost && !out_.start && !out_.end)) return;
        const auto [before, last] = split_last(out_.course);
        const auto number = whole_number(last);
        if (!number || before.empty() || last.size() > 4 || (*number >= 1900 && *number < 2100)) return;
        note("quantity", kTrailing, {});
        note("course", kTrailing, out_.course);
        out_.people = number;
        out_.course = std::string(before);
    }

    const Cells& cells_;
    MoneyStyle style_;
    Reading out_;
};

}  // namespace

Reading read_row(const Cells& cells, MoneyStyle style) {
    return Row(cells, style).read();
}

std::optional<std::int64_t> people_as_printed(std::string_view quantity) {
    return whole_number(quantity.substr(0, quantity.find(' ')));
}

std::optional<std::string> cost_as_printed(std::string_view total_cost) {
    return money(total_cost.substr(0, total_cost.find(' ')));
}

}  // namespace entente::ingest::fmtrpt
