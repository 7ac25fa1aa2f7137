// What is sent to a running server, and what comes back.
#include "http/server.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <mutex>

#include "http/problem.h"
#include "http/test_client.h"

namespace entente::http {
namespace {

/// Says what it was asked.
Response echo(const Request& request) {
    Response response;
    response.headers.emplace_back("Content-Type", "text/plain");
    response.body = request.method + " " + request.path;
    if (!request.body.empty()) response.body += " " + request.body;
    return response;
}

struct Case {
    const char* what;
    std::string sent;
    unsigned status;
    bool closes;
};

// The table of request_reader_test.cpp tells the refusals apart; here each status goes over a socket once.
const Case kCases[] = {
    {"GET", get("/a"), 200, false},
    {"POST", post("/a", "hello"), 200, false},
    {"HTTP/1.0", "GET /a HTTP/1.0\r\nHost: localhost\r\n\r\n", 200, true},
    {"HTTP/1.0 that wants to stay",
     "GET /a HTTP/1.0\r\nHost: localhost\r\nConnection: keep-alive\r\n\r\n",
     200,
     false},
    {"Connection: close", get("/a", "Connection: close\r\n"), 200, true},
    {"by address", "GET / HTTP/1.1\r\nHost: 127.0.0.1:8080\r\n\r\n", 200, false},
    {"by address of six", "GET / HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n", 200, false},
    {"by a name given", "GET / HTTP/1.1\r\nHost: Entente.Example\r\n\r\n", 200, false},
    {"no host", "GET / HTTP/1.1\r\n\r\n", 400, true},
    {"an empty host", "GET / HTTP/1.1\r\nHost:\r\n\r\n", 400, true},
    {"a host that is none", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400, true},
    {"a host with user", "GET / HTTP/1.1\r\nHost: x@localhost\r\n\r\n", 400, true},
    {"another name (DNS rebinding)", "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n", 421, true},
    {"a name that begins like ours", "GET / HTTP/1.1\r\nHost: localhost.evil.example\r\n\r\n", 421, true},
    {"an address that is not loopback", "GET / HTTP/1.1\r\nHost: 192.0.2.1\r\n\r\n", 421, true},
    {"CL.TE", post("/", "0\r\n\r\nG", "Transfer-Encoding: chunked\r\n"), 400, true},
    {"a long body", post("/", std::string(2000, 'x')), 413, true},
    {"a long target", get("/" + std::string(9000, 'x')), 414, true},
    {"an expectation", get("/", "Expect: a-reply\r\n"), 417, true},
    {"long headers", get("/", "X: " + std::string(20000, 'x') + "\r\n"), 431, true},
    {"a method that is none of ours", "BREW / HTTP/1.1\r\nHost: localhost\r\n\r\n", 501, true},
    {"CONNECT", "CONNECT localhost:443 HTTP/1.1\r\nHost: localhost\r\n\r\n", 501, true},
    {"OPTIONS *", "OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n", 400, true},
    {"an absolute target", "GET http://localhost/ HTTP/1.1\r\nHost: localhost\r\n\r\n", 400, true},
    {"another version", "GET / HTTP/2.0\r\nHost: localhost\r\n\r\n", 505, true},
};

TEST(Server, AnswersEachRequestAsTheTableSays) {
    TestServer server(echo, {.host_names = {"entente.example"}, .body_limit = [](const Request&) {
                                 return 1000U;
                             }});
    for (const Case& each : kCases) {
        TestClient client(server.port());
        const Reply reply = client.ask(each.sent);
        EXPECT_EQ(reply.status, each.status) << each.what << ": " << reply.body;
        EXPECT_FALSE(reply.header("Date").empty()) << each.what;
        EXPECT_EQ(reply.header("Connection") == "close", each.closes) << each.what;
        if (each.status >= 400) {
            EXPECT_EQ(reply.header("Content-Type"), "application/problem+json") << each.what;
            EXPECT_NE(reply.body.find("\"status\":" + std::to_string(each.status)), std::string::npos)
                << each.what;
        }
        if (each.closes)
            EXPECT_TRUE(client.is_closed()) << each.what;
        else
            EXPECT_EQ(client.ask(get("/again")).body, "GET /again") << each.what;
    }
    const auto refused = std::ranges::count_if(kCases, [](const Case& each) { return each.status >= 400; });
    EXPECT_EQ(server->counters().malformed, static_cast<std::uint64_t>(refused));
}

TEST(Server, AnswersRequestsThatCameTogetherInOrder) {
    TestServer server(echo, {.workers = 4});
    TestClient client(server.port());
    std::string all;
    for (int i = 0; i < 200; ++i)
        all += i % 3 == 0 ? post("/" + std::to_string(i), "body") : get("/" + std::to_string(i));
    client.send(all);
    for (int i = 0; i < 200; ++i) {
        const std::string number = std::to_string(i);
        EXPECT_EQ(client.read().body, i % 3 == 0 ? "POST /" + number + " body" : "GET /" + number);
    }
}

TEST(Server, SendsNoBodyToHead) {
    TestServer server(echo);
    TestClient client(server.port());
    client.send("HEAD /a HTTP/1.1\r\nHost: localhost\r\n\r\n");
    EXPECT_EQ(client.read(/*to_head=*/true).header("Content-Length"), "7");
    EXPECT_EQ(client.ask(get("/next")).body, "GET /next");
}

TEST(Server, GivesLeaveToSendABodyAndOnlyWhenItWillTakeIt) {
    TestServer server(echo);
    TestClient client(server.port());
    client.send("POST /a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_EQ(client.read_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
    client.send("hello");
    EXPECT_EQ(client.read().body, "POST /a hello");

    TestClient large(server.port());
    large.send(
        "POST /a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000000\r\nExpect: 100-continue\r\n\r\n"
    );
    EXPECT_EQ(large.read().status, 413U);

    TestClient eager(server.port());  // does not wait: needs no leave
    const Reply reply = eager.ask(post("/a", "hello", "Expect: 100-continue\r\n"));
    EXPECT_EQ(reply.status, 200U);
    EXPECT_EQ(reply.body, "POST /a hello");
}

TEST(Server, TakesLongBodiesWhole) {
    std::string sent(3'000'000, 'x');
    for (std::size_t i = 0; i < sent.size(); ++i) sent[i] = static_cast<char>('a' + i * 7919 % 26);
    TestServer server(
        [](const Request& request) {
            Response response;
            response.body = request.body;
            return response;
        },
        {.body_limit = [](const Request& request) { return request.path == "/upload" ? 4'000'000U : 0U; }}
    );
    TestClient client(server.port());
    EXPECT_EQ(client.ask(post("/upload", sent)).body, sent);
    EXPECT_EQ(client.ask(post("/elsewhere", "x")).status, 413U);

    TestClient chunks(server.port());
    chunks.send("POST /upload HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (std::size_t at = 0; at < sent.size(); at += 100'000)
        chunks.send("186a0\r\n" + sent.substr(at, 100'000) + "\r\n");
    chunks.send("0\r\n\r\n");
    EXPECT_EQ(chunks.read().body, sent);
}

TEST(Server, LetsAClientReadWhyItsBodyWasRefused) {
    TestServer server(echo);
    for (int i = 0; i < 20; ++i) {
        TestClient client(server.port());
        // All of it is sent before the answer is read: a close on unread bytes would take the answer back.
        client.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000000\r\n\r\n");
        EXPECT_TRUE(client.send(std::string(5'000'000, 'x')));
        EXPECT_EQ(client.read().status, 413U);
    }
}

TEST(Server, TellsTheHandlerWhoAsks) {
    std::mutex mutex;
    Request last;
    TestServer server([&](const Request& request) {
        std::lock_guard lock(mutex);
        last = request;
        return Response{};
    });
    TestClient client(server.port());
    client.ask(get("/a?x=1&x=2", "If-Match: \"7\"\r\n"));
    EXPECT_EQ(last.peer, "127.0.0.1");
    EXPECT_TRUE(last.from_this_machine);
    EXPECT_FALSE(last.local_socket);
    EXPECT_EQ(last.header("if-match"), "\"7\"");
    EXPECT_EQ(last.header("if-none-match"), std::nullopt);
    EXPECT_EQ(last.parameter("x"), "1");
    EXPECT_EQ(last.target, "/a?x=1&x=2");
    for (const auto* header :
         {"X-Forwarded-For: 127.0.0.1\r\n", "Forwarded: for=x\r\n", "Via: 1.1 x\r\n", "X-Real-IP: x\r\n"}) {
        client.ask(get("/", header));
        EXPECT_FALSE(last.from_this_machine) << header;
    }
}

TEST(Server, SaysNothingOfWhatWentWrongInAHandler) {
    std::vector<std::string> told;
    TestServer server(
        [](const Request& request) -> Response {
            if (request.path == "/throw") throw std::runtime_error("password is swordfish");
            if (request.path == "/split") return Response{}.with("Location", "/a\r\nSet-Cookie: x=1");
            if (request.path == "/name") return Response{}.with("Bad Name", "x");
            if (request.path == "/status") return Response{.status = 42};
            return echo(request);
        },
        {.workers = 1, .on_failure = [&](const Request&, std::string_view what) { told.emplace_back(what); }}
    );
    TestClient client(server.port());
    for (const auto* path : {"/throw", "/split", "/name", "/status"}) {
        const Reply reply = client.ask(get(path));
        EXPECT_EQ(reply.status, 500U) << path;
        EXPECT_EQ(reply.body.find("swordfish"), std::string::npos);
        EXPECT_EQ(reply.header("Set-Cookie"), "");
    }
    EXPECT_EQ(client.ask(get("/fine")).status, 200U);
    server.stop();
    ASSERT_EQ(told.size(), 4U);
    EXPECT_EQ(told[0], "password is swordfish");
}

TEST(Server, FramesAnswersItselfAndPutsItsHeadersOnAll) {
    TestServer server(
        [](const Request& request) {
            Response response =
                Response{.body = "x"}.with("Content-Length", "100").with("Transfer-Encoding", "chunked");
            if (request.path == "/empty") response = Response{.status = 204};
            if (request.path == "/same") response = Response{.status = 304}.with("ETag", "\"1\"");
            if (request.path == "/own") response = Response{}.with("referrer-policy", "origin");
            if (request.path == "/bye") response = Response{}.with("Connection", "close");
            return response;
        },
        {.headers = {{"X-Content-Type-Options", "nosniff"}, {"Referrer-Policy", "no-referrer"}}}
    );
    TestClient client(server.port());
    const Reply reply = client.ask(get("/"));
    EXPECT_EQ(reply.header("Content-Length"), "1");
    EXPECT_EQ(reply.header("Transfer-Encoding"), "");
    EXPECT_EQ(reply.header("X-Content-Type-Options"), "nosniff");
    const Reply empty = client.ask(get("/empty"));
    EXPECT_EQ(empty.status, 204U);
    EXPECT_EQ(empty.header("Content-Length"), "");
    EXPECT_EQ(client.ask(get("/same")).header("ETag"), "\"1\"");
    EXPECT_EQ(client.ask(get("/own")).header("Referrer-Policy"), "origin");
    EXPECT_EQ(client.ask(get("/bye")).header("Connection"), "close");
    EXPECT_TRUE(client.is_closed());
    TestClient refused(server.port());
    EXPECT_EQ(refused.ask("GET / HTTP/1.1\n\n").header("X-Content-Type-Options"), "nosniff");
}

TEST(Server, ListensWhereItIsToldOrSaysWhyNot) {
    const auto listens = [](ServerOptions options) {
        const auto server = Server::listen(std::move(options), echo);
        return server ? std::string("listens") : server.error().field + ": " + server.error().message;
    };
    EXPECT_EQ(listens({.address = "::1"}), "listens");
    EXPECT_EQ(
        listens({.address = "example.org"}), "address: example.org is no address, such as 127.0.0.1 or ::1"
    );
    EXPECT_EQ(listens({.address = ""}), "address: nothing is named to listen on");
    TestServer server(echo);
    EXPECT_EQ(
        listens({.port = server.port()}),
        "listen: 127.0.0.1 port " + std::to_string(server.port()) + ": Address already in use"
    );
}

TEST(Server, GoesByNoAddressForAllInterfaces) {
    TestServer server(echo, {.address = "0.0.0.0"});
    EXPECT_EQ(TestClient(server.port()).ask("GET / HTTP/1.1\r\nHost: 0.0.0.0\r\n\r\n").status, 421U);
    EXPECT_EQ(TestClient(server.port()).ask(get("/")).status, 200U);
}

TEST(Problem, IsJsonWhateverItsDetailHolds) {
    EXPECT_EQ(
        problem(404, "no \"x\\y\"\n\x01 here, Łódź").body,
        R"({"type":"about:blank","title":"Not Found","status":404,"detail":"no \"x\\y\"\u000a\u0001 here, Łódź"})"
    );
    EXPECT_EQ(
        problem(400, "\xff").body,
        R"({"type":"about:blank","title":"Bad Request","status":400,"detail":"\ufffd"})"
    );
}

}  // namespace
}  // namespace entente::http
