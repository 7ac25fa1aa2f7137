#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "http/counters.h"
#include "http/message.h"

namespace entente::http {

struct ServerOptions {
    // Where it listens.
    std::string address = "127.0.0.1";        ///< empty: not on TCP
    std::uint16_t port = 0;                   ///< 0: any that is free; `Server::port` tells which
    std::filesystem::path local_socket = {};  ///< a socket in the file system, its owner's alone; empty: none
    std::filesystem::path tls_certificate = {},
                          tls_key = {};  ///< PEM; both or neither. The local socket stays plain
    /// Names by which a browser may call the server, beside those of loopback and `address`. Another one is
    /// answered 421, so that a foreign page cannot reach the server by a name that it points here.
    std::vector<std::string> host_names = {};

    // How much it takes.
    std::size_t header_limit = 16 * 1024;  ///< bytes of request line and headers together
    std::size_t target_limit = 8 * 1024;   ///< bytes of the target
    /// The most bytes that a body may have, asked when the head is known; absent: 1 MiB for all.
    std::function<std::size_t(const Request&)> body_limit = {};
    std::size_t body_limit_max = 64 * 1024 * 1024;  ///< whatever `body_limit` says
    std::size_t body_small =
        64 * 1024;  ///< bytes: a body that may be longer is asked about before it is read
    /// Asked by a worker when a head is known whose body may be longer than `body_small`: the answer to a client that
    /// may not send it, after which the connection ends; nothing: it may. Absent: everybody may.
    std::function<std::optional<Response>(const Request&)> refuse_body = {};
    std::size_t body_memory =
        256 * 1024 * 1024;  ///< all bodies that are held at one time, of requests and long answers
    /// What of it long bodies and long answers leave to the others; a quarter at most.
    std::size_t body_reserve = 32 * 1024 * 1024;
    std::size_t connections_max = 256;  ///< for one more an idle one is closed; where none is, it gets 503
    /// Of one address, or of one network of six (/64); one more gets 503. Not of a proxy, nor of the local socket.
    std::size_t connections_per_address = 64;
    std::vector<std::string> proxies = {};    ///< addresses that speak for many
    std::vector<std::string> only_from = {};  ///< others are closed at once; empty: whoever comes
    std::size_t requests_per_connection = 10'000;
    std::size_t workers = 0;        ///< threads for handlers; 0: as many as cores, at least 2
    std::size_t queue_limit = 512;  ///< requests that wait for a worker; one more gets 503

    // How long it waits.
    std::chrono::milliseconds header_time{
        10'000};  ///< from a request's first byte (or the connection) to the end of its head
    std::chrono::milliseconds idle_time{60'000};  ///< between requests
    /// A body, and an answer, must be moving: never still for `slack`, and after it `rate_least` bytes a second.
    std::chrono::milliseconds slack{10'000};
    std::size_t rate_least = 4 * 1024;
    std::chrono::milliseconds body_time{600'000};  ///< for a whole body, however it moves
    std::chrono::milliseconds heartbeat{15'000};   ///< of event streams
    std::chrono::milliseconds stop_time{10'000};   ///< what runs when it is stopped may take so long

    /// Headers of every answer that does not have them already, those of the server itself included.
    Fields headers = {};
    /// Told of each exception that a handler let out (the request had 500). Called by a worker.
    std::function<void(const Request&, std::string_view what)> on_failure = {};
};

/// An HTTP/1.1 server: the network on the thread that runs it, handlers on threads of their own.
/// Thread-safety  `stop`, `counters`, `port` from any thread
class Server {
public:
    /// Binds and listens; nobody is answered before `run`.
    /// Errors  invalid_argument: address, port, certificate, key or socket path · unavailable: something else
    /// listens there
    static Result<std::unique_ptr<Server>> listen(ServerOptions options, Handler handler);
    ~Server();

    /// The port it listens on; 0 without TCP.
    std::uint16_t port() const;
    /// Serves until `stop`. Returns when no handler runs any more: what was still running after `stop_time`
    /// has lost its client, and has been asked to end by `Request::stopping`. Once only.
    /// Returns true when every request that was begun had its answer.
    bool run();
    /// Takes no more connections, lets what runs finish, closes event streams. May be called again, and before
    /// `run`. Not from a signal handler.
    void stop();
    Counters counters() const;

    struct Impl;

private:
    explicit Server(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace entente::http
