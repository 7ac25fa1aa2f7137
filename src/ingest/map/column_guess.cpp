#include "ingest/map/column_guess.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "ingest/map/country_codes.h"
#include "ingest/map/date_guess.h"
#include "ingest/table/columns.h"

namespace entente::ingest::map {
namespace {

constexpr double kMost = 0.6;

struct Words {
    ColumnRole role;
    std::vector<std::string_view> words;  ///< folded; the whole name, or with `*` a part of it
};

const std::vector<Words>& words() {
    static const std::vector<Words> all{
        {ColumnRole::id,
         {"id",
          "nr",
          "no",
          "n",  // N°
          "num",
          "number",
          "ref",
          "lfdnr",
          "serial",
          "key",
          "reference*",
          "eventid*",
          "numero"}},
        {ColumnRole::signed_on, {"signed*", "signature*", "unterzeichn*", "firma", "fechadefirma"}},
        {ColumnRole::begin,
         {"from",
          "*from",
          "*start*",
          "*begin*",
          "von",
          "*von",
          "debut*",
          "du",
          "desde",
          "inicio*",
          "arrival*"}},
        {ColumnRole::end,
         {"to",
          "*dateto",
          "*end",
          "*enddate*",
          "until",
          "bis",
          "*bis",
          "fin",
          "*fin",
          "au",
          "hasta",
          "departure*",
          "*periodto",
          "*timeto"}},
        {ColumnRole::date, {"*date*", "*datum*", "fecha*", "when", "day", "*held*", "year", "jahr"}},
        {ColumnRole::host, {"*host*", "gastgeber*", "hote*", "anfitrion*"}},
        {ColumnRole::actor,
         {"*countr*",
          "*partner*",
          "*nation*",
          "*state*",
          "land",
          "*pays*",
          "*pais*",
          "*part*ies",
          "participants",
          "*staat*",
          "*party*"}},
        {ColumnRole::count,
         {"*people*",
          "*persons*",
          "*personen*",
          "*personnel*",
          "*pax*",
          "*headcount*",
          "*strength*",
          "*anzahl*",
          "*teilnehmer*",
          "*effectif*",
          "*troops*",
          "*personas*",
          "count"}},
        {ColumnRole::kind,
         {"kind*", "type*", "art", "*categor*", "*activity*", "*kategorie*", "tipo*", "*eventtype*"}},
        {ColumnRole::place,
         {"*place*",
          "*location*",
          "city*",
          "ort",
          "*lieu*",
          "lugar*",
          "venue*",
          "site",
          "where*",
          "ville*",
          "town*"}},
        {ColumnRole::person,
         {"*leader*",
          "*visitor*",
          "*delegat*",
          "leiter*",
          "*person*",
          "*chef*",
          "*jefe*",
          "who",
          "wholed*",
          "ledby*",
          "led",
          "*official*",
          "*headof*"}},
        {ColumnRole::note, {"*note*", "*remark*", "*bemerkung*", "*comment*", "*observ*", "*anmerkung*"}},
        {ColumnRole::title,
         {"*title*",
          "*name*",
          "*subject*",
          "*topic*",
          "*thema*",
          "*betreff*",
          "*bezeichnung*",
          "*purpose*",
          "*description*",
          "*anlass*",
          "*objet*",
          "*asunto*",
          "*event*",
          "*exercise*"}},
    };
    return all;
}

bool fits(std::string_view name, std::string_view word) {
    const bool open_front = word.starts_with('*'), open_back = word.ends_with('*');
    if (open_front) word.remove_prefix(1);
    if (open_back) word.remove_suffix(1);
    if (const auto star = word.find('*'); star != word.npos)
        return name.find(word.substr(0, star)) != name.npos && name.ends_with(word.substr(star + 1));
    if (open_front && open_back) return name.find(word) != name.npos;
    return open_front ? name.ends_with(word) : open_back ? name.starts_with(word) : name == word;
}

bool named(const std::string& name, ColumnRole role) {
    const auto text = folded(name);
    for (const auto& entry : words())
        if (entry.role == role)
            return std::any_of(entry.words.begin(), entry.words.end(), [&](auto word) {
                return fits(text, word);
            });
    return false;
}

bool is_number(std::string_view value) {
    return !value.empty() && value.find_first_not_of("0123456789 ,'") == value.npos &&
           value.find_first_of("0123456789") != value.npos;
}

std::vector<std::string> pieces(std::string_view value, const std::vector<std::string>& separators) {
    std::vector<std::string> out;
    for (;;) {
        std::size_t at = value.npos, size = 0;
        for (const auto& separator : separators)
            if (const auto found = value.find(separator); found < at) at = found, size = separator.size();
        if (const auto piece = table::trimmed(value.substr(0, at)); !piece.empty()) out.emplace_back(piece);
        if (at == value.npos) return out;
        value.remove_prefix(at + size);
    }
}

std::size_t known(
    const std::vector<std::string>& values,
    const std::vector<std::string>& split,
    const std::string& scheme,
    const RecordedNames& names
) {
    std::size_t count = 0;
    for (const auto& value : values) {
        const auto parts = pieces(value, split);
        count += !parts.empty() && std::all_of(parts.begin(), parts.end(), [&](const auto& part) {
            return names.actor_of(scheme, part, 0).has_value();
        });
    }
    return count;
}

bool guess_actors(
    const std::string& name,
    const std::vector<std::string>& values,
    const RecordedNames& names,
    ColumnGuess& guess
) {
    guess.scheme = "any";
    const auto text = folded(name);
    if (std::all_of(values.begin(), values.end(), [](const auto& value) { return is_number(value); })) {
        if (text.find("ccode") == text.npos && text.find("cow") == text.npos && !text.starts_with("gw"))
            return guess = {}, false;
        guess.scheme = text.starts_with("gw") ? "gw" : "cow";
    }
    auto best = known(values, {}, guess.scheme, names);
    for (const auto* separator : {";", "/", "\n", ",", " and ", " und ", " et ", " & ", "+"}) {
        auto tried = guess.split;
        tried.emplace_back(separator);
        if (const auto count = known(values, tried, guess.scheme, names); count > best)
            best = count, guess.split = tried;
    }
    const double needed = named(name, ColumnRole::actor) || named(name, ColumnRole::host) ? 0.3 : kMost;
    if (best == 0 || static_cast<double>(best) < needed * static_cast<double>(values.size()))
        return guess = {}, false;
    std::set<std::string> unknown;
    for (const auto& value : values)
        for (const auto& part : pieces(value, guess.split))
            if (!names.actor_of(guess.scheme, part, 0) && !says_total(part)) unknown.insert(part);
    if (!unknown.empty())
        guess.doubts.push_back(fmt::format(
            "{}: not in the table of actors: {}; such rows are set aside", name, fmt::join(unknown, ", ")
        ));
    return true;
}

bool guess_count(const std::string& name, const std::vector<std::string>& values, ColumnGuess& guess) {
    if (!named(name, ColumnRole::count)) return false;
    std::set<std::string> missing;
    for (const auto& value : values)
        if (!is_number(value)) missing.insert(value);
    guess.missing.assign(missing.begin(), missing.end());
    for (const auto& value : missing)
        guess.doubts.push_back(fmt::format("{}: '{}' is taken as not known", name, value));
    return missing.size() < values.size() || values.empty();
}

}  // namespace

ColumnGuess guess_column(
    const std::string& name, const std::vector<std::string>& values, const RecordedNames& names
) {
    ColumnGuess guess;
    if (values.empty()) return guess;
    const std::set<std::string> distinct(values.begin(), values.end());
    if (named(name, ColumnRole::id) && distinct.size() * 20 >= values.size() * 19)
        return guess.role = ColumnRole::id, guess;
    const bool said = named(name, ColumnRole::date) || named(name, ColumnRole::begin) ||
                      named(name, ColumnRole::end) || named(name, ColumnRole::signed_on);
    if (auto dates = guess_dates(name, values, said); !dates.forms.empty()) {
        guess.role = ColumnRole::date, guess.forms = std::move(dates.forms);
        guess.missing = std::move(dates.missing), guess.doubts = std::move(dates.doubts);
        for (const auto role : {ColumnRole::signed_on, ColumnRole::begin, ColumnRole::end})
            if (named(name, role)) return guess.role = role, guess;
        return guess;
    }
    if (guess_count(name, values, guess)) return guess.role = ColumnRole::count, guess;
    guess = {};
    if (guess_actors(name, values, names, guess))
        return guess.role = named(name, ColumnRole::host) ? ColumnRole::host : ColumnRole::actor, guess;
    for (const auto role :
         {ColumnRole::kind, ColumnRole::place, ColumnRole::person, ColumnRole::note, ColumnRole::title}) {
        if (!named(name, role)) continue;
        if (role == ColumnRole::kind && distinct.size() > 40) continue;
        return guess.role = role, guess;
    }
    return guess;
}

bool says_total(std::string_view cell) {
    static const std::set<std::string, std::less<>> all{
        "total",
        "sum",
        "summe",
        "gesamt",
        "insgesamt",
        "somme",
        "suma",
        "totals",
        "grandtotal",
        "subtotal",
        "zwischensumme"};
    return all.contains(folded(cell));
}

}  // namespace entente::ingest::map
