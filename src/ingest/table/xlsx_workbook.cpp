#include "ingest/table/xlsx_workbook.h"

#include <algorithm>
#include <charconv>
#include <map>

#include <fmt/format.h>

#include "ingest/table/xml_stream.h"

namespace entente::ingest::table {
namespace {

unsigned number(std::string_view text) {
    unsigned value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

/// Relations of a part to others, by id; those that lead out of the file are left out.
struct Relations : XmlHandler {
    void start(std::string_view name, const XmlAttributes& attributes) override {
        if (name != "Relationship" || attributes["TargetMode"] == "External") return;
        targets[std::string(attributes["Id"])] = attributes["Target"];
        if (attributes["Type"].ends_with("/officeDocument")) document = attributes["Target"];
    }
    void end(std::string_view) override {}
    void text(std::string_view) override {}

    std::map<std::string, std::string> targets;
    std::string document;
};

struct WorkbookPart : XmlHandler {
    struct Named {
        std::string name, relation;
        bool hidden;
    };
    void start(std::string_view name, const XmlAttributes& attributes) override {
        if (name == "workbookPr")
            from_1904 = attributes["date1904"] == "1" || attributes["date1904"] == "true";
        if (name == "sheet")
            sheets.push_back(
                {std::string(attributes["name"]),
                 std::string(attributes["id"]),
                 attributes["state"] == "hidden" || attributes["state"] == "veryHidden"}
            );
    }
    void end(std::string_view) override {}
    void text(std::string_view) override {}

    std::vector<Named> sheets;
    bool from_1904 = false;
};

struct Styles : XmlHandler {
    void start(std::string_view name, const XmlAttributes& attributes) override {
        if (name == "numFmt")
            formats[number(attributes["numFmtId"])] = style_of_format(attributes["formatCode"]);
        if (name == "cellXfs") in_cells = true;
        if (name != "xf" || !in_cells) return;
        const auto id = number(attributes["numFmtId"]);
        const auto own = formats.find(id);
        styles.push_back(own != formats.end() ? own->second : builtin_style(id));
    }
    void end(std::string_view name) override {
        if (name == "cellXfs") in_cells = false;
    }
    void text(std::string_view) override {}

    std::map<unsigned, DateStyle> formats;
    std::vector<DateStyle> styles;
    bool in_cells = false;
};

/// Shared strings: the runs of each joined, phonetic hints left out.
struct SharedStrings : XmlHandler {
    explicit SharedStrings(Workbook& to) : book(to) {}
    void start(std::string_view name, const XmlAttributes&) override {
        if (name == "rPh") ++phonetic;
        if (name == "t") in_text = true;
    }
    void end(std::string_view name) override {
        if (name == "rPh") --phonetic;
        if (name == "t") in_text = false;
        if (name == "si") book.ends.push_back(book.strings.size());
    }
    void text(std::string_view part) override {
        if (in_text && phonetic == 0) book.strings += part;
    }

    Workbook& book;
    int phonetic = 0;
    bool in_text = false;
};

class Opener {
public:
    Opener(ZipArchive& archive, const std::string& name) : archive_(archive), name_(name) {}

    Result<std::unique_ptr<Workbook>> run() {
        ENTENTE_RETURN_IF_ERROR(refuse_other_documents());
        Relations root;
        ENTENTE_RETURN_IF_ERROR(read("_rels/.rels", root));
        const auto document = inside("", root.document.empty() ? "xl/workbook.xml" : root.document);
        if (!archive_.has(document))
            return wrong("found a ZIP without a workbook in it, expected an XLSX file");
        const auto slash = document.rfind('/');
        const auto folder = slash == document.npos ? std::string() : document.substr(0, slash + 1);
        WorkbookPart part;
        Relations relations;
        Styles styles;
        ENTENTE_RETURN_IF_ERROR(read(document, part));
        ENTENTE_RETURN_IF_ERROR(read(folder + "_rels/" + document.substr(folder.size()) + ".rels", relations)
        );
        ENTENTE_RETURN_IF_ERROR(read(folder + "styles.xml", styles));
        SharedStrings strings(*book_);
        ENTENTE_RETURN_IF_ERROR(read(folder + "sharedStrings.xml", strings));
        for (const auto& sheet : part.sheets) {
            const auto target = relations.targets.find(sheet.relation);
            const auto member = target == relations.targets.end() ? "" : inside(folder, target->second);
            if (archive_.has(member)) book_->sheets.push_back({sheet.name, member, sheet.hidden});
        }
        if (book_->sheets.empty()) return wrong("found a workbook without a sheet that can be read");
        book_->from_1904 = part.from_1904;
        book_->styles = std::move(styles.styles);
        add_remarks();
        return std::move(book_);
    }

private:
    Result<void> refuse_other_documents() const {
        if (archive_.has("content.xml"))
            return wrong("found an OpenDocument file, expected XLSX: save it as .xlsx");
        if (archive_.has("word/document.xml"))
            return wrong("found a text document, expected a workbook (XLSX)");
        if (archive_.has("xl/workbook.bin"))
            return wrong("found a binary workbook (XLSB), expected XLSX: save it as .xlsx");
        return {};
    }

    // A part that is not there has nothing to say.
    Result<void> read(const std::string& member, XmlHandler& handler) {
        if (!archive_.has(member)) return {};
        ENTENTE_ASSIGN_OR_RETURN(auto source, archive_.read(member));
        return XmlStream(std::move(source), handler, name_, member).run();
    }

    // A target as a name in the archive: from its top when it begins with `/`, else from the folder.
    static std::string inside(const std::string& folder, const std::string& target) {
        return target.starts_with("/") ? target.substr(1) : folder + target;
    }

    void add_remarks() {
        const auto holds = [&](std::string_view part) {
            return std::any_of(archive_.members().begin(), archive_.members().end(), [&](const auto& member) {
                return member.first.find(part) != std::string::npos;
            });
        };
        if (holds("vbaProject"))
            book_->remarks.emplace_back("it holds macros: they are not read and never run");
        if (holds("externalLinks/"))
            book_->remarks.emplace_back("it holds links to other workbooks: they are never followed");
        if (holds("connections.xml") || holds("queryTables/"))
            book_->remarks.emplace_back("it holds connections to data elsewhere: they are never followed");
    }

    std::unexpected<Error> wrong(const char* message) const {
        return fail(ErrorCode::invalid_argument, name_, message);
    }

    ZipArchive& archive_;
    std::string name_;
    std::unique_ptr<Workbook> book_ = std::make_unique<Workbook>();
};

}  // namespace

Result<std::unique_ptr<Workbook>> read_workbook(ZipArchive& archive, const std::string& name) {
    return Opener(archive, name).run();
}

}  // namespace entente::ingest::table
