#include "drawing/plex.h"

// Laid into the program by plex.S.
extern "C" {
extern const char plex_regular[], plex_regular_end[];
extern const char plex_strong[], plex_strong_end[];
extern const char plex_italic[], plex_italic_end[];
extern const char plex_narrow[], plex_narrow_end[];
extern const char plex_narrow_strong[], plex_narrow_strong_end[];
}

namespace entente::drawing {

std::array<std::string_view, 5> plex_files() {
    return {
        std::string_view(plex_regular, plex_regular_end),
        {plex_strong, plex_strong_end},
        {plex_italic, plex_italic_end},
        {plex_narrow, plex_narrow_end},
        {plex_narrow_strong, plex_narrow_strong_end}};
}

}  // namespace entente::drawing
