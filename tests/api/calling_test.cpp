// Each example of docs/reference/api.md is tried, in order, as one program would send them.
#include <gtest/gtest.h>

#include <map>
#include <sstream>

#include <fmt/format.h>

#include "asked.h"
#include "base/files.h"

namespace entente::tests {
namespace {

/// The words of a line of shell: quotes, and variables where a shell would put them.
std::vector<std::string> shell_words(
    const std::string& line, const std::map<std::string, std::string>& variables
) {
    std::vector<std::string> out;
    bool open = false;
    char quote = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        if (quote == 0 && c == ' ') {
            open = false;
            continue;
        }
        if (!open) out.emplace_back(), open = true;
        if (quote == 0 && (c == '"' || c == '\''))
            quote = c;
        else if (c == quote)
            quote = 0;
        else if (quote != '\'' && c == '\\')
            out.back() += line[++i];
        else if (quote != '\'' && c == '$') {
            auto end = i + 1;
            while (end < line.size() && line[end] >= 'A' && line[end] <= 'Z') ++end;
            const auto found = variables.find(line.substr(i + 1, end - i - 1));
            EXPECT_NE(found, variables.end()) << line.substr(i, end - i) << " is not known in " << line;
            if (found != variables.end()) out.back() += found->second;
            i = end - 1;
        } else
            out.back() += c;
    }
    EXPECT_EQ(quote, 0) << line;
    return out;
}

/// What curl would send; the test fails at an option that it does not know.
class Curl {
public:
    explicit Curl(Asker& asker) : asker_(asker) {}

    unsigned call(const std::string& line) {
        const auto words = shell_words(line, variables_);
        EXPECT_EQ(words.at(0), "curl");
        std::string method, body, address;
        http::Fields headers;
        bool sends = false, keeps = false;
        for (std::size_t i = 1; i < words.size(); ++i) {
            const auto& word = words[i];
            if (word == "-s" || word == "-i" || word == "-N") continue;
            if (word.starts_with("http://")) {
                address = word;
                continue;
            }
            const auto& value = words.at(++i);
            if (word == "-b")
                sends = true;
            else if (word == "-c")
                keeps = true;
            else if (word == "-X")
                method = value;
            else if (word == "-d")
                body = value;
            else if (word == "-H") {
                const auto colon = value.find(": ");
                headers.emplace_back(value.substr(0, colon), value.substr(colon + 2));
            } else {
                EXPECT_EQ(word, "-o") << line;
            }
        }
        return send(
            method.empty() ? body.empty() ? "GET" : "POST" : method,
            address.substr(variables_.at("ENTENTE").size()),
            body,
            std::move(headers),
            sends,
            keeps
        );
    }

    const std::string& said() const { return said_; }

private:
    unsigned send(
        const std::string& method,
        const std::string& path,
        const std::string& body,
        http::Fields headers,
        bool sends,
        bool keeps
    ) {
        auto request = request_of({.path = path});
        request.method = method, request.body = body;
        // Nothing but what the line says, and what curl adds by itself.
        request.headers = {{"Host", "127.0.0.1:8700"}};
        const auto has = [&](const char* name) {
            return std::ranges::any_of(headers, [&](const auto& one) {
                return http::same_name(one.first, name);
            });
        };
        if (!body.empty() && !has("Content-Type"))
            headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
        if (sends && !jar_.empty()) headers.emplace_back("Cookie", jar_);
        for (auto& header : headers) request.headers.push_back(std::move(header));
        const auto response = asker_.answer(request);
        if (keeps)
            if (const auto set = header_of(response, "Set-Cookie"); !set.empty())
                jar_ = set.substr(0, set.find(';'));
        if (const auto tag = header_of(response, "ETag"); !tag.empty()) variables_["ETAG"] = tag;
        if (const auto said = parse_json(response.body); said && said->is_object()) {
            for (const auto& [member, name] :
                 std::map<std::string, std::string>{{"csrf", "CSRF"}, {"next", "NEXT"}, {"id", "ID"}})
                if (const auto text = text_at(said->as_object(), member); !text.empty())
                    variables_[name] = text;
        }
        said_ = response.body;
        return response.status;
    }

    Asker& asker_;
    std::map<std::string, std::string> variables_{{"ENTENTE", "http://127.0.0.1:8700"}};
    std::string jar_, said_;
};

TEST(Calling, EachExampleIsWhatItSays) {
    const TemporaryNode node(false);
    Asker asker(node);
    ASSERT_TRUE(asker.people().accounts().add(
        {.name = "anna", .password = "four unlike words here", .role = api::Role::officer}
    ));
    const auto page = read_file("docs/reference/api.md");
    ASSERT_TRUE(page);
    Curl curl(asker);
    std::istringstream in(*page);
    bool inside = false;
    std::size_t tried = 0;
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with("```")) {
            inside = line == "```sh";
            continue;
        }
        if (!inside) continue;
        const auto mark = line.rfind("   # ");
        ASSERT_NE(mark, std::string::npos) << line;
        const auto status = curl.call(line.substr(0, mark));
        EXPECT_EQ(fmt::format("{}", status), line.substr(mark + 5)) << line << "\n"
                                                                    << curl.said().substr(0, 300);
        ++tried;
    }
    EXPECT_GT(tried, 20U);
}

}  // namespace
}  // namespace entente::tests
