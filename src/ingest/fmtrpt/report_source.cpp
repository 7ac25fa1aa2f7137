#include "ingest/fmtrpt/report_source.h"

#include <algorithm>
#include <fstream>
#include <optional>
#include <set>
#include <unordered_map>

#include <fmt/format.h>

#include "base/codec.h"
#include "ingest/fmtrpt/cells.h"
#include "ingest/fmtrpt/lines.h"
#include "ingest/fmtrpt/reading.h"
#include "ingest/fmtrpt/text.h"
#include "ingest/fmtrpt/totals.h"

namespace entente::ingest::fmtrpt {
namespace {

namespace fs = std::filesystem;

Result<Hash> hash_of_file(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) return fail(ErrorCode::not_found, path.string(), "found no readable file");
    Sha256Stream hash;
    std::string block(1 << 20, '\0');
    while (in.read(block.data(), static_cast<std::streamsize>(block.size())) || in.gcount() > 0)
        hash.update(std::string_view(block).substr(0, static_cast<std::size_t>(in.gcount())));
    return hash.finish();
}

// First 16 hex digits of SHA-256 over the cells joined with TAB, then TAB and how often the row has occurred
// so far: the way in which the published files make their ids.
class RowIds {
public:
    std::string next(const std::vector<std::string_view>& cells) {
        std::string joined;
        for (const auto& cell : cells) joined.append(cell) += '\t';
        const auto ordinal = ++seen_[std::hash<std::string>()(joined)];
        return hex(sha256(joined, std::to_string(ordinal)).view()).substr(0, 16);
    }

private:
    std::unordered_map<std::size_t, std::uint32_t> seen_;
};

class ReportSource final : public ImportSource {
public:
    ReportSource(std::vector<fs::path> paths, OpenTable open)
        : paths_(std::move(paths)), open_(std::move(open)) {}

    Result<void> prepare() {
        std::set<std::string> editions;
        for (const auto& path : paths_) {
            ImportFile file;
            file.name = path.filename().string();
            std::error_code ec;
            file.bytes = fs::file_size(path, ec);
            ENTENTE_ASSIGN_OR_RETURN(file.sha256, hash_of_file(path));
            ENTENTE_ASSIGN_OR_RETURN(file.edition, edition_of(path));
            if (!editions.insert(file.edition).second)
                return fail(
                    ErrorCode::invalid_argument,
                    path.string(),
                    fmt::format("found report {} a second time, expected each report once", file.edition)
                );
            total_bytes_ += file.bytes;
            files_.push_back(std::move(file));
        }
        return {};
    }

    const std::string& key() const override { return key_; }
    domain::Content description() const override {
        return {
            {"key", key_},
            {"title", "Foreign Military Training and DoD Engagement Activities of Interest, Volume I"},
            {"publisher", "US Departments of State and Defense; extracted by Security Force Monitor"},
            {"licence", "Reports: public domain in the United States. Extraction: MIT"},
            {"held_as", "copy"}};
    }
    const std::vector<ImportFile>& files() const override { return files_; }

    Result<void> restart() override {
        reader_.reset();
        file_ = 0, read_before_ = 0;
        return {};
    }
    double progress() const override {
        if (total_bytes_ == 0) return 1;
        const auto now = reader_ ? reader_->bytes_read() : 0;
        return std::min(1.0, static_cast<double>(read_before_ + now) / static_cast<double>(total_bytes_));
    }

    Result<bool> next(ImportRow& row) override {
        row = {};
        for (;;) {
            if (!reader_ && file_ == paths_.size()) return false;
            if (!reader_) ENTENTE_RETURN_IF_ERROR(open_next());
            table::TableRow found;
            auto more = reader_->next(found);
            if (!more) return std::unexpected(in_file(std::move(more).error()));
            if (*more) {
                read(found, row);
                return true;
            }
            read_before_ += files_[file_ - 1].bytes;
            reader_.reset();
        }
    }

private:
    Error in_file(Error error) const {
        if (error.field.empty() || error.field == "line") error.field = files_[file_ - 1].name;
        return error;
    }

