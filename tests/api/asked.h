// A node with the public record and the API over it, asked without a network.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "api/api.h"
#include "api/people.h"
#include "base/json.h"

namespace entente::tests {

/// A node of the USA that goes with the object.
class TemporaryNode {
public:
    /// \param  public_record  with what ships
    explicit TemporaryNode(bool public_record);
    ~TemporaryNode();
    TemporaryNode(const TemporaryNode&) = delete;
    TemporaryNode& operator=(const TemporaryNode&) = delete;

    std::filesystem::path path() const { return directory_ / "node"; }
    std::unique_ptr<accounts::AccountStore> accounts() const;
    static service::Stores stores();

private:
    std::filesystem::path directory_;
};

struct Asked {
    std::string method = "GET";
    std::string path;  ///< with its query, not escaped: `/api/records?type=engagement`
    std::string body = {};
    http::Fields headers = {};
};

/// The API as one visitor meets it.
class Asker {
public:
    /// \param  visitor  who asks; absent: whoever the accounts of the node say
    explicit Asker(
        const TemporaryNode& node,
        std::function<api::Visitor(const http::Request&)> visitor = {},
        api::PeopleOptions options = {.cost = {1, 8192}, .tries_a_minute = 10'000},
        service::Stores stores = TemporaryNode::stores()
    );

    /// As a browser on our own page would send it.
    http::Response ask(const Asked& asked);
    http::Response answer(const http::Request& request) { return api_.answer(request); }
    std::optional<http::Response> refuse(const http::Request& request) { return api_.refuse(request); }
    /// The same; the test fails unless it has this status.
    json::value json_of(const Asked& asked, unsigned status = 200);
    json::value get(const std::string& path) { return json_of({.path = path}); }

    api::People& people() { return people_; }

private:
    api::Workspace work_;
    std::unique_ptr<accounts::AccountStore> store_;
    api::People people_;
    api::Api api_;
};

http::Request request_of(const Asked& asked);
std::string header_of(const http::Response& response, std::string_view name);

}  // namespace entente::tests
