#include "http/test_client.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace entente::http {
namespace {

void set_patience(int descriptor, std::chrono::milliseconds patience) {
    const timeval time{patience.count() / 1000, patience.count() % 1000 * 1000};
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &time, sizeof time);
    setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &time, sizeof time);
}

}  // namespace

TestServer::TestServer(Handler handler, ServerOptions options) {
    auto server = Server::listen(std::move(options), std::move(handler));
    if (!server) {
        ADD_FAILURE() << server.error().message;
        return;
    }
    server_ = *std::move(server);
    thread_ = std::jthread([this] { whole_ = server_->run(); });
}

TestServer::~TestServer() {
    stop();
}

bool TestServer::stop() {
    if (thread_.joinable()) {
        server_->stop();
        thread_.join();
    }
    return whole_;
}

std::string Reply::header(std::string_view name) const {
    for (const auto& [known, value] : headers)
        if (same_name(known, name)) return value;
    return {};
}

TestClient::TestClient(std::uint16_t port, std::chrono::milliseconds patience)
    : descriptor_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    set_patience(descriptor_, patience);
    const int on = 1;
    setsockopt(descriptor_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (connect(descriptor_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
        close(std::exchange(descriptor_, -1));
}

TestClient::TestClient(const std::filesystem::path& path)
    : descriptor_(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.native().copy(address.sun_path, sizeof address.sun_path - 1);
    set_patience(descriptor_, std::chrono::seconds(5));
    if (connect(descriptor_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
        close(std::exchange(descriptor_, -1));
}

TestClient::TestClient(TestClient&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), buffer_(std::move(other.buffer_)) {}

TestClient::~TestClient() {
    if (descriptor_ >= 0) close(descriptor_);
}

bool TestClient::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto count = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (count <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
}

bool TestClient::more() {
    char bytes[16 * 1024];
    const auto count = recv(descriptor_, bytes, sizeof bytes, 0);
    if (count <= 0) return false;
    buffer_.append(bytes, static_cast<std::size_t>(count));
    return true;
}

std::optional<std::string> TestClient::take_until(std::string_view marker) {
    std::size_t at;
    while ((at = buffer_.find(marker)) == std::string::npos)
        if (!more()) return std::nullopt;
    std::string out = buffer_.substr(0, at + marker.size());
    buffer_.erase(0, out.size());
    return out;
}

std::string TestClient::read_until(std::string_view marker) {
    if (auto found = take_until(marker)) return *found;
    return std::exchange(buffer_, {});
}

std::string TestClient::read_to_end() {
    while (more()) {
    }
    return std::exchange(buffer_, {});
}

bool TestClient::is_closed() {
    if (!buffer_.empty()) return false;
    char byte;
    const auto count = recv(descriptor_, &byte, 1, 0);
    if (count > 0) buffer_ += byte;
    return count == 0;
}

void TestClient::finish() {
    shutdown(descriptor_, SHUT_WR);
}

Reply TestClient::read(bool to_head) {
    Reply reply;
    const auto head = take_until("\r\n\r\n");
    if (!head || !head->starts_with("HTTP/1.")) return reply;
    reply.status = static_cast<unsigned>(std::stoul(head->substr(9, 3)));
    for (std::size_t at = head->find("\r\n") + 2; at + 2 < head->size();) {
        const std::size_t end = head->find("\r\n", at), colon = head->find(": ", at);
        reply.headers.emplace_back(head->substr(at, colon - at), head->substr(colon + 2, end - colon - 2));
        at = end + 2;
    }
    if (to_head || reply.header("Content-Length").empty()) return reply;
    const std::size_t size = std::stoul(reply.header("Content-Length"));
    while (buffer_.size() < size && more()) {
    }
    reply.body = buffer_.substr(0, size);
    buffer_.erase(0, reply.body.size());
    return reply;
}

bool comes_true(const std::function<bool()>& condition) {
    for (int i = 0; i < 500 && !condition(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
    return condition();
}

std::string get(std::string_view path, std::string_view more_headers) {
    return fmt::format("GET {} HTTP/1.1\r\nHost: localhost\r\n{}\r\n", path, more_headers);
}

std::string post(std::string_view path, std::string_view body, std::string_view more_headers) {
    return fmt::format(
        "POST {} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {}\r\n{}\r\n{}",
        path,
        body.size(),
        more_headers,
        body
    );
}

}  // namespace entente::http
