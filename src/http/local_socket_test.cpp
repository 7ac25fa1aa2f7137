#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

#include "http/server.h"
#include "http/test_client.h"

namespace entente::http {
namespace {

namespace fs = std::filesystem;

class LocalSocket : public testing::Test {
protected:
    void SetUp() override {
        folder_ = fs::path(testing::TempDir()) / ("entente-http-" + std::to_string(getpid()));
        fs::create_directories(folder_);
        path_ = folder_ / "api.sock";
    }
    void TearDown() override { fs::remove_all(folder_); }

    ServerOptions options() const { return {.address = "", .local_socket = path_}; }
    static Response who(const Request& request) {
        return Response{
            .body = request.peer + (request.local_socket ? " local" : "") +
                    (request.from_this_machine ? " here" : "")};
    }

    fs::path folder_, path_;
};

TEST_F(LocalSocket, AnswersItsOwnerUnderAnyHost) {
    TestServer server(who, options());
    struct stat found {};
    ASSERT_EQ(stat(path_.c_str(), &found), 0);
    EXPECT_EQ(found.st_mode & 07777U, 0600U);
    TestClient client(path_);
    EXPECT_EQ(client.ask("GET / HTTP/1.1\r\nHost: entente\r\n\r\n").body, "local local here");
    server.stop();
    EXPECT_FALSE(fs::exists(path_));
}

TEST_F(LocalSocket, StandsBesideTcp) {
    TestServer server(who, {.local_socket = path_});
    TestClient local(path_), tcp(server.port());
    EXPECT_EQ(local.ask(get("/")).body, "local local here");
    EXPECT_EQ(tcp.ask(get("/")).body, "127.0.0.1 here");
}

TEST_F(LocalSocket, DoesNotHearOtherUsers) {
    if (geteuid() != 0) GTEST_SKIP() << "only root can become somebody else";
    TestServer server(who, options());
    // The mode alone would keep them out; the check holds even where somebody changed it.
    ASSERT_EQ(chmod(path_.c_str(), 0666), 0);
    ASSERT_EQ(chmod(folder_.c_str(), 0755), 0);
    const pid_t child = fork();
    if (child == 0) {
        if (setgid(65534) != 0 || setuid(65534) != 0) _exit(2);
        const int socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        path_.native().copy(address.sun_path, sizeof address.sun_path - 1);
        if (connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) _exit(3);
        (void)!write(socket, "GET / HTTP/1.1\r\nHost: x\r\n\r\n", 27);
        char byte;
        _exit(read(socket, &byte, 1) > 0 ? 4 : 0);
    }
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    EXPECT_EQ(WEXITSTATUS(status), 0) << "2: cannot change user, 3: cannot connect, 4: was answered";
    EXPECT_EQ(server->counters().connections_refused, 1U);
}

TEST_F(LocalSocket, ReplacesWhatACrashLeftAndNothingElse) {
    const auto listens = [&](const ServerOptions& options) {
        const auto server = Server::listen(options, who);
        return server ? std::string("listens") : server.error().field + ": " + server.error().message;
    };
    {
        const int left = socket(AF_UNIX, SOCK_STREAM, 0);
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        path_.native().copy(address.sun_path, sizeof address.sun_path - 1);
        ASSERT_EQ(bind(left, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
        close(left);
    }
    ASSERT_TRUE(fs::exists(path_));
    EXPECT_EQ(listens(options()), "listens");
    {
        TestServer server(who, options());
        EXPECT_EQ(listens(options()), "local_socket: somebody listens at " + path_.string() + " already");
        EXPECT_EQ(TestClient(path_).ask(get("/")).status, 200U) << "and the one that listens goes on";
    }
    std::ofstream(path_) << "a file of somebody's";
    EXPECT_EQ(listens(options()), "local_socket: " + path_.string() + " is there and is no socket");
    EXPECT_TRUE(fs::exists(path_));
    const std::string longer = "/" + std::string(120, 'x');
    EXPECT_EQ(
        listens({.address = "", .local_socket = longer}),
        "local_socket: " + longer + " is longer than the 107 bytes a socket may have"
    );
}

}  // namespace
}  // namespace entente::http
