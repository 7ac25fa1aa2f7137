#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "base/result.h"

namespace entente::ledger {

/// The public half of a log's key: checks signed notes (C2SP signed-note, Ed25519, type 0x01).
class Verifier {
public:
    /// Reads `name+hash+base64(0x01 || key)`.
    static Result<Verifier> parse(std::string_view vkey);
    const std::string& name() const { return name_; }
    /// `name+hash+key`, as Go's sumdb/note reads it.
    std::string vkey() const;
    /// First four bytes of SHA-256(name || \n || 0x01 || key).
    std::uint32_t hash() const;
    bool verify(std::string_view text, std::string_view signature) const;

private:
    friend class Signer;
    Verifier(std::string name, std::string key) : name_(std::move(name)), key_(std::move(key)) {}
    std::string name_;
    std::string key_;
};

/// The private half. `skey` text is the form of Go's sumdb/note: `PRIVATE+KEY+name+hash+base64(0x01 ||
/// seed)`.
class Signer {
public:
    /// Requires  seed is 32 bytes, name is a schema-less URL without blanks or plus signs
    Signer(std::string name, std::string seed);
    ~Signer();
    Signer(const Signer&) = default;
    Signer(Signer&&) = default;
    static Result<Signer> parse(std::string_view skey);
    std::string skey() const;
    Verifier verifier() const;
    /// The note: text, blank line, one signature line.
    /// Requires  text ends with \n
    std::string sign(std::string_view text) const;

private:
    std::string name_;
    std::string seed_;
};

/// The signed head of a log (C2SP tlog-checkpoint, no extension lines).
struct Checkpoint {
    std::string origin;
    std::uint64_t size = 0;
    Hash root;

    std::string text() const;
    /// Reads a note without checking signatures: first for whom it is, then check.
    static Result<Checkpoint> parse(std::string_view note);
    friend bool operator==(const Checkpoint&, const Checkpoint&) = default;
};

/// Reads a checkpoint that `verifier` signed. Signature lines of others are passed over.
/// Errors  corrupt: malformed, another origin, no valid signature of the verifier
Result<Checkpoint> open_checkpoint(std::string_view note, const Verifier& verifier);

}  // namespace entente::ledger
