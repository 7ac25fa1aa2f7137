#include "ingest/map/propose_map.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "base/json.h"
#include "ingest/map/called_off.h"
#include "ingest/map/category_guess.h"
#include "ingest/map/column_guess.h"
#include "ingest/map/country_codes.h"
#include "ingest/map/map_source.h"
#include "ingest/map/sample_row.h"
#include "ingest/map/sheet_name.h"
#include "ingest/map/table_beginning.h"
#include "ingest/table/columns.h"

namespace entente::ingest::map {
namespace {

constexpr std::size_t kSamples = 3;
constexpr double kMostOfAll = 0.6;
constexpr std::size_t kKinds = 40;

std::vector<std::string> distinct(const std::vector<std::string>& values) {
    std::vector<std::string> out;
    for (const auto& value : values)
        if (std::find(out.begin(), out.end(), value) == out.end()) out.push_back(value);
    return out;
}

bool may_hold_words(ColumnRole role) {
    return role == ColumnRole::none || role == ColumnRole::title || role == ColumnRole::note;
}

// Share of the rows whose value is or suggests a category; 0 where there are more values than there are kinds.
double category_share(const std::vector<std::string>& values) {
    if (values.empty() || distinct(values).size() > kKinds) return 0;
    const auto known = std::count_if(values.begin(), values.end(), [](const auto& value) {
        return !category_of(value).empty();
    });
    return static_cast<double>(known) / static_cast<double>(values.size());
}

class Proposer {
public:
    Proposer(
        const std::filesystem::path& path,
        std::string sheet,
        std::string home,
        Day today,
        const RecordedNames& names
    )
        : path_(path), sheet_(std::move(sheet)), home_(std::move(home)), today_(today), names_(names) {}

    Result<Proposal> run() {
        table::TableOptions options;
        options.sheet = sheet_.empty() ? "*" : sheet_;
        if (!sheet_.empty()) {
            ENTENTE_ASSIGN_OR_RETURN(sheet_, sheet_name(path_, options));
        }
        ENTENTE_ASSIGN_OR_RETURN(begin_, read_beginning(path_, options));
        for (std::size_t i = 0; i < begin_.columns.size(); ++i) {
            std::vector<std::string> values;
            for (const auto& row : begin_.rows)
                if (!row[i].empty() && !is_total(row)) values.push_back(row[i]);
            guesses_.push_back(guess_column(begin_.columns[i], values, names_));
            values_.push_back(std::move(values));
        }
        for (const auto& remark : begin_.remarks)
            if (remark.find("not read") != remark.npos)
                out_.remarks.push_back(remark + ": --sheet NAME reads it");
        ENTENTE_ASSIGN_OR_RETURN(auto record, propose_record());
        json::object map{{"entente_map", 1}};
        map["source"] = propose_source();
        map["table"] = propose_table();
        propose_id(map);
        if (auto skip = propose_skip(); !skip.empty()) map["skip"] = std::move(skip);
        map["records"] = json::array{std::move(record)};
        if (with(ColumnRole::signed_on).empty()) warn_of_called_off();
        for (std::size_t i = 0; i < guesses_.size(); ++i) {
            for (const auto& doubt : used_.contains(i) ? guesses_[i].doubts : std::vector<std::string>())
                out_.remarks.push_back(doubt);
            if (!used_.contains(i)) out_.remarks.push_back(fmt::format("{}: is not read", begin_.columns[i]));
        }
        json::array remarks;
        for (const auto& remark : out_.remarks) remarks.push_back(json::string(remark));
        if (!remarks.empty()) map["remarks"] = std::move(remarks);
        out_.map = pretty_json(map) + "\n";
        ENTENTE_RETURN_IF_ERROR(read_samples());
        return std::move(out_);
    }

private:
    // No proposed map reads a status: a row is completed unless its date lies ahead.
    void warn_of_called_off() {
        for (std::size_t i = 0; i < guesses_.size(); ++i) {
            std::string first;
            std::size_t rows = 0;
            for (const auto& value : values_[i]) {
                const auto word = called_off_word(value);
                if (word.empty()) continue;
                if (rows++ == 0) first = word;
            }
            if (rows > 0)
                out_.remarks.push_back(fmt::format(
                    "{}: {} of the rows looked at hold{} words such as '{}', and are taken as completed all "
                    "the "
                    "same: no column gives the status; put one in the map, as docs/reference/map.md says",
                    name(i),
                    rows,
                    rows == 1 ? "s" : "",
                    first
                ));
        }
    }

