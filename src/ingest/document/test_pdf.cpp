#include "ingest/document/test_pdf.h"

#include <zlib.h>

#include <fmt/format.h>

#include "base/check.h"

namespace entente::ingest::document {
namespace {

std::string escaped(const std::string& text) {
    std::string out;
    for (const char c : text) {
        if (c == '(' || c == ')' || c == '\\') out += '\\';
        out += c;
    }
    return out;
}

// Objects from 1 on, with the table that says where each lies.
std::string file_of(const std::vector<std::string>& objects) {
    std::string out = "%PDF-1.4\n", places;
    for (std::size_t i = 0; i < objects.size(); ++i) {
        places += fmt::format("{:010} 00000 n \n", out.size());
        out += fmt::format("{} 0 obj\n{}\nendobj\n", i + 1, objects[i]);
    }
    return out + fmt::format(
                     "xref\n0 {0}\n0000000000 65535 f \n{1}trailer << /Size {0} /Root 1 0 R "
                     ">>\nstartxref\n{2}\n%%EOF\n",
                     objects.size() + 1,
                     places,
                     out.size()
                 );
}

std::string deflated(const std::string& text) {
    std::string out(compressBound(text.size()), '\0');
    auto size = static_cast<uLongf>(out.size());
    check(
        compress2(
            reinterpret_cast<Bytef*>(out.data()),
            &size,
            reinterpret_cast<const Bytef*>(text.data()),
            text.size(),
            9
        ) == Z_OK,
        "zlib packs"
    );
    out.resize(size);
    return out;
}

std::vector<std::string> document_of(std::size_t pages) {
    std::string kids;
    for (std::size_t i = 0; i < pages; ++i) kids += fmt::format("{} 0 R ", 4 + 2 * i);
    return {
        "<< /Type /Catalog /Pages 2 0 R >>",
        fmt::format("<< /Type /Pages /Kids [{}] /Count {} >>", kids, pages),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"};
}

std::string page_of(std::size_t number) {
    return fmt::format(
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> "
        "/Contents {} 0 R >>",
        5 + 2 * number
    );
}

}  // namespace

std::string test_pdf(const std::vector<std::string>& pages) {
    auto objects = document_of(pages.size());
    for (std::size_t i = 0; i < pages.size(); ++i) {
        const auto text = fmt::format("BT /F1 11 Tf 60 740 Td ({}) Tj ET", escaped(pages[i]));
        objects.push_back(page_of(i));
        objects.push_back(fmt::format("<< /Length {} >>\nstream\n{}\nendstream", text.size(), text));
    }
    return file_of(objects);
}

std::string test_pdf_bomb() {
    std::string text = "BT /F1 11 Tf 60 740 Td ";
    for (int i = 0; i < 8'000'000; ++i) text += "(a) Tj 1 0 Td ";
    text += "ET";
    // Packed twice, so that a few kilobytes hold it.
    const auto packed = deflated(deflated(text));
    auto objects = document_of(1);
    objects.push_back(page_of(0));
    objects.push_back(fmt::format(
        "<< /Length {} /Filter [/FlateDecode /FlateDecode] >>\nstream\n{}\nendstream", packed.size(), packed
    ));
    return file_of(objects);
}

}  // namespace entente::ingest::document
