#include "ingest/map/category_guess.h"

#include <algorithm>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "domain/declaration.h"
#include "ingest/map/country_codes.h"

namespace entente::ingest::map {
namespace {

const domain::CodeList& categories() {
    return *domain::Schema::builtin().list("engagement_category");
}

// Stems, folded, the more telling kinds first: a port visit is no visit.
std::string category_by_stem(std::string_view text) {
    static const std::vector<std::pair<std::string_view, std::vector<std::string_view>>> all{
        {"PRT", {"portcall", "portvisit", "hafen", "escale", "shipvisit"}},
        {"EXR", {"exercis", "ubung", "uebung", "manover", "manoeuvre", "exercice", "ejercicio"}},
        {"CAL", {"call", "telefon", "telephon", "phone", "vtc", "video"}},
        {"DLG",
         {"talk",
          "dialog",
          "gesprach",
          "gespraech",
          "consult",
          "konsultation",
          "entretien",
          "dialogo",
          "workinggroup",
          "meeting",
          "treffen",
          "reunion"}},
        {"SEM", {"seminar", "seminair", "workshop", "conference", "konferenz", "symposium"}},
        {"PME", {"college", "academy", "akademie"}},
        {"TRG", {"training", "course", "lehrgang", "ausbildung", "formation", "curso"}},
        {"HUM", {"humanitar"}},
        {"ALM", {"alumni"}},
        {"RND", {"research", "forschung"}},
        {"CAP", {"capacity"}},
        {"PEP", {"liaison", "personnelexchange", "posting"}},
        {"CBM", {"confidence", "vertrauen"}},
        {"EXC", {"exchange", "austausch", "echange", "intercambio", "expert"}},
        {"VST", {"facility", "tour"}},
        {"KLE", {"visit", "besuch", "visite", "visita"}},
    };
    for (const auto& [code, stems] : all)
        for (const auto stem : stems)
            if (text.find(stem) != text.npos) return std::string(code);
    return {};
}

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> out{""};
    for (const char c : text)
        if (c == ' ' || c == ',' || c == ':' || c == ';')
            out.emplace_back();
        else
            out.back() += c;
    std::erase(out, "");
    return out;
}

std::string by_words(const std::vector<CategoryWords>& all, std::string_view value) {
    for (const auto& [code, words] : all)
        for (const auto& word : words)
            if (value.find(word) != value.npos) return code;
    return {};
}

void add_words(std::vector<CategoryWords>& all, const std::string& code, std::string word, bool first) {
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.code == code; });
    if (first)
        all.insert(all.begin(), {code, {std::move(word)}});
    else if (found == all.end())
        all.push_back({code, {std::move(word)}});
    else if (std::find(found->words.begin(), found->words.end(), word) == found->words.end())
        found->words.push_back(std::move(word));
}

}  // namespace

std::string category_of(std::string_view kind) {
    const auto text = folded(kind);
    if (text.empty()) return {};
    for (const auto& code : categories().codes)
        if (text == folded(code.code) || text == folded(code.name)) return code.code;
    return category_by_stem(text);
}

bool are_kinds(const std::vector<std::string>& values) {
    std::vector<std::string> distinct;
    bool single = true;
    for (const auto& value : values) {
        if (std::find(distinct.begin(), distinct.end(), value) == distinct.end()) distinct.push_back(value);
        single = single && words_of(value).size() <= 2;
    }
    return single || distinct.size() * 2 <= values.size();
}

std::vector<CategoryWords> words_for_categories(const std::vector<std::string>& values) {
    std::vector<CategoryWords> out;
    for (const auto& value : values) {
        const auto code = category_of(value);
        for (const auto& word : words_of(value))
            if (!code.empty() && category_of(word) == code) {
                add_words(out, code, word, false);
                break;
            }
    }
    // What the words would take for another kind, or do not tell, is named in whole before them.
    for (const auto& value : values)
        if (const auto code = category_of(value); !code.empty() && by_words(out, value) != code)
            add_words(out, code, value, true);
    return out;
}

std::string category_words(std::string_view code) {
    const auto* found = categories().find(code);
    return found ? fmt::format("{} ({})", code, found->name) : std::string(code);
}

}  // namespace entente::ingest::map
