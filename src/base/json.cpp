#include "base/json.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>
#include <boost/container/small_vector.hpp>
#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/monotonic_resource.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value_stack.hpp>

#include "base/record_memory.h"
#include "base/utf8.h"

namespace entente {
namespace {

constexpr std::size_t kMaxDepth = 64;
constexpr std::size_t kMaxBytes = 10U << 20;
constexpr std::int64_t kMaxInteger = (std::int64_t{1} << 53) - 1;

// Builds the value while it watches the keys: Boost.JSON keeps the last of two equal ones, the record must
// refuse them.
class Builder {
public:
    static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_key_size = 1024;
    static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);
    using error = boost::json::error_code;
    using text = boost::json::string_view;

    explicit Builder(json::storage_ptr memory) { values_.reset(std::move(memory)); }
    json::value release() { return values_.release(); }
    const std::string& duplicate() const { return duplicate_; }

    bool on_document_begin(error&) { return true; }
    bool on_document_end(error&) { return true; }
    bool on_object_begin(error&) {
        first_key_.push_back(keys_.size());
        in_order_.push_back(true);
        return true;
    }
    bool on_object_end(std::size_t count, error&) {
        text_.resize(keys_.size() == first_key_.back() ? text_.size() : keys_[first_key_.back()].at);
        keys_.resize(first_key_.back());
        first_key_.pop_back();
        in_order_.pop_back();
        return values_.push_object(count), true;
    }
    bool on_array_begin(error&) { return true; }
    bool on_array_end(std::size_t count, error&) { return values_.push_array(count), true; }
    bool on_key_part(text part, std::size_t, error&) {
        open_key_ += part.size();
        text_.append(part.data(), part.size());
        return values_.push_chars(part), true;
    }
    bool on_key(text part, std::size_t, error& ec) {
        text_.append(part.data(), part.size());
        const Key key{text_.size() - open_key_ - part.size(), open_key_ + part.size()};
        open_key_ = 0;
        // The ledger's form sorts its keys: one that stands behind the last is no double of any.
        const bool later = keys_.size() == first_key_.back() || view(keys_.back()) < view(key);
        in_order_.back() = in_order_.back() && later;
        for (std::size_t i = in_order_.back() ? keys_.size() : first_key_.back(); i < keys_.size(); ++i)
            if (view(keys_[i]) == view(key)) {
                duplicate_ = view(key);
                ec = boost::json::make_error_code(boost::json::error::syntax);
                return false;
            }
        keys_.push_back(key);
        return values_.push_key(part), true;
    }
    bool on_string_part(text part, std::size_t, error&) { return values_.push_chars(part), true; }
    bool on_string(text part, std::size_t, error&) { return values_.push_string(part), true; }
    bool on_number_part(text, error&) { return true; }
    bool on_int64(std::int64_t number, text, error&) { return values_.push_int64(number), true; }
    bool on_uint64(std::uint64_t number, text, error&) { return values_.push_uint64(number), true; }
    bool on_double(double number, text, error&) { return values_.push_double(number), true; }
    bool on_bool(bool flag, error&) { return values_.push_bool(flag), true; }
    bool on_null(error&) { return values_.push_null(), true; }
    bool on_comment_part(text, error&) { return true; }
    bool on_comment(text, error&) { return true; }

private:
    struct Key {
        std::size_t at, size;
    };
    std::string_view view(const Key& key) const { return std::string_view(text_).substr(key.at, key.size); }

    boost::json::value_stack values_;
    std::string text_;                    // the keys of all open objects, end to end
    std::vector<Key> keys_;               // where each stands in it
    std::vector<std::size_t> first_key_;  // of each open object
    std::vector<bool> in_order_;          // whether the keys of each came sorted so far
    std::size_t open_key_ = 0;            // bytes of a key that comes in parts
    std::string duplicate_;
};

// Where a value stands in what is being written; turned into words only when something is wrong with it.
struct Path {
    const Path* parent = nullptr;
    std::string_view key;
    std::size_t index = 0;

    std::string text() const {
        if (!parent) return {};
        return parent->text() + (key.empty() ? fmt::format("[{}]", index) : "." + std::string(key));
    }
};

Result<void> write(const json::value& value, const Path& path, std::string& out);

Result<void> write_string(std::string_view text, const Path& path, std::string& out) {
    if (!is_valid_utf8(text))
        return fail(ErrorCode::invalid_argument, path.text(), "found bytes that are not UTF-8");
    out.push_back('"');
    std::size_t written = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto byte = static_cast<unsigned char>(text[at]);
        if (byte >= 0x20 && byte != '"' && byte != '\\' && byte != 0x7F) continue;
        out.append(text.substr(written, at - written));
        written = at + 1;
        switch (byte) {
            case '"':
                out += "\\\"";
                break;
            case '\\':
                out += "\\\\";
                break;
            case '\n':
                out += "\\n";
                break;
            case '\t':
                out += "\\t";
                break;
            default:
                return fail(
                    ErrorCode::invalid_argument,
                    path.text(),
                    fmt::format("found control character U+{:04X}", byte)
                );
        }
    }
    out.append(text.substr(written));
    out.push_back('"');
    return {};
}