    static bool is_total(const std::vector<std::string>& row) {
        return std::any_of(row.begin(), row.end(), says_total);
    }

    std::vector<std::size_t> with(ColumnRole role) const {
        std::vector<std::size_t> out;
        for (std::size_t i = 0; i < guesses_.size(); ++i)
            if (guesses_[i].role == role) out.push_back(i);
        return out;
    }

    // The first column of a role, which is used from now on.
    std::optional<std::size_t> first(ColumnRole role) {
        for (const auto i : with(role))
            if (used_.insert(i).second) return i;
        return std::nullopt;
    }

    const std::string& name(std::size_t column) const { return begin_.columns[column]; }

    static json::array list(const std::vector<std::string>& texts) {
        json::array out;
        for (const auto& text : texts) out.push_back(json::string(text));
        return out;
    }

    // The sheet belongs to the key: two sheets of a workbook are two sources, each with editions of its own.
    std::string key() const {
        auto stem = path_.stem().string();
        if (!sheet_.empty() && sheet_ != "*") stem += "-" + sheet_;
        std::string key;
        for (const char c : stem)
            key.push_back(
                (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c
                : c >= 'A' && c <= 'Z'                           ? static_cast<char>(c - 'A' + 'a')
                                                                 : '-'
            );
        key = key.substr(0, 40);
        return key.find_first_not_of('-') == key.npos ? "table" : key;
    }

    json::object propose_source() const {
        return {{"key", key()}, {"title", path_.filename().string()}, {"held_as", "original"}};
    }

    json::object propose_table() const {
        json::object table;
        if (path_.extension() == ".xlsx") table["sheets"] = sheet_.empty() ? "*" : sheet_;
        if (begin_.header_row > 0) table["header_row"] = static_cast<std::int64_t>(begin_.header_row);
        return table;
    }

    void propose_id(json::object& map) {
        if (const auto id = first(ColumnRole::id)) {
            map["id"] = json::object{{"columns", name(*id)}, {"prefix", key() + "-"}, {"repeats", "number"}};
            return;
        }
        out_.remarks.emplace_back(
            "no column tells the rows apart: those of a corrected edition are told by what they say, which a "
            "column of ids would do better"
        );
    }

    json::array propose_skip() {
        std::set<std::string> totals;
        json::array out;
        for (std::size_t i = 0; i < begin_.columns.size(); ++i) {
            totals.clear();
            for (const auto& row : begin_.rows)
                if (says_total(row[i])) totals.insert(row[i]);
            if (!totals.empty())
                out.push_back(json::object{
                    {"when", json::object{{"column", name(i)}, {"is", list({totals.begin(), totals.end()})}}},
                    {"reason", "a total of other rows"}});
        }
        return out;
    }

    json::object date(std::size_t column) const {
        return {{"column", name(column)}, {"forms", list(guesses_[column].forms)}};
    }

    json::object missing(std::size_t column) const {
        json::object out;
        for (const auto& value : guesses_[column].missing) out[value] = "unknown";
        return out;
    }

    json::object actor(std::size_t column) const {
        json::object out{{"column", name(column)}, {"scheme", guesses_[column].scheme}};
        if (!guesses_[column].split.empty()) out["split"] = list(guesses_[column].split);
        return out;
    }

    Result<json::object> propose_record() {
        const auto signed_on = first(ColumnRole::signed_on);
        json::object fields;
        if (!signed_on) propose_category(fields);
        propose_texts(fields, signed_on.has_value());
        ENTENTE_RETURN_IF_ERROR(propose_dates(fields, signed_on));
        ENTENTE_RETURN_IF_ERROR(propose_parties(fields, signed_on.has_value()));
        return json::object{{"type", signed_on ? "agreement" : "engagement"}, {"fields", std::move(fields)}};
    }

    // The column that says what kind of contact a row is: by its name, or else because most of its values do.
    std::optional<std::size_t> category_column() const {
        std::optional<std::size_t> best;
        double most = 0;
        for (std::size_t i = 0; i < guesses_.size(); ++i) {
            const bool said = guesses_[i].role == ColumnRole::kind;
            const double share = category_share(values_[i]);
            if (!said && (!may_hold_words(guesses_[i].role) || share < kMostOfAll)) continue;
            const double weight = share + (said ? share > 0 ? 1 : 0.5 : 0);
            if (weight > most) most = weight, best = i;
        }
        return best;
    }

    void propose_category(json::object& fields) {
        const auto column = category_column();
        if (!column) return propose_one_category(fields);
        if (guesses_[*column].role != ColumnRole::kind && !are_kinds(values_[*column]))
            return propose_category_by_words(*column, fields);
        used_.insert(*column);
        kind_ = *column;
        json::object codes;
        std::vector<std::string> taken;
        std::vector<std::string> open;
        for (const auto& value : distinct(values_[*column])) {
            const auto code = category_of(value);
            codes[value] = code;
            if (code.empty())
                open.push_back(fmt::format("'{}'", value));
            else
                taken.push_back(fmt::format("'{}' as {}", value, category_words(code)));
        }
        out_.remarks.push_back(fmt::format(
            "the category comes from the column {}, as its {}: {}{}",
            name(*column),
            guesses_[*column].role == ColumnRole::kind ? "name says" : "values say",
            taken.empty() ? "no value of it is known" : "",
            fmt::join(taken, ", ")
        ));
        if (!open.empty())
            out_.remarks.push_back(fmt::format(
                "{}: put a code of engagement_category behind {}; until then such rows are set aside",
                name(*column),
                fmt::join(open, ", ")
            ));
        fields["category"] = json::object{{"column", name(*column)}, {"codes", std::move(codes)}};
    }

    // Titles tell the kind by a word in them, and stay titles.
    void propose_category_by_words(std::size_t column, json::object& fields) {
        json::array cases;
        std::vector<std::string> taken;
        for (const auto& [code, words] : words_for_categories(values_[column])) {
            cases.push_back(json::object{
                {"when", json::object{{"column", name(column)}, {"contains", list(words)}}}, {"value", code}}
            );
            taken.push_back(fmt::format("'{}' as {}", fmt::join(words, "', '"), category_words(code)));
        }
        fields["category"] = json::object{{"cases", std::move(cases)}};
        out_.remarks.push_back(fmt::format(
            "the category comes from words in the column {}: {}; rows without such a word are set aside",
            name(column),
            fmt::join(taken, ", ")
        ));
    }

    // No column says it: the name of the sheet, of the file, or of a column does, for all rows.
    void propose_one_category(json::object& fields) {
        std::string from = "the name of the sheet", code = category_of(sheet_);
        if (code.empty()) from = "the name of the file", code = category_of(path_.stem().string());
        for (const auto& column : begin_.columns)
            if (code.empty())
                from = fmt::format("the name of the column {}", column), code = category_of(column);
        if (code.empty()) from = "nothing", code = "EXC";
        fields["category"] = code;
        out_.remarks.push_back(fmt::format(
            "no column says what kind of contact a row is; all are taken as {}, for which {} speaks: entente "
            "codes engagement_category lists the kinds",
            category_words(code),
            from
        ));
    }

    void propose_texts(json::object& fields, bool agreement) {
        const auto title = first(ColumnRole::title);
        const auto place = agreement ? std::nullopt : first(ColumnRole::place);
        const char* const title_field = agreement ? "name" : "title";
        if (title)
            fields[title_field] = json::object{{"column", name(*title)}};
        else if (agreement || kind_ || place)
            fields[title_field] = json::object{{"text", sentence(agreement, place)}};
        if (place) fields["places"] = json::object{{"column", name(*place)}};
        if (agreement) return;
        if (const auto person = first(ColumnRole::person))
            fields["people"] = json::object{{"column", name(*person)}};
        if (const auto note = first(ColumnRole::note)) fields["note"] = json::object{{"column", name(*note)}};
    }

    std::string sentence(bool agreement, std::optional<std::size_t> place) const {
        if (agreement)
            return fmt::format(
                "Agreement with {{{}}}",
                name(with(ColumnRole::actor).empty() ? 0 : with(ColumnRole::actor)[0])
            );
        if (!kind_) return fmt::format("At {{{}}}", name(*place));
        return place ? fmt::format("{{{}}}, {{{}}}", name(*kind_), name(*place))
                     : fmt::format("{{{}}}", name(*kind_));
    }

    Result<void> propose_dates(json::object& fields, std::optional<std::size_t> signed_on) {
        if (signed_on) return fields["signed"] = date(*signed_on), Result<void>();
        auto from = first(ColumnRole::begin);
        if (!from) from = first(ColumnRole::date);
        auto to = first(ColumnRole::end);
        if (from && !to) to = first(ColumnRole::date);
        if (!from) std::swap(from, to);
        if (!from)
            return fail(
                ErrorCode::invalid_argument,
                path_.filename().string(),
                fmt::format(
                    "found the columns {}, expected one whose values are dates",
                    fmt::join(begin_.columns, ", ")
                ),
                "if the header stands in another row, write a map with header_row; docs/reference/map.md"
            );
        json::object held = to ? json::object{{"from", date(*from)}, {"to", date(*to)}} : date(*from);
        if (auto none = missing(*from); !none.empty()) held["missing"] = std::move(none);
        fields["held"] = std::move(held);
        return {};
    }

    Result<void> propose_parties(json::object& fields, bool agreement) {
        auto columns = with(ColumnRole::actor);
        const auto hosts = with(ColumnRole::host);
        if (columns.empty() && hosts.empty())
            return fail(
                ErrorCode::invalid_argument,
                path_.filename().string(),
                fmt::format(
                    "found the columns {}, expected one that names states or organisations",
                    fmt::join(begin_.columns, ", ")
                ),
                "if the header stands in another row, write a map with header_row; docs/reference/map.md"
            );
        json::array parties;
        const bool alone = columns.size() + hosts.size() == 1;
        if (alone) {
            parties.push_back(json::object{{"actor", home_}});
            out_.remarks.push_back(
                fmt::format("one column names actors: every row is taken to be with {}", home_)
            );
        }
        const auto heads = agreement ? std::nullopt : first(ColumnRole::count);
        for (const auto i : columns) {
            used_.insert(i);
            json::object party{{"actor", actor(i)}};
            if (heads && alone) add_people(party, *heads);
            parties.push_back(std::move(party));
        }
        for (const auto i : hosts) {
            used_.insert(i);
            json::object party{{"actor", actor(i)}};
            if (!agreement) party["role"] = "host";
            parties.push_back(std::move(party));
        }
        if (heads && !alone) used_.erase(*heads);
        fields[agreement ? "parties" : "participations"] = std::move(parties);
        return {};
    }

    void add_people(json::object& party, std::size_t heads) {
        json::object people{{"column", name(heads)}};
        if (auto none = missing(heads); !none.empty()) people["missing"] = std::move(none);
        party["people"] = std::move(people);
        out_.remarks.push_back(fmt::format("{}: taken as the head-count of the other side", name(heads)));
    }

    Result<void> read_samples() {
        ENTENTE_ASSIGN_OR_RETURN(auto map, parse_map(out_.map));
        ENTENTE_ASSIGN_OR_RETURN(const auto source, MapSource::open(std::move(map), {path_}, today_, names_));
        ImportRow row;
        while (out_.samples.size() < kSamples) {
            ENTENTE_ASSIGN_OR_RETURN(const bool more, source->next(row));
            if (!more) break;
            out_.samples.push_back(sample_of(row));
        }
        return {};
    }

    std::filesystem::path path_;
    std::string sheet_, home_;
    Day today_;
    const RecordedNames& names_;
    Beginning begin_;
    std::vector<ColumnGuess> guesses_;
    std::vector<std::vector<std::string>> values_;  // of each column, without those of totals
    std::set<std::size_t> used_;
    std::optional<std::size_t> kind_;
    Proposal out_;
};

}  // namespace

Result<Proposal> propose_map(
    const std::filesystem::path& path,
    const std::string& sheet,
    const std::string& home,
    Day today,
    const RecordedNames& names
) {
    return Proposer(path, sheet, home, today, names).run();
}

}  // namespace entente::ingest::map
