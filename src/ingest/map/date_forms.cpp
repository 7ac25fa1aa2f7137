#include "ingest/map/date_forms.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <regex>

#include <fmt/format.h>

#include "base/day.h"
#include "domain/date_span.h"
#include "ingest/map/country_codes.h"
#include "ingest/table/columns.h"

namespace entente::ingest::map {
namespace {

using table::trimmed;

// Beginnings, folded, by which months are told in four languages; the first of a month that fits counts.
constexpr std::array<std::string_view, 12> kMonths{
    "jan,ene,janv",
    "feb,fev,fevr",
    "mar,mrz,maer",
    "apr,avr,abr",
    "may,mai,mag",
    "jun,juin",
    "jul,juil",
    "aug,aou,ago",
    "sep",
    "oct,okt",
    "nov",
    "dec,dez,dic"};

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// Days and months that are not known.
bool says_unknown(std::string_view part) {
    return part.find_first_not_of("xX?0") == part.npos || part == "." || part == "-";
}

int month_of_name(std::string_view name) {
    const auto text = folded(name);
    if (text.size() < 3) return 0;
    for (std::size_t month = 0; month < kMonths.size(); ++month)
        for (auto left = kMonths[month]; !left.empty();) {
            const auto comma = std::min(left.find(','), left.size());
            if (text.starts_with(left.substr(0, comma)) && text.size() <= 12)
                return static_cast<int>(month + 1);
            left.remove_prefix(std::min(comma + 1, left.size()));
        }
    return 0;
}

/// Takes a cell apart by a form.
class Scanner {
public:
    Scanner(std::string_view cell, int pivot) : left_(cell), pivot_(pivot) {}

    bool fits(std::string_view form) {
        for (std::size_t i = 0; i < form.size(); ++i) {
            if (form[i] != '%') {
                if (!literal(form[i])) return false;
            } else if (++i == form.size() || !part(form[i])) {
                return false;
            }
        }
        return trimmed(left_).empty();
    }
    PartialDate date;

private:
    bool literal(char c) {
        if (c == ' ') {
            left_ = left_.substr(left_.size() - trimmed_front().size());
            return true;
        }
        if (!left_.starts_with(c)) return false;
        left_.remove_prefix(1);
        return true;
    }
    std::string_view trimmed_front() const {
        auto text = left_;
        while (text.starts_with(' ')) text.remove_prefix(1);
        return text;
    }

    bool part(char kind) {
        switch (kind) {
            case 'Y':
                return digits(4, 4, date.year);
            case 'y':
                if (!digits(2, 2, date.year)) return false;
                date.year += pivot_ - pivot_ % 100 + (date.year < pivot_ % 100 ? 100 : 0);
                return true;
            case 'm':
                return digits(1, 2, date.month);
            case 'd':
                return digits(1, 2, date.day);
            case 'B':
                return month_name();
            case 'T':
                return time_of_day();
            default:
                return false;
        }
    }

    bool digits(std::size_t least, std::size_t most, int& into) {
        std::size_t size = 0;
        while (size < most && size < left_.size() && is_digit(left_[size])) ++size;
        if (size == 0 && most == 2) {
            while (size < 2 && size < left_.size() &&
                   (left_[size] == 'x' || left_[size] == 'X' || left_[size] == '?'))
                ++size;
            left_.remove_prefix(size);
            return size > 0;
        }
        if (size < least) return false;
        std::from_chars(left_.data(), left_.data() + size, into);
        left_.remove_prefix(size);
        return true;
    }

    // Hours and minutes at least, and nothing that is no time: a second date would be lost without a word.
    bool time_of_day() {
        static const std::regex kTime(
            R"(\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?( ?[AaPp][Mm])?( ?(Z|UTC|[+-]\d{2}(:?\d{2})?))? *)"
        );
        if (!std::regex_match(left_.begin(), left_.end(), kTime)) return false;
        left_ = {};
        return true;
    }

    bool month_name() {
        std::size_t size = 0;
        while (size < left_.size() && !is_digit(left_[size]) && left_[size] != ' ' && left_[size] != '-' &&
               left_[size] != '/' && left_[size] != ',')
            ++size;
        date.month = month_of_name(left_.substr(0, size));
        left_.remove_prefix(size);
        return date.month != 0;
    }

