#include "ledger/vault.h"

#include <fstream>

#include <fmt/compile.h>
#include <fmt/format.h>
#include <sodium.h>
#include <unistd.h>

#include "base/check.h"
#include "base/codec.h"
#include "base/files.h"
#include "base/hash.h"
#include "base/random.h"

namespace entente::ledger {
namespace {

constexpr std::size_t kKeyBytes = 32;
constexpr std::size_t kKeysPerBlock = 512;
constexpr std::size_t kNonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::size_t kBlockBytes = kNonceBytes + kKeysPerBlock * kKeyBytes + kTagBytes;

const unsigned char* raw(std::string_view bytes) {
    return reinterpret_cast<const unsigned char*>(bytes.data());
}

std::string seal(std::string_view key, std::string_view bound, std::string_view value) {
    std::string box = random_bytes(kNonceBytes);
    box.resize(kNonceBytes + value.size() + kTagBytes);
    auto* const out = reinterpret_cast<unsigned char*>(box.data());
    crypto_aead_xchacha20poly1305_ietf_encrypt(
        out + kNonceBytes, nullptr, raw(value), value.size(), raw(bound), bound.size(), nullptr, out, raw(key)
    );
    return box;
}

Result<std::string> unseal(std::string_view key, std::string_view bound, std::string_view box) {
    const auto wrong = [] {
        return fail(ErrorCode::corrupt, {}, "found sealed bytes that do not open under their key");
    };
    if (box.size() < kNonceBytes + kTagBytes) return wrong();
    std::string value(box.size() - kNonceBytes - kTagBytes, '\0');
    const auto nonce = box.substr(0, kNonceBytes), locked = box.substr(kNonceBytes);
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(
            reinterpret_cast<unsigned char*>(value.data()),
            nullptr,
            nullptr,
            raw(locked),
            locked.size(),
            raw(bound),
            bound.size(),
            raw(nonce),
            raw(key)
        ) != 0)
        return wrong();
    return value;
}

std::string bound_bytes(const SlotAddress& a) {
    return fmt::format(FMT_COMPILE("entente/slot/1|{}|{}|{}|{}"), a.index, a.row, a.slot, a.key);
}
std::string bound_bytes(const ChunkAddress& a) {
    return fmt::format(FMT_COMPILE("entente/chunk/1|{}|{}|{}|{}"), a.index, a.number, a.count, a.key);
}
std::string block_bytes(std::uint64_t block) {
    return fmt::format("entente/data-keys/1|{}", block);
}

}  // namespace

Result<void> Vault::create(const std::filesystem::path& directory) {
    const auto wrap = directory / "wrap.key", data = directory / "data.keys";
    if (std::filesystem::exists(wrap) || std::filesystem::exists(data))
        return fail(ErrorCode::conflict, {}, fmt::format("found keys in {} already", directory.string()));
    ENTENTE_RETURN_IF_ERROR(replace_file(wrap, base64(random_bytes(kKeyBytes)) + "\n", 0600));
    return replace_file(data, "", 0600);
}

Result<Vault> Vault::open(const std::filesystem::path& directory) {
    ENTENTE_ASSIGN_OR_RETURN(auto text, read_file(directory / "wrap.key"));
    while (text.ends_with('\n')) text.pop_back();
    auto key = from_base64(text);
    if (!key || key->size() != kKeyBytes)
        return fail(ErrorCode::corrupt, "wrap.key", "found text that is no key");
    Vault vault(directory, *std::move(key));
    std::error_code ec;
    const auto size = std::filesystem::file_size(directory / "data.keys", ec);
    if (ec)
        return fail(
            ErrorCode::not_found, "data.keys", fmt::format("found no key file in {}", directory.string())
        );
    // A last block that a crash cut short, or left whole in length but not in content, was never used: keys
    // are used only after the whole block is flushed.
    vault.blocks_ = size / kBlockBytes;
    if (vault.blocks_ == 0) return vault;
    const auto last = vault.block(vault.blocks_ - 1);
    if (!last && last.error().code != ErrorCode::corrupt) return std::unexpected(last.error());
    if (!last) --vault.blocks_, vault.damaged_end_ = true;
    return vault;
}

