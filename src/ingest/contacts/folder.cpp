#include "ingest/contacts/folder.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "base/files.h"
#include "base/utf8.h"
#include "ingest/contacts/tallies.h"

namespace entente::ingest::contacts {
namespace {

struct Form {
    const char* name;
    bool required;
    std::vector<std::string_view> columns;
};

const std::vector<Form>& forms() {
    static const std::vector<Form> all = [] {
        std::vector<Form> out{
            {"sources.csv", true, {"source_key", "title", "publisher", "date", "url", "licence"}},
            {"channels.csv",
             true,
             {"id", "parties", "name", "kind", "date_established", "date_lapsed", "source_key", "gk_fields"}},
            {"shocks.csv",
             true,
             {"id",
              "date",
              "initiator",
              "target",
              "third_party",
              "kind",
              "magnitude_usd",
              "title",
              "source_key",
              "gk_fields"}},
            {"disruptions.csv",
             true,
             {"id",
              "party_a",
              "party_b",
              "date_suspended",
              "date_resumed",
              "precision",
              "suspended_by",
              "channel",
              "scope",
              "stated_cause",
              "source_key",
              "source_key_resumed",
              "gk_fields"}},
            {"contacts.csv",
             true,
             {"id",
              "date_start",
              "date_end",
              "date_precision",
              "party_a",
              "party_b",
              "kind",
              "level",
              "host",
              "place",
              "people",
              "title",
              "source_key",
              "source_locator",
              "status",
              "gk_fields"}},
            {"coverage.csv", false, {"id", "kind", "parties", "record_types", "covers", "ground", "note"}},
            {"additions.csv", false, {"id", "field", "value", "reason", "source_key"}},
            {"political_visits.csv",
             false,
             {"id", "first_day", "last_day", "visitor", "host", "office", "place", "source"}},
        };
        for (const auto& tally : tally_forms()) out.push_back({tally.file, false, tally.columns});
        return out;
    }();
    return all;
}

}  // namespace

std::string SourceFile::cell(const CsvRow& row, std::string_view column) const {
    const auto found = std::find(table.columns.begin(), table.columns.end(), column);
    const auto at = static_cast<std::size_t>(found - table.columns.begin());
    return at < row.cells.size() ? row.cells[at] : std::string();
}

const SourceFile* Folder::find(std::string_view name) const {
    const auto found =
        std::find_if(files.begin(), files.end(), [&](const SourceFile& file) { return file.name == name; });
    return found == files.end() ? nullptr : &*found;
}

Result<Folder> read_folder(const std::filesystem::path& directory) {
    Folder folder;
    for (const auto& form : forms()) {
        auto text = read_file(directory / form.name);
        if (!text && text.error().code == ErrorCode::not_found && !form.required) continue;
        if (!text) {
            if (text.error().code == ErrorCode::not_found)
                return fail(
                    ErrorCode::not_found,
                    form.name,
                    fmt::format("found no {} in {}", form.name, directory.string()),
                    "name the folder that holds contacts.csv, disruptions.csv, shocks.csv, channels.csv and "
                    "sources.csv"
                );
            return std::unexpected(text.error());
        }
        if (!is_valid_utf8(*text))
            return fail(
                ErrorCode::invalid_argument, form.name, "found bytes that are not UTF-8, expected UTF-8"
            );
        auto table = parse_csv(*text);
        if (!table) return fail(ErrorCode::invalid_argument, form.name, table.error().message);
        for (const auto column : form.columns)
            if (std::find(table->columns.begin(), table->columns.end(), column) == table->columns.end())
                return fail(
                    ErrorCode::invalid_argument,
                    form.name,
                    fmt::format("found columns {}, expected also {}", fmt::join(table->columns, ", "), column)
                );
        folder.files.push_back(
            {form.name, folder.files.size() + 1, text->size(), sha256(*text), *std::move(table)}
        );
    }
    return folder;
}

}  // namespace entente::ingest::contacts
