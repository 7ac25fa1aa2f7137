// A server for a test, and a client that sends exactly the bytes it is told to.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

#include "http/server.h"

namespace entente::http {

/// A server that runs from construction to destruction.
class TestServer {
public:
    explicit TestServer(Handler handler, ServerOptions options = {});
    ~TestServer();

    std::uint16_t port() const { return server_->port(); }
    Server& operator*() { return *server_; }
    Server* operator->() { return server_.get(); }
    /// Stops it and says what `run` returned.
    bool stop();

private:
    std::unique_ptr<Server> server_;
    bool whole_ = false;
    std::jthread thread_;
};

struct Reply {
    unsigned status = 0;  ///< 0: no answer came
    Fields headers;
    std::string body;
    std::string header(std::string_view name) const;
};

/// A blocking connection. What waits longer than `patience` fails.
class TestClient {
public:
    explicit TestClient(std::uint16_t port, std::chrono::milliseconds patience = std::chrono::seconds(5));
    explicit TestClient(const std::filesystem::path& socket);
    TestClient(TestClient&& other) noexcept;
    ~TestClient();

    bool is_connected() const { return descriptor_ >= 0; }
    /// False when the other side no longer listens.
    bool send(std::string_view bytes);
    /// The next answer; `to_head` when it has no body whatever its headers say.
    Reply read(bool to_head = false);
    /// Bytes until `marker` has come, or until the end.
    std::string read_until(std::string_view marker);
    /// Everything until the other side closes.
    std::string read_to_end();
    /// Whether the other side has closed, and nothing is left to read.
    bool is_closed();
    /// Says that nothing more will be sent.
    void finish();

    Reply ask(std::string_view bytes) {
        send(bytes);
        return read();
    }

private:
    bool more();
    std::optional<std::string> take_until(std::string_view marker);

    int descriptor_ = -1;
    std::string buffer_;
};

/// Waits up to five seconds for something that another thread brings about.
bool comes_true(const std::function<bool()>& condition);

/// Holds handlers until it is opened.
class Gate {
public:
    void wait() {
        ++waiting;
        std::unique_lock lock(mutex_);
        opened_.wait(lock, [this] { return open_; });
    }
    void open() {
        std::lock_guard lock(mutex_);
        open_ = true;
        opened_.notify_all();
    }
    std::atomic<int> waiting{0};

private:
    std::mutex mutex_;
    std::condition_variable opened_;
    bool open_ = false;
};

/// "GET /path HTTP/1.1" with a Host.
std::string get(std::string_view path, std::string_view more_headers = "");
std::string post(std::string_view path, std::string_view body, std::string_view more_headers = "");

}  // namespace entente::http
