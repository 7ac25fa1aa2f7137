#include "ingest/map/span_forms.h"

#include <algorithm>
#include <array>
#include <optional>

#include <fmt/format.h>

#include "ingest/table/columns.h"

namespace entente::ingest::map {
namespace {

using table::trimmed;

constexpr std::string_view kBetween = "%-";
constexpr std::string_view kInterval = "iso/iso";

struct Parts {
    std::string_view left, right;
};

std::optional<Parts> parts_of(std::string_view form) {
    if (form == kInterval) return Parts{"iso", "iso"};
    const auto at = form.find(kBetween);
    if (at == form.npos) return std::nullopt;
    return Parts{form.substr(0, at), form.substr(at + kBetween.size())};
}

bool tells(std::string_view form, std::string_view what) {
    if (form == "iso" || form == "excel") return true;
    for (std::size_t at = form.find('%'); at != form.npos; at = form.find('%', at + 2))
        if (at + 1 < form.size() && what.find(form[at + 1]) != what.npos) return true;
    return false;
}

// Length of what stands between two dates at a place of a cell; 0: nothing does.
std::size_t between_at(std::string_view cell, std::size_t at, bool interval) {
    if (interval) return cell[at] == '/' ? 1 : 0;
    static constexpr std::array<std::string_view, 6> kDashes{"-", "–", "—", "−", "‐", "‑"};
    for (const auto dash : kDashes)
        if (cell.substr(at).starts_with(dash)) return dash.size();
    static constexpr std::array<std::string_view, 9> kWords{
        "to", "until", "till", "through", "bis", "au", "al", "à", "hasta"};
    if (at == 0 || cell[at - 1] != ' ') return 0;
    for (const auto word : kWords) {
        const auto rest = cell.substr(at);
        if (rest.size() <= word.size() || rest[word.size()] != ' ') continue;
        if (std::equal(word.begin(), word.end(), rest.begin(), [](char a, char b) {
                return a == (b >= 'A' && b <= 'Z' ? static_cast<char>(b - 'A' + 'a') : b);
            }))
            return word.size();
    }
    return 0;
}

// What one side leaves out, the other says.
bool complete(const Parts& form, PartialDate& first, PartialDate& last) {
    if (!tells(form.right, "mB")) last.month = first.month;
    if (!tells(form.right, "Yy")) last.year = first.year;
    if (!tells(form.left, "mB")) first.month = last.month;
    if (!tells(form.left, "Yy")) first.year = last.year - (first.month == 12 && last.month == 1 ? 1 : 0);
    return exists(first) && exists(last);
}

std::vector<PartialSpan> readings(std::string_view cell, std::string_view form, int pivot) {
    std::vector<PartialSpan> out;
    const auto parts = parts_of(form);
    if (!parts) {
        const auto date = scan_date(cell, form, pivot);
        if (date && exists(*date)) out.push_back({*date, {}});
        return out;
    }
    for (std::size_t at = 1; at + 1 < cell.size(); ++at) {
        const auto size = between_at(cell, at, form == kInterval);
        if (size == 0) continue;
        auto first = scan_date(trimmed(cell.substr(0, at)), parts->left, pivot);
        auto last = scan_date(trimmed(cell.substr(at + size)), parts->right, pivot);
        if (first && last && complete(*parts, *first, *last)) out.push_back({*first, *last});
    }
    return out;
}

std::string text_of(const PartialSpan& span) {
    return span.last.year == 0 ? span.first.text() : span.first.text() + " to " + span.last.text();
}

// ` (%d%-%d %B %Y would read it)`
std::string forms_that_fit(std::string_view cell, int pivot) {
    std::vector<std::string> fitting;
    for (const auto& form : usual_forms())
        if (!readings(cell, form, pivot).empty()) fitting.push_back(form);
    if (fitting.empty() || fitting.size() > 2) return {};
    return fmt::format(" ({} would read it)", fmt::join(fitting, " or "));
}

}  // namespace

bool is_span_form(std::string_view form) {
    const auto parts = parts_of(form);
    if (!parts) return is_date_form(form);
    const auto fits = [&](std::string_view side, std::string_view other) {
        if (side.empty() || side.find(kBetween) != side.npos) return false;
        // The year may stand on the other side.
        return is_date_form(side) || (is_date_form(std::string(side) + "%Y") && tells(other, "Yy") &&
                                      (tells(side, "d") || tells(side, "mB")));
    };
    return fits(parts->left, parts->right) && fits(parts->right, parts->left);
}

bool reads_by(std::string_view cell, std::string_view form, int pivot) {
    return readings(trimmed(cell), form, pivot).size() == 1;
}

Result<PartialSpan> read_span(std::string_view cell, const std::vector<std::string>& forms, int pivot) {
    cell = trimmed(cell);
    for (const auto& form : forms) {
        const auto found = readings(cell, form, pivot);
        if (found.empty()) continue;
        if (found.size() > 1)
            return fail(
                ErrorCode::invalid_argument,
                {},
                fmt::format(
                    "found '{}', which {} reads as {} and as {}",
                    cell.substr(0, 40),
                    form,
                    text_of(found[0]),
                    text_of(found[1])
                )
            );
        return found.front();
    }
    return fail(ErrorCode::invalid_argument, {}, not_read(cell, forms, pivot) + forms_that_fit(cell, pivot));
}

const std::vector<std::string>& usual_forms() {
    static const std::vector<std::string> all{
        "iso",
        "%d.%m.%Y",
        "%d/%m/%Y",
        "%m/%d/%Y",
        "%Y/%m/%d",
        "%d-%m-%Y",
        "%d %B %Y",
        "%d. %B %Y",
        "%B %d, %Y",
        "%d-%B-%Y",
        "%d.%m.%y",
        "%d/%m/%y",
        "%m/%d/%y",
        "%d-%B-%y",
        "%d %B %y",
        "%B %Y",
        "%m/%Y",
        "%B %d %Y",
        "%d%B%Y",
        "iso%-iso",
        "iso/iso",
        "%d%-%d %B %Y",
        "%d.%-%d. %B %Y",
        "%d %B%-%d %B %Y",
        "%d. %B%-%d. %B %Y",
        "%d %B %Y%-%d %B %Y",
        "%B %d%-%d, %Y",
        "%B %d%-%d %Y",
        "%B %d%-%B %d, %Y",
        "%B %d, %Y%-%B %d, %Y",
        "%B%-%B %Y",
        "%B %Y%-%B %Y",
        "%d.%-%d.%m.%Y",
        "%d%-%d.%m.%Y",
        "%d.%m.%-%d.%m.%Y",
        "%d.%m.%Y%-%d.%m.%Y",
        "%d%-%d/%m/%Y",
        "%d/%m%-%d/%m/%Y",
        "%m/%d%-%m/%d/%Y",
        "%m/%d%-%d/%Y",
        "%d/%m/%Y%-%d/%m/%Y",
        "%m/%d/%Y%-%m/%d/%Y",
        "%d.%-%d.%m.%y",
        "%d.%m.%y%-%d.%m.%y"};
    return all;
}

}  // namespace entente::ingest::map
