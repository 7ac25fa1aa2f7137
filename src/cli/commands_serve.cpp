#include <csignal>

#include <atomic>
#include <chrono>
#include <thread>

#include <fmt/format.h>

#include "api/api.h"
#include "api/app_answer.h"
#include "cli/commands.h"
#include "http/server.h"

namespace entente::cli {
namespace {

constexpr auto kBetweenLooks = std::chrono::milliseconds(500);

/// Tells the server to stop when the process is told to: signals are taken by one thread that waits for them.
class StopOnSignal {
public:
    explicit StopOnSignal(http::Server& server) {
        sigemptyset(&wanted_);
        for (const int signal : {SIGINT, SIGTERM, SIGUSR1}) sigaddset(&wanted_, signal);
        pthread_sigmask(SIG_BLOCK, &wanted_, &before_);
        waiting_ = std::thread([this, &server] {
            int signal = 0;
            sigwait(&wanted_, &signal);
            if (signal != SIGUSR1) say("\nStopping: what was begun is finished.\n");
            server.stop();
        });
    }
    ~StopOnSignal() {
        pthread_kill(waiting_.native_handle(), SIGUSR1);
        waiting_.join();
        pthread_sigmask(SIG_SETMASK, &before_, nullptr);
    }
    StopOnSignal(const StopOnSignal&) = delete;
    StopOnSignal& operator=(const StopOnSignal&) = delete;

private:
    sigset_t wanted_{}, before_{};
    std::thread waiting_;
};

/// Looks for entries that others wrote, as long as it lives.
class NewsWatch {
public:
    explicit NewsWatch(api::Workspace& work)
        : looking_([&work](const std::stop_token& stop) {
              while (!stop.stop_requested()) {
                  work.look_for_news();
                  std::this_thread::sleep_for(kBetweenLooks);
              }
          }) {}

private:
    std::jthread looking_;
};

}  // namespace

Result<Exit> run_serve(const Session& session, const ServeOptions& options) {
    if (options.address != "127.0.0.1" && options.address != "::1" && options.address != "localhost")
        return fail(
            ErrorCode::forbidden,
            "address",
            fmt::format(
                "found {}, expected 127.0.0.1: without accounts only this computer is served", options.address
            )
        );
    // Whatever is wrong with the node is said now, not on the first page.
    ENTENTE_ASSIGN_OR_RETURN(const auto node, session.open(service::Access::read));
    const std::string home = node->config().home;
    api::Workspace work(session.node, session.stores, session.schema);
    api::Api answers(work, {.visitor = api::demonstration_visitor});
    http::ServerOptions server_options;
    server_options.address = options.address, server_options.port = options.port;
    server_options.local_socket = options.socket;
    server_options.host_names = options.host_names;
    server_options.tls_certificate = options.certificate, server_options.tls_key = options.key;
    server_options.body_limit = [](const http::Request& request) {
        return api::Api::most_body(request.path);
    };
    server_options.on_failure = [](const http::Request& request, std::string_view what) {
        say(fmt::format("A bug of ours: {} {}: {}\n", request.method, request.path, what));
    };
    ENTENTE_ASSIGN_OR_RETURN(
        const auto server,
        http::Server::listen(
            std::move(server_options),
            [&](const http::Request& request) {
                return request.path == "/api" || request.path.starts_with("/api/") ? answers.answer(request)
                                                                                   : api::app_answer(request);
            }
        )
    );
    const StopOnSignal stop(*server);
    const NewsWatch watch(work);
    print(fmt::format(
        "Entente of {} at {}://{}:{}/\n",
        home,
        options.certificate.empty() ? "http" : "https",
        options.address,
        server->port()
    ));
    say("Demonstration: this computer only, no sign-in; whoever opens the page may do everything. Ctrl-C "
        "stops it.\n");
    return server->run() ? Exit::done : Exit::busy;
}

}  // namespace entente::cli
