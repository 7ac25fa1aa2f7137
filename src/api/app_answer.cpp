#include "api/app_answer.h"

#include "app_files/app_files.h"
#include "http/problem.h"

namespace entente::api {
namespace {

// Our own scripts, styles and pictures, and nothing from elsewhere; styles may stand in attributes, as charts need.
constexpr const char* kPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'";

bool names_a_file(std::string_view path) {
    return path.substr(path.rfind('/') + 1).find('.') != std::string_view::npos;
}

bool takes_gzip(const http::Request& request) {
    return request.header("Accept-Encoding").value_or("").find("gzip") != std::string_view::npos;
}

}  // namespace

http::Response app_answer(const http::Request& request) {
    if (request.method != "GET" && request.method != "HEAD")
        return http::problem(405, "Pages are only read.").with("Allow", "GET, HEAD");
    const auto* file = find_app_file(request.path);
    if (!file && (names_a_file(request.path) || request.path.starts_with("/assets/")))
        return http::problem(404, "There is no such page.");
    if (!file) file = &app_page();
    http::Response out;
    out.headers = {
        {"Content-Type", std::string(file->media_type)},
        {"ETag", std::string(file->etag)},
        {"Cache-Control", file->immutable ? "public, max-age=31536000, immutable" : "no-cache"},
        {"Vary", "Accept-Encoding"},
        {"X-Content-Type-Options", "nosniff"},
        {"Referrer-Policy", "same-origin"},
        {"Cross-Origin-Opener-Policy", "same-origin"},
        {"Cross-Origin-Resource-Policy", "same-origin"},
        {"Permissions-Policy", "camera=(), geolocation=(), microphone=()"},
        {"X-Frame-Options", "DENY"},
        {"Content-Security-Policy", kPolicy}};
    if (request.header("If-None-Match") == file->etag) {
        out.status = 304;
        return out;
    }
    const bool packed = !file->gzip.empty() && takes_gzip(request);
    if (packed) out.headers.emplace_back("Content-Encoding", "gzip");
    out.body = packed ? file->gzip : file->bytes;
    return out;
}

}  // namespace entente::api
