#include "service/import_placed.h"

#include <algorithm>
#include <charconv>
#include <deque>
#include <set>
#include <tuple>

#include <fmt/format.h>

#include "base/json.h"
#include "service/import_likeness.h"

namespace entente::service {
namespace {

using ingest::ImportRow;

// `Visits!12` -> Visits, 12
std::tuple<std::string, std::uint64_t, std::string> in_order(const std::string& place) {
    const auto mark = place.rfind('!');
    const auto from = mark == place.npos ? 0 : mark + 1;
    std::uint64_t number = 0;
    std::from_chars(place.data() + from, place.data() + place.size(), number);
    return {place.substr(0, from), number, place};
}

// `12.2` is the second record of row 12.
bool is_first_record(const std::string& handle) {
    const auto point = handle.rfind('.');
    return point == handle.npos || point + 1 == handle.size() ||
           handle.find_first_not_of("0123456789", point + 1) != handle.npos;
}

/// A row of the edition on record: the first of its records.
struct EarlierRow {
    std::string handle;
    const KnownRow* known;
};

std::vector<EarlierRow> earlier_rows(
    const std::unordered_map<std::string, KnownRow>& rows, const std::string& type
) {
    std::vector<EarlierRow> out;
    for (const auto& [name, row] : rows)
        if (name.starts_with(type + ":"))
            if (auto handle = name.substr(type.size() + 1); is_first_record(handle))
                out.push_back({std::move(handle), &row});
    std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) {
        return in_order(a.handle) < in_order(b.handle);
    });
    return out;
}

void rename(ImportRow& row, const std::string& handle) {
    for (std::size_t i = 0; i < row.records.size(); ++i) {
        auto& record = row.records[i];
        record.handle = i == 0 ? handle : fmt::format("{}.{}", handle, i + 1);
        if (!row.set_aside()) record.content["source_id"] = record.handle;
    }
}

domain::Content without_place(domain::Content content) {
    content.erase("source_id");
    if (auto* citations = content.if_contains("citations"); citations && citations->is_array())
        for (auto& citation : citations->get_array())
            if (auto* object = citation.if_object()) object->erase("locator");
    return content;
}

}  // namespace

Result<Hash> said_digest(const domain::Content& content) {
    return content_digest(without_place(content));
}

bool says_the_same(const domain::Content& a, const domain::Content& b) {
    const auto left = canonical_json(without_place(a)), right = canonical_json(without_place(b));
    return left && right && *left == *right;
}

std::vector<PlacedRows::Placed> PlacedRows::settle() {
    std::vector<Placed> out;
    for (auto& [file, rows] : waiting_) {
        settle_file(file, rows);
        out.insert(out.end(), std::make_move_iterator(rows.begin()), std::make_move_iterator(rows.end()));
    }
    waiting_.clear();
    return out;
}

void PlacedRows::settle_file(std::size_t file, std::vector<Placed>& rows) {
    const auto& known = editions_.rows_of(file);
    std::set<std::string> handles;  // on record, or given
    for (const auto& [name, row] : known) handles.insert(name.substr(name.find(':') + 1));
    std::map<std::string, std::vector<Placed*>> by_type;
    for (auto& placed : rows)
        if (!placed.row.records.empty()) by_type[placed.row.records[0].type].push_back(&placed);
    for (auto& [type, of_type] : by_type) {
        auto earlier = earlier_rows(known, type);
        std::vector<PlacedRow> before, now;
        for (const auto& row : earlier) before.push_back({row.handle, &row.known->says});
        std::deque<domain::Content> contents;
        for (const auto* placed : of_type) {
            const auto& record = placed->row.records[0];
            contents.push_back(record.content);
            // What refers to nothing on record is set aside later on, and is like no row here.
            const bool resolved = references_.resolve(*schema_.find(type), contents.back()).has_value();
            now.push_back({record.handle, &contents.back(), placed->row.set_aside() || !resolved});
        }
        const auto like = match_by_likeness(before, now);
        std::vector<Placed*> unclear;
        for (std::size_t j = 0; j < of_type.size(); ++j) {
            auto& placed = *of_type[j];
            const auto& row = like.rows[j];
            placed.ambiguous = row.ambiguous;
            if (row.earlier) {
                rename(placed.row, earlier[*row.earlier].handle);
            } else if (placed.row.set_aside()) {
                placed.row.records.clear();
                if (row.ambiguous) unclear.push_back(&placed);
            } else {
                auto handle = placed.row.records[0].handle;
                for (int times = 2; !handles.insert(handle).second; ++times)
                    handle = fmt::format("{}~{}", placed.row.records[0].handle, times);
                rename(placed.row, handle);
            }
        }
        // What may be a row that cannot be read now stands, too.
        for (const auto i : like.perhaps)
            if (!unclear.empty()) unclear[0]->row.records.push_back({type, earlier[i].handle, {}});
    }
}

}  // namespace entente::service
