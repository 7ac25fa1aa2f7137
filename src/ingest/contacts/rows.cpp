#include "ingest/contacts/rows.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "domain/empty.h"
#include "ingest/contacts/mapping.h"

namespace entente::ingest::contacts {
namespace {

constexpr std::string_view kGeneralKnowledge = "general-knowledge";
constexpr std::string_view kUnnamed = "MULTI";

using Additions = std::map<std::string, std::string>;

std::unexpected<Error> wrong(const char* field, std::string_view found, std::string_view expected) {
    return fail(ErrorCode::invalid_argument, field, fmt::format("found '{}', expected {}", found, expected));
}

json::array references(const char* type, const std::vector<std::string>& handles) {
    json::array out;
    for (const auto& handle : handles) out.push_back(reference(type, handle));
    return out;
}

void put_text(domain::Content& content, const char* field, const std::string& text) {
    if (!text.empty()) content[field] = text;
}

// Which fields a note such as "day", "month within period" or "resumption day" speaks of.
std::vector<std::string> fields_of(
    const std::string& phrase, const std::vector<std::pair<const char*, const char*>>& words
) {
    std::vector<std::string> out;
    for (const auto& [word, field] : words)
        if (phrase.find(word) != std::string::npos && std::find(out.begin(), out.end(), field) == out.end())
            out.emplace_back(field);
    return out;
}

void put_evidence(
    domain::Content& content,
    const SourceFile& file,
    const CsvRow& row,
    const std::vector<std::pair<const char*, const char*>>& words
) {
    json::array citations, known, notes;
    const auto cite = [&](const std::string& key, const std::string& locator, const char* field) {
        if (key.empty() || key == kGeneralKnowledge) return;
        json::object citation{{"source", reference("source", key)}};
        if (!locator.empty()) citation["locator"] = locator;
        if (field) citation["fields"] = json::array{field};
        citations.push_back(std::move(citation));
    };
    const std::string key = file.cell(row, "source_key"), resumed = file.cell(row, "source_key_resumed");
    cite(key, file.cell(row, "source_locator"), nullptr);
    if (resumed != key) cite(resumed, {}, "ended");
    std::set<std::string> general;
    for (const auto& phrase : split_list(file.cell(row, "gk_fields"))) {
        if (phrase == "all") general.insert("all");
        const auto fields = fields_of(phrase, words);
        general.insert(fields.begin(), fields.end());
        if (phrase != "all") notes.push_back(json::string("From general knowledge: " + phrase));
    }
    if (key == kGeneralKnowledge) general.insert("all");
    if (resumed == kGeneralKnowledge && !general.contains("all")) general.insert("ended");
    if (general.contains("all")) general = {"all"};
    for (const auto& field : general) known.push_back(json::string(field));
    content["citations"] =
        citations.empty() ? json::value(domain::to_json(domain::Empty::unknown)) : json::value(citations);
    if (!known.empty()) content["general_knowledge"] = std::move(known);
    if (!notes.empty()) content["coding_note"] = std::move(notes);
}

Result<void> put_date(
    domain::Content& content,
    const char* field,
    const char* column,
    const std::string& start,
    const std::string& end,
    const std::string& precision
) {
    auto date = read_date(start, end, precision);
    if (!date) return fail(ErrorCode::invalid_argument, column, date.error().message);
    content[field] = date->to_json();
    return {};
}

domain::Content with_id(const SourceFile& file, const CsvRow& row) {
    domain::Content content;
    content["source_id"] = file.cell(row, "id");
    return content;
}

// Parties in cells, MULTI told apart.
std::pair<std::vector<std::string>, bool> parties_of(std::string_view cell) {
    auto parties = split_list(cell);
    const bool unnamed = std::erase(parties, kUnnamed) > 0;
    return {parties, unnamed};
}

Result<RowRecord> agreement_of(
    const SourceFile& file, const CsvRow& row, const Additions& additions, const std::string& default_kind
) {
    RowRecord record{"agreement", file.cell(row, "id"), with_id(file, row)};
    auto& c = record.content;
    const auto [parties, unnamed] = parties_of(file.cell(row, "parties"));
    put_text(c, "name", file.cell(row, "name"));
    c["parties"] = references("actor", parties);
    if (parties.empty()) c.erase("parties");
    if (unnamed) c["unnamed_parties"] = domain::to_json(domain::Empty::unknown);
    const auto kind = additions.find("agreement_kind");
    put_text(c, "kind", kind == additions.end() ? default_kind : kind->second);
    if (const auto date = file.cell(row, "date_established"); !date.empty())
        ENTENTE_RETURN_IF_ERROR(put_date(c, "signed", "date_established", date, {}, {}));
    if (const auto date = file.cell(row, "date_lapsed"); !date.empty())
        ENTENTE_RETURN_IF_ERROR(put_date(c, "ended", "date_lapsed", date, {}, {}));
    else
        c["ended"] = domain::to_json(domain::Empty::unknown);
    put_evidence(
        c,
        file,
        row,
        {{"established", "signed"},
         {"day", "signed"},
         {"month", "signed"},
         {"dates", "signed"},
         {"dates", "ended"},
         {"lapsed", "ended"}}
    );
    return record;
}

Result<RowRecord> channel_of(
    const SourceFile& file, const CsvRow& row, const std::string& kind, bool rests_on_agreement
) {
    RowRecord record{"channel", file.cell(row, "id"), with_id(file, row)};
    auto& c = record.content;
    const auto [parties, unnamed] = parties_of(file.cell(row, "parties"));
    put_text(c, "name", file.cell(row, "name"));
    c["kind"] = kind;
    if (!parties.empty()) c["parties"] = references("actor", parties);
    if (unnamed) c["unnamed_parties"] = domain::to_json(domain::Empty::unknown);
    c["cadence_days"] = domain::to_json(domain::Empty::unknown);
    if (const auto date = file.cell(row, "date_established"); !date.empty())
        ENTENTE_RETURN_IF_ERROR(put_date(c, "established", "date_established", date, {}, {}));
    else
        c["established"] = domain::to_json(domain::Empty::unknown);
    if (const auto date = file.cell(row, "date_lapsed"); !date.empty())
        ENTENTE_RETURN_IF_ERROR(put_date(c, "ended", "date_lapsed", date, {}, {}));
    else
        c["ended"] = domain::to_json(domain::Empty::unknown);
    if (rests_on_agreement) c["agreement"] = reference("agreement", record.handle);
    put_evidence(
        c,
        file,
        row,
        {{"established", "established"},
         {"day", "established"},
         {"month", "established"},
         {"dates", "established"},
         {"dates", "ended"},
         {"lapsed", "ended"}}
    );
    return record;
}

// Who took part, with the part each played as far as host and kind tell.
void put_participations(
    domain::Content& c, const SourceFile& file, const CsvRow& row, const std::string& category
) {
    auto [parties, unnamed] = parties_of(file.cell(row, "party_a") + ";" + file.cell(row, "party_b"));
    const std::string host = file.cell(row, "host");
    const bool hosted = std::find(parties.begin(), parties.end(), host) != parties.end();
    json::array parts;
    for (const auto& party : parties) {
        json::object part{{"actor", reference("actor", party)}};
        part["role"] = !hosted ? "participant" : party == host ? "host" : "visitor";
        parts.push_back(std::move(part));
    }
    c["participations"] = std::move(parts);
    if (unnamed) c["unnamed_parties"] = domain::to_json(domain::Empty::unknown);
    if (!host.empty()) c["host"] = reference("actor", host);
    if (hosted)
        c["direction"] = "hosted";
    else if (!host.empty())
        c["direction"] = "third_place";
    else if (category == "CAL")
        c["direction"] = "remote";
    else
        c["direction"] = domain::to_json(domain::Empty::unknown);
}

}  // namespace

json::string reference(std::string_view type, std::string_view handle) {
    return json::string(fmt::format("{}:{}", type, handle));
}

std::vector<std::string> split_list(std::string_view text) {
    std::vector<std::string> out;
    while (!text.empty()) {
        const auto end = text.find(';');
        auto item = text.substr(0, end);
        while (item.starts_with(' ')) item.remove_prefix(1);
        while (item.ends_with(' ')) item.remove_suffix(1);
        if (!item.empty()) out.emplace_back(item);
        text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    }
    return out;
}

Result<domain::DateSpan> read_date(
    const std::string& start, const std::string& end, const std::string& precision
) {
    const std::size_t most = precision == "month" ? 7 : precision == "year" ? 4 : std::string::npos;
    if (end.empty() || end == start)
        return domain::DateSpan::parse(start.size() > most ? start.substr(0, most) : start);
    return domain::DateSpan::parse(start + ".." + end);
}

Result<std::vector<RowRecord>> read_source(const SourceFile& file, const CsvRow& row, const Additions&) {
    RowRecord record{"source", file.cell(row, "source_key"), {}};
    auto& c = record.content;
    if (record.handle.empty()) return wrong("source_key", "", "a key");
    c["key"] = record.handle;
    put_text(c, "title", file.cell(row, "title"));
    put_text(c, "publisher", file.cell(row, "publisher"));
    put_text(c, "url", file.cell(row, "url"));
    put_text(c, "licence", file.cell(row, "licence"));
    if (const auto date = file.cell(row, "date"); !date.empty())
        ENTENTE_RETURN_IF_ERROR(put_date(c, "published", "date", date, {}, {}));
    else
        c["published"] = domain::to_json(domain::Empty::unknown);
    return std::vector{std::move(record)};
}

Result<std::vector<RowRecord>> read_channel(
    const SourceFile& file, const CsvRow& row, const Additions& additions
) {
    const std::string kind = file.cell(row, "kind");
    ENTENTE_ASSIGN_OR_RETURN(const auto becomes, mapped("channel_kind_map.csv", "kind", "becomes", kind));
    ENTENTE_ASSIGN_OR_RETURN(
        const auto channel_kind, mapped("channel_kind_map.csv", "kind", "channel_kind", kind)
    );
    ENTENTE_ASSIGN_OR_RETURN(
        const auto agreement_kind, mapped("channel_kind_map.csv", "kind", "agreement_kind", kind)
    );
    std::vector<RowRecord> records;
    if (becomes == "agreement") {
        ENTENTE_ASSIGN_OR_RETURN(auto agreement, agreement_of(file, row, additions, agreement_kind));
        records.push_back(std::move(agreement));
        const auto also = additions.find("also_channel");
        if (also == additions.end()) return records;
        ENTENTE_ASSIGN_OR_RETURN(auto channel, channel_of(file, row, also->second, true));
        records.push_back(std::move(channel));
        return records;
    }
    ENTENTE_ASSIGN_OR_RETURN(auto channel, channel_of(file, row, channel_kind, false));
    records.push_back(std::move(channel));
    return records;
}

Result<std::vector<RowRecord>> read_shock(const SourceFile& file, const CsvRow& row, const Additions&) {
    RowRecord record{"shock", file.cell(row, "id"), with_id(file, row)};
    auto& c = record.content;
    c["kind"] = file.cell(row, "kind");
    ENTENTE_RETURN_IF_ERROR(put_date(c, "on", "date", file.cell(row, "date"), {}, {}));
    for (const auto& [field, column] :
         {std::pair("initiators", "initiator"),
          std::pair("targets", "target"),
          std::pair("third_parties", "third_party")})
        if (auto list = split_list(file.cell(row, column)); !list.empty())
            c[field] = references("actor", list);
    if (const auto value = file.cell(row, "magnitude_usd"); !value.empty())
        c["value"] = json::object{{"amount", value}, {"currency", "USD"}};
    else if (file.cell(row, "kind") == "arms_sale")
        c["value"] = domain::to_json(domain::Empty::unknown);
    put_text(c, "title", file.cell(row, "title"));
    put_evidence(
        c, file, row, {{"day", "on"}, {"date", "on"}, {"magnitude_usd", "value"}, {"item", "title"}}
    );
    return std::vector{std::move(record)};
}

Result<std::vector<RowRecord>> read_disruption(const SourceFile& file, const CsvRow& row, const Additions&) {
    RowRecord record{"disruption", file.cell(row, "id"), with_id(file, row)};
    auto& c = record.content;
    c["side_a"] = references("actor", split_list(file.cell(row, "party_a")));
    c["side_b"] = references("actor", split_list(file.cell(row, "party_b")));
    const std::string precision = file.cell(row, "precision");
    const auto slash = precision.find('/');
    ENTENTE_RETURN_IF_ERROR(put_date(
        c, "began", "date_suspended", file.cell(row, "date_suspended"), {}, precision.substr(0, slash)
    ));
    if (const auto end = file.cell(row, "date_resumed"); !end.empty())
        ENTENTE_RETURN_IF_ERROR(put_date(
            c, "ended", "date_resumed", end, {}, slash == std::string::npos ? "" : precision.substr(slash + 1)
        ));
    else
        c["ended"] = domain::to_json(domain::Empty::unknown);
    if (auto by = split_list(file.cell(row, "suspended_by")); !by.empty())
        c["stopped_by"] = references("actor", by);
    else
        c["stopped_by"] = domain::to_json(domain::Empty::unknown);
    if (const auto channel = file.cell(row, "channel"); !channel.empty())
        c["channel"] = reference("channel", channel);
    c["scope_class"] = domain::to_json(domain::Empty::unknown);
    put_text(c, "scope", file.cell(row, "scope"));
    put_text(c, "stated_cause", file.cell(row, "stated_cause"));
    put_evidence(
        c,
        file,
        row,
        {{"suspen", "began"},
         {"resum", "ended"},
         {"exit date", "scope"},
         {"withdrawal date", "scope"},
         {"in scope", "scope"}}
    );
    if (const auto gk = file.cell(row, "gk_fields"); gk.starts_with("day") || gk == "month") {
        auto& general = c["general_knowledge"];
        if (!general.is_array()) general = json::array{};
        general.as_array().push_back("began");
    }
    return std::vector{std::move(record)};
}

Result<std::vector<RowRecord>> read_contact(
    const SourceFile& file, const CsvRow& row, const Additions& additions
) {
    const std::string kind = file.cell(row, "kind"), id = file.cell(row, "id");
    RowRecord record{"engagement", id, with_id(file, row)};
    auto& c = record.content;
    std::vector<RowRecord> records;
    bool is_agreement = false, known = false;
    for (const auto& line : mapping("kind_map.csv")) {
        if (line.at("kind") != kind) continue;
        known = true;
        if (line.at("becomes") == "agreement")
            is_agreement = true;
        else {
            c["category"] = line.at("category");
            put_text(c, "subcategory", line.at("subcategory"));
        }
    }
    if (!known) return wrong("kind", kind, "a kind of kind_map.csv");
    put_text(c, "title", file.cell(row, "title"));
    ENTENTE_RETURN_IF_ERROR(put_date(
        c,
        "held",
        "date_start",
        file.cell(row, "date_start"),
        file.cell(row, "date_end"),
        file.cell(row, "date_precision")
    ));
    put_participations(c, file, row, text_at(c, "category"));
    if (const auto level = file.cell(row, "level"); !level.empty()) {
        ENTENTE_ASSIGN_OR_RETURN(c["level"], mapped("level_map.csv", "level", "code", level));
    } else {
        c["level"] = domain::to_json(domain::Empty::unknown);
    }
    json::array places, people;
    for (const auto& place : split_list(file.cell(row, "place"))) places.push_back(json::string(place));
    for (const auto& person : split_list(file.cell(row, "people"))) people.push_back(json::string(person));
    c["places"] = places.empty() ? json::value(domain::to_json(domain::Empty::unknown)) : json::value(places);
    if (!people.empty()) c["people"] = std::move(people);
    ENTENTE_ASSIGN_OR_RETURN(
        c["status"], mapped("status_map.csv", "status", "code", file.cell(row, "status"))
    );
    put_evidence(
        c,
        file,
        row,
        {{"day", "held"}, {"month", "held"}, {"year", "held"}, {"date", "held"}, {"place", "places"}}
    );
    if (is_agreement && !additions.contains("agreement")) {
        RowRecord agreement{"agreement", id, with_id(file, row)};
        put_text(agreement.content, "name", file.cell(row, "title"));
        const auto [parties, unnamed] =
            parties_of(file.cell(row, "party_a") + ";" + file.cell(row, "party_b"));
        agreement.content["parties"] = references("actor", parties);
        agreement.content["signed"] = c.at("held");
        agreement.content["ended"] = domain::to_json(domain::Empty::unknown);
        put_evidence(
            agreement.content, file, row, {{"day", "signed"}, {"month", "signed"}, {"date", "signed"}}
        );
        records.push_back(std::move(agreement));
        c["agreement"] = reference("agreement", id);
    }
    records.push_back(std::move(record));
    return records;
}

Result<std::vector<RowRecord>> read_coverage(const SourceFile& file, const CsvRow& row, const Additions&) {
    RowRecord record{"coverage", file.cell(row, "id"), with_id(file, row)};
    auto& c = record.content;
    const auto codes = [&](const char* field, const char* column) {
        json::array list;
        for (const auto& code : split_list(file.cell(row, column))) list.push_back(json::string(code));
        if (!list.empty()) c[field] = std::move(list);
    };
    c["kind"] = file.cell(row, "kind");
    if (auto parties = split_list(file.cell(row, "parties")); !parties.empty())
        c["parties"] = references("actor", parties);
    codes("record_types", "record_types");
    codes("categories", "categories");
    codes("counts", "counts");
    put_text(c, "level_floor", file.cell(row, "level_floor"));
    ENTENTE_RETURN_IF_ERROR(put_date(c, "covers", "covers", file.cell(row, "covers"), {}, {}));
    for (const char* field : {"completeness_low", "completeness_high"}) {
        const auto share = file.cell(row, field);
        c[field] = share.empty() ? json::value(domain::to_json(domain::Empty::unknown)) : json::value(share);
    }
    c["ground"] = file.cell(row, "ground");
    if (auto sources = split_list(file.cell(row, "sources")); !sources.empty())
        c["sources"] = references("source", sources);
    if (const auto note = file.cell(row, "note"); !note.empty()) c["note"] = json::array{json::string(note)};
    return std::vector{std::move(record)};
}

}  // namespace entente::ingest::contacts
