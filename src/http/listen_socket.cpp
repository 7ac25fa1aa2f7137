#include "http/listen_socket.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <iterator>
#include <memory>

#include "http/host.h"

namespace entente::http {
namespace {

constexpr int kBacklog = 512;

std::unexpected<Error> failed(const std::string& what) {
    return fail(ErrorCode::unavailable, "listen", what + ": " + std::strerror(errno));
}

int new_socket(int family) {
    return socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
}

/// Whether somebody answers at a local socket.
bool is_listened_on(const sockaddr_un& address) {
    const int probe = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const bool answered = connect(probe, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    close(probe);
    return answered;
}

/// Makes way for a new socket: removes one that nobody listens on.
Result<void> clear_the_way(const std::filesystem::path& path, const sockaddr_un& address) {
    struct stat found {};
    if (lstat(path.c_str(), &found) != 0) return {};
    if (!S_ISSOCK(found.st_mode))
        return fail(
            ErrorCode::invalid_argument, "local_socket", path.string() + " is there and is no socket"
        );
    if (is_listened_on(address))
        return fail(
            ErrorCode::unavailable, "local_socket", "somebody listens at " + path.string() + " already"
        );
    if (unlink(path.c_str()) != 0) return failed(path.string());
    return {};
}

bool is_other_user(int descriptor) {
    ucred credentials{};
    socklen_t size = sizeof credentials;
    return getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &credentials, &size) != 0 ||
           credentials.uid != geteuid();
}

/// Whoever has one address of six has the /64 around it.
std::string network_of(const std::string& address) {
    in6_addr six{};
    if (inet_pton(AF_INET6, address.substr(0, address.find('%')).c_str(), &six) != 1) return address;
    std::fill(std::begin(six.s6_addr) + 8, std::end(six.s6_addr), std::uint8_t{0});
    char text[INET6_ADDRSTRLEN] = "";
    inet_ntop(AF_INET6, &six, text, sizeof text);
    return std::string(text) + "/64";
}

}  // namespace

Result<ListenSocket> ListenSocket::tcp(const std::string& address, std::uint16_t port) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE;
    addrinfo* found = nullptr;
    const std::string numeric = address == "localhost" ? "127.0.0.1" : address;
    if (getaddrinfo(numeric.c_str(), std::to_string(port).c_str(), &hints, &found) != 0)
        return fail(
            ErrorCode::invalid_argument, "address", address + " is no address, such as 127.0.0.1 or ::1"
        );
    const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> kept(found, freeaddrinfo);
    ListenSocket socket(new_socket(found->ai_family));
    const int on = 1;
    setsockopt(socket.descriptor_, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(socket.descriptor_, found->ai_addr, found->ai_addrlen) != 0 ||
        ::listen(socket.descriptor_, kBacklog) != 0)
        return failed(address + " port " + std::to_string(port));
    return socket;
}

Result<ListenSocket> ListenSocket::local(const std::filesystem::path& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const std::string& text = path.native();
    if (text.size() >= sizeof address.sun_path)
        return fail(
            ErrorCode::invalid_argument,
            "local_socket",
            text + " is longer than the " + std::to_string(sizeof address.sun_path - 1) +
                " bytes a socket may have"
        );
    text.copy(address.sun_path, text.size());
    ENTENTE_RETURN_IF_ERROR(clear_the_way(path, address));
    const int descriptor = new_socket(AF_UNIX);
    if (bind(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        const auto error = failed(text);
        close(descriptor);
        return error;
    }
    ListenSocket socket(descriptor, path);
    // Nobody can connect before `listen`, so nobody slips in before the mode is set.
    if (chmod(text.c_str(), 0600) != 0 || ::listen(descriptor, kBacklog) != 0) return failed(text);
    return socket;
}

ListenSocket::~ListenSocket() {
    if (descriptor_ >= 0) close(descriptor_);
    if (!path_.empty()) unlink(path_.c_str());
}

std::uint16_t ListenSocket::port() const {
    sockaddr_storage address{};
    socklen_t size = sizeof address;
    if (getsockname(descriptor_, reinterpret_cast<sockaddr*>(&address), &size) != 0) return 0;
    if (address.ss_family == AF_INET) return ntohs(reinterpret_cast<const sockaddr_in&>(address).sin_port);
    if (address.ss_family == AF_INET6) return ntohs(reinterpret_cast<const sockaddr_in6&>(address).sin6_port);
    return 0;
}

Accepted accept_from(const ListenSocket& socket) {
    sockaddr_storage from{};
    socklen_t size = sizeof from;
    Accepted out;
    out.descriptor =
        accept4(socket.descriptor(), reinterpret_cast<sockaddr*>(&from), &size, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (out.descriptor < 0) return out;
    if (socket.is_local()) {
        out.family = AF_UNIX;
        out.address = "local";
        out.other_user = is_other_user(out.descriptor);
        return out;
    }
    out.family = from.ss_family;
    char host[NI_MAXHOST] = "";
    getnameinfo(
        reinterpret_cast<const sockaddr*>(&from), size, host, sizeof host, nullptr, 0, NI_NUMERICHOST
    );
    out.address = host;
    if (out.address.starts_with("::ffff:")) out.address.erase(0, 7);  // IPv4 at a socket for both
    out.network = network_of(out.address);
    out.loopback = is_loopback_name(out.address);
    const int on = 1;
    setsockopt(out.descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return out;
}

}  // namespace entente::http
