#pragma once

#include <cstddef>
#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>

#include "http/message.h"
#include "http/refusal.h"

namespace entente::http {

struct ReaderLimits {
    std::size_t header = 16 * 1024;  ///< bytes of request line and headers; also of trailers
    std::size_t target = 8 * 1024;
    std::size_t fields = 100;  ///< headers
    /// Asked once, when the head is known: the most bytes its body may have, or why it goes no further. May
    /// fill in what only the connection knows.
    std::function<std::expected<std::size_t, Refusal>(Request&)> judge;
};

/// Makes one request of bytes, without any network. What two programs along the way could read as different
/// requests is refused: a bare LF, a folded header, a space before a colon, NUL, more than one Content-Length
/// or Transfer-Encoding, both of them, any coding but `chunked`.
/// Invariant  the same bytes give the same request however they are cut
/// Source  RFC 9110, RFC 9112
class RequestReader {
public:
    enum class State {
        head,     ///< the head is not whole
        body,     ///< the head is known, the body is not whole
        done,     ///< the request is whole
        refused,  ///< `refusal` says why; nothing after it can be told apart
    };

    /// `limits` must outlive the reader.
    explicit RequestReader(const ReaderLimits& limits);
    ~RequestReader();
    RequestReader(RequestReader&&) noexcept;
    RequestReader& operator=(RequestReader&&) noexcept;

    /// Takes what belongs to this request from the front of `bytes` and says how much it was; the rest must be
    /// shown again with what follows it. Nothing is taken once the request is done or refused.
    std::size_t take(std::string_view bytes);

    State state() const;
    Refusal refusal() const;
    /// Whether anything of the request has come.
    bool begun() const;
    /// The client waits for `100 Continue` before it sends its body.
    bool expects_continue() const;
    /// Whether another request may follow on this connection.
    bool keep_alive() const;
    /// HTTP/1.1, not 1.0.
    bool is_http11() const;
    /// The most bytes that the body can come to have: what it declares, or what is taken here.
    std::size_t body_most() const;
    /// Bytes of memory that the body takes now.
    std::size_t body_held() const;
    Request& request();

    struct Impl;

private:
    std::unique_ptr<Impl> impl_;
};

}  // namespace entente::http
