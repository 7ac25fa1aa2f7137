#include <array>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "http/stream.h"

namespace entente::http {
namespace {

namespace asio = boost::asio;
using Error = boost::system::error_code;

/// TCP, or a socket in the file system: the same calls.
class PlainStream final : public Stream {
public:
    PlainStream(const Executor& executor, int descriptor, int family)
        : socket_(executor, {family, SOCK_STREAM}, descriptor) {}

    Awaitable<bool> handshake() override { co_return true; }

    Awaitable<std::size_t> read_some(char* into, std::size_t size) override {
        Error error;
        const std::size_t count = co_await socket_.async_read_some(
            asio::buffer(into, size), asio::redirect_error(asio::use_awaitable, error)
        );
        co_return error ? 0 : count;
    }

    Awaitable<std::size_t> write_some(std::string_view head, std::string_view body) override {
        Error error;
        const std::array<asio::const_buffer, 2> buffers{
            asio::buffer(head.data(), head.size()), asio::buffer(body.data(), body.size())};
        const std::size_t count =
            co_await socket_.async_write_some(buffers, asio::redirect_error(asio::use_awaitable, error));
        co_return error ? 0 : count;
    }

    Awaitable<void> shutdown() override {
        Error ignored;
        socket_.shutdown(asio::socket_base::shutdown_send, ignored);
        co_return;
    }

    void cancel() override {
        Error ignored;
        socket_.cancel(ignored);
    }

    void close() override {
        Error ignored;
        socket_.close(ignored);
    }

private:
    asio::generic::stream_protocol::socket socket_;
};

}  // namespace

std::unique_ptr<Stream> plain_stream(const Executor& executor, int descriptor, int family) {
    return std::make_unique<PlainStream>(executor, descriptor, family);
}

}  // namespace entente::http