Result<void> Vault::ensure(std::uint64_t used, std::uint64_t count) {
    if (used > blocks_ * kKeysPerBlock) ENTENTE_RETURN_IF_ERROR(see_growth());
    if (used > blocks_ * kKeysPerBlock)
        return fail(
            ErrorCode::corrupt,
            "data.keys",
            fmt::format("found {} whole blocks of keys, expected the {} keys that are in use", blocks_, used),
            "bring back the key file that belongs to this ledger"
        );
    while (blocks_ * kKeysPerBlock < count) ENTENTE_RETURN_IF_ERROR(add_block());
    return {};
}

Result<void> Vault::add_block() {
    const auto path = directory_ / "data.keys";
    std::error_code ec;
    const auto whole = blocks_ * kBlockBytes;
    if (std::filesystem::file_size(path, ec) > whole && !ec &&
        ::truncate(path.c_str(), static_cast<off_t>(whole)) != 0)
        return fail(ErrorCode::unavailable, "data.keys", "could not drop a block that was cut short");
    std::string keys = random_bytes(kKeysPerBlock * kKeyBytes);
    ENTENTE_RETURN_IF_ERROR(append_file(path, seal(wrap_key_, block_bytes(blocks_), keys), 0600));
    opened_[blocks_++] = std::move(keys);
    damaged_end_ = false;
    return {};
}

Result<const std::string*> Vault::block(std::uint64_t number) {
    if (const auto found = opened_.find(number); found != opened_.end()) return &found->second;
    std::ifstream file(directory_ / "data.keys", std::ios::binary);
    std::string box(kBlockBytes, '\0');
    file.seekg(static_cast<std::streamoff>(number * kBlockBytes));
    if (!file.read(box.data(), static_cast<std::streamsize>(box.size())))
        return fail(ErrorCode::unavailable, "data.keys", "could not read the key file");
    auto keys = unseal(wrap_key_, block_bytes(number), box);
    if (!keys)
        return fail(
            ErrorCode::corrupt, "data.keys", fmt::format("found block {} of the key file damaged", number)
        );
    return &opened_.emplace(number, *std::move(keys)).first->second;
}

// Another process may have added blocks since the file was opened.
Result<void> Vault::see_growth() {
    if (damaged_end_) return {};
    std::error_code ec;
    const auto size = std::filesystem::file_size(directory_ / "data.keys", ec);
    if (ec) return fail(ErrorCode::unavailable, "data.keys", "could not read the size of the key file");
    const auto whole = size / kBlockBytes;
    // The last block is taken for good only when it opens: it may just be being written.
    while (blocks_ < whole && block(blocks_)) ++blocks_;
    return {};
}

Result<std::string_view> Vault::key(std::uint64_t number) {
    const std::uint64_t at = number / kKeysPerBlock;
    if (at >= blocks_) ENTENTE_RETURN_IF_ERROR(see_growth());
    if (at >= blocks_ + (damaged_end_ ? 1 : 0))
        return fail(ErrorCode::corrupt, "data.keys", fmt::format("found no data key {}", number));
    ENTENTE_ASSIGN_OR_RETURN(const auto* keys, block(at));
    return std::string_view(*keys).substr(number % kKeysPerBlock * kKeyBytes, kKeyBytes);
}

Result<std::string> Vault::lock(const SlotAddress& address, std::string_view value) {
    check(address.key < blocks_ * kKeysPerBlock, "a data key is on disk before it is used");
    ENTENTE_ASSIGN_OR_RETURN(const auto data_key, key(address.key));
    return seal(data_key, bound_bytes(address), value);
}

Result<std::string> Vault::open_box(const SlotAddress& address, std::string_view box) {
    ENTENTE_ASSIGN_OR_RETURN(const auto data_key, key(address.key));
    return unseal(data_key, bound_bytes(address), box);
}

Result<std::string> Vault::lock_chunk(const ChunkAddress& address, std::string_view bytes) {
    check(address.key < blocks_ * kKeysPerBlock, "a data key is on disk before it is used");
    ENTENTE_ASSIGN_OR_RETURN(const auto data_key, key(address.key));
    return seal(data_key, bound_bytes(address), bytes);
}

Result<std::string> Vault::open_chunk(const ChunkAddress& address, std::string_view box) {
    ENTENTE_ASSIGN_OR_RETURN(const auto data_key, key(address.key));
    return unseal(data_key, bound_bytes(address), box);
}

std::string Vault::derived_key(std::string_view purpose) const {
    return std::string(hmac_sha256(wrap_key_, purpose).view());
}

}  // namespace entente::ledger
