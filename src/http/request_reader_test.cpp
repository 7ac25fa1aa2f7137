#include "http/request_reader.h"

#include <gtest/gtest.h>

#include "http/request_text.h"

namespace entente::http {
namespace {

struct Case {
    const char* what;
    std::string sent;
    std::string comes_out;  ///< see `read_all`
};

std::string head(std::string_view more) {
    return "POST /x HTTP/1.1\r\nHost: a\r\n" + std::string(more) + "\r\n";
}

/// What was sent, and what the reader makes of it.
const Case kCases[] = {
    {"a plain request", "GET /a?b=1 HTTP/1.1\r\nHost: a\r\n\r\n", "GET /a (b=1) [Host: a] ||"},
    {"two, one after the other",
     "GET /a HTTP/1.1\r\nHost: a\r\n\r\nGET /b HTTP/1.1\r\nHost: a\r\n\r\n",
     "GET /a () [Host: a] ||GET /b () [Host: a] ||"},
    {"a body by its length, then another request",
     head("Content-Length: 5\r\n") + "helloGET /b HTTP/1.1\r\nHost: a\r\n\r\n",
     "POST /x () [Host: a; Content-Length: 5] |hello|GET /b () [Host: a] ||"},
    {"chunks, then another request",
     head("Transfer-Encoding: chunked\r\n") +
         "5\r\nhello\r\n6;x=y\r\n world\r\n0\r\n\r\nGET /b HTTP/1.1\r\nHost: a\r\n\r\n",
     "POST /x () [Host: a; Transfer-Encoding: chunked] |hello world|GET /b () [Host: a] ||"},
    {"trailers are read and dropped",
     head("Transfer-Encoding: chunked\r\n") + "1\r\nx\r\n0\r\nHost: evil\r\nAuthorization: b\r\n\r\n",
     "POST /x () [Host: a; Transfer-Encoding: chunked] |x|"},
    {"chunked in capitals",
     head("transfer-encoding: CHUNKED\r\n") + "1\r\nx\r\n0\r\n\r\n",
     "POST /x () [Host: a; transfer-encoding: CHUNKED] |x|"},
    {"an empty line before a request", "\r\nGET /a HTTP/1.1\r\nHost: a\r\n\r\n", "GET /a () [Host: a] ||"},
    {"HTTP/1.0 ends after one",
     "GET /a HTTP/1.0\r\nHost: a\r\n\r\nGET /b HTTP/1.0\r\n\r\n",
     "GET /a () [Host: a] || end"},
    {"Connection: close",
     "GET /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\nx",
     "GET /a () [Host: a; Connection: close] || end"},
    {"white space around a value",
     "GET / HTTP/1.1\r\nHost: \t a \t\r\nX:\r\n\r\n",
     "GET / () [Host: a; X: ] ||"},

    // Who thinks that the body ends elsewhere?
    {"CL.TE", head("Content-Length: 6\r\nTransfer-Encoding: chunked\r\n") + "0\r\n\r\nG", "400"},
    {"TE.CL", head("Transfer-Encoding: chunked\r\nContent-Length: 4\r\n") + "5c\r\nGPOST", "400"},
    {"TE.TE, the second one hidden",
     head("Transfer-Encoding: chunked\r\nTransfer-encoding: cow\r\n") + "0\r\n\r\n",
     "400"},
    {"a coding that is not chunked", head("Transfer-Encoding: gzip\r\n"), "501"},
    {"chunked, but not last", head("Transfer-Encoding: chunked, gzip\r\n"), "501"},
    {"gzip, chunked", head("Transfer-Encoding: gzip, chunked\r\n"), "501"},
    {"chunked twice", head("Transfer-Encoding: chunked, chunked\r\n"), "501"},
    {"a vertical tab before chunked",
     head("Transfer-Encoding: \x0b"
          "chunked\r\n"),
     "400"},
    {"chunked in HTTP/1.0",
     "POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
     "400"},
    {"two lengths that differ", head("Content-Length: 5\r\nContent-Length: 6\r\n") + "hello", "400"},
    {"two lengths that agree", head("Content-Length: 5\r\nContent-Length: 5\r\n") + "hello", "400"},
    {"two lengths in one header", head("Content-Length: 5, 5\r\n") + "hello", "400"},
    {"a signed length", head("Content-Length: +5\r\n") + "hello", "400"},
    {"a negative length", head("Content-Length: -1\r\n"), "400"},
    {"a hexadecimal length", head("Content-Length: 0x5\r\n") + "hello", "400"},
    {"an empty length", head("Content-Length:\r\n"), "400"},
    {"a length beyond all numbers", head("Content-Length: 18446744073709551617\r\n"), "400"},
    {"a length with a space", head("Content-Length: 5 5\r\n"), "400"},
    {"a chunk size with 0x", head("Transfer-Encoding: chunked\r\n") + "0x5\r\nhello\r\n0\r\n\r\n", "400"},
    {"a chunk size beyond all numbers",
     head("Transfer-Encoding: chunked\r\n") + "10000000000000005\r\nhello",
     "400"},
    {"a negative chunk size", head("Transfer-Encoding: chunked\r\n") + "-5\r\nhello", "400"},
    {"an empty chunk size", head("Transfer-Encoding: chunked\r\n") + "\r\nhello\r\n0\r\n\r\n", "400"},
    {"a chunk line that ends in LF", head("Transfer-Encoding: chunked\r\n") + "5\nhello\r\n0\r\n\r\n", "400"},
    {"a chunk longer than its size",
     head("Transfer-Encoding: chunked\r\n") + "5\r\nhello!\r\n0\r\n\r\n",
     "400"},
    {"a quoted extension that runs over its line",
     head("Transfer-Encoding: chunked\r\n") +
         "1;x=\"\r\nX\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n\"\r\n",
     "400"},
    {"an extension that ends in LF", head("Transfer-Encoding: chunked\r\n") + "1;x\nX\r\n0\r\n\r\n", "400"},
    {"a bare CR in an extension", head("Transfer-Encoding: chunked\r\n") + "1;x\rX\r\n0\r\n\r\n", "400"},
    {"a space after a chunk size", head("Transfer-Encoding: chunked\r\n") + "1 \r\nX\r\n0\r\n\r\n", "400"},
    {"a trailer without colon", head("Transfer-Encoding: chunked\r\n") + "0\r\nX\r\n\r\n", "400"},
    {"a folded trailer", head("Transfer-Encoding: chunked\r\n") + "0\r\nX: 1\r\n 2\r\n\r\n", "400"},
    {"a trailer that ends in LF", head("Transfer-Encoding: chunked\r\n") + "0\r\nX: 1\n\r\n", "400"},

    // Who reads other lines?
    {"a folded header", "GET / HTTP/1.1\r\nHost: a\r\nX: 1\r\n 2\r\n\r\n", "400"},
    {"a folded first header", "GET / HTTP/1.1\r\n Host: a\r\n\r\n", "400"},
    {"a bare LF", "GET / HTTP/1.1\nHost: a\n\n", "400"},
    {"a bare LF in a header", "GET / HTTP/1.1\r\nHost: a\nX: 1\r\n\r\n", "400"},
    {"an end that is a bare LF", "GET / HTTP/1.1\r\nHost: a\r\n\n", "400"},
    {"a bare CR", "GET / HTTP/1.1\r\nHost: a\rX: 1\r\n\r\n", "400"},
    {"two CR", "GET / HTTP/1.1\r\nHost: a\r\r\n\r\n", "400"},
    {"a space before the colon", "GET / HTTP/1.1\r\nHost : a\r\n\r\n", "400"},
    {"a header without colon", "GET / HTTP/1.1\r\nHost: a\r\nX\r\n\r\n", "400"},
    {"a header without name", "GET / HTTP/1.1\r\nHost: a\r\n: x\r\n\r\n", "400"},
    {"NUL in a value", std::string("GET / HTTP/1.1\r\nHost: a\r\nX: 1") + '\0' + "2\r\n\r\n", "400"},
    {"NUL in a name", std::string("GET / HTTP/1.1\r\nHost: a\r\nX") + '\0' + "Y: 2\r\n\r\n", "400"},
    {"a name that is no token", "GET / HTTP/1.1\r\nHost: a\r\nX(Y): 2\r\n\r\n", "400"},
    {"two hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "400"},
    {"two authorizations",
     "GET / HTTP/1.1\r\nHost: a\r\nAuthorization: a\r\nauthorization: b\r\n\r\n",
     "400"},

    // Request lines.
    {"an absolute target", "GET http://a/x HTTP/1.1\r\nHost: a\r\n\r\n", "400"},
    {"a target without slash", "GET x HTTP/1.1\r\nHost: a\r\n\r\n", "400"},
    {"OPTIONS *", "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", "400"},
    {"CONNECT", "CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n", "501"},
    {"TRACE", "TRACE / HTTP/1.1\r\nHost: a\r\n\r\n", "501"},
    {"a method in small letters", "get / HTTP/1.1\r\nHost: a\r\n\r\n", "501"},
    {"a path that climbs", "GET /a/../b HTTP/1.1\r\nHost: a\r\n\r\n", "400"},
    {"a path with escaped NUL", "GET /%00 HTTP/1.1\r\nHost: a\r\n\r\n", "400"},
    {"a bad escape", "GET /%g0 HTTP/1.1\r\nHost: a\r\n\r\n", "400"},
    {"no version", "GET /\r\n\r\n", "400"},
    {"two spaces", "GET  / HTTP/1.1\r\nHost: a\r\n\r\n", "400"},
    {"a space in the target", "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n", "400"},
    {"a space after the version", "GET / HTTP/1.1 \r\nHost: a\r\n\r\n", "400"},
    {"HTTP/0.9", "GET / HTTP/0.9\r\n\r\n", "505"},
    {"HTTP/1.2", "GET / HTTP/1.2\r\nHost: a\r\n\r\n", "505"},
    {"HTTP/2's preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "505"},
    {"a version in small letters", "GET / http/1.1\r\nHost: a\r\n\r\n", "400"},
    {"a TLS greeting", std::string("\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03\n", 12), "400"},

    // Limits and expectations.
    {"a long target", "GET /" + std::string(9000, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n", "414"},
    {"a long target without end", "GET /" + std::string(9000, 'a'), "414"},
    {"long headers", "GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(17000, 'a') + "\r\n\r\n", "431"},
    {"long headers without end", "GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(17000, 'a'), "431"},
    {"a long body", head("Content-Length: 101\r\n"), "413"},
    {"long chunks",
     head("Transfer-Encoding: chunked\r\n") + "64\r\n" + std::string(100, 'x') + "\r\n1\r\nx\r\n0\r\n\r\n",
     "413"},
    {"one long chunk", head("Transfer-Encoding: chunked\r\n") + "ffffffff\r\n", "413"},
    {"a long line before a chunk",
     head("Transfer-Encoding: chunked\r\n") + "1;" + std::string(20000, 'x'),
     "431"},
    {"a long line before a chunk that ends",
     head("Transfer-Encoding: chunked\r\n") + "1;" + std::string(20000, 'x') + "\r\nx\r\n0\r\n\r\n",
     "431"},
    {"long trailers", head("Transfer-Encoding: chunked\r\n") + "0\r\nX: " + std::string(20000, 'x'), "431"},
    {"an expectation of something else", head("Expect: 200-ok\r\nContent-Length: 1\r\n") + "x", "417"},
};

TEST(RequestReader, MakesRequestsOfBytesOrRefusesThem) {
    for (const Case& each : kCases) EXPECT_EQ(read_all({each.sent}), each.comes_out) << each.what;
}

TEST(RequestReader, MakesTheSameOfThemHoweverTheyAreCut) {
    for (const Case& each : kCases) {
        if (each.sent.size() > 2000) {
            EXPECT_EQ(read_all(cut(each.sent, 997)), each.comes_out) << each.what;
            continue;
        }
        EXPECT_EQ(read_all(cut(each.sent, 1)), each.comes_out) << each.what << ", byte by byte";
        for (std::size_t at = 1; at < each.sent.size(); ++at)
            EXPECT_EQ(read_all({each.sent.substr(0, at), each.sent.substr(at)}), each.comes_out)
                << each.what << ", cut at " << at;
    }
}

TEST(RequestReader, TellsWhenTheClientWaitsForLeaveToSend) {
    const ReaderLimits limits{.judge = [](Request&) { return std::size_t{100}; }};
    RequestReader reader(limits);
    const std::string sent = head("Expect: 100-continue\r\nContent-Length: 2\r\n");
    EXPECT_EQ(reader.take(sent), sent.size());
    EXPECT_TRUE(reader.expects_continue());
    EXPECT_EQ(reader.body_most(), 2U);
    EXPECT_EQ(reader.body_held(), 0U) << "what is declared takes no memory yet";
    EXPECT_EQ(reader.take("x"), 1U);
    EXPECT_FALSE(reader.expects_continue());
}

TEST(RequestReader, LeavesToTheCallerWhetherAHeadGoesFurther) {
    const ReaderLimits limits{.judge = [](Request& request) -> std::expected<std::size_t, Refusal> {
        EXPECT_EQ(request.path, "/x");
        return std::unexpected(Refusal{421, "elsewhere"});
    }};
    RequestReader reader(limits);
    reader.take(head("Content-Length: 2\r\n"));
    EXPECT_EQ(reader.state(), RequestReader::State::refused);
    EXPECT_EQ(reader.refusal().status, 421U);
}

}  // namespace
}  // namespace entente::http
