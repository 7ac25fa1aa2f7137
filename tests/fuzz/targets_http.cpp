#include <algorithm>

#include "base/check.h"
#include "http/request_reader.h"
#include "http/request_text.h"
#include "targets.h"

namespace entente::fuzz {
namespace {

constexpr std::size_t kHeader = 300, kTarget = 80;  // small, so that short inputs reach them

void check_request(const http::Request& request) {
    check(request.path.starts_with('/'), "a path begins with a slash");
    check(request.path.find("/../") == std::string::npos, "a path does not climb");
    for (const auto& [name, value] : request.headers) {
        const auto is_control = [](char c) { return c == '\r' || c == '\n' || c == '\0'; };
        check(!name.empty() && std::ranges::none_of(name, is_control), "a header has a name of one line");
        check(std::ranges::none_of(value, is_control), "a header's value is one line");
    }
    check(request.body.size() <= 100, "no body is longer than was allowed");
}

}  // namespace

void http_request(std::string_view input) {
    const std::string whole = http::read_all({std::string(input)}, kHeader, kTarget);
    for (const std::size_t size : {1U, 2U, 7U, 64U})
        check(http::read_all(http::cut(input, size), kHeader, kTarget) == whole, "a cut changes nothing");

    const http::ReaderLimits limits{.judge = [](http::Request&) { return std::size_t{100}; }};
    http::RequestReader reader(limits);
    while (true) {
        input.remove_prefix(reader.take(input));
        if (reader.state() != http::RequestReader::State::done) break;
        check_request(reader.request());
        reader = http::RequestReader(limits);
    }
}

}  // namespace entente::fuzz
