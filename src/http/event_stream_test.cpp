#include "http/event_stream.h"

#include <gtest/gtest.h>

#include <thread>

#include "base/check.h"
#include "http/test_client.h"

namespace entente::http {
namespace {

using namespace std::chrono_literals;

TEST(EventStream, WritesEventsAsTheStandardHasThem) {
    EventStream stream;
    EXPECT_TRUE(stream.publish("news", R"({"entries":7})"));
    EXPECT_TRUE(stream.publish("task", "two\nlines\r\nand\rmore", 9));
    EXPECT_TRUE(stream.publish("task", ""));
    EXPECT_EQ(
        stream.take(),
        "id: 1\nevent: news\ndata: {\"entries\":7}\n\n"
        "id: 9\nevent: task\ndata: two\ndata: lines\ndata: and\ndata: more\n\n"
        "id: 10\nevent: task\ndata: \n\n"
    );
    EXPECT_EQ(stream.take(), "");
    EXPECT_THROW(stream.publish("a\nb", ""), BugError);
}

TEST(EventStream, ClosesOnAClientThatDoesNotKeepUp) {
    EventStream stream(100);
    EXPECT_TRUE(stream.publish("a", std::string(50, 'x')));
    EXPECT_FALSE(stream.publish("a", std::string(50, 'x')));
    EXPECT_TRUE(stream.closed());
    EXPECT_EQ(stream.take(), "id: 1\nevent: a\ndata: " + std::string(50, 'x') + "\n\n")
        << "whole events only";
    EXPECT_FALSE(stream.publish("a", "later"));
    EXPECT_EQ(stream.take(), "");
}

TEST(EventStream, TellsOfNews) {
    EventStream stream;
    int told = 0;
    stream.on_news([&] { ++told; });
    EXPECT_EQ(told, 1) << "once at once: something may wait already";
    stream.publish("a", "");
    stream.heartbeat();
    EXPECT_EQ(told, 2) << "no heartbeat beside what waits";
    stream.take();
    stream.heartbeat();
    EXPECT_EQ(stream.take(), ":\n\n");
    stream.close();
    EXPECT_EQ(told, 4);
}

TEST(EventTopics, GiveEachListenerItsTopics) {
    EventTopics topics;
    const auto news = topics.subscribe({"news"}, ""), both = topics.subscribe({"news", "task"}, "");
    topics.publish("task", "1");
    topics.publish("news", "2");
    EXPECT_EQ(news->take(), "id: 2\nevent: news\ndata: 2\n\n");
    EXPECT_EQ(both->take(), "id: 1\nevent: task\ndata: 1\n\nid: 2\nevent: news\ndata: 2\n\n");
    news->close();
    EXPECT_EQ(topics.listeners(), 1U);
}

TEST(EventTopics, GoOnWhereAListenerStopped) {
    EventTopics topics(3);
    for (const auto* data : {"1", "2", "3", "4"}) topics.publish("news", data);  // 2, 3 and 4 are kept
    EXPECT_EQ(topics.subscribe({"news"}, "")->take(), "") << "a new listener hears what is new";
    EXPECT_EQ(topics.subscribe({"news"}, "4")->take(), "");
    EXPECT_EQ(topics.subscribe({"news"}, "3")->take(), "id: 4\nevent: news\ndata: 4\n\n");
    EXPECT_EQ(topics.subscribe({"other"}, "1")->take(), "");
    const std::string all = topics.subscribe({"news"}, "1")->take();
    EXPECT_EQ(all.substr(0, 5), "id: 2");
    for (const auto* gone : {"0", "99"})
        EXPECT_EQ(topics.subscribe({"news"}, gone)->take(), "id: 4\nevent: reset\ndata: \n\n") << gone;
    EXPECT_EQ(topics.subscribe({"news"}, "rubbish")->take(), "");
    EXPECT_EQ(EventTopics().subscribe({"news"}, "5")->take(), "id: 0\nevent: reset\ndata: \n\n")
        << "a new server";
}

/// A server that gives everybody who asks the news.
struct News {
    EventTopics topics;
    TestServer server;
    explicit News(ServerOptions options = {})
        : server(
              [this](const Request& request) {
                  Response response;
                  response.headers.emplace_back("Content-Type", "text/event-stream");
                  response.events = topics.subscribe({"news"}, request.header("Last-Event-ID").value_or(""));
                  return response;
              },
              std::move(options)
          ) {}
    bool have_listeners(std::size_t count) {
        return comes_true([&] { return topics.listeners() == count; });
    }
};

TEST(ServerEvents, ReachTheClientAsTheyArePublished) {
    News news;
    TestClient client(news.server.port());
    client.send(get("/events"));
    const Reply head = client.read();
    EXPECT_EQ(head.status, 200U);
    EXPECT_EQ(head.header("Transfer-Encoding"), "chunked");
    EXPECT_EQ(head.header("Content-Type"), "text/event-stream");
    ASSERT_TRUE(news.have_listeners(1));
    for (int i = 1; i <= 100; ++i) {
        const std::string number = std::to_string(i);
        news.topics.publish("news", number);
        const std::string got = client.read_until("\n\n\r\n");
        EXPECT_NE(got.find("id: " + number + "\nevent: news\ndata: " + number + "\n\n"), std::string::npos)
            << got;
    }
    EXPECT_EQ(news.server->counters().event_streams_open, 1U);
}

TEST(ServerEvents, ComeWhileOthersPublishFromManyThreads) {
    News news;
    std::vector<TestClient> clients;
    for (int i = 0; i < 8; ++i) {
        clients.emplace_back(news.server.port());
        clients.back().send(get("/events"));
        EXPECT_EQ(clients.back().read().status, 200U);
    }
    ASSERT_TRUE(news.have_listeners(8));
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 4; ++i)
            threads.emplace_back([&] {
                for (int k = 0; k < 250; ++k) news.topics.publish("news", "x");
            });
    }
    for (TestClient& client : clients) {
        const std::string all = client.read_until("id: 1000\n");
        std::size_t events = 0;
        for (std::size_t at = 0; (at = all.find("id: ", at)) != std::string::npos; ++at) ++events;
        EXPECT_EQ(events, 1000U);
    }
}

