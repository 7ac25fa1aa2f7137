#include "http/server.h"

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cerrno>
#include <set>

#include "http/connection.h"
#include "http/listen_socket.h"

namespace entente::http {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using Error = boost::system::error_code;

constexpr auto kTick = 100ms;
constexpr auto kNoDescriptors = 200ms;  ///< pause when the system has no more of them
constexpr std::size_t kTurnedAwayMost =
    64;  ///< clients that are told 503 at one time; others are just closed

/// A listening socket and what waits on it.
struct Entrance {
    Entrance(asio::io_context& io, ListenSocket given)
        : socket(std::move(given)), watch(io, dup(socket.descriptor())) {}
    ListenSocket socket;
    asio::posix::stream_descriptor watch;  ///< on a second descriptor: each closes its own
};

ServerOptions completed(ServerOptions options) {
    if (options.workers == 0) options.workers = std::max(2U, std::thread::hardware_concurrency());
    options.rate_least = std::max<std::size_t>(options.rate_least, 1);
    options.connections_max = std::max<std::size_t>(options.connections_max, 1);
    options.body_reserve = std::min(options.body_reserve, options.body_memory / 4);
    return options;
}

}  // namespace

struct Server::Impl {
    Impl(ServerOptions options, Handler handler) : core(completed(std::move(options)), std::move(handler)) {
        core.hosts = core.options.host_names;
        // An address for all interfaces is nobody's name: pages elsewhere use 0.0.0.0 to reach what is local.
        const std::string& address = core.options.address;
        if (address != "0.0.0.0" && address != "::") core.hosts.push_back(address);
    }

    Result<void> open();
    void begin_draining();
    Awaitable<void> take_clients(Entrance& entrance);
    void take(const Entrance& entrance, const Accepted& client);
    Awaitable<void> run_connection(std::shared_ptr<Connection> connection);
    Awaitable<void> turn_away(std::shared_ptr<Connection> connection, std::string_view why);
    std::string_view why_not(const Entrance& entrance, const Accepted& client);
    bool make_room();
    Awaitable<void> watch_time();

    // In this order, so that workers have ended before the network goes.
    asio::io_context io{1};
    std::unique_ptr<TlsContext> tls;
    Core core;
    std::vector<std::unique_ptr<Entrance>> entrances;
    std::set<std::shared_ptr<Connection>> connections, turned_away;
    asio::steady_timer ticker{io};
    Connection::Clock::time_point stop_at = Connection::Clock::time_point::max();
    std::uint16_t port = 0;
};

Result<void> Server::Impl::open() {
    const ServerOptions& options = core.options;
    if (options.tls_certificate.empty() != options.tls_key.empty())
        return fail(ErrorCode::invalid_argument, "tls_key", "a certificate and its key are given together");
    if (!options.tls_certificate.empty()) {
        ENTENTE_ASSIGN_OR_RETURN(tls, TlsContext::load(options.tls_certificate, options.tls_key));
    }
    if (!options.address.empty()) {
        ENTENTE_ASSIGN_OR_RETURN(auto socket, ListenSocket::tcp(options.address, options.port));
        port = socket.port();
        entrances.push_back(std::make_unique<Entrance>(io, std::move(socket)));
    }
    if (!options.local_socket.empty()) {
        ENTENTE_ASSIGN_OR_RETURN(auto socket, ListenSocket::local(options.local_socket));
        entrances.push_back(std::make_unique<Entrance>(io, std::move(socket)));
    }
    if (entrances.empty())
        return fail(ErrorCode::invalid_argument, "address", "nothing is named to listen on");
    return {};
}

Awaitable<void> Server::Impl::take_clients(Entrance& entrance) {
    while (!core.draining) {
        Error error;
        co_await entrance.watch.async_wait(
            asio::posix::stream_descriptor::wait_read, asio::redirect_error(asio::use_awaitable, error)
        );
        if (error) co_return;
        for (int i = 0; i < 64 && !core.draining; ++i) {
            const Accepted client = accept_from(entrance.socket);
            if (client.descriptor >= 0) {
                take(entrance, client);
                continue;
            }
            if (errno != EMFILE && errno != ENFILE && errno != ENOBUFS && errno != ENOMEM) break;
            asio::steady_timer pause(io, kNoDescriptors);
            co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, error));
            break;
        }
    }
}

