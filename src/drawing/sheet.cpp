#include "drawing/sheet.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <fmt/format.h>

#include <memory>

#include "drawing/draw_document.h"

namespace entente::drawing {
namespace {

constexpr double kA4Width = 595.276;
constexpr double kA4Height = 841.89;

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

}  // namespace

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
