#pragma once

#include <string_view>

namespace entente::fuzz {

/// One decoder each: must end, must not crash, and must keep the promise that is checked inside (a broken one
/// aborts).
void csv(std::string_view input);         ///< what is read can be written and read again
void json_text(std::string_view input);   ///< canonical form is a fixed point
void entry(std::string_view input);       ///< decode and scan agree on entries in the ledger's form
void date(std::string_view input);        ///< text and ledger form give the same span
void note(std::string_view input);        ///< no note is accepted under a key that did not sign it
void label(std::string_view input);       ///< bytes of a label are a fixed point
void disclosure(std::string_view input);  ///< opens or refuses
void table_text(std::string_view input
);                                  ///< rows in order, UTF-8, within their limits, or an error with words
void xlsx(std::string_view input);  ///< the same of a workbook, container and all
void xlsx_parts(std::string_view input);   ///< the same of the XML inside it
void map_file(std::string_view input);     ///< a mistake has a path
void map_date(std::string_view input);     ///< a date that was read exists
void worker_wire(std::string_view input);  ///< nothing outside the frame is taken
void locator(std::string_view input);      ///< one spelling a place
void media_type(std::string_view input);   ///< one of the list, the same again; what is text is UTF-8
void http_request(std::string_view input
);  ///< the same requests however the bytes are cut; nothing hidden in them

struct Target {
    const char* name;
    void (*run)(std::string_view);
};
inline constexpr Target kTargets[] = {
    {"csv", csv},
    {"json", json_text},
    {"entry", entry},
    {"date", date},
    {"note", note},
    {"label", label},
    {"disclosure", disclosure},
    {"table_text", table_text},
    {"xlsx", xlsx},
    {"xlsx_parts", xlsx_parts},
    {"map_file", map_file},
    {"map_date", map_date},
    {"worker_wire", worker_wire},
    {"locator", locator},
    {"media_type", media_type},
    {"http_request", http_request}};

}  // namespace entente::fuzz
