#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace entente {

/// 128 random bits, written as 26 characters of lower-case base32. Never a counter and never a time: an id
/// tells nothing about how many records there are or when they were made. Ids of different things do not
/// compare.
template <class Tag>
class Id {
public:
    /// A fresh random id.
    static Id random();
    /// Reads the 26-character form; nothing when the text is not one.
    static std::optional<Id> parse(std::string_view text);

    const std::string& text() const { return text_; }
    friend auto operator<=>(const Id&, const Id&) = default;

private:
    explicit Id(std::string text) : text_(std::move(text)) {}
    std::string text_;
};

using RecordId = Id<struct RecordTag>;    ///< the same in all revisions of a record
using AccountId = Id<struct AccountTag>;  ///< who wrote an entry

namespace detail {
std::string random_id_text();
bool is_id_text(std::string_view text);
}  // namespace detail

template <class Tag>
Id<Tag> Id<Tag>::random() {
    return Id(detail::random_id_text());
}
template <class Tag>
std::optional<Id<Tag>> Id<Tag>::parse(std::string_view text) {
    if (!detail::is_id_text(text)) return std::nullopt;
    return Id(std::string(text));
}

}  // namespace entente
