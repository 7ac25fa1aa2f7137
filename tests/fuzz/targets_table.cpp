// The parsers of tables that come from elsewhere: they run in a confined process, and must hold without it.
#include "base/check.h"
#include "domain/date_span.h"
#include "ingest/map/date_forms.h"
#include "ingest/map/table_map.h"
#include "ingest/table/open_table.h"
#include "ingest/table/test_files.h"
#include "ingest/table/text_buffer.h"
#include "ingest/table/worker_wire.h"
#include "targets.h"

namespace entente::fuzz {
namespace {

using namespace ingest;

table::TableOptions small_limits() {
    table::TableOptions options;
    options.limits.unpacked_bytes = 4U << 20, options.limits.zip_unpacked_bytes = 4U << 20;
    options.limits.cell_bytes = 64U << 10, options.limits.row_bytes = 1U << 20;
    options.limits.rows = 20'000, options.limits.columns = 200;
    return options;
}

// Reads to the end or to the error: text is UTF-8, limits hold, lines go up within a sheet.
void read_all(std::string_view bytes, const std::string& name, const std::string& sheet = {}) {
    auto options = small_limits();
    options.sheet = sheet;
    const auto reader = table::open_table(table::file_of(bytes), name, options);
    if (!reader) return check(!reader.error().message.empty(), "an error has words");
    table::TableRow row;
    std::uint64_t rows = 0, line = 0;
    std::string in;
    for (;;) {
        const auto more = (*reader)->next(row);
        if (!more) return check(!more.error().message.empty(), "an error has words");
        if (!*more) return;
        check(++rows <= options.limits.rows, "the limit of rows holds");
        check(row.cells.size() <= options.limits.columns, "the limit of columns holds");
        check(row.sheet != in || row.line > line, "rows come in order");
        in = row.sheet, line = row.line;
        bool may_go_on = false;
        for (const auto cell : row.cells) {
            check(cell.size() <= options.limits.cell_bytes, "the limit of a cell holds");
            if (name != "x.xlsx" && name != "x.ndjson")
                check(table::text_prefix(cell, may_go_on) == cell.size(), "a cell is UTF-8");
        }
    }
}

}  // namespace

void table_text(std::string_view input) {
    read_all(input, "x.csv");
    read_all(input, "x.tsv");
}

void xlsx(std::string_view input) {
    read_all(input, "x.xlsx", "*");
}

void xlsx_parts(std::string_view input) {
    // Rows, what follows them, styles and shared strings as XML, with 0xFF between them, in a sound
    // container.
    std::vector<std::string> parts(1);
    for (const char c : input) {
        if (c == '\xFF')
            parts.emplace_back();
        else
            parts.back().push_back(c);
    }
    parts.resize(std::max<std::size_t>(4, parts.size()));
    auto members =
        table::workbook({{"One", parts[0], parts[1]}, {"Two", parts[0]}}, {"zero"}, {"dd.mm.yyyy"});
    for (auto& member : members) {
        member.packed = false;
        if (member.name == "xl/styles.xml" && !parts[2].empty()) member.text = parts[2];
        if (member.name == "xl/sharedStrings.xml" && !parts[3].empty()) member.text = parts[3];
    }
    read_all(table::zip(members), "x.xlsx", "*");
}

void map_file(std::string_view input) {
    const auto read = map::parse_map(input);
    if (!read)
        return check(!read.error().field.empty() && !read.error().message.empty(), "a mistake has a place");
    (void)map::columns_of(*read);
}

void map_date(std::string_view input) {
    const auto line = input.find('\n');
    const std::string form(input.substr(0, line));
    if (line == input.npos || !map::is_date_form(form)) return;
    const auto date = map::read_date(input.substr(line + 1), {form, "iso", "excel"}, 1950);
    if (!date) return;
    check(domain::DateSpan::parse(date->text()).has_value(), "a date that was read exists");
    (void)map::span_text(*date, {date->year, 0, 0});
}

void worker_wire(std::string_view input) {
    table::FrameBody body(input);
    table::TableRow row;
    while (body.good() && !body.at_end()) body.row(row);
    if (!body.good()) return;
    for (const auto cell : row.cells)
        check(
            cell.data() >= input.data() && cell.data() + cell.size() <= input.data() + input.size(),
            "a cell lies inside the frame"
        );
}

}  // namespace entente::fuzz
