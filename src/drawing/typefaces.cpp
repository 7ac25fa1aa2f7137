#include "drawing/typefaces.h"

#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>
#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <string>
#include <string_view>

#include "drawing/plex.h"
#include "drawing/unpack_woff.h"

namespace entente::drawing {
namespace {

/// Fontconfig reads files only. A file that lives in memory, as long as the program, has a name, too.
void add_typeface(FcConfig* config, std::string_view woff) {
    const auto letters = unpack_woff(woff);
    if (letters.empty()) return;
    const int file = memfd_create("typeface", MFD_CLOEXEC);
    if (file < 0) return;
    if (write(file, letters.data(), letters.size()) != static_cast<ssize_t>(letters.size())) {
        close(file);
        return;
    }
    const auto name = "/proc/self/fd/" + std::to_string(file);
    FcConfigAppFontAddFile(config, reinterpret_cast<const FcChar8*>(name.c_str()));
}

/// The system may have another edition of the same family; ours is the one that every machine has.
void forget_same_family(FcConfig* config) {
    auto* set = FcConfigGetFonts(config, FcSetSystem);
    if (!set) return;
    int kept = 0;
    for (int i = 0; i < set->nfont; ++i) {
        FcChar8* family = nullptr;
        const bool named = FcPatternGetString(set->fonts[i], FC_FAMILY, 0, &family) == FcResultMatch;
        if (named && std::string_view(reinterpret_cast<const char*>(family)).starts_with(kFamily))
            FcPatternDestroy(set->fonts[i]);
        else
            set->fonts[kept++] = set->fonts[i];
    }
    set->nfont = kept;
}

PangoFontMap* make_map() {
    auto* map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
    auto* config = FcInitLoadConfigAndFonts();
    forget_same_family(config);
    for (const auto woff : plex_files()) add_typeface(config, woff);
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(map), config);
    FcConfigDestroy(config);  // the map holds it
    return map;
}

}  // namespace

PangoContext* typeface_context() {
    static auto* const kMap = make_map();
    return pango_font_map_create_context(kMap);
}

}  // namespace entente::drawing
