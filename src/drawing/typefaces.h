// The letters that everything is set in.
#pragma once

using PangoContext = struct _PangoContext;

namespace entente::drawing {

inline constexpr const char* kFamily = "IBM Plex Sans";
inline constexpr const char* kNarrowFamily = "IBM Plex Sans Condensed";

/// A context of Pango that finds the typefaces that are built in before those of the system. The caller owns it.
PangoContext* typeface_context();

}  // namespace entente::drawing