Result<void> write_object(const json::object& object, const Path& path, std::string& out) {
    // Records have some twenty members: they are sorted without asking for memory.
    boost::container::small_vector<const json::key_value_pair*, 32> members;
    for (const auto& member : object) members.push_back(&member);
    const auto before = [](auto* a, auto* b) { return a->key() < b->key(); };
    if (!std::is_sorted(members.begin(), members.end(), before))
        std::sort(members.begin(), members.end(), before);
    out.push_back('{');
    for (const auto* member : members) {
        const std::string_view key(member->key().data(), member->key().size());
        const bool legal = !key.empty() && std::all_of(key.begin(), key.end(), [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
        });
        if (!legal)
            return fail(
                ErrorCode::invalid_argument,
                path.text(),
                fmt::format("found key '{}', expected [a-z0-9_]+", key)
            );
        if (member != members.front()) out.push_back(',');
        out.push_back('"');
        out += key;
        out += "\":";
        ENTENTE_RETURN_IF_ERROR(write(member->value(), Path{&path, key, 0}, out));
    }
    out.push_back('}');
    return {};
}

Result<void> write(const json::value& value, const Path& path, std::string& out) {
    switch (value.kind()) {
        case json::kind::null:
            out += "null";
            return {};
        case json::kind::bool_:
            out += value.get_bool() ? "true" : "false";
            return {};
        case json::kind::int64:
            if (value.get_int64() > kMaxInteger || value.get_int64() < -kMaxInteger) break;
            out += std::to_string(value.get_int64());
            return {};
        case json::kind::uint64:
            if (value.get_uint64() > static_cast<std::uint64_t>(kMaxInteger)) break;
            out += std::to_string(value.get_uint64());
            return {};
        case json::kind::double_:
            break;
        case json::kind::string: {
            const auto& text = value.get_string();
            return write_string({text.data(), text.size()}, path, out);
        }
        case json::kind::array:
            out.push_back('[');
            for (std::size_t i = 0; i < value.get_array().size(); ++i) {
                if (i > 0) out.push_back(',');
                ENTENTE_RETURN_IF_ERROR(write(value.get_array()[i], Path{&path, {}, i}, out));
            }
            out.push_back(']');
            return {};
        case json::kind::object:
            return write_object(value.get_object(), path, out);
    }
    return fail(
        ErrorCode::invalid_argument, path.text(), "found a number that is not an integer within +-(2^53-1)"
    );
}

void write_pretty(const json::value& value, std::string indent, std::string& out) {
    const std::string inner = indent + "  ";
    if (const auto* object = value.if_object(); object && !object->empty()) {
        out += "{\n";
        bool first = true;
        for (const auto& member : *object) {
            if (!std::exchange(first, false)) out += ",\n";
            out += inner + boost::json::serialize(member.key()) + ": ";
            write_pretty(member.value(), inner, out);
        }
        out += "\n" + indent + "}";
    } else if (const auto* array = value.if_array(); array && !array->empty()) {
        out += "[\n";
        bool first = true;
        for (const auto& item : *array) {
            if (!std::exchange(first, false)) out += ",\n";
            out += inner;
            write_pretty(item, inner, out);
        }
        out += "\n" + indent + "]";
    } else if (const auto* number = value.if_double()) {
        out += fmt::format("{}", *number);  // 0.25 rather than 2.5E-1
    } else {
        out += boost::json::serialize(value);
    }
}

}  // namespace

json::storage_ptr record_memory() {
    constexpr std::size_t kFirstPiece = 4000;  // holds a training line and what the allocator adds
    return json::make_shared_resource<json::monotonic_resource>(kFirstPiece);
}

Result<json::value> parse_json(std::string_view text) {
    return parse_json(text, {});
}

Result<json::value> parse_json(std::string_view text, json::storage_ptr memory) {
    if (text.size() > kMaxBytes) return fail(ErrorCode::invalid_argument, {}, "found over 10 MiB of JSON");
    json::parse_options options;
    options.max_depth = kMaxDepth;
    boost::json::basic_parser<Builder> parser(options, std::move(memory));
    boost::json::error_code ec;
    const auto used = parser.write_some(false, text.data(), text.size(), ec);
    if (!parser.handler().duplicate().empty())
        return fail(
            ErrorCode::invalid_argument, parser.handler().duplicate(), "found the key twice in one object"
        );
    if (!ec && used < text.size()) ec = boost::json::make_error_code(boost::json::error::extra_data);
    if (ec)
        return fail(
            ErrorCode::invalid_argument, {}, fmt::format("found text that is not JSON: {}", ec.message())
        );
    return parser.handler().release();
}

Result<std::string> canonical_json(const json::value& value) {
    std::string out;
    ENTENTE_RETURN_IF_ERROR(write(value, Path{}, out));
    return out;
}

Result<std::string> canonical_json(const json::object& object) {
    std::string out;
    ENTENTE_RETURN_IF_ERROR(write_object(object, Path{}, out));
    return out;
}

std::string pretty_json(const json::value& value) {
    std::string out;
    write_pretty(value, "", out);
    return out;
}

const json::string* find_string(const json::object& object, std::string_view key) {
    const auto* value = object.if_contains(boost::json::string_view(key.data(), key.size()));
    return value ? value->if_string() : nullptr;
}

std::string text_at(const json::object& object, std::string_view key) {
    const auto* text = find_string(object, key);
    return text ? std::string(text->data(), text->size()) : std::string();
}

}  // namespace entente
