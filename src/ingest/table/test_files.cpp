#include "ingest/table/test_files.h"

#include <sys/mman.h>
#include <unistd.h>

#include <fmt/format.h>
#include <zlib.h>
#include <zstd.h>

#include "base/check.h"

namespace entente::ingest::table {
namespace {

std::string deflated(std::string_view text, int window) {
    std::string out(compressBound(static_cast<uLong>(text.size())) + 64, '\0');
    z_stream stream{};
    check(deflateInit2(&stream, 9, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY) == Z_OK, "zlib packs");
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    check(deflate(&stream, Z_FINISH) == Z_STREAM_END, "zlib packs all");
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

void put(std::string& out, std::uint64_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) out.push_back(static_cast<char>(value >> (8 * i) & 0xFF));
}

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text)
        out += c == '<' ? "&lt;" : c == '&' ? "&amp;" : c == '"' ? "&quot;" : std::string(1, c);
    return out;
}

}  // namespace

int file_of(std::string_view bytes) {
    const int descriptor = memfd_create("table", MFD_CLOEXEC);
    for (std::size_t done = 0; done < bytes.size();) {
        const auto wrote = write(descriptor, bytes.data() + done, bytes.size() - done);
        check(wrote > 0, "a file in memory takes all bytes");
        done += static_cast<std::size_t>(wrote);
    }
    lseek(descriptor, 0, SEEK_SET);
    return descriptor;
}

std::string gzip(std::string_view text) {
    return deflated(text, 15 + 16);
}

std::string zstd(std::string_view text) {
    std::string out(ZSTD_compressBound(text.size()), '\0');
    auto* const context = ZSTD_createCCtx();
    ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1);  // as the zstd program does
    out.resize(ZSTD_compress2(context, out.data(), out.size(), text.data(), text.size()));
    ZSTD_freeCCtx(context);
    return out;
}

std::string zip(const std::vector<ZipMember>& members) {
    std::string out, directory;
    for (const auto& member : members) {
        const auto stored = member.packed ? deflated(member.text, -15) : member.text;
        const auto offset = member.same_place_as_first ? 0 : out.size();
        const auto size = member.claimed_size != 0 ? member.claimed_size : member.text.size();
        std::string common;  // what the local header and the directory have in common
        put(common, 20, 2), put(common, member.flags, 2), put(common, member.packed ? 8 : 0, 2);
        put(common, 0, 4);
        put(common,
            crc32(
                0, reinterpret_cast<const Bytef*>(member.text.data()), static_cast<uInt>(member.text.size())
            ),
            4);
        put(common, stored.size(), 4), put(common, size, 4), put(common, member.name.size(), 2),
            put(common, 0, 2);
        if (!member.same_place_as_first) out += "PK\x03\x04" + common + member.name + stored;
        directory += "PK\x01\x02";
        put(directory, 20, 2);
        directory += common;
        put(directory, 0, 2), put(directory, 0, 2), put(directory, 0, 2), put(directory, 0, 4);
        put(directory, offset, 4);
        directory += member.name;
    }
    const auto start = out.size();
    out += directory;
    out += "PK\x05\x06";
    put(out, 0, 4), put(out, members.size(), 2), put(out, members.size(), 2);
    put(out, directory.size(), 4), put(out, start, 4), put(out, 0, 2);
    return out;
}

std::vector<ZipMember> workbook(
    const std::vector<TestSheet>& sheets,
    const std::vector<std::string>& strings,
    const std::vector<std::string>& formats,
    bool from_1904
) {
    const std::string head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    const std::string ns = "http://schemas.openxmlformats.org/";
    std::string book = head + "<workbook xmlns:r=\"" + ns + "officeDocument/2006/relationships\">";
    std::string relations = head + "<Relationships>";
    if (from_1904) book += "<workbookPr date1904=\"1\"/>";
    book += "<sheets>";
    std::vector<ZipMember> members;
    for (std::size_t i = 0; i < sheets.size(); ++i) {
        const auto& sheet = sheets[i];
        book += fmt::format(
            "<sheet name=\"{}\" sheetId=\"{}\" r:id=\"rId{}\"{}/>",
            escaped(sheet.name),
            i + 1,
            i + 1,
            sheet.state.empty() ? "" : " state=\"" + sheet.state + "\""
        );
        relations +=
            fmt::format("<Relationship Id=\"rId{}\" Target=\"worksheets/sheet{}.xml\"/>", i + 1, i + 1);
        members.push_back(
            {fmt::format("xl/worksheets/sheet{}.xml", i + 1),
             head + "<worksheet><sheetData>" + sheet.rows + "</sheetData>" + sheet.behind + "</worksheet>",
             true}
        );
    }
    std::string styles = head + "<styleSheet><numFmts>", cells = "<cellXfs><xf numFmtId=\"0\"/>";
    for (std::size_t i = 0; i < formats.size(); ++i) {
        styles += fmt::format("<numFmt numFmtId=\"{}\" formatCode=\"{}\"/>", 164 + i, escaped(formats[i]));
        cells += fmt::format("<xf numFmtId=\"{}\"/>", 164 + i);
    }
    std::string shared = head + "<sst>";
    for (const auto& text : strings) shared += "<si><t>" + escaped(text) + "</t></si>";
    members.insert(
        members.begin(),
        {{"_rels/.rels",
          head + "<Relationships><Relationship Id=\"r\" Type=\"" + ns +
              "officeDocument/2006/relationships/officeDocument\" "
              "Target=\"xl/workbook.xml\"/></Relationships>"},
         {"xl/workbook.xml", book + "</sheets></workbook>"},
         {"xl/_rels/workbook.xml.rels", relations + "</Relationships>"},
         {"xl/styles.xml", styles + "</numFmts>" + cells + "</cellXfs></styleSheet>"},
         {"xl/sharedStrings.xml", shared + "</sst>", true}}
    );
    return members;
}

}  // namespace entente::ingest::table
