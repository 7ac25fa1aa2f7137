#include "ingest/map/country_codes.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <unordered_map>

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include "base/check.h"
#include "base/csv.h"
#include "ingest/actor_table.h"
#include "ingest/embedded_tables.h"
#include "ingest/table/columns.h"

namespace entente::ingest::map {
namespace {

constexpr std::array<std::string_view, 6> kSchemes{"iso3", "iso2", "cow", "gw", "name", "any"};

struct Meaning {
    std::string actor;
    int from = 0, to = 9999;
};

int year_or(const std::string& text, int otherwise) {
    int year = otherwise;
    if (!text.empty()) std::from_chars(text.data(), text.data() + text.size(), year);
    return year;
}

/// `scheme:value` -> what it means and when; values folded.
using Codes = std::unordered_map<std::string, std::vector<Meaning>>;

std::string key_of(std::string_view scheme, std::string_view value) {
    return std::string(scheme) + ":" + folded(value);
}

const Codes& codes() {
    static const Codes loaded = [] {
        Codes out;
        for (const auto& actor : all_actors()) {
            out[key_of("iso3", actor.code)].push_back({actor.code});
            if (!actor.iso2.empty()) out[key_of("iso2", actor.iso2)].push_back({actor.code});
            auto names = actor.aliases;
            names.push_back(actor.name), names.push_back(actor.short_name), names.push_back(actor.code);
            for (const auto& name : names)
                if (auto& meanings = out[key_of("name", name)]; !name.empty() && meanings.empty())
                    meanings.push_back({actor.code});
        }
        const auto csv = parse_csv(embedded_table("country_codes.csv"));
        check(csv && csv->columns.size() == 5, "the embedded table of country codes can be read");
        for (const auto& row : csv->rows) {
            check(row.cells.size() == 5, "every row of the embedded country codes has its columns");
            if (!find_actor(row.cells[2])) continue;
            auto& meanings = out[key_of(row.cells[0], row.cells[1])];
            if (row.cells[0] == "name" && !meanings.empty()) continue;  // the table of actors goes before
            meanings.push_back({row.cells[2], year_or(row.cells[3], 0), year_or(row.cells[4], 9999)});
        }
        return out;
    }();
    return loaded;
}

std::optional<std::string> look_up(std::string_view scheme, std::string_view cell, int year) {
    const auto found = codes().find(key_of(scheme, cell));
    if (found == codes().end()) return std::nullopt;
    const auto& meanings = found->second;
    if (meanings.size() == 1 && year == 0) return meanings[0].actor;
    for (const auto& meaning : meanings)
        if (year != 0 && year >= meaning.from && year <= meaning.to) return meaning.actor;
    return std::nullopt;
}

}  // namespace

std::string folded(std::string_view name) {
    UErrorCode code = U_ZERO_ERROR;
    const auto* const forms = icu::Normalizer2::getNFKDInstance(code);
    check(U_SUCCESS(code), "ICU knows its normal forms");
    const auto text = forms->normalize(
        icu::UnicodeString::fromUTF8(icu::StringPiece(name.data(), static_cast<int32_t>(name.size()))), code
    );
    icu::UnicodeString kept;
    for (int32_t at = 0; at < text.length(); at = text.moveIndex32(at, 1)) {
        const auto point = text.char32At(at);
        if (point == '&')
            kept.append(icu::UnicodeString("and"));
        else if (u_isalnum(point))
            kept.append(u_tolower(point));
    }
    std::string out;
    kept.toUTF8String(out);
    return out;
}

bool is_scheme(std::string_view scheme) {
    return std::find(kSchemes.begin(), kSchemes.end(), scheme) != kSchemes.end();
}

std::optional<std::string> actor_of(std::string_view scheme, std::string_view cell, int year) {
    cell = table::trimmed(cell);
    if (cell.empty()) return std::nullopt;
    if (scheme != "any") return look_up(scheme, cell, year);
    for (const auto* one : {"name", "iso3", "iso2"})
        if (auto found = look_up(one, cell, year)) return found;
    return std::nullopt;
}

}  // namespace entente::ingest::map
