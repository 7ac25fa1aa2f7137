#include "store/sqlite/index_functions.h"

#include <string>
#include <string_view>
#include <vector>

#include <sqlite3.h>

#include "base/day.h"
#include "base/search_text.h"

namespace entente::store::sqlite {
namespace {

std::string_view text_of(sqlite3_value* value) {
    const auto* data = reinterpret_cast<const char*>(sqlite3_value_text(value));
    return data ? std::string_view(data, static_cast<std::size_t>(sqlite3_value_bytes(value)))
                : std::string_view();
}

using Sought = std::vector<SoughtTerm>;

Sought out_of_one_text(std::string_view lines) {
    Sought out;
    while (!lines.empty()) {
        auto line = lines.substr(0, lines.find('\n'));
        lines.remove_prefix(line.size() + 1);
        const bool prefix = line.ends_with('*');
        if (prefix) line.remove_suffix(1);
        out.push_back({std::string(line), prefix});
    }
    return out;
}

void has_function(sqlite3_context* context, int, sqlite3_value** values) {
    if (sqlite3_value_type(values[0]) == SQLITE_NULL) return sqlite3_result_null(context);
    // The terms are the same in every row: they are read once.
    const auto* sought = static_cast<const Sought*>(sqlite3_get_auxdata(context, 1));
    Sought fresh;
    if (!sought) {
        fresh = out_of_one_text(text_of(values[1]));
        sqlite3_set_auxdata(context, 1, new Sought(fresh), [](void* old) {
            delete static_cast<Sought*>(old);
        });
        sought = &fresh;
    }
    sqlite3_result_int(context, has_terms(searchable_terms(text_of(values[0])), *sought));
}

void year_function(sqlite3_context* context, int, sqlite3_value** values) {
    if (sqlite3_value_type(values[0]) == SQLITE_NULL) return sqlite3_result_null(context);
    sqlite3_result_int(
        context, calendar(Day{static_cast<std::int32_t>(sqlite3_value_int64(values[0]))}).year
    );
}

}  // namespace

std::string in_one_text(const std::vector<SoughtTerm>& terms) {
    std::string out;
    for (const auto& term : terms) out += term.text + (term.prefix ? "*\n" : "\n");
    return out;
}

bool add_index_functions(sqlite3* database) {
    constexpr int kPlain = SQLITE_UTF8 | SQLITE_INNOCUOUS | SQLITE_DETERMINISTIC;
    const auto add = [&](const char* name, int count, auto* function) {
        return sqlite3_create_function_v2(
                   database, name, count, kPlain, nullptr, function, nullptr, nullptr, nullptr
               ) == SQLITE_OK;
    };
    return add("entente_has", 2, has_function) && add("entente_year", 1, year_function);
}

}  // namespace entente::store::sqlite