    std::string_view left_;
    int pivot_;
};

bool fits_iso(std::string_view cell, PartialDate& date) {
    for (const auto* form : {"%Y-%m-%d", "%Y-%m-%dT%T", "%Y-%m-%d %T", "%Y-%m", "%Y"}) {
        Scanner scanner(cell, 1950);
        if (scanner.fits(form)) return date = scanner.date, true;
    }
    return false;
}

bool fits_excel(std::string_view cell, PartialDate& date) {
    double serial = 0;
    const auto [end, code] = std::from_chars(cell.data(), cell.data() + cell.size(), serial);
    if (code != std::errc() || end != cell.data() + cell.size() || serial < 61 || serial > 2'958'465)
        return false;
    const auto day = calendar(*day_of(1899, 12, 30) + static_cast<std::int32_t>(std::floor(serial)));
    date = {day.year, day.month, day.day};
    return true;
}

Result<int> part_number(std::string_view cell, const char* what) {
    cell = trimmed(cell);
    if (says_unknown(cell) || cell.starts_with('-')) return 0;
    int number = 0;
    const auto [end, code] = std::from_chars(cell.data(), cell.data() + cell.size(), number);
    if (code == std::errc() && end == cell.data() + cell.size()) return number;
    if (const int month = month_of_name(cell); month != 0 && std::string_view(what) == "month") return month;
    return fail(
        ErrorCode::invalid_argument, what, fmt::format("found '{}', expected a {} in digits", cell, what)
    );
}

}  // namespace

bool exists(const PartialDate& date) {
    if (date.year < 1 || date.year > 9999 || date.month < 0 || date.month > 12 || date.day < 0) return false;
    return date.month == 0 || day_of(date.year, date.month, std::max(date.day, 1)).has_value();
}

std::optional<PartialDate> scan_date(std::string_view cell, std::string_view form, int pivot) {
    PartialDate date;
    if (form == "iso") return fits_iso(cell, date) ? std::optional(date) : std::nullopt;
    if (form == "excel") return fits_excel(cell, date) ? std::optional(date) : std::nullopt;
    Scanner scanner(cell, pivot);
    return scanner.fits(form) ? std::optional(scanner.date) : std::nullopt;
}

std::string PartialDate::text() const {
    if (year == 0) return {};
    if (month == 0) return fmt::format("{:04}", year);
    if (day == 0) return fmt::format("{:04}-{:02}", year, month);
    return fmt::format("{:04}-{:02}-{:02}", year, month, day);
}

bool is_date_form(std::string_view form) {
    if (form == "iso" || form == "excel") return true;
    bool year = false;
    for (std::size_t at = form.find('%'); at != form.npos; at = form.find('%', at + 2)) {
        if (at + 1 == form.size() || std::string_view("YymdBT").find(form[at + 1]) == std::string_view::npos)
            return false;
        year = year || form[at + 1] == 'Y' || form[at + 1] == 'y';
    }
    return year;
}

std::string example_of(std::string_view form) {
    if (form == "iso") return "2024-04-03";
    if (form == "excel") return "45385";
    if (form == "iso/iso" || form == "iso%-iso")
        return fmt::format("2024-04-03{}2024-04-05", form[3] == '/' ? "/" : "-");
    std::string out, day = "03";
    for (std::size_t i = 0; i < form.size(); ++i) {
        if (form[i] != '%' || i + 1 == form.size()) {
            out += form[i];
            continue;
        }
        switch (form[++i]) {
            case 'Y':
                out += "2024";
                break;
            case 'y':
                out += "24";
                break;
            case 'm':
                out += "04";
                break;
            case 'd':
                out += day;
                break;
            case 'B':
                out += "April";
                break;
            case 'T':
                out += "10:00";
                break;
            default:
                out += form[i], day = "05";
        }
    }
    return out;
}

std::string no_such_day(std::string_view cell, const std::vector<std::string>& forms, int pivot) {
    static constexpr std::array<std::string_view, 12> kNames{
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December"};
    for (const auto& form : forms) {
        const auto date = scan_date(trimmed(cell), form, pivot);
        if (!date || date->year < 1 || exists(*date)) continue;
        if (date->month > 12) return fmt::format("there is no month {}", date->month);
        int days = 31;
        while (!day_of(date->year, date->month, days)) --days;
        return fmt::format(
            "{}{} has {} days",
            kNames[static_cast<std::size_t>(date->month - 1)],
            date->month == 2 ? fmt::format(" {}", date->year) : std::string(),
            days
        );
    }
    return {};
}

std::string not_read(std::string_view cell, const std::vector<std::string>& forms, int pivot) {
    std::vector<std::string> examples;
    for (const auto& form : forms) examples.push_back(example_of(form));
    const auto why = no_such_day(cell, forms, pivot);
    return fmt::format(
        "found '{}', {}expected a date such as {}",
        cell.substr(0, 40),
        why.empty() ? std::string() : why + ": ",
        fmt::join(examples, " or ")
    );
}

Result<PartialDate> read_date(std::string_view cell, const std::vector<std::string>& forms, int pivot) {
    cell = trimmed(cell);
    for (const auto& form : forms)
        if (const auto date = scan_date(cell, form, pivot); date && exists(*date)) return *date;
    return fail(ErrorCode::invalid_argument, {}, not_read(cell, forms, pivot));
}

Result<PartialDate> date_of_parts(std::string_view year, std::string_view month, std::string_view day) {
    PartialDate date;
    ENTENTE_ASSIGN_OR_RETURN(date.year, part_number(year, "year"));
    ENTENTE_ASSIGN_OR_RETURN(date.month, part_number(month, "month"));
    ENTENTE_ASSIGN_OR_RETURN(date.day, part_number(day, "day"));
    if (date.year != 0 && !exists(date))
        return fail(
            ErrorCode::invalid_argument,
            {},
            fmt::format(
                "found year {}, month {}, day {}, expected a date that exists",
                date.year,
                date.month,
                date.day
            )
        );
    return date;
}

Result<std::string> span_text(const PartialDate& from, const PartialDate& to) {
    const auto first = from.text(), last = to.text();
    if (first.empty() || last.empty() || first == last) return first.empty() ? last : first;
    // One within the other: the coarser says all that is known.
    if (last.starts_with(first)) return first;
    if (first.starts_with(last)) return last;
    auto text = first + ".." + last;
    if (const auto span = domain::DateSpan::parse(text); !span)
        return fail(
            ErrorCode::invalid_argument,
            {},
            fmt::format("found {} to {}, expected an end that is not before the beginning", first, last)
        );
    return text;
}

}  // namespace entente::ingest::map
