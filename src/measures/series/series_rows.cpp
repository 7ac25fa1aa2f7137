#include "measures/series/series_rows.h"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstring>

#include "base/check.h"
#include "base/codec.h"

namespace entente::measures::series {
namespace {

static_assert(std::endian::native == std::endian::little, "numbers are written as they lie in memory");

/// One row, or the number of an actor, as it lies in the file; nothing in it is padding.
struct Packed {
    double factor = 0;
    std::uint64_t cell = 0;
    std::uint64_t place = 0;
    char id[16] = {};  ///< of the record; of an actor his own
    std::uint32_t a = 0, b = 0;
    std::int32_t first = 0, last = 0;
    std::int16_t base = -1, level = -1, mode = -1, size = -1, year = 0;
    std::uint8_t strand = 0, kind = 0, role = 0, spread = 0, rule = 0, reason = 0, imputed = 0, flags = 0;
    std::uint16_t unused = 0;
    std::uint32_t check = 0;  ///< of all before it, and of how many stand before it
};
static_assert(sizeof(Packed) == SeriesRows::kBytes);
constexpr std::uint8_t kActor = 0xFF;  ///< instead of a role
constexpr std::size_t kChecked = offsetof(Packed, check);

std::uint32_t check_of(const Packed& of, std::size_t items) {
    return static_cast<std::uint32_t>(
        crc32(static_cast<uLong>(items), reinterpret_cast<const Bytef*>(&of), kChecked)
    );
}

std::string bytes_of(Packed packed, std::size_t items) {
    packed.check = check_of(packed, items);
    return {reinterpret_cast<const char*>(&packed), sizeof packed};
}

std::string id_bytes(std::string_view id) {
    auto out = from_base32(id);
    check(out && out->size() == sizeof Packed::id, "a record is known by an id");
    return *std::move(out);
}

Packed packed(const WeightRow& row) {
    Packed out;
    out.factor = row.factor, out.cell = row.cell, out.year = row.year;
    out.first = row.first.value, out.last = row.last.value;
    out.base = static_cast<std::int16_t>(row.choice.base),
    out.level = static_cast<std::int16_t>(row.choice.level);
    out.mode = static_cast<std::int16_t>(row.choice.mode),
    out.size = static_cast<std::int16_t>(row.choice.size);
    out.strand = row.strand, out.kind = row.kind, out.imputed = row.imputed;
    out.role = static_cast<std::uint8_t>(row.role), out.spread = static_cast<std::uint8_t>(row.spread);
    out.rule = static_cast<std::uint8_t>(row.rule), out.reason = static_cast<std::uint8_t>(row.reason);
    out.flags = static_cast<std::uint8_t>(
        row.announced | row.open << 1 | row.general_knowledge << 2 | row.people_known << 3 |
        row.a_delivers << 4
    );
    return out;
}

WeightRow unpacked(const Packed& of) {
    WeightRow out;
    out.factor = of.factor, out.cell = of.cell, out.year = of.year;
    out.first = Day{of.first}, out.last = Day{of.last};
    out.choice = {of.base, of.level, of.mode, of.size};
    out.strand = of.strand, out.kind = of.kind, out.imputed = of.imputed;
    out.role = static_cast<RowRole>(of.role), out.spread = static_cast<Spread>(of.spread);
    out.rule = static_cast<LengthRule>(of.rule), out.reason = static_cast<LeftOutReason>(of.reason);
    out.announced = of.flags & 1, out.open = of.flags & 2, out.general_knowledge = of.flags & 4;
    out.people_known = of.flags & 8, out.a_delivers = of.flags & 16;
    return out;
}

}  // namespace

Masses TieRows::masses(const Parameters& parameters, bool general_knowledge, Day at) const {
    PairRows all;
    all.rows = rows;
    for (const auto& one : evidence) all.evidence.push_back(&one);
    return masses_on(all, parameters, general_knowledge, at);
}

Result<SeriesRows> SeriesRows::read(std::string_view bytes) {
    SeriesRows out;
    for (; bytes.size() >= kBytes; bytes.remove_prefix(kBytes))
        if (!out.take(bytes.substr(0, kBytes))) break;
    if (!bytes.empty())
        return fail(ErrorCode::corrupt, "series", fmt::format("found a broken row {}", out.items_));
    return out;
}

bool SeriesRows::take(std::string_view bytes) {
    Packed of;
    std::memcpy(&of, bytes.data(), sizeof of);
    if (of.check != check_of(of, items_)) return false;
    ++items_;
    const std::string id(of.id, sizeof of.id);
    if (of.role == kActor) {
        if (of.a != actors_.size()) return false;
        actors_.push_back(base32(id));
        return numbers_.emplace(actors_.back(), of.a).second;
    }
    if (of.a >= actors_.size() || of.b >= actors_.size() || of.kind >= weight_kinds().size()) return false;
    rows_.push_back({of.place, of.a, of.b, id, unpacked(of)});
    return true;
}

std::uint32_t SeriesRows::number_of(const std::string& actor) {
    const auto [found, is_new] = numbers_.try_emplace(actor, static_cast<std::uint32_t>(actors_.size()));
    if (is_new) {
        actors_.push_back(actor);
        Packed of;
        of.role = kActor, of.a = found->second;
        std::memcpy(of.id, id_bytes(actor).data(), sizeof of.id);
        fresh_ += bytes_of(of, items_++);
    }
    return found->second;
}

template <class AddRows>
void SeriesRows::add_pairs(
    Place place, std::string_view record, std::vector<std::string> actors, const AddRows& add_rows
) {
    std::ranges::sort(actors);
    actors.erase(std::ranges::unique(actors).begin(), actors.end());
    std::erase(actors, std::string());
    const auto id = id_bytes(record);
    std::vector<WeightRow> rows;
    for (std::size_t a = 0; a < actors.size(); ++a)
        for (std::size_t b = a + 1; b < actors.size(); ++b) {
            rows.clear();
            add_rows(Pair{actors[a], actors[b]}, rows);
            for (const auto& row : rows) {
                const auto first = number_of(actors[a]), second = number_of(actors[b]);
                auto of = packed(row);
                of.place = place, of.a = first, of.b = second;
                std::memcpy(of.id, id.data(), sizeof of.id);
                fresh_ += bytes_of(of, items_++);
                rows_.push_back({place, first, second, id, row});
            }
        }
}

void SeriesRows::add(
    Place place, std::string_view record, const Engagement& of, const Parameters& parameters
) {
    add_pairs(place, record, of.actors, [&](const Pair& pair, auto& out) {
        add_rows(of, pair, parameters, out);
    });
}

void SeriesRows::add(
    Place place, std::string_view record, const Agreement& of, const Parameters& parameters
) {
    add_pairs(place, record, of.parties, [&](const Pair& pair, auto& out) {
        add_rows(of, pair, parameters, out);
    });
}

void SeriesRows::add(
    Place place, std::string_view record, const TrainingLine& of, const Parameters& parameters
) {
    add_pairs(place, record, {of.deliverer, of.recipient}, [&](const Pair& pair, auto& out) {
        add_rows(of, pair, parameters, out);
    });
}

void SeriesRows::add(Place place, std::string_view record, const Tally& of, const Parameters& parameters) {
    const auto named = of.what == "training" ? std::vector{of.deliverer, of.recipient} : of.parties;
    add_pairs(place, record, named, [&](const Pair& pair, auto& out) {
        add_rows(of, pair, parameters, out);
    });
}

std::vector<TieRows> SeriesRows::ties(const std::vector<bool>& counts, std::string_view actor) const {
    std::map<std::pair<std::uint32_t, std::uint32_t>, TieRows> found;
    for (const auto& row : rows_) {
        if (row.place >= counts.size() || !counts[row.place]) continue;
        if (!actor.empty() && actors_[row.a] != actor && actors_[row.b] != actor) continue;
        auto& tie = found[{row.a, row.b}];
        tie.rows.push_back(row.row);
        tie.evidence.emplace_back().id = base32(row.record);
    }
    std::vector<TieRows> out;
    for (auto& [numbers, tie] : found) {
        tie.pair = {actors_[numbers.first], actors_[numbers.second]};
        out.push_back(std::move(tie));
    }
    return out;
}

}  // namespace entente::measures::series
