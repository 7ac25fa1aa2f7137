#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <unistd.h>

#include <fstream>
#include <memory>

#include "http/event_stream.h"
#include "http/server.h"
#include "http/test_client.h"

namespace entente::http {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

template <auto Free>
using Freed = decltype([](auto* thing) { Free(thing); });

/// A key, and a certificate for localhost that it signs itself, written to two files.
void make_certificate(const fs::path& certificate, const fs::path& key) {
    const std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>> pair(EVP_EC_gen("P-256"));
    const std::unique_ptr<X509, Freed<X509_free>> x509(X509_new());
    X509_set_version(x509.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(x509.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(x509.get()), -60);
    X509_gmtime_adj(X509_getm_notAfter(x509.get()), 3600);
    X509_NAME* name = X509_get_subject_name(x509.get());
    const auto* text = reinterpret_cast<const unsigned char*>("localhost");
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, text, -1, -1, 0);
    X509_set_issuer_name(x509.get(), name);
    X509_set_pubkey(x509.get(), pair.get());
    ASSERT_GT(X509_sign(x509.get(), pair.get(), EVP_sha256()), 0);
    const std::unique_ptr<FILE, Freed<fclose>> to_certificate(fopen(certificate.c_str(), "w"));
    const std::unique_ptr<FILE, Freed<fclose>> to_key(fopen(key.c_str(), "w"));
    ASSERT_EQ(PEM_write_X509(to_certificate.get(), x509.get()), 1);
    ASSERT_EQ(PEM_write_PrivateKey(to_key.get(), pair.get(), nullptr, nullptr, 0, nullptr, nullptr), 1);
}

/// A client that trusts nothing but one certificate.
class TlsClient {
public:
    TlsClient(std::uint16_t port, const fs::path& trusted, int newest = TLS1_3_VERSION)
        : context_(SSL_CTX_new(TLS_client_method())) {
        SSL_CTX_load_verify_locations(context_.get(), trusted.c_str(), nullptr);
        SSL_CTX_set_verify(context_.get(), SSL_VERIFY_PEER, nullptr);
        SSL_CTX_set_max_proto_version(context_.get(), newest);
        SSL_CTX_set_security_level(context_.get(), 0);  // so that only the server refuses old versions
        bio_.reset(BIO_new_ssl_connect(context_.get()));
        BIO_set_conn_hostname(bio_.get(), ("127.0.0.1:" + std::to_string(port)).c_str());
        BIO_get_ssl(bio_.get(), &ssl_);
        SSL_set_alpn_protos(ssl_, reinterpret_cast<const unsigned char*>("\x02h2\x08http/1.1"), 12);
        connected_ = BIO_do_connect(bio_.get()) == 1 && BIO_do_handshake(bio_.get()) == 1;
    }

    bool is_connected() const { return connected_; }
    std::string protocol() const {
        const unsigned char* name = nullptr;
        unsigned size = 0;
        SSL_get0_alpn_selected(ssl_, &name, &size);
        return std::string(SSL_get_version(ssl_)) + " " +
               std::string(reinterpret_cast<const char*>(name), size);
    }
    void send(const std::string& bytes) {
        BIO_write(bio_.get(), bytes.data(), static_cast<int>(bytes.size()));
    }
    /// Bytes until `marker`, or until the end.
    std::string read_until(std::string_view marker) {
        std::string all;
        char some[4096];
        while (all.find(marker) == std::string::npos) {
            const int count = BIO_read(bio_.get(), some, sizeof some);
            if (count <= 0) break;
            all.append(some, static_cast<std::size_t>(count));
        }
        return all;
    }
    /// Whether the other side ended as TLS wants it, and did not just break off.
    bool ended_well() const { return (SSL_get_shutdown(ssl_) & SSL_RECEIVED_SHUTDOWN) != 0; }

private:
    std::unique_ptr<SSL_CTX, Freed<SSL_CTX_free>> context_;
    std::unique_ptr<BIO, Freed<BIO_free_all>> bio_;
    SSL* ssl_ = nullptr;
    bool connected_ = false;
};

class Tls : public testing::Test {
protected:
    void SetUp() override {
        folder_ = fs::path(testing::TempDir()) / ("entente-tls-" + std::to_string(getpid()));
        fs::create_directories(folder_);
        make_certificate(certificate_ = folder_ / "certificate.pem", key_ = folder_ / "key.pem");
    }
    void TearDown() override { fs::remove_all(folder_); }

