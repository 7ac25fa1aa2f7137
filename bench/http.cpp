// An open-loop client: requests are due at a fixed rate whatever came of those before, and latency counts from when a
// request was due, so that a server that falls behind cannot hide it.
//
//   bench_http PORT RATE SECONDS PATHS CONNECTIONS
//
// PATHS: a file with a path a line, asked in turn. Prints rate reached, latencies, and answers that were not 200. What is
// not asked twice as long after the beginning as it should take is asked no more: then fewer were answered than due.
#include <fmt/format.h>
#include <poll.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <fstream>
#include <iostream>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include "support.h"

namespace entente::bench {
namespace {

using Clock = std::chrono::steady_clock;

/// One connection that is kept; an answer is read whole by its Content-Length.
class Connection {
public:
    explicit Connection(std::uint16_t port) {
        socket_ = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in to{};
        to.sin_family = AF_INET, to.sin_port = htons(port), to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        require(::connect(socket_, reinterpret_cast<sockaddr*>(&to), sizeof to) == 0, "the server can be reached");
        const int on = 1;
        ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    }
    ~Connection() { ::close(socket_); }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    /// The status.
    int ask(const std::string& path, std::size_t& bytes) {
        const auto request = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
        require(::send(socket_, request.data(), request.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(request.size()), "a request can be sent");
        std::size_t head = std::string::npos;
        buffer_.clear();
        while ((head = buffer_.find("\r\n\r\n")) == std::string::npos) read_more();
        const auto length_at = buffer_.find("Content-Length: ");
        const std::size_t length =
            length_at < head ? std::stoul(buffer_.substr(length_at + 16, 20)) : 0;
        while (buffer_.size() < head + 4 + length) read_more();
        bytes += buffer_.size();
        return std::stoi(buffer_.substr(9, 3));
    }

private:
    void read_more() {
        char piece[1 << 16];
        const auto got = ::recv(socket_, piece, sizeof piece, 0);
        require(got > 0, "the server answers whole");
        buffer_.append(piece, static_cast<std::size_t>(got));
    }

    int socket_ = -1;
    std::string buffer_;
};

struct Asked {
    double latency_ms;
    int status;
};

void run(std::uint16_t port, double rate, double seconds, const std::vector<std::string>& paths, unsigned connections) {
    const auto total = static_cast<std::size_t>(rate * seconds);
    std::vector<Asked> asked(total, Asked{0, 0});
    std::atomic<std::size_t> next = 0;
    std::atomic<std::size_t> bytes = 0;
    const auto begin = Clock::now() + std::chrono::milliseconds(50);
    std::vector<std::thread> threads;
    for (unsigned i = 0; i < connections; ++i)
        threads.emplace_back([&] {
            Connection connection(port);
            std::size_t read = 0;
            for (auto at = next++; at < total; at = next++) {
                // A server that cannot keep up is not waited for without end.
                if (Clock::now() > begin + std::chrono::duration<double>(2 * seconds)) break;
                const auto due = begin + std::chrono::duration_cast<Clock::duration>(
                                             std::chrono::duration<double>(static_cast<double>(at) / rate)
                                         );
                std::this_thread::sleep_until(due);
                asked[at].status = connection.ask(paths[at % paths.size()], read);
                asked[at].latency_ms = std::chrono::duration<double, std::milli>(Clock::now() - due).count();
            }
            bytes += read;
        });
    for (auto& thread : threads) thread.join();
    const double took = std::chrono::duration<double>(Clock::now() - begin).count();
    std::vector<double> latencies;
    std::size_t failed = 0;
    for (const auto& one : asked)
        if (one.status != 0) latencies.push_back(one.latency_ms), failed += one.status != 200;
    require(!latencies.empty(), "an answer came in time");
    std::ranges::sort(latencies);
    const auto at = [&](double share) {
        return latencies[std::min(latencies.size() - 1, static_cast<std::size_t>(share * static_cast<double>(latencies.size())))];
    };
    std::cout << fmt::format(
        "{:>6.0f} due a second, {:>6.0f} answered; half {:.2f} ms, 90 % {:.2f}, 99 % {:.2f}, worst {:.1f}; {:.1f} KB each; {} answers, not 200: {}\n",
        rate,
        static_cast<double>(latencies.size()) / took,
        at(0.5),
        at(0.9),
        at(0.99),
        latencies.back(),
        static_cast<double>(bytes) / 1024 / static_cast<double>(latencies.size()),
        latencies.size(),
        failed
    );
}

}  // namespace
}  // namespace entente::bench

int main(int count, char** words) {
    using namespace entente::bench;
    require(count == 6, "bench_http PORT RATE SECONDS PATHS CONNECTIONS");
    std::vector<std::string> paths;
    std::ifstream in(words[4]);
    for (std::string line; std::getline(in, line);)
        if (!line.empty()) paths.push_back(line);
    require(!paths.empty(), "a file with a path a line");
    run(static_cast<std::uint16_t>(std::stoul(words[1])),
        std::stod(words[2]),
        std::stod(words[3]),
        paths,
        static_cast<unsigned>(std::stoul(words[5])));
    return 0;
}
