#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>

#include "base/result.h"

namespace entente::http {

/// A socket that listens; closed, and its file removed, when the object goes.
class ListenSocket {
public:
    /// TCP on a numeric address; localhost is 127.0.0.1.
    /// Errors  invalid_argument: no address · unavailable: something else listens there
    static Result<ListenSocket> tcp(const std::string& address, std::uint16_t port);
    /// A socket in the file system that only its owner may open. One that nobody listens on any more is
    /// replaced.
    /// Errors  invalid_argument: too long, or something else lies there · unavailable: somebody listens there
    static Result<ListenSocket> local(const std::filesystem::path& path);

    ListenSocket(ListenSocket&& other) noexcept
        : descriptor_(std::exchange(other.descriptor_, -1)), path_(std::exchange(other.path_, {})) {}
    ListenSocket& operator=(ListenSocket&&) = delete;
    ~ListenSocket();

    int descriptor() const { return descriptor_; }
    bool is_local() const { return !path_.empty(); }
    std::uint16_t port() const;

private:
    explicit ListenSocket(int descriptor, std::filesystem::path path = {})
        : descriptor_(descriptor), path_(std::move(path)) {}
    int descriptor_;
    std::filesystem::path path_;
};

/// A client that was taken from a listening socket.
struct Accepted {
    int descriptor = -1;
    int family = 0;
    std::string address;
    std::string network;  ///< what one client is sure to be: the address, or the /64 of an address of six
    bool loopback = false;
    bool other_user = false;  ///< at a local socket
};

/// The next client that waits; a descriptor of -1 and `errno` when none does.
Accepted accept_from(const ListenSocket& socket);

}  // namespace entente::http
