// Makes the counted files of data/public-record/ from a directory of data sets; for maintainers.
//
//   make_public_record DATA RULES OUT     RULES is data/rules, OUT is data/public-record
#include <array>
#include <cstdio>

#include <fmt/format.h>

#include "base/files.h"
#include "public_record/files.h"

namespace {

namespace fs = std::filesystem;
using namespace entente;
using namespace entente::public_record;

int failed(const Error& error) {
    fmt::print(stderr, "{}: {}.\n", error.field, error.message);
    return 1;
}

Result<void> keep(const fs::path& file, const Result<std::string>& text) {
    if (!text) return std::unexpected(text.error());
    fmt::print("{:>9} bytes  {}\n", text->size(), file.filename().string());
    return replace_file(file, *text);
}

Result<void> make(const fs::path& data, const fs::path& rules, const fs::path& out) {
    ENTENTE_ASSIGN_OR_RETURN(
        auto codes, StateCodes::read(data / "country-codes/codelist.csv", rules / "state_codes.csv")
    );
    ENTENTE_RETURN_IF_ERROR(keep(out / "exercises.csv", exercises_file(data, codes)));
    ENTENTE_RETURN_IF_ERROR(keep(out / "agreements_in_force.csv", agreements_file(data, codes)));
    ENTENTE_RETURN_IF_ERROR(keep(out / "alliances_in_force.csv", alliances_file(data, codes)));
    ENTENTE_RETURN_IF_ERROR(keep(out / "political_visits.csv", political_file(data, codes)));
    ENTENTE_RETURN_IF_ERROR(keep(out / "training.csv", training_file(data)));
    fmt::print("States that have no actor, and so are left out, with the times they were asked for:\n");
    for (const auto& code : codes.left_out()) fmt::print("  {}\n", code);
    return {};
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 4) {
        fmt::print(stderr, "Usage: make_public_record DATA RULES OUT\n");
        return 2;
    }
    const auto made = make(arguments[1], arguments[2], arguments[3]);
    return made ? 0 : failed(made.error());
}
