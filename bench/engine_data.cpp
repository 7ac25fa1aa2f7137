#include "engine_data.h"

#include <algorithm>
#include <cmath>
#include <random>
#include <utility>

#include "measures/tie/parameters.h"

namespace entente::bench {
namespace {

template <class T>
void reorder(std::vector<T>& column, const std::vector<std::pair<std::uint64_t, std::uint32_t>>& keys) {
    std::vector<T> out(column.size());
    for (std::size_t i = 0; i < keys.size(); ++i) out[i] = column[keys[i].second];
    column = std::move(out);
}

}  // namespace

Day first_day() { return *day_of(1985, 1, 1); }
Day last_day() { return *day_of(2024, 12, 31); }

MadeUpRecords made_up_records(std::size_t count, std::uint32_t pairs, unsigned spans) {
    std::mt19937_64 random(20261127);
    const auto unit = [&] { return static_cast<double>(random() >> 11) * 0x1p-53; };
    MadeUpRecords out;
    out.pairs = pairs;
    const int range = last_day() - first_day() + 1;
    for (std::size_t i = 0; i < count; ++i) {
        const bool span = random() % 100 < spans;
        const int days = span ? static_cast<int>(2 + random() % 20) : 1;
        out.day.push_back(first_day().value + static_cast<int>(random() % static_cast<unsigned>(range)));
        out.days.push_back(days);
        out.pair.push_back(static_cast<std::uint32_t>(std::pow(unit(), 1.5) * pairs));
        out.strand.push_back(static_cast<std::uint8_t>(random() % kStrands));
        out.kind.push_back(static_cast<std::uint8_t>(random() % 20));
        out.level.push_back(static_cast<std::uint8_t>(random() % 8));
        out.label.push_back(static_cast<std::uint16_t>(random() % 3));
        out.mass.push_back((1 + out.level.back() % 3) * (0.1 + unit()));
        out.record.push_back(static_cast<std::uint32_t>(i));
    }
    return out;
}

void order_as_columns(MadeUpRecords& records) {
    std::vector<std::pair<std::uint64_t, std::uint32_t>> keys(records.size());
    for (std::uint32_t i = 0; i < keys.size(); ++i)
        keys[i] = {
            std::uint64_t{records.strand[i]} << 56U | std::uint64_t{records.pair[i]} << 24U |
                static_cast<std::uint64_t>(records.day[i]),
            i};
    std::ranges::sort(keys);
    reorder(records.day, keys), reorder(records.days, keys), reorder(records.pair, keys);
    reorder(records.strand, keys), reorder(records.kind, keys), reorder(records.level, keys);
    reorder(records.label, keys), reorder(records.mass, keys), reorder(records.record, keys);
}

std::vector<std::vector<double>> half_lives(std::size_t count) {
    std::vector<std::vector<double>> out;
    for (const auto& strand : measures::builtin_parameters().strands) {
        auto& of = out.emplace_back();
        for (std::size_t k = 0; k < count; ++k)
            of.push_back(strand.half_life_days * (count == 1 ? 1 : 0.6 + 0.1 * static_cast<double>(k)));
    }
    return out;
}

measures::series::TieMasses columns_of(const MadeUpRecords& records) {
    std::vector<measures::series::Weight> weights;
    weights.reserve(records.size());
    for (std::size_t i = 0; i < records.size(); ++i)
        weights.push_back(
            {records.pair[i],
             records.strand[i],
             records.record[i],
             {Day{records.day[i] - records.days[i] + 1}, Day{records.day[i]}, records.mass[i]}}
        );
    measures::series::TieMasses out(kStrands);
    out.build(weights);
    return out;
}

}  // namespace entente::bench
