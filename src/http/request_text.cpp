#include "http/request_text.h"

#include "http/request_reader.h"

namespace entente::http {
namespace {

std::string joined(const Fields& fields, std::string_view between, std::string_view after) {
    std::string out;
    for (const auto& [name, value] : fields) {
        if (!out.empty()) out += after;
        out.append(name).append(between).append(value);
    }
    return out;
}

std::string written(const Request& request) {
    return request.method + " " + request.path + " (" + joined(request.query, "=", "&") + ") [" +
           joined(request.headers, ": ", "; ") + "] |" + request.body + "|";
}

}  // namespace

std::string read_all(
    const std::vector<std::string>& pieces, std::size_t header_limit, std::size_t target_limit
) {
    const ReaderLimits limits{
        .header = header_limit, .target = target_limit, .judge = [](Request&) { return std::size_t{100}; }};
    RequestReader reader(limits);
    std::string out, unread;
    for (const std::string& piece : pieces) {
        unread += piece;
        while (true) {
            unread.erase(0, reader.take(unread));
            if (reader.state() == RequestReader::State::refused)
                return out + std::to_string(reader.refusal().status);
            if (reader.state() != RequestReader::State::done) break;
            out += written(reader.request());
            if (!reader.keep_alive()) return out + " end";
            reader = RequestReader(limits);
        }
    }
    return reader.begun() ? out + "…" : out;
}

std::vector<std::string> cut(std::string_view text, std::size_t size) {
    std::vector<std::string> out;
    for (std::size_t at = 0; at < text.size(); at += size) out.emplace_back(text.substr(at, size));
    return out;
}

}  // namespace entente::http