TEST(ServerEvents, EndWhenTheClientGoes) {
    News news;
    {
        TestClient client(news.server.port());
        client.send(get("/events"));
        EXPECT_EQ(client.read().status, 200U);
        ASSERT_TRUE(news.have_listeners(1));
    }
    EXPECT_TRUE(news.have_listeners(0));
    EXPECT_TRUE(comes_true([&] { return news.server->counters().connections_open == 0; }));
    EXPECT_EQ(news.server->counters().event_streams_open, 0U);
}

TEST(ServerEvents, EndWithTheServerAndSayThatNothingIsMissing) {
    News news;
    TestClient client(news.server.port());
    client.send(get("/events"));
    EXPECT_EQ(client.read().status, 200U);
    ASSERT_TRUE(news.have_listeners(1));
    news.topics.publish("news", "last");
    const auto before = std::chrono::steady_clock::now();
    EXPECT_TRUE(news.server.stop());
    EXPECT_LT(std::chrono::steady_clock::now() - before, 2s);
    const std::string all = client.read_to_end();
    EXPECT_NE(all.find("data: last\n\n\r\n"), std::string::npos);
    EXPECT_TRUE(all.ends_with("0\r\n\r\n")) << all;
}

TEST(ServerEvents, BeatWhileNothingHappens) {
    News news({.heartbeat = 50ms});
    TestClient client(news.server.port());
    client.send(get("/events"));
    EXPECT_EQ(client.read().status, 200U);
    EXPECT_EQ(client.read_until(":\n\n\r\n"), "3\r\n:\n\n\r\n");
    EXPECT_EQ(client.read_until(":\n\n\r\n"), "3\r\n:\n\n\r\n");
}

TEST(ServerEvents, GoOnAfterALostConnection) {
    News news;
    for (const auto* data : {"one", "two", "three"}) news.topics.publish("news", data);
    TestClient client(news.server.port());
    client.send(get("/events", "Last-Event-ID: 1\r\n"));
    EXPECT_EQ(client.read().status, 200U);
    const std::string all = client.read_until("three\n\n");
    EXPECT_NE(all.find("two"), std::string::npos);
    EXPECT_EQ(all.find("one"), std::string::npos);
}

TEST(ServerEvents, AreNotChunkedForHttp10AndNotSentToHead) {
    News news;
    TestClient old(news.server.port()), head(news.server.port());
    old.send("GET / HTTP/1.0\r\nHost: localhost\r\n\r\n");
    EXPECT_EQ(old.read().header("Transfer-Encoding"), "");
    ASSERT_TRUE(news.have_listeners(1));
    news.topics.publish("news", "x");
    EXPECT_EQ(old.read_until("\n\n"), "id: 1\nevent: news\ndata: x\n\n");
    head.send("HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    EXPECT_EQ(head.read(/*to_head=*/true).status, 200U);
    EXPECT_TRUE(head.is_closed());
    EXPECT_TRUE(news.have_listeners(1));
}

}  // namespace
}  // namespace entente::http
