// The files of the app, as they lie in the program: pages, scripts, styles, typefaces.
#pragma once

#include <span>
#include <string_view>

namespace entente {

struct AppFile {
    std::string_view path;        ///< as in an address: `/index.html`, `/assets/index-B0g4.js`
    std::string_view media_type;  ///< with its charset
    std::string_view bytes;
    std::string_view gzip;  ///< the same bytes in gzip; empty where that saves nothing
    std::string_view etag;  ///< strong, with its quotes
    bool immutable;  ///< the name changes whenever the bytes do, so that a browser may keep it for ever
};

/// All files, by path.
std::span<const AppFile> all_app_files();

/// The file at a path; `/` is the page itself.
/// Missing  nullptr; an address of the app's own, such as `/r/USA/CHN`, is answered with app_page()
const AppFile* find_app_file(std::string_view path);

/// The one page that shows every address of the app, or says that the app was not built.
const AppFile& app_page();

}  // namespace entente
