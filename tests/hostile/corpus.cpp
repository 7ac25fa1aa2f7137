#include "corpus.h"

#include <fmt/format.h>

#include "ingest/table/test_files.h"

namespace entente::hostile {
namespace {

using namespace ingest::table;

constexpr std::size_t kMiB = 1U << 20;
const std::string kHeader = "id,who,when\n";

std::string row(int number, const std::string& cells) {
    return fmt::format("<row r=\"{}\">{}</row>", number, cells);
}
std::string text(const std::string& place, const std::string& value) {
    return fmt::format("<c r=\"{}\" t=\"inlineStr\"><is><t>{}</t></is></c>", place, value);
}
std::string head() {
    return row(1, text("A1", "id") + text("B1", "who") + text("C1", "when"));
}
std::string good(int number) {
    return row(
        number,
        text(fmt::format("A{}", number), "1") + text(fmt::format("B{}", number), "France") +
            text(fmt::format("C{}", number), "2024-01-02")
    );
}
std::string book(const std::string& rows, const std::string& behind = {}) {
    return zip(workbook({{"S", rows, behind}}));
}
std::string with(ZipMember member) {
    auto members = workbook({{"S", head() + good(2)}});
    members.push_back(std::move(member));
    return zip(members);
}
std::string sheet_xml(const std::string& xml) {
    auto members = workbook({{"S", head()}});
    for (auto& member : members)
        if (member.name == "xl/worksheets/sheet1.xml") member.text = xml;
    return zip(members);
}
std::string lines(std::size_t bytes) {
    std::string out = kHeader;
    for (int i = 0; out.size() < bytes; ++i) out += fmt::format("{},France,2024-01-02\n", i);
    return out;
}

void add_text(std::vector<Case>& out) {
    out.push_back({"empty.csv", "", "found an empty file"});
    out.push_back({"blank.csv", "\n \n\t\n", "found no text"});
    out.push_back({"header-only.csv", kHeader, "0 seen", false});
    out.push_back(
        {"binary.csv", std::string("id,who,when\n1,\0\x01\x02,x\n", 23), "line 2, byte 3: found a zero byte"}
    );
    out.push_back(
        {"elf.csv",
         "\x7F"
         "ELF\x02\x01\x01" +
             std::string(100, '\0'),
         "found a zero byte"}
    );
    out.push_back(
        {"latin1.csv",
         kHeader + "1,C\xF4te d'Ivoire,2024\n",
         "line 2, byte 4: found byte 0xF4, which is no UTF-8"}
    );
    out.push_back({"overlong.csv", kHeader + "1,\xC0\xAF,2024\n", "found byte 0xC0"});
    out.push_back({"surrogate.csv", kHeader + "1,\xED\xA0\x80,2024\n", "found byte 0xED"});
    out.push_back({"cut-character.csv", kHeader + "1,France,\xE2\x82", "which is no UTF-8"});
    out.push_back({"utf16le.csv", std::string("\xFF\xFEi\0d\0\n\0", 8), "found UTF-16"});
    out.push_back({"utf16be.csv", std::string("\xFE\xFF\0i\0d\0\n", 8), "found UTF-16"});
    out.push_back({"utf16-no-mark.csv", std::string("i\0d\0,\0w\0\n\0", 10), "found a zero byte"});
    out.push_back(
        {"wrong-delimiter.csv",
         "id|who|when\n1|France|2024\n",
         "found the columns id|who|when, expected also id"}
    );
    out.push_back({"old-mac.csv", "id,who,when\r1,France,2024\r", "found line ends of CR alone"});
    out.push_back(
        {"open-quote.csv", kHeader + "1,\"France,2024\n", "line 2: found a quote that is never closed"}
    );
    out.push_back(
        {"open-quote-long.csv",
         kHeader + "1,\"" + std::string(3 * kMiB, 'x'),
         "line 2: found over 1024 KiB in one cell"}
    );
    out.push_back(
        {"long-line.csv",
         kHeader + "1," + std::string(100 * kMiB, 'x') + ",2024\n",
         "line 2: found over 1024 KiB in one cell"}
    );
    out.push_back(
        {"many-columns.csv", kHeader + std::string(3000, ',') + "\n1\n", "line 2: found over 2000 columns"}
    );
    out.push_back(
        {"many-columns-filled.csv",
         kHeader + "1" +
             [] {
                 std::string s;
                 for (int i = 0; i < 3000; ++i) s += ",x";
                 return s;
             }() +
             "\n",
         "line 2: found over 2000 columns"}
    );
    out.push_back(
        {"wide-row.csv",
         kHeader +
             [] {
                 std::string s;
                 for (int i = 0; i < 40; ++i) s += std::string(kMiB / 2, 'x') + ",";
                 return s;
             }(),
         "line 2: found over 16 MiB in one row"}
    );
    out.push_back(
        {"million-rows.csv",
         [] {
             std::string s = kHeader;
             for (int i = 0; i < 1'000'001; ++i) s += "1\n";
             return s;
         }(),
         "found over 1000000 rows"}
    );
    out.push_back(
        {"dates.csv",
         kHeader + "1,France,2024-02-30\n2,France,0000-01-01\n3,France,2024-13-01\n4,France,99999-01-01\n5,"
                   "France,yesterday\n6,France,-2024\n7,France,2024-01-02\n",
         "found '2024-02-30', February 2024 has 29 days: expected a date such as 2024-04-03",
         false}
    );
    out.push_back(
        {"ragged.csv", kHeader + "1,France\n2,France,2024-01-02,x,y\n", "found 5 cells, expected 3", false}
    );
    out.push_back(
        {"path.csv",
         kHeader + "../../etc/passwd,/etc/passwd,2024\n",
         "found '/etc/passwd', expected a state",
         false}
    );
    out.push_back({"formula.csv", kHeader + "1,=cmd|' /C calc'!A0,2024\n", "expected a state", false});
    out.push_back({"controls.csv", kHeader + "\x1B[31m,France,2024-01-02\n", "set aside", false});
    out.push_back({"report.pdf", "%PDF-1.7\nx", "found a PDF"});
    out.push_back(
        {"old.xls", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + std::string(500, '\0'), "found an Excel 97 file"}
    );
}

void add_json(std::vector<Case>& out) {
    std::string deep = "{\"id\":", list = "{\"id\":";
    for (int i = 0; i < 100'000; ++i) deep += "{\"a\":", list += "[";
    out.push_back({"deep.ndjson", deep + "\n", "line 1: id: found an object inside the object"});
    out.push_back({"deep-list.ndjson", list + "\n", "line 1: id: found a list inside a list"});
    out.push_back(
        {"twice.ndjson",
         "{\"id\":1,\"who\":\"France\",\"when\":\"2024\",\"id\":2}\n",
         "line 1: found id twice"}
    );
    out.push_back(
        {"cut.ndjson",
         "{\"id\":1,\"who\":\"France\",\"when\":\"2024\"}\n{\"id\":2,\"wh",
         "line 2: found no JSON object"}
    );
    out.push_back({"array.ndjson", "[\n{\"id\":1}]\n", "found a JSON list"});
    out.push_back(
        {"new-key.ndjson",
         [] {
             std::string s;
             for (int i = 0; i < 150; ++i)
                 s += fmt::format("{{\"id\":{},\"who\":\"France\",\"when\":\"2024\"}}\n", i);
             return s;
         }() +
             "{\"id\":1,\"evil\":1}\n",
         "found the key evil",
         false}
    );
    out.push_back({"number.ndjson", "{\"id\":1e999999999,\"who\":\"France\",\"when\":\"2024\"}\n", "", false}
    );
    out.push_back(
        {"many-keys.ndjson",
         [] {
             std::string s = "{\"k\":1";
             for (int i = 0; i < 5000; ++i) s += fmt::format(",\"k{}\":1", i);
             return s;
         }() +
             "}\n",
         "expected also id"}
    );
}

void add_packed(std::vector<Case>& out) {
    const auto table = lines(300'000);
    const auto zeros = kHeader + std::string(64 * kMiB, '\n');
    for (const auto& [ending, packed, bomb] :
         {std::tuple{"gz", gzip(table), gzip(zeros)}, std::tuple{"zst", zstd(table), zstd(zeros)}}) {
        for (const std::size_t size : {packed.size() / 3, packed.size() - 1, std::size_t{20}})
            out.push_back(
                {fmt::format("cut-{}.csv.{}", size, ending), packed.substr(0, size), "the file is cut"}
            );
        auto damaged = packed;
        for (std::size_t at = damaged.size() / 2; at < damaged.size() / 2 + 40; ++at)
            damaged[at] = static_cast<char>(damaged[at] ^ 0x5A);
        out.push_back({fmt::format("damaged.csv.{}", ending), damaged, ""});
        out.push_back(
            {fmt::format("bomb.csv.{}", ending), bomb, "more than 100 times as much, which is the limit"}
        );
        out.push_back({fmt::format("rubbish-behind.csv.{}", ending), packed + "rubbish behind it", "damaged"}
        );
    }
    out.push_back({"twice-packed.csv.gz", gzip(zstd(table)), "packed file inside a packed file"});
    out.push_back({"head-only.gz", std::string("\x1F\x8B\x08\0\0\0\0\0\0\x03", 10), "the file is cut"});
    // A window of 2 GiB, as zstd --long=31 would write it.
    out.push_back(
        {"window.zst", std::string("\x28\xB5\x2F\xFD\x00\xA8", 6) + std::string(100, 'x'), "damaged"}
    );
}

void add_zip(std::vector<Case>& out) {
    const auto sound = book(head() + good(2));
    for (std::size_t part = 1; part < 12; ++part)
        out.push_back({fmt::format("cut-{}.xlsx", part), sound.substr(0, sound.size() * part / 12), ""});
    out.push_back({"not.xlsx", zip({{"readme.txt", "x"}}), "without a workbook"});
    out.push_back({"empty-archive.xlsx", zip({}), "without its directory"});
    out.push_back(
        {"slip.xlsx",
         with({"../../../../etc/cron.d/x", "* * * * * root x"}),
         "found a ZIP member named ../../../../etc/cron.d/x"}
    );
    out.push_back({"slip-absolute.xlsx", with({"/etc/passwd", "x"}), "found a ZIP member named /etc/passwd"});
    out.push_back({"slip-windows.xlsx", with({"..\\..\\x", "x"}), "found a ZIP member named"});
    out.push_back(
        {"bomb-ratio.xlsx",
         with({"xl/media/x", std::string(64 * kMiB, '0'), true}),
         "more than 100 times as much"}
    );
    out.push_back(
        {"bomb-total.xlsx", with({"xl/media/x", "x", false, 4'000'000'000U}), "unpacks to over 200 MiB"}
    );
    std::vector<ZipMember> overlapping = workbook({{"S", head() + good(2)}});
    for (int i = 0; i < 300; ++i)
        overlapping.push_back({overlapping[0].name, overlapping[0].text, false, 0, true});
    out.push_back({"bomb-same-name.xlsx", zip(overlapping), "twice"});
    // Directory entries of one length that all point at the first member: the quoted overlap.
    auto quoted = workbook({{"S", head() + good(2)}});
    quoted.insert(quoted.begin(), {"xl/aaaa.bin", "x"});
    for (int i = 0; i < 300; ++i)
        quoted.push_back({fmt::format("xl/b{:03}.bin", i).substr(0, 11), "x", false, 0, true});
    out.push_back({"bomb-overlap.xlsx", zip(quoted), ""});
    std::vector<ZipMember> many = workbook({{"S", head() + good(2)}});
    for (int i = 0; i < 2000; ++i) many.push_back({fmt::format("xl/{}", i), ""});
    out.push_back({"many-members.xlsx", zip(many), "more than 1000, which is the limit"});
    out.push_back({"password.xlsx", with({"xl/secret.xml", "x", false, 0, false, 1}), "encrypted"});
    auto lying = workbook({{"S", head() + good(2)}});
    lying[5].claimed_size = 10;
    out.push_back({"lying-size.xlsx", zip(lying), ""});
}

void add_workbooks(std::vector<Case>& out) {
    out.push_back(
        {"macros.xlsx",
         with({"xl/vbaProject.bin", "\xD0\xCF\x11\xE0"}),
         "it holds macros: they are not read and never run",
         false}
    );
    out.push_back(
        {"links.xlsx",
         with({"xl/externalLinks/externalLink1.xml", "<x/>"}),
         "links to other workbooks: they are never followed",
         false}
    );
    out.push_back(
        {"connections.xlsx",
         with({"xl/connections.xml", "<x/>"}),
         "connections to data elsewhere: they are never followed",
         false}
    );
    out.push_back(
        {"formulas.xlsx",
         book(
             head() + row(2,
                          text("A2", "1") + "<c r=\"B2\"><f>WEBSERVICE(\"http://192.0.2.1/\")</f></c>" +
                              text("C2", "2024"))
         ),
         "B2 is a formula without a stored value",
         false}
    );
    out.push_back(
        {"errors.xlsx",
         book(head() + row(2, text("A2", "1") + "<c r=\"B2\" t=\"e\"><v>#REF!</v></c>" + text("C2", "2024"))),
         "B2 holds the error #REF!",
         false}
    );
    out.push_back(
        {"doctype.xlsx",
         sheet_xml("<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b "
                   "\"&a;&a;&a;&a;&a;&a;&a;&a;\">]><worksheet><sheetData>&b;</sheetData></worksheet>"),
         "found a document type (DTD), which is refused"}
    );
    out.push_back(
        {"external-entity.xlsx",
         sheet_xml("<!DOCTYPE x SYSTEM \"file:///etc/passwd\"><worksheet/>"),
         "found a document type (DTD), which is refused"}
    );
    std::string deep;
    for (int i = 0; i < 200'000; ++i) deep += "<a>";
    out.push_back({"deep.xlsx", sheet_xml(deep), "found XML nested deeper than 64"});
    out.push_back({"token.xlsx", sheet_xml("<worksheet a=\"" + std::string(50 * kMiB, 'x')), ""});
    out.push_back(
        {"dimension.xlsx", book(head() + good(2) + row(1'048'576, text("A1048576", "1"))), "", false}
    );
    out.push_back({"wide.xlsx", book(head() + row(2, text("XFD2", "1"))), "XFD2: found over 2000 columns"});
    out.push_back({"rows-back.xlsx", book(head() + good(5) + good(3)), "found row 3 behind row 5"});
    out.push_back(
        {"string.xlsx",
         book(head() + row(2, "<c r=\"A2\" t=\"s\"><v>4000000000</v></c>")),
         "A2: found shared string 4000000000"}
    );
    // One long shared string in every cell: 20,000 cells of 30,000 characters out of a small file.
    std::string cells = head();
    for (int r = 2; r < 202; ++r) {
        std::string line;
        for (int c = 0; c < 100; ++c) line += "<c t=\"s\"><v>0</v></c>";
        cells += row(r, line);
    }
    out.push_back(
        {"repeated-string.xlsx",
         zip(workbook({{"S", cells}}, {[] {
                          std::string s;
                          for (int i = 0; s.size() < 30'000; ++i) s += std::to_string(i * 7919);
                          return s;
                      }()})),
         "expected also id",
         true}
    );
    std::string merges = "<mergeCells>";
    for (int i = 0; i < 110'000; ++i)
        merges += fmt::format("<mergeCell ref=\"A{}:B{}\"/>", i % 90'000 + 2, i % 90'000 + 3);
    out.push_back(
        {"merges.xlsx", book(head() + good(2), merges + "</mergeCells>"), "over 100000 merged blocks"}
    );
}

}  // namespace

std::vector<Case> corpus() {
    std::vector<Case> out;
    add_text(out), add_json(out), add_packed(out), add_zip(out), add_workbooks(out);
    return out;
}

}  // namespace entente::hostile
