#include <csignal>

#include <atomic>
#include <chrono>
#include <thread>

#include <fmt/format.h>

#include "api/api.h"
#include "api/app_answer.h"
#include "api/people.h"
#include "cli/commands.h"
#include "http/host.h"
#include "http/server.h"

namespace entente::cli {
namespace {

constexpr auto kBetweenLooks = std::chrono::milliseconds(500);

/// Tells the server to stop when the process is told to: signals are taken by one thread that waits for them.
class StopOnSignal {
public:
    StopOnSignal(http::Server& server, api::Workspace& work) {
        sigemptyset(&wanted_);
        for (const int signal : {SIGINT, SIGTERM, SIGUSR1}) sigaddset(&wanted_, signal);
        pthread_sigmask(SIG_BLOCK, &wanted_, &before_);
        waiting_ = std::thread([this, &server, &work] {
            int signal = 0;
            sigwait(&wanted_, &signal);
            if (signal != SIGUSR1) say("\nStopping: what was begun is finished.\n");
            work.stop();
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

/// Looks for entries that others wrote, and for sessions that ended, as long as it lives.
class NewsWatch {
public:
    NewsWatch(api::Workspace& work, api::People& people)
        : looking_([&work, &people](const std::stop_token& stop) {
              while (!stop.stop_requested()) {
                  // In this order: no news to whom they are not for any more.
                  people.close_what_ended();
                  work.look_for_news();
                  (void)people.log().write_counted();  // where it fails the count is lost, and nothing else
                  std::this_thread::sleep_for(kBetweenLooks);
              }
          }) {}

private:
    std::jthread looking_;
};

/// Without accounts only this computer is served; and no password goes over a network in the clear.
Result<void> check_exposure(const ServeOptions& options, bool any_account) {
    const bool local = http::is_loopback_name(options.address);
    if (!any_account && (!local || options.behind_proxy))
        return fail(
            ErrorCode::forbidden,
            local ? "behind-proxy" : "address",
            local ? "found no account, expected one: through a proxy everybody would come from this computer"
                  : fmt::format(
                        "found {}, expected 127.0.0.1: without accounts only this computer is served",
                        options.address
                    ),
            "entente account add NAME --role administrator"
        );
    if (!local && options.behind_proxy)
        return fail(
            ErrorCode::forbidden,
            "behind-proxy",
            fmt::format(
                "found it with {}, expected 127.0.0.1: anybody could come past the other server",
                options.address
            )
        );
    if (!local && options.certificate.empty() && !options.behind_proxy)
        return fail(
            ErrorCode::forbidden,
            "address",
            fmt::format(
                "found {} without TLS, expected --certificate and --key, or --behind-proxy where another "
                "server "
                "speaks TLS",
                options.address
            )
        );
    return {};
}

http::ServerOptions server_options(const ServeOptions& options, api::Api& answers) {
    http::ServerOptions out;
    out.address = options.address, out.port = options.port;
    // Those that wait to write leave as many to the readers as there are cores.
    out.workers = std::max(2U, std::thread::hardware_concurrency()) + api::WriterTurns::kMostRequests;
    out.local_socket = options.socket;
    if (options.behind_proxy) {
        out.proxies = {"127.0.0.1", "::1"};
    }
    out.host_names = options.host_names;
    out.tls_certificate = options.certificate, out.tls_key = options.key;
    // Also what the server says by itself, before any route is asked.
    out.headers = {
        {"X-Content-Type-Options", "nosniff"},
        {"Referrer-Policy", "same-origin"},
        {"X-Frame-Options", "DENY"},
        {"Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"}};
    // A browser that came by TLS once does not try without.
    if (!options.certificate.empty())
        out.headers.emplace_back("Strict-Transport-Security", "max-age=31536000");
    out.body_limit = [](const http::Request& request) { return api::Api::most_body(request); };
    out.refuse_body = [&answers](const http::Request& request) { return answers.refuse(request); };
    out.on_failure = [](const http::Request& request, std::string_view what) {
        say(fmt::format("A bug of ours: {} {}: {}\n", request.method, request.path, what));
    };
    return out;
}

void say_who_may(const std::string& address, bool any_account, const std::string& token) {
    if (any_account) {
        say("Who has an account signs in. Ctrl-C stops it.\n");
        return;
    }
    say("Demonstration: this computer only, no sign-in; whoever opens the page may do everything. Ctrl-C "
        "stops it.\n");
    if (!token.empty())
        say(fmt::format(
            "The first administrator is made at {}set-up with this token, once, within the hour:\n  {}\n",
            address,
            token
        ));
}

}  // namespace

Result<Exit> run_serve(const Session& session, const ServeOptions& options) {
    // Whatever is wrong with the node is said now, not on the first page.
    ENTENTE_ASSIGN_OR_RETURN(const auto node, session.open(service::Access::read));
    const std::string home = node->config().home;
    ENTENTE_ASSIGN_OR_RETURN(const auto accounts, session.open_accounts());
    const bool tls = !options.certificate.empty();
    api::People people(
        *accounts, system_clock(), {.tls = tls || options.behind_proxy, .behind_proxy = options.behind_proxy}
    );
    ENTENTE_ASSIGN_OR_RETURN(const bool any, people.accounts().any());
    ENTENTE_RETURN_IF_ERROR(check_exposure(options, any));
    std::string token;
    if (options.set_up) {
        ENTENTE_ASSIGN_OR_RETURN(token, people.accounts().make_set_up_token());
    }
    api::Workspace work(session.node, session.stores, session.schema);
    api::Api answers(
        work,
        {.visitor = [&people](const http::Request& request) { return people.visitor(request); },
         .people = &people,
         .behind_proxy = options.behind_proxy}
    );
    ENTENTE_ASSIGN_OR_RETURN(
        const auto server,
        http::Server::listen(
            server_options(options, answers),
            [&](const http::Request& request) {
                return api::Api::answers(request.path) ? answers.answer(request) : api::app_answer(request);
            }
        )
    );
    work.metrics().set_server([&server = *server] { return server.counters(); });
    const StopOnSignal stop(*server, work);
    const NewsWatch watch(work, people);
    const auto address = fmt::format("{}://{}:{}/", tls ? "https" : "http", options.address, server->port());
    print(fmt::format("Entente of {} at {}\n", home, address));
    say_who_may(address, any, token);
    return server->run() ? Exit::done : Exit::busy;
}

}  // namespace entente::cli
