#include "http/request_reader.h"

#include <algorithm>
#include <array>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <charconv>

#include "http/chunked_body.h"
#include "http/head_scan.h"
#include "http/target.h"

namespace entente::http {
namespace {

namespace beast_http = boost::beast::http;
using BeastError = boost::beast::error_code;
using BeastText = boost::beast::string_view;
using Optional64 = boost::optional<std::uint64_t>;

std::string_view view(BeastText text) {
    return {text.data(), text.size()};
}

/// Fields of which a second one would leave it open which of the two counts.
constexpr std::array<std::string_view, 12> kOnce{
    "Authorization",
    "Content-Encoding",
    "Content-Length",
    "Content-Type",
    "Cookie",
    "Expect",
    "Host",
    "Idempotency-Key",
    "Sec-Fetch-Site",
    "Origin",
    "Range",
    "Transfer-Encoding"};

constexpr std::array<std::string_view, 7> kMethods{
    "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"};

bool is_length(std::string_view text) {
    return !text.empty() && text.size() <= 15 &&
           std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::string_view words(const BeastError& found) {
    using beast_http::error;
    if (found == error::bad_method) return "The method is not a token.";
    if (found == error::bad_target) return "The target holds a character that must be escaped.";
    if (found == error::bad_field) return "A header's name is not a token followed by a colon.";
    if (found == error::bad_value) return "A header's value holds a control character.";
    if (found == error::bad_content_length || found == error::multiple_content_length)
        return "Content-Length is not one number.";
    if (found == error::bad_transfer_encoding) return "Transfer-Encoding is not just chunked.";
    return "The request is malformed.";
}

}  // namespace

/// Beast reads the lines of a head; what it lets through and we do not is judged by `HeadScan` and `judge_head`.
struct RequestReader::Impl final : beast_http::basic_parser<true> {
    explicit Impl(const ReaderLimits& given) : limits(given), scan(given.header, given.target) {
        header_limit(static_cast<std::uint32_t>(given.header));
        body_limit(boost::none);
    }

    std::size_t take_head(std::string_view bytes);
    std::size_t take_body(std::string_view bytes);
    bool judge_head();
    bool judge_framing();
    void refuse(unsigned status, std::string_view detail) {
        state = State::refused;
        refusal = {status, detail};
    }

