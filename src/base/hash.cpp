#include "base/hash.h"

#include <cstring>

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "base/check.h"

namespace entente {
namespace {

// OpenSSL 3 looks an algorithm up at every init unless it is fetched once: the look-up costs more than
// hashing a leaf.
const EVP_MD* algorithm() {
    static EVP_MD* const md = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    check(md != nullptr, "OpenSSL offers SHA-256");
    return md;
}

EVP_MD_CTX* new_context() {
    EVP_MD_CTX* const context = EVP_MD_CTX_new();
    check(
        context != nullptr && EVP_DigestInit_ex2(context, algorithm(), nullptr) == 1,
        "a digest can be started"
    );
    return context;
}

Hash finish_and_restart(EVP_MD_CTX* context) {
    Hash hash;
    check(EVP_DigestFinal_ex(context, hash.bytes.data(), nullptr) == 1, "a digest can be finished");
    check(EVP_DigestInit_ex2(context, nullptr, nullptr) == 1, "a digest can be started");
    return hash;
}

struct ThreadContext {
    EVP_MD_CTX* context = new_context();
    ~ThreadContext() { EVP_MD_CTX_free(context); }
};

}  // namespace

std::optional<Hash> Hash::from_bytes(std::string_view raw) {
    Hash hash;
    if (raw.size() != hash.bytes.size()) return std::nullopt;
    std::memcpy(hash.bytes.data(), raw.data(), raw.size());
    return hash;
}

Hash sha256(std::string_view a, std::string_view b, std::string_view c) {
    thread_local ThreadContext thread;
    EVP_DigestUpdate(thread.context, a.data(), a.size());
    if (!b.empty()) EVP_DigestUpdate(thread.context, b.data(), b.size());
    if (!c.empty()) EVP_DigestUpdate(thread.context, c.data(), c.size());
    return finish_and_restart(thread.context);
}

Hash hmac_sha256(std::string_view key, std::string_view message) {
    Hash hash;
    unsigned length = 0;
    const auto* out = HMAC(
        EVP_sha256(),
        key.data(),
        static_cast<int>(key.size()),
        reinterpret_cast<const unsigned char*>(message.data()),
        message.size(),
        hash.bytes.data(),
        &length
    );
    check(out != nullptr && length == hash.bytes.size(), "HMAC-SHA-256 gives 32 bytes");
    return hash;
}

Sha256Stream::Sha256Stream() : context_(new_context()) {}
Sha256Stream::~Sha256Stream() {
    EVP_MD_CTX_free(static_cast<EVP_MD_CTX*>(context_));
}
void Sha256Stream::update(std::string_view bytes) {
    EVP_DigestUpdate(static_cast<EVP_MD_CTX*>(context_), bytes.data(), bytes.size());
}
Hash Sha256Stream::finish() {
    return finish_and_restart(static_cast<EVP_MD_CTX*>(context_));
}

}  // namespace entente