void Server::Impl::take(const Entrance& entrance, const Accepted& client) {
    const auto& only_from = core.options.only_from;
    const bool stranger =
        client.other_user || (!entrance.socket.is_local() && !only_from.empty() &&
                              std::ranges::find(only_from, client.address) == only_from.end());
    const auto why = stranger ? "" : why_not(entrance, client);
    const bool refused = !why.empty();
    const bool encrypted = tls && !entrance.socket.is_local();
    if (refused || stranger) CounterCells::add(core.cells.connections_refused);
    // One too many is not given a handshake, which costs more than what it would be told.
    if (stranger || (refused && (encrypted || turned_away.size() >= kTurnedAwayMost))) {
        close(client.descriptor);
        return;
    }
    const Executor executor = io.get_executor();
    auto stream = encrypted ? tls_stream(executor, client.descriptor, client.family, *tls)
                            : plain_stream(executor, client.descriptor, client.family);
    auto connection = std::make_shared<Connection>(
        core,
        std::move(stream),
        Peer{client.address, client.network, client.loopback, entrance.socket.is_local()}
    );
    asio::co_spawn(io, refused ? turn_away(connection, why) : run_connection(connection), asio::detached);
}

/// Why a client is not taken; empty: it is.
std::string_view Server::Impl::why_not(const Entrance& entrance, const Accepted& client) {
    const auto& proxies = core.options.proxies;
    const bool of_many =
        entrance.socket.is_local() || std::ranges::find(proxies, client.address) != proxies.end();
    const auto same = std::ranges::count_if(connections, [&](const auto& each) {
        return each->peer().network == client.network;
    });
    if (!of_many && static_cast<std::size_t>(same) >= core.options.connections_per_address)
        return "Too many connections are open from this address.";
    if (connections.size() >= core.options.connections_max && !make_room())
        return "Too many connections are open.";
    return {};
}

/// Ends the connection that is idle for longest; false when none is.
bool Server::Impl::make_room() {
    std::shared_ptr<Connection> longest;
    for (const auto& each : connections) {
        const auto since = each->idle_since();
        if (since && (!longest || *since < *longest->idle_since())) longest = each;
    }
    if (!longest) return false;
    longest->give_way();
    return true;
}

Awaitable<void> Server::Impl::run_connection(std::shared_ptr<Connection> connection) {
    connections.insert(connection);
    CounterCells::add(core.cells.connections);
    core.cells.connections_open = connections.size();
    co_await connection->serve();
    connections.erase(connection);
    core.cells.connections_open = connections.size();
}

Awaitable<void> Server::Impl::turn_away(std::shared_ptr<Connection> connection, std::string_view why) {
    turned_away.insert(connection);
    co_await connection->turn_away(why);
    turned_away.erase(connection);
}

/// Ends what takes too long; ends itself once the server is stopping and nobody is left.
Awaitable<void> Server::Impl::watch_time() {
    while (!core.draining || !connections.empty()) {
        Error ignored;
        ticker.expires_after(kTick);
        co_await ticker.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
        const auto now = Connection::Clock::now();
        if (now >= stop_at && !core.aborted) {
            core.aborted = true;
            core.stopping.request_stop();
            for (const auto& each : connections) each->abort();
        }
        for (const auto& each : connections) each->tick(now);
        for (const auto& each : turned_away) each->tick(now);
    }
    for (const auto& each : turned_away) each->abort();
}

void Server::Impl::begin_draining() {
    if (core.draining) return;
    core.draining = true;
    stop_at = Connection::Clock::now() + core.options.stop_time;
    entrances.clear();
    for (const auto& each : connections) each->drain();
    ticker.cancel();
}

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Server::~Server() = default;

Result<std::unique_ptr<Server>> Server::listen(ServerOptions options, Handler handler) {
    auto impl = std::make_unique<Impl>(std::move(options), std::move(handler));
    ENTENTE_RETURN_IF_ERROR(impl->open());
    return std::unique_ptr<Server>(new Server(std::move(impl)));
}

std::uint16_t Server::port() const {
    return impl_->port;
}

bool Server::run() {
    Impl& impl = *impl_;
    for (const auto& entrance : impl.entrances)
        asio::co_spawn(impl.io, impl.take_clients(*entrance), asio::detached);
    asio::co_spawn(impl.io, impl.watch_time(), asio::detached);
    impl.io.run();
    return impl.core.cut_off == 0;
}

void Server::stop() {
    asio::post(impl_->io, [impl = impl_.get()] { impl->begin_draining(); });
}

Counters Server::counters() const {
    Counters out = impl_->core.cells.read();
    out.waiting = impl_->core.workers.waiting();
    out.running = impl_->core.workers.running();
    return out;
}

}  // namespace entente::http
