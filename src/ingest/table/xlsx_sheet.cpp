#include "ingest/table/xlsx_sheet.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include <fmt/format.h>

#include "ingest/table/columns.h"

namespace entente::ingest::table {
namespace {

constexpr std::uint64_t kRowMax = 1'048'576;
constexpr std::size_t kColumnMax = 16'384;
constexpr std::size_t kMergesMax = 100'000;

struct Place {
    std::uint64_t row = 0;   // from 1
    std::size_t column = 0;  // from 0
};

// `BC12`; nothing when it is no cell of a sheet.
std::optional<Place> place_of(std::string_view text) {
    std::size_t column = 0, at = 0;
    for (; at < text.size() && text[at] >= 'A' && text[at] <= 'Z' && at < 4; ++at)
        column = column * 26 + static_cast<std::size_t>(text[at] - 'A' + 1);
    Place place;
    const auto [end, code] = std::from_chars(text.data() + at, text.data() + text.size(), place.row);
    if (at == 0 || column > kColumnMax || code != std::errc() || end != text.data() + text.size() ||
        place.row < 1 || place.row > kRowMax)
        return std::nullopt;
    place.column = column - 1;
    return place;
}

// The number as a person would write it: a binary fraction of 17 digits is the shortest that means the same.
std::string plain_number(std::string_view text) {
    if (text.find_first_of(".eE") == text.npos) return std::string(text);
    double value = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (code != std::errc() || end != text.data() + text.size()) return std::string(text);
    if (value == std::floor(value) && std::abs(value) < 1e15) return fmt::format("{:.0f}", value);
    return fmt::format("{}", value);
}

// Excel writes what XML forbids as _x000D_; of these only line ends and tabs make sense in a cell.
void replace_escapes(std::string& text) {
    for (const auto& [escape, with] :
         {std::pair{"_x000D_", ""}, std::pair{"_x000A_", "\n"}, std::pair{"_x0009_", "\t"}})
        for (auto at = text.find(escape); at != text.npos; at = text.find(escape, at))
            text.replace(at, 7, with);
}

struct Merges : XmlHandler {
    void start(std::string_view name, const XmlAttributes& attributes) override {
        if (name != "mergeCell") return;
        const auto ref = attributes["ref"];
        const auto colon = ref.find(':');
        if (colon == ref.npos) return;
        const auto first = place_of(ref.substr(0, colon)), last = place_of(ref.substr(colon + 1));
        if (!first || !last || last->row < first->row || last->column < first->column) return;
        found.push_back({first->row, last->row, first->column, last->column});
        if (found.size() > kMergesMax)
            stop(fmt::format("found over {} merged blocks, which is the limit", kMergesMax));
    }
    void end(std::string_view) override {}
    void text(std::string_view) override {}

    std::vector<Merge> found;
};

class Parser : public XmlHandler {
public:
    Parser(const Workbook& book, const TableLimits& limits) : book_(book), limits_(limits) {}

    void start(std::string_view name, const XmlAttributes& attributes) override {
        if (name == "row")
            start_row(attributes["r"]);
        else if (name == "c")
            start_cell(attributes);
        else if (name == "f")
            formula_ = true;
        else if (name == "v")
            reading_ = value_ = true;
        else if (name == "t")
            reading_ = value_ = phonetic_ == 0;
        else if (name == "rPh")
            ++phonetic_;
    }

    void end(std::string_view name) override {
        if (name == "row" && !row_.cells.empty())
            rows.push_back(std::move(row_)), row_ = {}, row_.number = rows.back().number;
        else if (name == "c")
            end_cell();
        else if (name == "v" || name == "t")
            reading_ = false;
        else if (name == "rPh")
            --phonetic_;
    }

    void text(std::string_view part) override {
        if (!reading_) return;
        text_ += part;
        if (text_.size() > limits_.cell_bytes)
            stop(fmt::format(
                "{}: found over {} KiB in one cell, which is the limit", here(), limits_.cell_bytes >> 10
            ));
    }

    std::deque<SheetRow> rows;

private:
    void start_row(std::string_view number) {
        const auto last = row_.number;
        row_ = {};
        row_.number = last + 1;
        if (!number.empty()) std::from_chars(number.data(), number.data() + number.size(), row_.number);
        if (row_.number <= last || row_.number > kRowMax)
            stop(fmt::format("found row {} behind row {}, expected rows in order", number, last));
        column_ = 0, row_bytes_ = 0;
    }

    void start_cell(const XmlAttributes& attributes) {
        if (const auto name = attributes["r"]; !name.empty()) {
            const auto place = place_of(name);
            if (!place || place->row != row_.number || place->column < column_)
                return stop(fmt::format("found a cell {} in row {}", name.substr(0, 20), row_.number));
            column_ = place->column;
        }
        type_ = attributes["t"];
        style_ = 0;
        const auto style = attributes["s"];
        std::from_chars(style.data(), style.data() + style.size(), style_);
        text_.clear();
        formula_ = value_ = false;
    }

