#include <CLI/CLI.hpp>

#include "cli/command_line.h"

namespace entente::cli {

void CommandLine::add_serve() {
    auto& o = options_.serve;
    auto* serve = command(
        "serve",
        "Serve the app and the API, until Ctrl-C",
        [this](const Session& s) { return run_serve(s, options_.serve); },
        "Example:\n  entente --node my/node serve --port 8700\n"
        "Without accounts it serves this computer alone, in demonstration mode: whoever opens the page may "
        "do everything. With accounts people sign in, and other computers are served, too, by TLS."
    );
    serve->add_option("--port", o.port, "Port (8700); 0 for any that is free")->type_name("PORT");
    serve->add_option("--address", o.address, "Address to listen on (127.0.0.1)")->type_name("ADDRESS");
    serve->add_option("--local-socket", o.socket, "A socket in the file system besides, its owner's alone")
        ->type_name("FILE");
    serve->add_option("--host-name", o.host_names, "Name by which browsers may call it; may be repeated")
        ->allow_extra_args(false)
        ->type_name("NAME");
    auto* certificate =
        serve->add_option("--certificate", o.certificate, "Certificate for TLS (PEM)")->type_name("FILE");
    serve->add_option("--key", o.key, "Its key (PEM)")->type_name("FILE")->needs(certificate);
    serve->add_flag(
        "--set-up", o.set_up, "Print a token, once, with which the first administrator is made in a browser"
    );
    serve->add_flag(
        "--behind-proxy",
        o.behind_proxy,
        "Another server speaks to browsers, by TLS, and sends X-Forwarded-For"
    );
}

}  // namespace entente::cli
