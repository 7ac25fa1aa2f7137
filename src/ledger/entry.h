#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/hash.h"
#include "base/id.h"
#include "base/json.h"
#include "base/result.h"

namespace entente::ledger {

/// Largest entry: C2SP entry bundles use 16-bit lengths.
inline constexpr std::size_t kMaxEntryBytes = 65'535;

/// What an entry says, before it is written. Member names are those of the entry format.
struct EntryFields {
    std::string kind;  ///< record, supersede, retract, import, schema, key, policy, config, erase, row …
    std::string rec;   ///< the record's id, the same in all its revisions
    std::string type;  ///< record type; empty where the kind has none
    std::optional<json::object> f;    ///< clear fields
    std::vector<std::string> sd;      ///< digests of the sealed values; written sorted
    std::string lbl;                  ///< digest of the label; empty in a row that has its batch's
    std::optional<Hash> prev;         ///< leaf hash of the revision it follows
    std::string reason;               ///< a code
    std::vector<std::string> erased;  ///< digests of erased values, on `erase`
    std::string at;                   ///< file number and line, on `row`
    std::string by;                   ///< account id; empty on `row`
    std::optional<Instant> t;         ///< recorded time; none on `row`
};

/// The bytes of an entry or batch row: the leaf's data, stored as they are and never written again.
/// Errors  invalid_argument: a value outside the restricted JSON form, or over 65,535 bytes
Result<std::string> encode(const EntryFields& fields);

/// Reads entry or row bytes. Unknown kinds and keys are kept out of the way, never refused: later versions
/// add some. `memory`: where its fields lie.
/// Errors  corrupt: not JSON, or without kind
Result<EntryFields> decode(std::string_view bytes, json::storage_ptr memory = {});

/// Whether bytes are in the ledger's restricted form: reading and writing them again gives the same bytes.
bool is_canonical(std::string_view bytes);

/// What a verifier needs of an entry, found without reading the whole of it. Views into `bytes`.
struct EntryScan {
    std::string_view sd;  ///< inside of the `_sd` array: `"…","…"`; empty when none
    std::string_view kind;
    std::string_view lbl;  ///< empty when none
};
/// Finds them in entry bytes that are in the ledger's form; keys stand sorted, so `_sd` comes first and
/// `kind` and `lbl` follow the last free content.
EntryScan scan(std::string_view bytes);

}  // namespace entente::ledger
