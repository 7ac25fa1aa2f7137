#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace entente::policy {

enum class TagType : std::uint8_t { restrictive, permissive, informative, unknown };

/// One category tag of a label (STANAG 4774). A type that is not known is treated as restrictive.
struct Tag {
    std::string tag;
    TagType type = TagType::unknown;
    std::vector<std::string> values;
};

/// Who may see a record. `releasable_to` absent means the originator only; an empty list, only the
/// originator's releasing authority.
struct Label {
    std::string classification;
    std::string originator;
    std::string policy;
    std::optional<std::vector<std::string>> releasable_to;
    std::vector<Tag> categories;

    /// The label of a record whose author said nothing: lowest class, originator only.
    static Label originator_only(std::string originator, std::string policy);
    /// Reads label bytes.
    /// Errors  invalid_argument: not a label
    static Result<Label> parse(std::string_view bytes);
    /// The bytes that are stored and digested: JSON in the ledger's restricted form.
    std::string bytes() const;
};

/// base64url SHA-256 of label bytes: what an entry's `lbl` says.
std::string label_digest(std::string_view bytes);

}  // namespace entente::policy
