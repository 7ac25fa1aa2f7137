#include "app_files/app_files.h"

#include <algorithm>

#include "base/check.h"

namespace entente {

const AppFile* find_app_file(std::string_view path) {
    const auto files = all_app_files();
    const auto found =
        std::ranges::lower_bound(files, path == "/" ? "/index.html" : path, {}, &AppFile::path);
    return found != files.end() && (found->path == path || path == "/") ? &*found : nullptr;
}

const AppFile& app_page() {
    const auto* page = find_app_file("/");
    check(page != nullptr, "the app has a page");
    return *page;
}

}  // namespace entente