    const ReaderLimits& limits;
    HeadScan scan;
    State state = State::head;
    Refusal refusal;
    Request request;
    std::size_t most = 0;      ///< bytes that the body may have
    std::size_t declared = 0;  ///< Content-Length
    std::optional<ChunkedBody> chunks;
    bool begun = false, expects = false, http11 = true;
    bool blank_taken = false;  ///< an empty line before the request was passed over

private:
    void on_request_impl(beast_http::verb, BeastText method, BeastText target, int version, BeastError&)
        override {
        request.method = view(method);
        request.target = view(target);
        http11 = version == 11;
    }
    void on_response_impl(int, BeastText, int, BeastError&) override {}
    void on_field_impl(beast_http::field, BeastText name, BeastText value, BeastError&) override {
        request.headers.emplace_back(view(name), view(value));
    }
    void on_header_impl(BeastError&) override {}
    void on_body_init_impl(const Optional64&, BeastError&) override {}
    std::size_t on_body_impl(BeastText body, BeastError&) override { return body.size(); }
    void on_chunk_header_impl(std::uint64_t, BeastText, BeastError&) override {}
    std::size_t on_chunk_body_impl(std::uint64_t, BeastText body, BeastError&) override {
        return body.size();
    }
    void on_finish_impl(BeastError&) override {}
};

std::size_t RequestReader::Impl::take_head(std::string_view bytes) {
    if (!blank_taken && bytes.starts_with("\r\n")) {  // RFC 9112, section 2.2
        blank_taken = true;
        return 2;
    }
    if (!blank_taken && bytes == "\r") return 0;
    begun = begun || !bytes.empty();
    const auto size = scan.look(bytes);
    if (scan.refusal()) return refuse(scan.refusal()->status, scan.refusal()->detail), 0;
    if (!size) return 0;
    if (const auto bad = judge_request_line(bytes.substr(0, bytes.find('\r'))))
        return refuse(bad->status, bad->detail), 0;
    BeastError error;
    const std::size_t taken = put({bytes.data(), *size}, error);
    if (error == beast_http::error::bad_version) return refuse(505, "This server speaks HTTP/1.1."), 0;
    if (error || taken != *size || !is_header_done()) return refuse(400, words(error)), 0;
    if (!judge_head()) return 0;
    state = declared == 0 && !chunks ? State::done : State::body;
    return *size;
}

bool RequestReader::Impl::judge_head() {
    if (!std::ranges::count(kMethods, request.method))
        return refuse(501, "The method is none that this server knows."), false;
    auto target = http::parse_target(request.target);
    if (!target) return refuse(target.error().status, target.error().detail), false;
    request.path = std::move(target->path);
    request.query = std::move(target->query);
    if (request.headers.size() > limits.fields) return refuse(431, "There are too many headers."), false;
    for (const auto name : kOnce) {
        const auto same = [&](const auto& field) { return same_name(field.first, name); };
        if (std::ranges::count_if(request.headers, same) > 1)
            return refuse(400, "A header that may stand once stands twice."), false;
    }
    if (!judge_framing()) return false;
    if (limits.judge) {
        const auto judged = limits.judge(request);
        if (!judged) return refuse(judged.error().status, judged.error().detail), false;
        most = *judged;
    }
    if (declared > most) return refuse(413, "The body is longer than is taken here."), false;
    if (request.header("Transfer-Encoding")) chunks.emplace(most, limits.header);
    return true;
}

/// How long the body is, and whether anybody could think otherwise.
bool RequestReader::Impl::judge_framing() {
    const auto length = request.header("Content-Length"), coding = request.header("Transfer-Encoding");
    if (length && !is_length(*length)) return refuse(400, "Content-Length is not one number."), false;
    if (length && coding)
        return refuse(400, "Content-Length and Transfer-Encoding exclude each other."), false;
    if (coding && !http11) return refuse(400, "HTTP/1.0 has no Transfer-Encoding."), false;
    if (coding && !same_name(*coding, "chunked"))
        return refuse(501, "The only Transfer-Encoding taken is chunked."), false;
    if (length) std::from_chars(length->data(), length->data() + length->size(), declared);
    if (const auto expect = request.header("Expect")) {
        if (!same_name(*expect, "100-continue"))
            return refuse(417, "The only Expect is 100-continue."), false;
        expects = http11;
    }
    return true;
}

std::size_t RequestReader::Impl::take_body(std::string_view bytes) {
    if (!bytes.empty()) expects = false;
    if (chunks) {
        const std::size_t taken = chunks->take(bytes, request.body);
        if (chunks->refusal())
            refuse(chunks->refusal()->status, chunks->refusal()->detail);
        else if (chunks->is_done())
            state = State::done;
        return taken;
    }
    const std::size_t taken = std::min(declared - request.body.size(), bytes.size());
    // Room is made as bytes come, for a length costs nothing to declare; and never for more than will come.
    const std::size_t size = request.body.size() + taken, room = request.body.capacity();
    if (size > room) request.body.reserve(std::min(declared, std::max(size, 2 * room)));
    request.body.append(bytes, 0, taken);
    if (request.body.size() == declared) state = State::done;
    return taken;
}

RequestReader::RequestReader(const ReaderLimits& limits) : impl_(std::make_unique<Impl>(limits)) {}
RequestReader::~RequestReader() = default;
RequestReader::RequestReader(RequestReader&&) noexcept = default;
RequestReader& RequestReader::operator=(RequestReader&&) noexcept = default;

std::size_t RequestReader::take(std::string_view bytes) {
    std::size_t taken = 0;
    while (impl_->state == State::head || impl_->state == State::body) {
        const State before = impl_->state;
        const bool in_head = before == State::head;
        const std::string_view rest = bytes.substr(taken);
        const std::size_t step = in_head ? impl_->take_head(rest) : impl_->take_body(rest);
        taken += step;
        if (step == 0 || taken == bytes.size()) break;
    }
    return taken;
}

RequestReader::State RequestReader::state() const {
    return impl_->state;
}
Refusal RequestReader::refusal() const {
    return impl_->refusal;
}
bool RequestReader::begun() const {
    return impl_->begun;
}
bool RequestReader::expects_continue() const {
    return impl_->expects && impl_->state == State::body;
}
bool RequestReader::keep_alive() const {
    return impl_->state == State::done && impl_->keep_alive();
}
bool RequestReader::is_http11() const {
    return impl_->http11;
}
std::size_t RequestReader::body_most() const {
    return impl_->chunks ? impl_->most : impl_->declared;
}
std::size_t RequestReader::body_held() const {
    return impl_->request.body.empty() ? 0 : impl_->request.body.capacity();
}
Request& RequestReader::request() {
    return impl_->request;
}

}  // namespace entente::http
