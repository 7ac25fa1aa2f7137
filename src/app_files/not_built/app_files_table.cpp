#include "app_files/app_files.h"

extern "C" {
extern const char app_file_not_built[], app_file_not_built_end[];
}

namespace entente {

std::span<const AppFile> all_app_files() {
    static const AppFile files[] = {
        {"/index.html",
         "text/html; charset=utf-8",
         {app_file_not_built, app_file_not_built_end},
         {},
         "\"not-built\"",
         false}};
    return files;
}

}  // namespace entente