    ServerOptions options() const { return {.tls_certificate = certificate_, .tls_key = key_}; }
    static Response hello(const Request& request) {
        return Response{.body = "hello " + request.path + request.body};
    }

    fs::path folder_, certificate_, key_;
};

TEST_F(Tls, AnswersRequests) {
    TestServer server(hello, options());
    TlsClient client(server.port(), certificate_);
    ASSERT_TRUE(client.is_connected());
    EXPECT_EQ(client.protocol(), "TLSv1.3 http/1.1");
    for (int i = 0; i < 100; ++i) {
        client.send(post("/" + std::to_string(i), "!"));
        EXPECT_NE(client.read_until("!").find("hello /" + std::to_string(i) + "!"), std::string::npos);
    }
    client.send(get("/last", "Connection: close\r\n"));
    EXPECT_TRUE(client.read_until("never").ends_with("hello /last"));
    EXPECT_TRUE(client.ended_well());
}

TEST_F(Tls, CarriesLongBodiesBothWays) {
    const std::string sent(900'000, 'x');
    TestServer server(
        [](const Request& request) { return Response{.body = request.body + "end"}; }, options()
    );
    TlsClient client(server.port(), certificate_);
    client.send(post("/", sent));
    const std::string all = client.read_until("end");
    EXPECT_EQ(all.substr(all.find("\r\n\r\n") + 4), sent + "end");
}

TEST_F(Tls, CarriesEvents) {
    const auto events = std::make_shared<EventStream>();
    TestServer server([&](const Request&) { return Response{.events = events}; }, options());
    TlsClient client(server.port(), certificate_);
    client.send(get("/"));
    for (int i = 0; i < 50; ++i) {
        events->publish("news", std::to_string(i));
        EXPECT_NE(client.read_until("data: " + std::to_string(i) + "\n").size(), 0U);
    }
    EXPECT_TRUE(server.stop());
    EXPECT_TRUE(client.read_until("never").ends_with("0\r\n\r\n"));
}

TEST_F(Tls, SpeaksNoOldVersionAndNotInTheClear) {
    ServerOptions quick = options();
    quick.header_time = 300ms;
    TestServer server(hello, quick);
    EXPECT_TRUE(TlsClient(server.port(), certificate_, TLS1_2_VERSION).is_connected());
    EXPECT_FALSE(TlsClient(server.port(), certificate_, TLS1_1_VERSION).is_connected());
    TestClient plain(server.port());
    plain.send(get("/"));
    EXPECT_EQ(plain.read().status, 0U);
    TestClient silent(server.port());  // never greets
    EXPECT_EQ(silent.read_to_end(), "");
}

TEST_F(Tls, SaysWhatIsWrongWithItsFiles) {
    const auto refused = [](const ServerOptions& options) {
        const auto server = Server::listen(options, hello);
        return server ? "listens" : server.error().field;
    };
    EXPECT_EQ(refused({.tls_certificate = certificate_}), "tls_key");
    EXPECT_EQ(refused({.tls_certificate = folder_ / "none", .tls_key = key_}), "tls_certificate");
    EXPECT_EQ(refused({.tls_certificate = key_, .tls_key = key_}), "tls_certificate");
    EXPECT_EQ(refused({.tls_certificate = certificate_, .tls_key = certificate_}), "tls_key");
    make_certificate(folder_ / "other.pem", folder_ / "other.key");
    EXPECT_EQ(refused({.tls_certificate = certificate_, .tls_key = folder_ / "other.key"}), "tls_key");
    EXPECT_EQ(refused(options()), "listens");
}

}  // namespace
}  // namespace entente::http
