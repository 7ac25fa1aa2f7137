// The one shape that every connection has, whatever carries it. Asio's headers take seconds to compile, so
// its two types are only named here.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string_view>

#include "base/result.h"

namespace boost::asio {
class any_io_executor;
template <class T, class Executor>
class awaitable;
}  // namespace boost::asio

namespace entente::http {

using Executor = boost::asio::any_io_executor;
template <class T>
using Awaitable = boost::asio::awaitable<T, Executor>;

/// Bytes both ways. One read and one write may be under way at a time, on the network's thread.
class Stream {
public:
    virtual ~Stream() = default;

    /// What must pass before the first byte. False: the other side is no good.
    virtual Awaitable<bool> handshake() = 0;
    /// At least one byte; 0 when the other side has ended, the connection broke, or `cancel` was called.
    virtual Awaitable<std::size_t> read_some(char* into, std::size_t size) = 0;
    /// Some of `head`, then `body`: how many bytes went; 0 as above.
    virtual Awaitable<std::size_t> write_some(std::string_view head, std::string_view body) = 0;
    /// Says that nothing more will be written.
    virtual Awaitable<void> shutdown() = 0;
    /// Ends what is under way; the connection can still be used.
    virtual void cancel() = 0;
    virtual void close() = 0;
};

/// Takes over a connected socket of the given family (AF_INET, AF_INET6, AF_UNIX).
std::unique_ptr<Stream> plain_stream(const Executor& executor, int descriptor, int family);

/// The certificate and key of a server, and what of TLS it speaks: 1.2 and 1.3, ALPN http/1.1.
class TlsContext {
public:
    /// Errors  invalid_argument: a file that cannot be read or is no such thing, or a key of another certificate
    static Result<std::unique_ptr<TlsContext>> load(
        const std::filesystem::path& certificate, const std::filesystem::path& key
    );
    ~TlsContext();

    struct Impl;
    explicit TlsContext(std::unique_ptr<Impl> impl);
    const std::unique_ptr<Impl> impl;
};

/// As `plain_stream`; `context` must outlive the stream.
std::unique_ptr<Stream> tls_stream(const Executor& executor, int descriptor, int family, TlsContext& context);

}  // namespace entente::http
