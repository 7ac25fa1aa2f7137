#include "ingest/map/called_off.h"

#include <algorithm>
#include <array>

#include "ingest/map/country_codes.h"

namespace entente::ingest::map {
namespace {

// Beginnings of words, folded.
constexpr std::array<std::string_view, 16> kStems{
    "cancel",
    "postpon",
    "abgesagt",
    "abgesetzt",
    "verschoben",
    "verlegt",
    "annul",
    "reporte",
    "cancela",
    "aplazad",
    "pospuest",
    "suspend",
    "anulad",
    "scrubbed",
    "rescheduled",
    "entfallt"};

}  // namespace

std::string called_off_word(std::string_view cell) {
    while (!cell.empty()) {
        const auto end = std::min(cell.find_first_of(" ,;:.!?()/\t\r\n"), cell.size());
        const auto word = cell.substr(0, end);
        const auto text = folded(word);
        for (const auto stem : kStems)
            if (text.starts_with(stem)) return std::string(word);
        cell.remove_prefix(std::min(end + 1, cell.size()));
    }
    return {};
}

}  // namespace entente::ingest::map
