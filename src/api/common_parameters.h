// Parameters that several routes have.
#pragma once

#include "api/route.h"

namespace entente::api {

using Kind = Parameter::Kind;

inline Parameter as_of() {
    return {"as_of", Kind::whole, "The record as it stood when the log had that many entries"};
}
inline Parameter on_day(const char* name = "on") {
    return {name, Kind::day, "The day that is looked at; today where none is given"};
}
inline Parameter in_path(const char* name, Kind kind, const char* help) {
    return {name, kind, help, true};
}
inline Parameter general_knowledge() {
    return {"general_knowledge", Kind::flag, "Also count what nobody checked against a cited text"};
}

/// Conditions of lists and facets.
std::vector<Parameter> conditions();

}  // namespace entente::api
