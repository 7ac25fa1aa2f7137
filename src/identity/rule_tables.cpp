#include "identity/rule_tables.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/check.h"
#include "base/csv.h"
#include "identity/fold.h"

namespace entente::identity {
namespace {

std::vector<std::string> listed(std::string_view text, char mark) {
    std::vector<std::string> out;
    while (!text.empty()) {
        const auto end = text.find(mark);
        if (const auto item = text.substr(0, end); !item.empty()) out.emplace_back(item);
        text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    }
    return out;
}

std::vector<std::string> nations_of(std::string_view text) {
    return text == "*" ? std::vector<std::string>{} : listed(text, ';');
}

bool names(const std::vector<std::string>& nations, std::string_view nation) {
    return std::find(nations.begin(), nations.end(), nation) != nations.end();
}

// Reads the rows of one table by the names of its columns.
class Table {
public:
    static Result<Table> read(
        std::string name, std::string_view text, std::initializer_list<const char*> columns
    ) {
        Table table;
        table.name_ = std::move(name);
        ENTENTE_ASSIGN_OR_RETURN(table.csv_, parse_csv(text));
        for (const char* column : columns)
            if (!names(table.csv_.columns, column))
                return fail(
                    ErrorCode::invalid_argument,
                    table.name_,
                    fmt::format("found no column '{}', expected {}", column, fmt::join(columns, ", "))
                );
        for (const auto& row : table.csv_.rows)
            if (row.cells.size() != table.csv_.columns.size())
                return table.wrong(row, fmt::format("{} cells", row.cells.size()), "a cell for each column");
        return table;
    }

