#include "measures/training.h"

#include <charconv>
#include <map>
#include <tuple>

#include "measures/record_reader.h"

namespace entente::measures {
namespace {

using Key = std::tuple<std::string, std::string, int, std::string, std::vector<std::string>>;

bool between(const std::string& deliverer, const std::string& recipient, const Pair& pair) {
    return (deliverer == pair.a && recipient == pair.b) || (deliverer == pair.b && recipient == pair.a);
}

Quantity quantity(const Stated<std::int64_t>& value, std::int64_t activities, std::int64_t missing) {
    if (!value) return {0, activities};
    return {*value, missing};
}

class Cells {
public:
    void add(Key key, const TrainingSum& sum, const Evidence& evidence) {
        auto& cell = cells_[std::move(key)];
        cell.sum += sum;
        cell.records.push_back(evidence);
    }
    std::vector<TrainingCell> list() {
        std::vector<TrainingCell> out;
        for (auto& [key, cell] : cells_) {
            std::tie(cell.deliverer, cell.recipient, cell.fiscal_year, cell.programme, cell.school_families) =
                key;
            out.push_back(std::move(cell));
        }
        return out;
    }

private:
    std::map<Key, TrainingCell> cells_;
};

int year_of(const std::string& text) {
    int year = 0;
    std::from_chars(text.data(), text.data() + text.size(), year);
    return year;
}

}  // namespace

TrainingLine read_training_line(std::string_view id, const domain::Content& content) {
    const RecordReader reader("training_line", content);
    TrainingLine out;
    out.evidence = read_evidence(id, reader);
    out.deliverer = reader.text("delivered_by");
    out.recipient = reader.text("recipient");
    out.fiscal_year = year_of(reader.text("fiscal_year"));
    out.standing = reader.text("standing");
    out.programme = reader.text("programme");
    out.programme_printed = reader.text("programme_printed");
    out.course = reader.text("course");
    out.delivery_unit = reader.text("delivery_unit");
    out.place = reader.text("place");
    out.held = reader.date("held");
    out.people = reader.count("people");
    const auto micros =
        reader.part("cost", "currency") == "USD" ? micros_of(reader.part("cost", "amount")) : std::nullopt;
    if (micros)
        out.cost_micros.value = micros;
    else
        out.cost_micros.none = domain::Empty::unknown;
    return out;
}

TrainingSum& TrainingSum::operator+=(const TrainingSum& other) {
    activities += other.activities;
    people.sum += other.people.sum;
    people.missing += other.people.missing;
    cost_micros.sum += other.cost_micros.sum;
    cost_micros.missing += other.cost_micros.missing;
    return *this;
}

std::vector<TrainingCell> cells_of(std::span<const Tally> tallies, const Pair& pair, Day on) {
    Cells cells;
    for (const auto& tally : tallies) {
        if (tally.what != "training" || tally.standing == "planned") continue;
        if (!between(tally.deliverer, tally.recipient, pair) || !tally.period.to) continue;
        if (!tally.period.from || *tally.period.from > on) continue;
        const int year = calendar(*tally.period.to).year;
        for (const auto& part : tally.parts)
            cells.add(
                {tally.deliverer, tally.recipient, year, part.programme, part.school_families},
                {part.number,
                 quantity(part.people, part.number, part.people_missing),
                 quantity(part.cost_micros, part.number, part.cost_missing)},
                tally.evidence
            );
    }
    return cells.list();
}

std::vector<TrainingCell> cells_of(std::span<const TrainingLine> lines, const Pair& pair, Day on) {
    Cells cells;
    for (const auto& line : lines) {
        if (line.standing == "planned" || line.fiscal_year == 0 || fiscal_year_begin(line.fiscal_year) > on)
            continue;
        if (!between(line.deliverer, line.recipient, pair)) continue;
        cells.add(
            {line.deliverer, line.recipient, line.fiscal_year, line.programme, line.school_families},
            {1, quantity(line.people, 1, 0), quantity(line.cost_micros, 1, 0)},
            line.evidence
        );
    }
    return cells.list();
}

int fiscal_year_of(Day day) {
    const auto date = calendar(day);
    return date.month >= 10 ? date.year + 1 : date.year;
}
Day fiscal_year_begin(int year) {
    return *day_of(year - 1, 10, 1);
}
Day fiscal_year_end(int year) {
    return *day_of(year, 9, 30);
}

}  // namespace entente::measures