    void end_cell() {
        SheetCell cell{column_++, CellKind::text, {}, {}};
        if (!fill(cell)) return;
        if (formula_ && cell.kind != CellKind::error)
            cell.kind = value_ && (type_ == "str" || !text_.empty()) ? CellKind::formula
                                                                     : CellKind::formula_without_value;
        if (cell.view().empty() && cell.kind != CellKind::formula_without_value) return;
        row_bytes_ += cell.view().size();
        if (cell.column >= limits_.columns)
            return stop(
                fmt::format("{}: found over {} columns, which is the limit", name_of(cell), limits_.columns)
            );
        if (row_bytes_ > limits_.row_bytes)
            return stop(fmt::format(
                "{}: found over {} MiB in one row, which is the limit", name_of(cell), limits_.row_bytes >> 20
            ));
        row_.cells.push_back(std::move(cell));
    }

    // False when the reading was stopped.
    bool fill(SheetCell& cell) {
        if (type_ == "s") {
            std::size_t index = book_.ends.size();
            const auto digits = trimmed(text_);
            std::from_chars(digits.data(), digits.data() + digits.size(), index);
            if (index >= book_.ends.size() && value_)
                return stop(fmt::format(
                           "{}: found shared string {}, expected at most {}",
                           name_of(cell),
                           digits.substr(0, 20),
                           book_.ends.size()
                       )),
                       false;
            if (value_) cell.shared = book_.shared_string(index);
            if (cell.shared.size() > limits_.cell_bytes)
                return stop(fmt::format(
                           "{}: found over {} KiB in one cell, which is the limit",
                           name_of(cell),
                           limits_.cell_bytes >> 10
                       )),
                       false;
            if (cell.shared.find("_x00") != cell.shared.npos)
                cell.text = cell.shared, replace_escapes(cell.text);
            return true;
        }
        if (type_ == "b")
            cell.text = trimmed(text_) == "1" ? "true" : trimmed(text_) == "0" ? "false" : text_;
        else if (type_ == "e")
            cell.text = text_, cell.kind = CellKind::error;
        else if (type_ == "inlineStr" || type_ == "str" || type_ == "d")
            cell.text = text_, replace_escapes(cell.text);
        else
            fill_number(cell);
        return true;
    }

    void fill_number(SheetCell& cell) const {
        cell.kind = CellKind::number;
        const auto style = style_ < book_.styles.size() ? book_.styles[style_] : DateStyle::none;
        if (style != DateStyle::none) cell.text = date_of_serial(trimmed(text_), style, book_.from_1904);
        if (cell.text.empty()) cell.text = plain_number(trimmed(text_));
    }

    std::string name_of(const SheetCell& cell) const { return cell_name(cell.column, row_.number); }
    std::string here() const { return cell_name(column_, row_.number); }

    const Workbook& book_;
    TableLimits limits_;
    SheetRow row_;
    std::string type_, text_;
    std::size_t style_ = 0, column_ = 0, row_bytes_ = 0;
    int phonetic_ = 0;
    bool reading_ = false, value_ = false, formula_ = false;
};

class Rows : public SheetRows {
public:
    Rows(const Workbook& book, const TableLimits& limits) : parser_(book, limits) {}

    Result<void> open(ZipArchive& archive, const Sheet& sheet, const std::string& file) {
        ENTENTE_ASSIGN_OR_RETURN(auto source, archive.read(sheet.part));
        bytes_ = archive.members().at(sheet.part);
        stream_ = std::make_unique<XmlStream>(
            std::move(source), parser_, file, fmt::format("sheet {}", sheet.name)
        );
        return {};
    }

    Result<bool> next(SheetRow& row) override {
        while (parser_.rows.empty()) {
            ENTENTE_ASSIGN_OR_RETURN(const bool more, stream_->step());
            if (!more && parser_.rows.empty()) return false;
        }
        row = std::move(parser_.rows.front());
        parser_.rows.pop_front();
        return true;
    }

    double progress() const override {
        return bytes_ == 0 ? 1 : static_cast<double>(stream_->bytes_read()) / static_cast<double>(bytes_);
    }

private:
    Parser parser_;
    std::unique_ptr<XmlStream> stream_;
    std::uint64_t bytes_ = 0;
};

}  // namespace

std::string cell_name(std::size_t column, std::uint64_t row) {
    std::string letters;
    for (auto left = column + 1; left > 0; left = (left - 1) / 26)
        letters.insert(letters.begin(), static_cast<char>('A' + (left - 1) % 26));
    return fmt::format("{}{}", letters, row);
}

Result<std::vector<Merge>> read_merges(ZipArchive& archive, const Sheet& sheet, const std::string& file) {
    ENTENTE_ASSIGN_OR_RETURN(auto source, archive.read(sheet.part));
    Merges merges;
    ENTENTE_RETURN_IF_ERROR(
        XmlStream(std::move(source), merges, file, fmt::format("sheet {}", sheet.name)).run()
    );
    std::sort(merges.found.begin(), merges.found.end(), [](const Merge& a, const Merge& b) {
        return a.row < b.row;
    });
    return std::move(merges.found);
}

Result<std::unique_ptr<SheetRows>> SheetRows::open(
    ZipArchive& archive,
    const Workbook& book,
    const Sheet& sheet,
    const std::string& file,
    const TableLimits& limits
) {
    auto rows = std::make_unique<Rows>(book, limits);
    ENTENTE_RETURN_IF_ERROR(rows->open(archive, sheet, file));
    return rows;
}

}  // namespace entente::ingest::table
