#include "drawing/sheet.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <fmt/format.h>

#include <cmath>
#include <memory>
#include <string_view>

#include "drawing/draw_document.h"
#include "drawing/draw_picture.h"

namespace entente::drawing {
namespace {

constexpr double kA4Width = 595.276;
constexpr double kA4Height = 841.89;
constexpr double kSheetWidth = 720;

struct Closes {
    void operator()(cairo_t* cairo) const { cairo_destroy(cairo); }
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};
using Surface = std::unique_ptr<cairo_surface_t, Closes>;
using Cairo = std::unique_ptr<cairo_t, Closes>;

cairo_status_t take(void* into, const unsigned char* data, unsigned length) {
    static_cast<std::string*>(into)->append(reinterpret_cast<const char*>(data), length);
    return CAIRO_STATUS_SUCCESS;
}

Result<void> finish(cairo_surface_t* surface) {
    cairo_surface_finish(surface);
    const auto status = cairo_surface_status(surface);
    if (status == CAIRO_STATUS_SUCCESS) return {};
    return fail(ErrorCode::unavailable, "drawing", fmt::format("found {}", cairo_status_to_string(status)));
}

std::string escaped(const std::string& text) {
    std::string out;
    for (const char c : text) {
        if (c == '&')
            out += "&amp;";
        else if (c == '<')
            out += "&lt;";
        else if (c == '>')
            out += "&gt;";
        else
            out += c;
    }
    return out;
}

/// Title and description for who cannot see it: cairo writes neither.
void describe(std::string& svg, const picture::Picture& picture) {
    const auto root = svg.find("<svg");
    const auto end = svg.find('>', root);
    if (root == std::string::npos || end == std::string::npos) return;
    const auto words = picture.sentence + (picture.description.empty() ? "" : " " + picture.description);
    svg.insert(
        end + 1, fmt::format("\n<title>{}</title>\n<desc>{}</desc>", escaped(picture.title), escaped(words))
    );
    svg.insert(root + 4, " role=\"img\"");
    // Cairo numbers its surfaces over the life of the program; the same picture has the same bytes.
    constexpr std::string_view kNumbered = "<g id=\"surface";
    if (const auto at = svg.find(kNumbered); at != std::string::npos)
        svg.replace(at, svg.find('>', at) - at, "<g id=\"picture\"");
}

/// A picture with its title, sentence, notes and foot, from the top left corner; its height.
double draw_sheet(Canvas& canvas, const picture::Picture& picture, double width) {
    constexpr double kMargin = 24;
    const double room = width - 2 * kMargin;
    double y = kMargin + 12;
    canvas.words_within({kMargin, y}, room, picture.title, {15, Weight::strong});
    y += 17;
    if (!picture.sentence.empty())
        y += 13 * static_cast<double>(canvas.paragraph({kMargin, y}, room, 13, picture.sentence, {9.5}, 4));
    y += 4;
    const double height = natural_height(picture);
    draw_picture(canvas, picture, {kMargin, y, room, height});
    y += height + 12;
    const Letters quiet{7.5, Weight::normal, false, false, Ink::dark};
    for (const auto& note : picture.notes)
        y += 10 * static_cast<double>(canvas.paragraph({kMargin, y}, room, 10, note, quiet, 3));
    if (!picture.foot.empty()) {
        canvas.words_within({kMargin, y + 4}, room, picture.foot, quiet);
        y += 10;
    }
    return y + kMargin / 2;
}

}  // namespace

Result<std::string> to_svg(const picture::Picture& picture) {
    std::string bytes;
    // The height hangs on how its words break, so that it is measured first.
    double height = 0;
    {
        const Surface measured(cairo_recording_surface_create(CAIRO_CONTENT_COLOR, nullptr));
        const Cairo cairo(cairo_create(measured.get()));
        Canvas canvas(cairo.get());
        height = draw_sheet(canvas, picture, kSheetWidth);
    }
    const Surface surface(cairo_svg_surface_create_for_stream(take, &bytes, kSheetWidth, std::ceil(height)));
    {
        const Cairo cairo(cairo_create(surface.get()));
        Canvas canvas(cairo.get());
        canvas.fill({0, 0, kSheetWidth, std::ceil(height)}, Ink::paper);
        draw_sheet(canvas, picture, kSheetWidth);
    }
    ENTENTE_RETURN_IF_ERROR(finish(surface.get()));
    describe(bytes, picture);
    return bytes;
}

Result<std::string> to_pdf(const picture::Document& document) {
    std::string bytes;
    const Surface surface(cairo_pdf_surface_create_for_stream(take, &bytes, kA4Width, kA4Height));
    const auto say = [&](cairo_pdf_metadata_t what, const std::string& words) {
        cairo_pdf_surface_set_metadata(surface.get(), what, words.c_str());
    };
    say(CAIRO_PDF_METADATA_TITLE, document.title);
    say(CAIRO_PDF_METADATA_SUBJECT, document.foot);
    say(CAIRO_PDF_METADATA_CREATOR, "Entente");
    // The day of the brief, not the clock: the same question gives the same bytes.
    say(CAIRO_PDF_METADATA_CREATE_DATE, to_iso(document.day) + "T00:00:00Z");
    {
        const Cairo cairo(cairo_create(surface.get()));
        Canvas canvas(cairo.get());
        for (std::size_t i = 0; i < document.pages.size(); ++i) {
            draw_page(canvas, document, i, {0, 0, kA4Width, kA4Height});
            cairo_show_page(cairo.get());
        }
    }
    ENTENTE_RETURN_IF_ERROR(finish(surface.get()));
    return bytes;
}

}  // namespace entente::drawing
