#include "api/problem.h"

#include <boost/json/serialize.hpp>

#include "base/json.h"

namespace entente::api {
namespace {

struct Kind {
    const char* name;
    unsigned status;
    const char* title;
};

Kind kind_of(ErrorCode code) {
    switch (code) {
        case ErrorCode::invalid_argument:
            return {"invalid", 422, "Not understood"};
        case ErrorCode::not_found:
            return {"not_found", 404, "Not found"};
        case ErrorCode::conflict:
            return {"conflict", 409, "In conflict with what is on record"};
        case ErrorCode::forbidden:
            return {"forbidden", 403, "Not allowed"};
        case ErrorCode::unavailable:
            return {"unavailable", 503, "Not available now"};
        case ErrorCode::corrupt:
            return {"corrupt", 500, "The record is damaged"};
    }
    return {"bug", 500, "Something of ours is broken"};
}

http::Response response(unsigned status, const json::object& body) {
    http::Response out;
    out.status = status;
    out.headers = {{"Content-Type", "application/problem+json"}, {"Cache-Control", "no-store"}};
    if (status == 503) out.headers.emplace_back("Retry-After", "2");
    out.body = json::serialize(body);
    return out;
}

}  // namespace

http::Response problem(const Error& error) {
    const auto kind = kind_of(error.code);
    json::object body{
        {"type", std::string("/problems/") + kind.name},
        {"title", kind.title},
        {"status", kind.status},
        {"detail", error.field.empty() ? error.message : error.field + ": " + error.message}};
    if (!error.field.empty()) body["field"] = error.field;
    if (!error.advice.empty()) body["advice"] = error.advice;
    return response(kind.status, body);
}

http::Response problem(unsigned status, std::string title, std::string detail) {
    json::object body{
        {"type", "about:blank"},
        {"title", std::move(title)},
        {"status", status},
        {"detail", std::move(detail)}};
    return response(status, body);
}

Reply problem_reply(unsigned status, std::string title, std::string detail) {
    auto made = problem(status, std::move(title), std::move(detail));
    auto out = bytes_reply("application/problem+json", std::move(made.body));
    out.status = status;
    out.cached = false;
    return out;
}

}  // namespace entente::api
