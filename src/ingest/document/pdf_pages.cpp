#include "ingest/document/pdf_pages.h"

#include <dlfcn.h>

#include <fmt/format.h>

namespace entente::ingest::document {
namespace {

// The C functions of poppler-glib that are called; its headers would bring GLib's along for eight lines.
struct Poppler {
    void* (*bytes_new_static)(const void* data, std::size_t size);
    void* (*document_new_from_bytes)(void* bytes, const char* password, void** error);
    int (*document_get_n_pages)(void* document);
    void* (*document_get_page)(void* document, int index);
    char* (*page_get_text)(void* page);
    void (*object_unref)(void* object);
    void (*free)(void* memory);
};

struct GlibError {  // as GLib declares it
    std::uint32_t domain;
    int code;
    char* message;
};

Poppler poppler{};
bool loaded = false;

template <class Function>
bool take(void* library, const char* name, Function& function) {
    function = reinterpret_cast<Function>(::dlsym(library, name));
    return function != nullptr;
}

}  // namespace

Result<void> load_pdf_library() {
    if (loaded) return {};
    void* const library = ::dlopen("libpoppler-glib.so.8", RTLD_NOW | RTLD_LOCAL);
    loaded = library && take(library, "g_bytes_new_static", poppler.bytes_new_static) &&
             take(library, "poppler_document_new_from_bytes", poppler.document_new_from_bytes) &&
             take(library, "poppler_document_get_n_pages", poppler.document_get_n_pages) &&
             take(library, "poppler_document_get_page", poppler.document_get_page) &&
             take(library, "poppler_page_get_text", poppler.page_get_text) &&
             take(library, "g_object_unref", poppler.object_unref) && take(library, "g_free", poppler.free);
    if (loaded) return {};
    return fail(
        ErrorCode::unavailable,
        {},
        "the library that reads PDF is not there: tools/install build, or apt-get install libpoppler-glib8"
    );
}

Result<void> each_pdf_page(
    std::string_view bytes,
    std::uint32_t most_pages,
    const std::function<void(std::uint32_t pages)>& begin,
    const std::function<Result<void>(std::string text)>& take
) {
    const auto refuse = [](std::string why) { return fail(ErrorCode::invalid_argument, {}, std::move(why)); };
    void* failed = nullptr;
    void* const document = poppler.document_new_from_bytes(
        poppler.bytes_new_static(bytes.data(), bytes.size()), nullptr, &failed
    );
    if (!document) {
        const auto* error = static_cast<const GlibError*>(failed);
        return refuse(fmt::format(
            "the PDF cannot be opened: {}", error && error->message ? error->message : "no reason given"
        ));
    }
    const int pages = poppler.document_get_n_pages(document);
    if (pages <= 0) return refuse("the PDF has no pages");
    begin(static_cast<std::uint32_t>(pages));
    if (static_cast<std::uint32_t>(pages) > most_pages)
        return refuse(fmt::format("the PDF has {} pages, over {}, the limit", pages, most_pages));
    for (int index = 0; index < pages; ++index) {
        void* const page = poppler.document_get_page(document, index);
        char* const text = page ? poppler.page_get_text(page) : nullptr;
        auto taken = take(text ? std::string(text) : std::string());
        poppler.free(text);
        if (page) poppler.object_unref(page);
        if (!taken) return taken;
    }
    return {};
}

}  // namespace entente::ingest::document