    const std::vector<CsvRow>& rows() const { return csv_.rows; }
    const std::string& cell(const CsvRow& row, std::string_view column) const {
        const auto at = std::find(csv_.columns.begin(), csv_.columns.end(), column) - csv_.columns.begin();
        return row.cells[static_cast<std::size_t>(at)];
    }
    std::unexpected<Error> wrong(const CsvRow& row, std::string_view found, std::string_view expected) const {
        return fail(
            ErrorCode::invalid_argument,
            fmt::format("{}:{}", name_, row.line),
            fmt::format("found {}, expected {}", found, expected)
        );
    }
    Result<std::optional<Day>> day(const CsvRow& row, std::string_view column) const {
        const auto& text = cell(row, column);
        if (text.empty()) return std::optional<Day>{};
        const auto day = parse_iso_day(text);
        if (!day) return wrong(row, fmt::format("{} '{}'", column, text), "a day such as 2007-01-09");
        return day;
    }

private:
    std::string name_;
    CsvTable csv_;
};

std::optional<WordKind> word_kind(std::string_view text) {
    constexpr std::string_view kinds[]{"stop", "neutral", "spelling", "short", "number"};
    for (std::size_t i = 0; i < std::size(kinds); ++i)
        if (kinds[i] == text) return static_cast<WordKind>(i);
    return std::nullopt;
}

}  // namespace

bool OrganisationRule::holds_in(std::string_view nation) const {
    return nations.empty() || names(nations, nation);
}

Result<void> RuleTables::read_words(std::string_view text) {
    ENTENTE_ASSIGN_OR_RETURN(
        const auto table,
        Table::read("words.csv", text, {"word", "kind", "means", "nation", "added", "reason"})
    );
    for (const auto& row : table.rows()) {
        const auto kind = word_kind(table.cell(row, "kind"));
        if (!kind)
            return table.wrong(
                row, fmt::format("'{}'", table.cell(row, "kind")), "stop, neutral, spelling, short or number"
            );
        WordEntry entry{*kind, listed(table.cell(row, "means"), ' '), nations_of(table.cell(row, "nation"))};
        const bool needs = *kind != WordKind::stop && *kind != WordKind::neutral;
        if (needs == entry.means.empty())
            return table.wrong(
                row,
                fmt::format("'{}' as the meaning", table.cell(row, "means")),
                "words, for all but stop and neutral"
            );
        auto word = fold_name(table.cell(row, "word")).compare;
        if (word.find(' ') == std::string::npos)
            words_.emplace(std::move(word), std::move(entry));
        else if (*kind == WordKind::neutral)
            neutral_phrases_.push_back(listed(word, ' '));
        else
            return table.wrong(row, fmt::format("several words '{}'", word), "one word, for all but neutral");
    }
    for (auto& phrase : neutral_phrases_) without_stops(phrase);
    return {};
}

Result<void> RuleTables::read_nations(std::string_view text) {
    ENTENTE_ASSIGN_OR_RETURN(
        const auto table, Table::read("nations.csv", text, {"nation", "names", "adjectives", "seats"})
    );
    const auto add = [this](std::vector<std::vector<std::string>>& to, std::string_view list) {
        for (const auto& item : listed(list, ';')) {
            auto words = listed(fold_name(item).compare, ' ');
            without_stops(words);
            if (!words.empty()) to.push_back(std::move(words));
        }
        std::stable_sort(to.begin(), to.end(), [](const auto& a, const auto& b) {
            return a.size() > b.size();
        });
    };
    for (const auto& row : table.rows()) {
        auto& nation = nations_[table.cell(row, "nation")];
        add(nation.phrases, table.cell(row, "names"));
        add(nation.phrases, table.cell(row, "adjectives"));
        add(nation.phrases, table.cell(row, "nation"));
        add(nation.seats, table.cell(row, "seats"));
    }
    return {};
}

Result<void> RuleTables::read_organisations(std::string_view text) {
    ENTENTE_ASSIGN_OR_RETURN(
        const auto table,
        Table::read(
            "organisations.csv",
            text,
            {"rule",
             "version",
             "nations",
             "since",
             "until",
             "kind",
             "organisation",
             "verdict",
             "pattern",
             "reason"}
        )
    );
    for (const auto& row : table.rows()) {
        OrganisationRule rule;
        rule.rule = table.cell(row, "rule"), rule.kind = table.cell(row, "kind");
        rule.organisation = table.cell(row, "organisation"), rule.reason = table.cell(row, "reason");
        rule.nations = nations_of(table.cell(row, "nations")), rule.line = row.line;
        const auto& version = table.cell(row, "version");
        if (version.empty() || version.size() > 6 ||
            version.find_first_not_of("0123456789") != std::string::npos)
            return table.wrong(row, fmt::format("version '{}'", version), "a number");
        rule.version = std::stoi(version);
        ENTENTE_ASSIGN_OR_RETURN(rule.since, table.day(row, "since"));
        ENTENTE_ASSIGN_OR_RETURN(rule.until, table.day(row, "until"));
        const auto& verdict = table.cell(row, "verdict");
        if (verdict != "positive" && verdict != "negative")
            return table.wrong(row, fmt::format("verdict '{}'", verdict), "positive or negative");
        if (verdict == "negative") rule.verdict = RuleVerdict::negative;
        if (rule.rule.empty() || rule.reason.empty())
            return table.wrong(row, "a rule without name or reason", "both");
        if (table.cell(row, "pattern") == "=same-letters") {
            same_letters_ = rule.handle();
            continue;
        }
        auto phrases = expand_pattern(table.cell(row, "pattern"));
        if (!phrases) return table.wrong(row, phrases.error().message, "a pattern of words");
        rule.phrases = *std::move(phrases);
        rules_.push_back(std::move(rule));
    }
    return {};
}

Result<RuleTables> RuleTables::create(
    std::string_view words, std::string_view nations, std::string_view organisations
) {
    RuleTables tables;
    ENTENTE_RETURN_IF_ERROR(tables.read_words(words));
    ENTENTE_RETURN_IF_ERROR(tables.read_nations(nations));
    ENTENTE_RETURN_IF_ERROR(tables.read_organisations(organisations));
    return tables;
}

void RuleTables::without_stops(std::vector<std::string>& words) const {
    std::erase_if(words, [this](const auto& word) {
        const auto* entry = this->word(word, {});
        return entry && entry->kind == WordKind::stop;
    });
}

const RuleTables& RuleTables::builtin() {
    static const RuleTables tables = [] {
        auto made = create(
            embedded_rules("words.csv"), embedded_rules("nations.csv"), embedded_rules("organisations.csv")
        );
        check(made.has_value(), made ? "" : "data/rules/" + made.error().field + ": " + made.error().message);
        return *std::move(made);
    }();
    return tables;
}

const WordEntry* RuleTables::word(std::string_view word, std::string_view nation) const {
    const WordEntry* general = nullptr;
    const auto [begin, end] = words_.equal_range(std::string(word));
    for (auto at = begin; at != end; ++at) {
        if (names(at->second.nations, nation)) return &at->second;
        if (at->second.nations.empty()) general = &at->second;
    }
    return general;
}

const NationWords* RuleTables::nation(std::string_view code) const {
    const auto found = nations_.find(code);
    return found == nations_.end() ? nullptr : &found->second;
}

std::vector<const OrganisationRule*> RuleTables::rules_of(std::string_view nation) const {
    std::vector<const OrganisationRule*> out;
    for (const bool everywhere : {false, true})
        for (const auto& rule : rules_)
            if (rule.nations.empty() == everywhere && rule.holds_in(nation)) out.push_back(&rule);
    return out;
}

}  // namespace entente::identity
