// The only place that speaks TLS.
#include <openssl/ssl.h>

#include <array>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "http/stream.h"

namespace entente::http {
namespace {

namespace asio = boost::asio;
using Error = boost::system::error_code;

class TlsStream final : public Stream {
public:
    TlsStream(const Executor& executor, int descriptor, int family, asio::ssl::context& context)
        : stream_(
              asio::generic::stream_protocol::socket(executor, {family, SOCK_STREAM}, descriptor), context
          ) {}

    Awaitable<bool> handshake() override {
        Error error;
        co_await stream_.async_handshake(
            asio::ssl::stream_base::server, asio::redirect_error(asio::use_awaitable, error)
        );
        co_return !error;
    }

    Awaitable<std::size_t> read_some(char* into, std::size_t size) override {
        Error error;
        const std::size_t count = co_await stream_.async_read_some(
            asio::buffer(into, size), asio::redirect_error(asio::use_awaitable, error)
        );
        co_return error ? 0 : count;
    }

    Awaitable<std::size_t> write_some(std::string_view head, std::string_view body) override {
        const std::string_view first = head.empty() ? body : head;
        Error error;
        const std::size_t count = co_await stream_.async_write_some(
            asio::buffer(first.data(), first.size()), asio::redirect_error(asio::use_awaitable, error)
        );
        co_return error ? 0 : count;
    }

    /// Sends close_notify, and waits for that of the other side as long as the caller lets it.
    Awaitable<void> shutdown() override {
        Error ignored;
        co_await stream_.async_shutdown(asio::redirect_error(asio::use_awaitable, ignored));
        stream_.lowest_layer().shutdown(asio::socket_base::shutdown_send, ignored);
    }

    void cancel() override {
        Error ignored;
        stream_.lowest_layer().cancel(ignored);
    }

    void close() override {
        Error ignored;
        stream_.lowest_layer().close(ignored);
    }

private:
    asio::ssl::stream<asio::generic::stream_protocol::socket> stream_;
};

/// Of what the client offers, http/1.1.
int choose_protocol(SSL*, const unsigned char** out, unsigned char* size, const unsigned char* offered, unsigned int length, void*) {
    static constexpr unsigned char kOurs[] = "\x08http/1.1";
    unsigned char* chosen = nullptr;
    if (SSL_select_next_proto(&chosen, size, kOurs, sizeof kOurs - 1, offered, length) !=
        OPENSSL_NPN_NEGOTIATED)
        return SSL_TLSEXT_ERR_NOACK;
    *out = chosen;
    return SSL_TLSEXT_ERR_OK;
}

}  // namespace

struct TlsContext::Impl {
    asio::ssl::context context{asio::ssl::context::tls_server};
};

TlsContext::TlsContext(std::unique_ptr<Impl> given) : impl(std::move(given)) {}
TlsContext::~TlsContext() = default;

Result<std::unique_ptr<TlsContext>> TlsContext::load(
    const std::filesystem::path& certificate, const std::filesystem::path& key
) {
    auto impl = std::make_unique<Impl>();
    auto* context = impl->context.native_handle();
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    SSL_CTX_set_options(
        context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE
    );
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_alpn_select_cb(context, choose_protocol, nullptr);
    Error error;
    impl->context.use_certificate_chain_file(certificate.string(), error);
    if (error)
        return fail(
            ErrorCode::invalid_argument, "tls_certificate", certificate.string() + ": " + error.message()
        );
    impl->context.use_private_key_file(key.string(), asio::ssl::context::pem, error);
    if (error) return fail(ErrorCode::invalid_argument, "tls_key", key.string() + ": " + error.message());
    if (SSL_CTX_check_private_key(context) != 1)
        return fail(
            ErrorCode::invalid_argument,
            "tls_key",
            key.string() + " is not the key of " + certificate.string()
        );
    return std::make_unique<TlsContext>(std::move(impl));
}

std::unique_ptr<Stream> tls_stream(
    const Executor& executor, int descriptor, int family, TlsContext& context
) {
    return std::make_unique<TlsStream>(executor, descriptor, family, context.impl->context);
}

}  // namespace entente::http
