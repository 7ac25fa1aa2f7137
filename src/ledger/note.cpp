#include "ledger/note.h"

#include <charconv>

#include <fmt/format.h>
#include <sodium.h>

#include "base/check.h"
#include "base/codec.h"
#include "base/random.h"

namespace entente::ledger {
namespace {

constexpr char kEd25519 = 0x01;
constexpr std::string_view kSecretPrefix = "PRIVATE+KEY+";
constexpr std::string_view kSignatureMark = "\xE2\x80\x94 ";  // em dash, blank

const unsigned char* raw(std::string_view bytes) {
    return reinterpret_cast<const unsigned char*>(bytes.data());
}
unsigned char* raw(std::string& bytes) {
    return reinterpret_cast<unsigned char*>(bytes.data());
}

std::uint32_t key_hash(std::string_view name, std::string_view public_key) {
    const auto digest = sha256(fmt::format("{}\n", name), std::string_view(&kEd25519, 1), public_key);
    return static_cast<std::uint32_t>(digest.bytes[0]) << 24 |
           static_cast<std::uint32_t>(digest.bytes[1]) << 16 |
           static_cast<std::uint32_t>(digest.bytes[2]) << 8 | digest.bytes[3];
}

std::string hash_prefix(std::uint32_t hash) {
    std::string bytes;
    for (int shift = 24; shift >= 0; shift -= 8) bytes.push_back(static_cast<char>(hash >> shift & 0xFF));
    return bytes;
}

// name, hash, and the 32 bytes behind the algorithm byte.
struct KeyText {
    std::string name;
    std::uint32_t hash;
    std::string bytes;
};

std::optional<KeyText> split_key(std::string_view text) {
    const auto first = text.find('+');
    const auto second = text.find('+', first == std::string_view::npos ? first : first + 1);
    if (second == std::string_view::npos) return std::nullopt;
    const auto hash_text = text.substr(first + 1, second - first - 1);
    std::uint32_t hash = 0;
    const auto read = std::from_chars(hash_text.data(), hash_text.data() + hash_text.size(), hash, 16);
    const auto bytes = from_base64(text.substr(second + 1));
    if (first == 0 || hash_text.size() != 8 || read.ptr != hash_text.data() + 8 || !bytes ||
        bytes->size() != 33 || bytes->front() != kEd25519)
        return std::nullopt;
    return KeyText{std::string(text.substr(0, first)), hash, bytes->substr(1)};
}

// Secret key in libsodium's form, from the seed.
std::pair<std::string, std::string> expand(std::string_view seed) {
    std::string public_key(crypto_sign_PUBLICKEYBYTES, '\0'), secret(crypto_sign_SECRETKEYBYTES, '\0');
    crypto_sign_seed_keypair(raw(public_key), raw(secret), raw(seed));
    return {std::move(public_key), std::move(secret)};
}

}  // namespace

Result<Verifier> Verifier::parse(std::string_view vkey) {
    auto key = split_key(vkey);
    if (!key || key_hash(key->name, key->bytes) != key->hash)
        return fail(
            ErrorCode::invalid_argument, "key", "found text that is no verifier key, expected name+hash+key"
        );
    return Verifier(std::move(key->name), std::move(key->bytes));
}

std::uint32_t Verifier::hash() const {
    return key_hash(name_, key_);
}
std::string Verifier::vkey() const {
    return fmt::format("{}+{:08x}+{}", name_, hash(), base64(std::string(1, kEd25519) + key_));
}
bool Verifier::verify(std::string_view text, std::string_view signature) const {
    return signature.size() == crypto_sign_BYTES &&
           crypto_sign_verify_detached(raw(signature), raw(text), text.size(), raw(key_)) == 0;
}

Signer::Signer(std::string name, std::string seed) : name_(std::move(name)), seed_(std::move(seed)) {
    check(
        seed_.size() == 32 && !name_.empty() && name_.find_first_of("+ \n") == std::string::npos,
        "a signer has a name and a seed of 32 bytes"
    );
}
Signer::~Signer() {
    sodium_memzero(seed_.data(), seed_.size());
}

Result<Signer> Signer::parse(std::string_view skey) {
    while (skey.ends_with('\n')) skey.remove_suffix(1);
    auto key = skey.starts_with(kSecretPrefix) ? split_key(skey.substr(kSecretPrefix.size())) : std::nullopt;
    if (!key || key_hash(key->name, expand(key->bytes).first) != key->hash)
        return fail(
            ErrorCode::invalid_argument,
            "key",
            "found text that is no signing key, expected PRIVATE+KEY+name+hash+seed"
        );
    return Signer(std::move(key->name), std::move(key->bytes));
}
std::string Signer::skey() const {
    return fmt::format(
        "{}{}+{:08x}+{}", kSecretPrefix, name_, verifier().hash(), base64(std::string(1, kEd25519) + seed_)
    );
}
Verifier Signer::verifier() const {
    return Verifier(name_, expand(seed_).first);
}

std::string Signer::sign(std::string_view text) const {
    check(text.ends_with('\n'), "a note's text ends with a line break");
    auto [public_key, secret] = expand(seed_);
    std::string signature(crypto_sign_BYTES, '\0');
    crypto_sign_detached(raw(signature), nullptr, raw(text), text.size(), raw(secret));
    sodium_memzero(secret.data(), secret.size());
    return fmt::format(
        "{}\n{}{} {}\n",
        text,
        kSignatureMark,
        name_,
        base64(hash_prefix(key_hash(name_, public_key)) + signature)
    );
}

std::string Checkpoint::text() const {
    return fmt::format("{}\n{}\n{}\n", origin, size, base64(root.view()));
}

Result<Checkpoint> Checkpoint::parse(std::string_view note) {
    const auto wrong = [] {
        return fail(
            ErrorCode::corrupt,
            "checkpoint",
            "found text that is no checkpoint, expected origin, size and root"
        );
    };
    std::string lines[3];
    for (auto& line : lines) {
        const auto end = note.find('\n');
        if (end == std::string_view::npos) return wrong();
        line = note.substr(0, end);
        note.remove_prefix(end + 1);
    }
    Checkpoint checkpoint;
    checkpoint.origin = lines[0];
    const auto read = std::from_chars(lines[1].data(), lines[1].data() + lines[1].size(), checkpoint.size);
    const auto root = from_base64(lines[2]);
    const bool canonical_size = read.ec == std::errc{} && read.ptr == lines[1].data() + lines[1].size() &&
                                (lines[1] == "0" || lines[1][0] != '0');
    if (lines[0].empty() || !canonical_size || !root || !Hash::from_bytes(*root)) return wrong();
    checkpoint.root = *Hash::from_bytes(*root);
    return checkpoint;
}

Result<Checkpoint> open_checkpoint(std::string_view note, const Verifier& verifier) {
    ENTENTE_ASSIGN_OR_RETURN(auto checkpoint, Checkpoint::parse(note));
    const auto blank = note.find("\n\n");
    if (blank == std::string_view::npos || checkpoint.text() != note.substr(0, blank + 1))
        return fail(ErrorCode::corrupt, "checkpoint", "found a note whose text is no plain checkpoint");
    if (checkpoint.origin != verifier.name())
        return fail(
            ErrorCode::corrupt,
            "checkpoint",
            fmt::format("found a checkpoint of {}, expected one of {}", checkpoint.origin, verifier.name())
        );
    const auto text = note.substr(0, blank + 1);
    for (auto rest = note.substr(blank + 2); !rest.empty();) {
        const auto end = rest.find('\n');
        const auto line = rest.substr(0, end);
        rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
        const auto space = line.rfind(' ');
        if (!line.starts_with(kSignatureMark) || space < kSignatureMark.size()) continue;
        if (line.substr(kSignatureMark.size(), space - kSignatureMark.size()) != verifier.name()) continue;
        const auto bytes = from_base64(line.substr(space + 1));
        if (!bytes || bytes->size() != 4 + crypto_sign_BYTES ||
            hash_prefix(verifier.hash()) != bytes->substr(0, 4))
            continue;
        if (verifier.verify(text, std::string_view(*bytes).substr(4))) return checkpoint;
    }
    return fail(
        ErrorCode::corrupt, "checkpoint", fmt::format("found no valid signature of {}", verifier.name())
    );
}

}  // namespace entente::ledger