    // The report by the first row, or by the name of the file.
    Result<std::string> edition_of(const fs::path& path) const {
        const auto name = path.filename().string();
        ENTENTE_ASSIGN_OR_RETURN(const auto reader, open_(path));
        auto layout = Layout::find(reader->columns());
        if (!layout) {
            layout.error().field = name;
            return std::unexpected(std::move(layout).error());
        }
        if (layout->is_totals()) return std::string("printed_totals");
        table::TableRow row;
        ENTENTE_ASSIGN_OR_RETURN(const bool more, reader->next(row));
        const auto place =
            read_place(more ? layout->pick(row.cells)[Column::section] : std::string_view(), name);
        if (!place.report.empty()) return place.report;
        std::string edition = name;
        std::replace(edition.begin(), edition.end(), ' ', '_');
        return edition;
    }

    Result<void> open_next() {
        const auto& path = paths_[file_];
        ENTENTE_ASSIGN_OR_RETURN(reader_, open_(path));
        ENTENTE_ASSIGN_OR_RETURN(layout_, Layout::find(reader_->columns()));
        ++file_;
        watch_ = {};
        ids_ = {};
        return {};
    }

    void read(const table::TableRow& found, ImportRow& row) {
        row.file = file_;
        row.place = std::to_string(found.line);
        if (found.cells.size() != layout_->width()) {
            row.field = "row";
            row.reason = fmt::format("found {} cells, expected {}", found.cells.size(), layout_->width());
            return;
        }
        const auto cells = layout_->pick(found.cells);
        row.id = layout_->has(Column::id) ? std::string(trim(cells[Column::id])) : ids_.next(found.cells);
        const auto place = read_place(cells[Column::section], files_[file_ - 1].name);
        if (layout_->is_totals() || watch_.is_total(cells)) return read_total(cells, place, row);
        if (cells[Column::course].starts_with("No activities reported"))
            return set_aside(row, "course_title", "the report says that there were no activities");
        const auto reading = read_row(cells, watch_.style());
        watch_.count(cells);
        if (reading.is_fragment())
            return set_aside(
                row, "row", "found no people, no cost and no date: words that wrapped out of a neighbour"
            );
        row.records.push_back({"training_line", row.id, training_line(cells, reading, place, row.remarks)});
        row.records.back().content["source_id"] = row.id;
    }

    static void set_aside(ImportRow& row, const char* field, const char* reason) {
        row.field = field, row.reason = reason;
    }

    void read_total(const Cells& cells, const Place& place, ImportRow& row) {
        watch_.close();
        row.records.push_back({"training_total", row.id, training_total(cells, place, row.remarks)});
        row.records.back().content["source_id"] = row.id;
        if (!layout_->is_totals())
            row.remarks.push_back("a printed total: kept for comparison, never counted");
    }

    std::string key_ = "fmtrpt";
    std::vector<fs::path> paths_;
    OpenTable open_;
    std::vector<ImportFile> files_;
    std::uint64_t total_bytes_ = 0, read_before_ = 0;
    std::size_t file_ = 0;  // number of the file that is open, or was last
    std::unique_ptr<table::TableReader> reader_;
    std::optional<Layout> layout_;
    TotalsWatch watch_;
    RowIds ids_;
};

// A folder stands for the reports and totals in it.
Result<std::vector<fs::path>> expand(const std::vector<fs::path>& given) {
    std::vector<fs::path> out;
    for (const auto& path : given) {
        std::error_code ec;
        if (!fs::is_directory(path, ec)) {
            out.push_back(path);
            continue;
        }
        const auto before = out.size();
        for (const auto& entry : fs::directory_iterator(path, ec)) {
            const auto name = entry.path().filename().string();
            if (name.find(".tsv") != std::string::npos) out.push_back(entry.path());
        }
        std::sort(out.begin() + static_cast<std::ptrdiff_t>(before), out.end());
        if (out.size() == before)
            return fail(ErrorCode::not_found, path.string(), "found no .tsv files in the folder");
    }
    return out;
}

}  // namespace

Result<std::unique_ptr<ImportSource>> open_reports(
    const std::vector<fs::path>& files, const OpenTable& open
) {
    ENTENTE_ASSIGN_OR_RETURN(auto paths, expand(files));
    auto source = std::make_unique<ReportSource>(std::move(paths), open);
    ENTENTE_RETURN_IF_ERROR(source->prepare());
    return source;
}

}  // namespace entente::ingest::fmtrpt
