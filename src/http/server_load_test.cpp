// Many clients at once, and the limits that hold when there are too many or they are too slow.
#include <gtest/gtest.h>

#include <atomic>
#include <csignal>
#include <thread>
#include <vector>

#include "http/server.h"
#include "http/test_client.h"

namespace entente::http {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

Response hello(const Request& request) {
    return Response{.body = "hello " + request.path};
}

TEST(ServerLoad, AnswersTenThousandRequestsOverSixtyFourConnections) {
    TestServer server(hello, {.workers = 2});
    constexpr int kConnections = 64, kEach = 157;  // 10,048 in all
    std::vector<TestClient> clients;
    for (int i = 0; i < kConnections; ++i) clients.emplace_back(server.port());
    std::atomic<int> right{0};
    const auto talk = [&](int from) {
        for (int round = 0; round < kEach; ++round) {
            for (int i = from; i < kConnections; i += 2)
                clients[static_cast<std::size_t>(i)].send(get("/" + std::to_string(i * 1000 + round)));
            for (int i = from; i < kConnections; i += 2)
                right += clients[static_cast<std::size_t>(i)].read().body ==
                         "hello /" + std::to_string(i * 1000 + round);
        }
    };
    {
        std::jthread first([&] { talk(0); }), second([&] { talk(1); });
    }
    EXPECT_EQ(right, kConnections * kEach);
    const Counters counters = server->counters();
    EXPECT_EQ(counters.answers[2], 10'048U);
    EXPECT_EQ(counters.connections, 64U);
    EXPECT_EQ(counters.connections_open, 64U);
    std::uint64_t timed = 0;
    for (const std::uint64_t count : counters.latency) timed += count;
    EXPECT_TRUE(comes_true([&] {
        timed = 0;
        for (const std::uint64_t count : server->counters().latency) timed += count;
        return timed == 10'048U;
    })) << timed;
}

TEST(ServerLoad, EndsAConnectionAfterItsShareOfRequests) {
    TestServer server(hello, {.requests_per_connection = 3});
    TestClient client(server.port());
    EXPECT_EQ(client.ask(get("/1")).header("Connection"), "");
    EXPECT_EQ(client.ask(get("/2")).header("Connection"), "");
    EXPECT_EQ(client.ask(get("/3")).header("Connection"), "close");
    EXPECT_TRUE(client.is_closed());
}

TEST(ServerLoad, TurnsAwayOneConnectionTooManyAndTakesItLater) {
    Gate gate;
    TestServer server(
        [&](const Request& request) {
            if (request.path == "/slow") gate.wait();
            return hello(request);
        },
        {.connections_max = 2, .workers = 4}
    );
    TestClient first(server.port());
    first.send(get("/slow"));
    ASSERT_TRUE(comes_true([&] { return gate.waiting == 1; }));
    {
        TestClient second(server.port());
        second.send(get("/slow"));
        ASSERT_TRUE(comes_true([&] { return gate.waiting == 2; }));
        TestClient third(server.port());
        const Reply reply = third.ask(get("/"));
        EXPECT_EQ(reply.status, 503U);
        EXPECT_EQ(reply.header("Retry-After"), "5");
        EXPECT_TRUE(third.is_closed());
        EXPECT_EQ(server->counters().connections_refused, 1U);
        gate.open();
        EXPECT_EQ(second.read().status, 200U);
    }
    EXPECT_TRUE(comes_true([&] { return server->counters().connections_open == 1; }));
    TestClient fourth(server.port());
    EXPECT_EQ(fourth.ask(get("/")).status, 200U);
    EXPECT_EQ(first.read().status, 200U);
}

TEST(ServerLoad, ClosesTheLongestIdleForOneThatComes) {
    TestServer server(hello, {.connections_max = 2});
    TestClient first(server.port()), second(server.port());
    EXPECT_EQ(first.ask(get("/")).status, 200U);
    EXPECT_EQ(second.ask(get("/")).status, 200U);
    EXPECT_EQ(first.ask(get("/")).status, 200U) << "now the second is idle for longer";
    TestClient third(server.port());
    EXPECT_EQ(third.ask(get("/")).status, 200U);
    EXPECT_TRUE(second.is_closed());
    EXPECT_EQ(first.ask(get("/")).status, 200U);
    EXPECT_EQ(server->counters().connections_refused, 0U);
}

TEST(ServerLoad, TakesOnlySoManyConnectionsOfOneAddress) {
    const auto status_of_third = [](std::vector<std::string> proxies) {
        TestServer server(hello, {.connections_per_address = 2, .proxies = std::move(proxies)});
        TestClient first(server.port()), second(server.port());
        EXPECT_EQ(first.ask(get("/")).status, 200U);
        EXPECT_EQ(second.ask(get("/")).status, 200U);
        return TestClient(server.port()).ask(get("/")).status;
    };
    EXPECT_EQ(status_of_third({}), 503U);
    EXPECT_EQ(status_of_third({"127.0.0.1"}), 200U) << "a proxy speaks for many";
}

TEST(ServerLoad, ClosesWhoeverDoesNotComeFromWhereItShould) {
    TestServer strict(hello, {.only_from = {"192.0.2.1"}}), open(hello, {.only_from = {"127.0.0.1"}});
    EXPECT_EQ(TestClient(strict.port()).ask(get("/")).status, 0U);
    EXPECT_EQ(TestClient(open.port()).ask(get("/")).status, 200U);
}

TEST(ServerLoad, RefusesAtOnceWhatWouldWaitTooLong) {
    Gate gate;
    TestServer server(
        [&](const Request&) {
            gate.wait();
            return Response{};
        },
        {.workers = 1, .queue_limit = 1}
    );
    TestClient runs(server.port()), waits(server.port()), refused(server.port());
    runs.send(get("/"));
    ASSERT_TRUE(comes_true([&] { return gate.waiting == 1; }));
    waits.send(get("/"));
    ASSERT_TRUE(comes_true([&] { return server->counters().waiting == 1; }));
    const Reply reply = refused.ask(get("/"));
    EXPECT_EQ(reply.status, 503U);
    EXPECT_EQ(reply.header("Retry-After"), "1");
    EXPECT_EQ(server->counters().overloaded, 1U);
    gate.open();
    EXPECT_EQ(runs.read().status, 200U);
    EXPECT_EQ(waits.read().status, 200U);
    EXPECT_EQ(refused.ask(get("/")).status, 200U) << "the connection itself went on";
}

TEST(ServerLoad, HoldsNoMoreBodiesThanItHasMemoryFor) {
    TestServer server(hello, {.body_memory = 2'000'000, .body_reserve = 500'000});
    const std::string head = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n";
    TestClient first(server.port()), second(server.port());
    first.send(head + std::string(999'999, 'x'));
    ASSERT_TRUE(comes_true([&] { return server->counters().bytes_in == head.size() + 999'999; }));
    second.send(head + std::string(999'999, 'x'));
    EXPECT_EQ(second.read().status, 503U);
    first.send("x");
    EXPECT_EQ(first.read().status, 200U);
    TestClient third(server.port());
    EXPECT_EQ(third.ask(head + std::string(1'000'000, 'x')).status, 200U)
        << "the first one's memory is free again";
}

TEST(ServerLoad, CountsTheBytesThatCameAndNotThoseThatWereDeclared) {
    TestServer server(hello, {.body_memory = 2'000'000});
    const std::string head = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n";
    std::vector<TestClient> many;
    for (int i = 0; i < 8; ++i) {
        many.emplace_back(server.port());
        many.back().send(head + "x");
    }
    ASSERT_TRUE(comes_true([&] { return server->counters().bytes_in == 8 * (head.size() + 1); }));
    TestClient other(server.port());
    EXPECT_EQ(other.ask(head + std::string(1'000'000, 'x')).status, 200U);
}

TEST(ServerLoad, KeepsRoomForShortBodiesThatLongOnesCannotTake) {
    TestServer server(hello, {.body_small = 1000, .body_memory = 400'000, .body_reserve = 100'000});
    const auto head = [](std::size_t size) {
        return "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + std::to_string(size) + "\r\n\r\n";
    };
    TestClient first(server.port()), second(server.port()), small(server.port());
    first.send(head(290'000) + std::string(289'000, 'x'));
    ASSERT_TRUE(comes_true([&] { return server->counters().bytes_in > 289'000; }));
    second.send(head(100'000) + std::string(99'000, 'x'));
    EXPECT_EQ(second.read().status, 503U) << "what is left is not for long ones";
    EXPECT_EQ(small.ask(head(900) + std::string(900, 'x')).status, 200U);
    first.send(std::string(1'000, 'x'));
    EXPECT_EQ(first.read().status, 200U);
}

TEST(ServerLoad, AsksWhoSendsALongBodyBeforeItIsRead) {
    std::atomic<int> asked{0};
    TestServer server(
        hello,
        {.body_small = 1000,
         .refuse_body = [&](const Request& request) -> std::optional<Response> {
             ++asked;
             if (request.header("Cookie")) return std::nullopt;
             return Response{.status = 401};
         }}
    );
    const std::string line = "POST / HTTP/1.1\r\nHost: localhost\r\n";
    TestClient known(server.port()), nobody(server.port()), short_one(server.port()), chunked(server.port()),
        waiting(server.port());
    nobody.send(line + "Content-Length: 100000\r\n\r\n");  // and none of the body
    const Reply reply = nobody.read();
    EXPECT_EQ(reply.status, 401U);
    EXPECT_EQ(reply.header("Connection"), "close");
    EXPECT_TRUE(nobody.is_closed());
    chunked.send(line + "Transfer-Encoding: chunked\r\n\r\n5\r\n");
    EXPECT_EQ(chunked.read().status, 401U) << "nobody knows how long it becomes";
    waiting.send(line + "Expect: 100-continue\r\nContent-Length: 100000\r\n\r\n");
    EXPECT_EQ(waiting.read().status, 401U) << "and not 100";
    EXPECT_EQ(
        known.ask(line + "Cookie: a=b\r\nContent-Length: 100000\r\n\r\n" + std::string(100'000, 'x')).status,
        200U
    );
    EXPECT_EQ(asked, 4);
    EXPECT_EQ(short_one.ask(post("/", "short")).status, 200U);
    EXPECT_EQ(asked, 4) << "a short body costs no question";
}

TEST(ServerLoad, EndsABodyThatMovesButNeverEnds) {
    TestServer server(hello, {.slack = 2000ms, .rate_least = 10, .body_time = 400ms});
    TestClient slow(server.port());
    slow.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 20000\r\n\r\n");
    std::atomic<bool> ended{false};
    std::jthread drip([&] {
        while (!ended && slow.send("xxxxx")) std::this_thread::sleep_for(20ms);
    });
    const auto begun = Clock::now();
    EXPECT_EQ(slow.read().status, 408U);
    EXPECT_LT(Clock::now() - begun, 1500ms);
    ended = true;
}

TEST(ServerLoad, HoldsNoMoreLongAnswersThanItHasMemoryFor) {
    TestServer server(
        [](const Request& request) {
            return Response{.body = std::string(request.path == "/long" ? 30'000'000 : 9, 'x')};
        },
        {.body_memory = 50'000'000}
    );
    TestClient unread(server.port()), other(server.port());
    unread.send(get("/long"));  // stays with the server until the client reads it
    ASSERT_TRUE(comes_true([&] { return server->counters().bytes_out > 0; }));
    EXPECT_EQ(other.ask(get("/long")).status, 503U);
    EXPECT_EQ(other.ask(get("/short")).status, 200U);
    EXPECT_EQ(unread.read().body.size(), 30'000'000U);
    EXPECT_TRUE(comes_true([&] { return other.ask(get("/long")).status == 200; }));
}

TEST(ServerLoad, DropsAHeadThatDoesNotEnd) {
    TestServer server(hello, {.header_time = 300ms});
    TestClient client(server.port());
    const auto begun = Clock::now();
    client.send("GET / HTTP/1.1\r\nHost: localhost\r\n");
    std::jthread drip([&](const std::stop_token& stop) {
        while (!stop.stop_requested() && client.send("X")) std::this_thread::sleep_for(50ms);
    });
    const Reply reply = client.read();
    drip.request_stop();
    EXPECT_EQ(reply.status, 408U);
    EXPECT_GE(Clock::now() - begun, 300ms);
    EXPECT_LT(Clock::now() - begun, 1500ms);
    EXPECT_EQ(server->counters().too_slow, 1U);
}

TEST(ServerLoad, DropsABodyThatHardlyMovesAndKeepsOneThatDoes) {
    TestServer server(hello, {.slack = 300ms, .rate_least = 1000});
    const std::string head = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2000\r\n\r\n";
    TestClient slow(server.port()), steady(server.port());
    slow.send(head);
    steady.send(head);
    std::atomic<bool> ended{false};
    std::jthread drip([&] {
        while (!ended && slow.send("x")) std::this_thread::sleep_for(20ms);  // 50 bytes a second
    });
    for (int i = 0; i < 10; ++i) {  // 2,000 bytes a second, over one second: longer than the slack alone
        steady.send(std::string(200, 'x'));
        std::this_thread::sleep_for(100ms);
    }
    EXPECT_EQ(steady.read().status, 200U);
    EXPECT_EQ(slow.read().status, 408U);
    ended = true;
}

TEST(ServerLoad, DropsAClientThatDoesNotReadItsAnswer) {
    TestServer server(
        [](const Request&) { return Response{.body = std::string(50'000'000, 'x')}; }, {.slack = 300ms}
    );
    TestClient client(server.port());
    client.send(get("/"));
    EXPECT_TRUE(comes_true([&] { return server->counters().too_slow == 1; }));
    EXPECT_TRUE(comes_true([&] { return server->counters().connections_open == 0; }));
    EXPECT_LT(client.read_to_end().size(), 50'000'000U);
}

TEST(ServerLoad, ClosesWhatIsIdleWithoutAWord) {
    TestServer server(hello, {.header_time = 300ms, .idle_time = 300ms});
    TestClient silent(server.port()), idle(server.port());
    EXPECT_EQ(idle.ask(get("/")).status, 200U);
    EXPECT_EQ(silent.read_to_end(), "");
    EXPECT_EQ(idle.read_to_end(), "");
    EXPECT_EQ(server->counters().too_slow, 0U) << "to be idle is no fault";
}

TEST(ServerLoad, LetsOthersThroughWhileHandlersBlock) {
    Gate gate;
    TestServer server(
        [&](const Request& request) {
            if (request.path == "/slow") gate.wait();
            return hello(request);
        },
        {.workers = 2}
    );
    TestClient slow(server.port()), quick(server.port());
    slow.send(get("/slow"));
    ASSERT_TRUE(comes_true([&] { return gate.waiting == 1; }));
    EXPECT_EQ(quick.ask(get("/quick")).body, "hello /quick");
    EXPECT_EQ(server->counters().running, 1U);
    gate.open();
    EXPECT_EQ(slow.read().body, "hello /slow");
}

TEST(ServerStop, LetsWhatRunsFinishAndTakesNothingNew) {
    Gate gate;
    TestServer server([&](const Request& request) {
        if (request.path == "/slow") gate.wait();
        return hello(request);
    });
    TestClient busy(server.port()), idle(server.port());
    EXPECT_EQ(idle.ask(get("/")).status, 200U);
    busy.send(get("/slow") + get("/after"));
    ASSERT_TRUE(comes_true([&] { return gate.waiting == 1; }));
    server->stop();
    EXPECT_EQ(idle.read_to_end(), "") << "what is idle is closed at once";
    EXPECT_FALSE(TestClient(server.port()).is_connected());
    gate.open();
    const Reply reply = busy.read();
    EXPECT_EQ(reply.body, "hello /slow");
    EXPECT_EQ(reply.header("Connection"), "close");
    EXPECT_EQ(busy.read_to_end(), "") << "what came after it is not answered";
    EXPECT_TRUE(server.stop());
}

TEST(ServerStop, CutsOffWhatTakesTooLongAndAsksItsHandlerToEnd) {
    std::atomic<bool> begun{false}, asked{false};
    TestServer server(
        [&](const Request& request) {
            begun = true;
            while (!request.stopping.stop_requested()) std::this_thread::sleep_for(5ms);
            asked = true;
            return Response{};
        },
        {.stop_time = 200ms}
    );
    TestClient client(server.port());
    client.send(get("/"));
    ASSERT_TRUE(comes_true([&] { return begun.load(); }));
    const auto before = Clock::now();
    EXPECT_FALSE(server.stop());
    EXPECT_GE(Clock::now() - before, 200ms);
    EXPECT_LT(Clock::now() - before, 2s);
    EXPECT_TRUE(asked);
    EXPECT_EQ(client.read().status, 0U);
}

TEST(ServerStop, DoesNotBeginWhatStillWaitsWhenTimeIsUp) {
    std::atomic<int> begun{0};
    TestServer server(
        [&](const Request& request) {
            ++begun;
            while (!request.stopping.stop_requested()) std::this_thread::sleep_for(5ms);
            return Response{};
        },
        {.workers = 1, .stop_time = 100ms}
    );
    TestClient runs(server.port()), waits(server.port());
    runs.send(get("/"));
    ASSERT_TRUE(comes_true([&] { return begun == 1; }));
    waits.send(get("/"));
    ASSERT_TRUE(comes_true([&] { return server->counters().waiting == 1; }));
    EXPECT_FALSE(server.stop());
    EXPECT_EQ(begun, 1);
}

TEST(ServerStop, IsLeftToWhoeverWaitsForASignal) {
    std::atomic<int> blocked{0};
    TestServer server([&](const Request&) {
        sigset_t mask;
        pthread_sigmask(SIG_SETMASK, nullptr, &mask);
        blocked = sigismember(&mask, SIGINT) + sigismember(&mask, SIGTERM);
        return Response{};
    });
    EXPECT_EQ(TestClient(server.port()).ask(get("/")).status, 200U);
    EXPECT_EQ(blocked, 2) << "a worker that took it would end the process";
    sigset_t mask;
    pthread_sigmask(SIG_SETMASK, nullptr, &mask);
    EXPECT_EQ(sigismember(&mask, SIGTERM), 0) << "nothing changes for the others";
}

TEST(ServerStop, MayComeBeforeItRuns) {
    auto server = Server::listen({}, hello);
    ASSERT_TRUE(server);
    (*server)->stop();
    EXPECT_TRUE((*server)->run());
}

}  // namespace
}  // namespace entente::http
