#include "ingest/map/propose_map.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "base/json.h"
#include "domain/date_span.h"
#include "domain/empty.h"
#include "ingest/map/column_guess.h"
#include "ingest/map/country_codes.h"
#include "ingest/map/map_source.h"
#include "ingest/table/columns.h"
#include "ingest/table/text_buffer.h"

namespace entente::ingest::map {
namespace {

constexpr std::size_t kRows = 500;
constexpr std::size_t kSamples = 3;
constexpr std::size_t kGuessBytes = 200;
constexpr std::uint64_t kTitleLines = 12;

/// The first rows of a table, as texts.
struct Beginning {
    std::vector<std::string> columns;
    std::vector<std::vector<std::string>> rows;
    std::vector<std::string> remarks;
    std::uint64_t header_row = 0;
};

// Enough of a cell to guess by, whole characters.
std::string_view beginning_of(std::string_view cell) {
    bool may_go_on = false;
    return cell.size() <= kGuessBytes
               ? cell
               : cell.substr(0, table::text_prefix(cell.substr(0, kGuessBytes), may_go_on));
}

Result<Beginning> read_beginning(const std::filesystem::path& path, const table::TableOptions& options) {
    ENTENTE_ASSIGN_OR_RETURN(const auto reader, table::open_confined_table(path, options));
    Beginning out{reader->columns(), {}, {}, options.header_row};
    table::TableRow row;
    bool more = true;
    while (out.rows.size() < kRows) {
        ENTENTE_ASSIGN_OR_RETURN(more, reader->next(row));
        if (!more) break;
        auto& texts = out.rows.emplace_back();
        for (const auto cell : row.cells) texts.emplace_back(beginning_of(table::trimmed(cell)));
        texts.resize(std::max(texts.size(), out.columns.size()));
    }
    while (more) {  // to the end, where the remarks are
        ENTENTE_ASSIGN_OR_RETURN(more, reader->next(row));
    }
    out.remarks = reader->remarks();
    return out;
}

// A text file may have a title above its header: then the first line has one cell and a later one has many.
Result<Beginning> find_beginning(const std::filesystem::path& path, table::TableOptions options) {
    ENTENTE_ASSIGN_OR_RETURN(auto best, read_beginning(path, options));
    if (best.columns.size() > 1) return best;
    for (options.header_row = 2; options.header_row <= kTitleLines; ++options.header_row) {
        auto tried = read_beginning(path, options);
        if (tried && tried->columns.size() > best.columns.size()) best = *std::move(tried);
    }
    return best;
}

class Proposer {
public:
    Proposer(const std::filesystem::path& path, std::string sheet, std::string home)
        : path_(path), sheet_(std::move(sheet)), home_(std::move(home)) {}

    Result<Proposal> run() {
        table::TableOptions options;
        options.sheet = sheet_.empty() ? "*" : sheet_;
        ENTENTE_ASSIGN_OR_RETURN(begin_, find_beginning(path_, options));
        for (std::size_t i = 0; i < begin_.columns.size(); ++i) {
            std::vector<std::string> values;
            for (const auto& row : begin_.rows)
                if (!row[i].empty() && !is_total(row)) values.push_back(row[i]);
            guesses_.push_back(guess_column(begin_.columns[i], values));
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
            "no column tells the rows apart, so their place does: in a corrected edition keep the order of "
            "the rows"
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

    void propose_category(json::object& fields) {
        const auto kind = first(ColumnRole::kind);
        if (!kind) {
            auto code = category_of(path_.stem().string());
            for (const auto& column : begin_.columns)
                if (code.empty()) code = category_of(column);
            fields["category"] = code.empty() ? "EXC" : code;
            out_.remarks.push_back(fmt::format(
                "no column says what kind of contact a row is: all are taken as {}; entente codes "
                "engagement_category lists the kinds",
                code.empty() ? "EXC" : code
            ));
            return;
        }
        json::object codes;
        for (const auto& value : guesses_[*kind].values) {
            const auto code = category_of(value);
            codes[value] = code;
            out_.remarks.push_back(
                code.empty() ? fmt::format(
                                   "{}: put a code of engagement_category behind '{}'; until then such rows "
                                   "are set aside",
                                   name(*kind),
                                   value
                               )
                             : fmt::format("{}: '{}' is taken as {}", name(*kind), value, code)
            );
        }
        fields["category"] = json::object{{"column", name(*kind)}, {"codes", std::move(codes)}};
        kind_ = *kind;
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
        ENTENTE_ASSIGN_OR_RETURN(const auto source, MapSource::open(std::move(map), {path_}));
        ImportRow row;
        while (out_.samples.size() < kSamples) {
            ENTENTE_ASSIGN_OR_RETURN(const bool more, source->next(row));
            if (!more) break;
            out_.samples.push_back(sample(row));
        }
        return {};
    }

    static std::string sample(const ImportRow& row) {
        auto out = fmt::format("row {}: ", row.place);
        if (row.set_aside()) return out + fmt::format("set aside: {}: {}", row.field, row.reason);
        bool any = false;
        for (const auto& member : row.records[0].content) {
            const std::string_view field(member.key().data(), member.key().size());
            if (field == "citations" || field == "status") continue;
            out += fmt::format("{}{} {}", any ? "; " : "", field, words(member.value()));
            any = true;
        }
        return out;
    }

    static std::string words(const json::value& value) {
        if (const auto empty = domain::empty_of(value)) return std::string(domain::to_words(*empty));
        if (const auto* text = value.if_string()) {
            std::string_view view(text->data(), text->size());
            return std::string(view.starts_with("actor:") ? view.substr(6) : view);
        }
        if (const auto* number = value.if_int64()) return fmt::format("{}", *number);
        std::vector<std::string> parts;
        if (const auto* list = value.if_array())
            for (const auto& item : *list) parts.push_back(words(item));
        if (const auto* object = value.if_object()) {
            if (const auto span = domain::DateSpan::from_json(value)) return span->to_text();
            for (const auto& member : *object) parts.push_back(words(member.value()));
            return fmt::format("{}", fmt::join(parts, ":"));
        }
        return fmt::format("{}", fmt::join(parts, ", "));
    }

    std::filesystem::path path_;
    std::string sheet_, home_;
    Beginning begin_;
    std::vector<ColumnGuess> guesses_;
    std::set<std::size_t> used_;
    std::optional<std::size_t> kind_;
    Proposal out_;
};

}  // namespace

Result<Proposal> propose_map(
    const std::filesystem::path& path, const std::string& sheet, const std::string& home
) {
    return Proposer(path, sheet, home).run();
}

}  // namespace entente::ingest::map
