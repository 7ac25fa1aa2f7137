#include "asked.h"

#include <boost/json/serialize.hpp>

#include "base/id.h"
#include "service/import_contacts.h"
#include "store/sqlite/sqlite_account_store.h"
#include "store/sqlite/sqlite_ledger_store.h"
#include "store/sqlite/sqlite_record_index.h"

namespace entente::tests {
namespace {

namespace fs = std::filesystem;

const domain::Schema& schema() {
    return domain::Schema::builtin();
}

}  // namespace

service::Stores TemporaryNode::stores() {
    service::Stores out;
    out.ledger = [](const fs::path& file) { return store::open_sqlite_ledger_store(file); };
    out.index = [](const fs::path& file) { return store::open_sqlite_record_index(file, schema()); };
    out.shared_index = [memory = std::make_shared<store::sqlite::IndexMemory>(store::kMostRemembered)](
                           const fs::path& file
                       ) { return store::open_sqlite_record_index(file, schema(), {}, memory); };
    out.index_name = store::record_index_name(schema());
    return out;
}

TemporaryNode::TemporaryNode(bool public_record)
    : directory_(fs::temp_directory_path() / ("entente-" + RecordId::random().text())) {
    const auto made = service::Node::create(
        {path(), directory_ / "keys", "USA", "test.example/usa/ledger"}, stores(), schema()
    );
    EXPECT_TRUE(made) << made.error().message;
    if (!public_record) return;
    const auto node = service::Node::open(path(), service::Access::write, stores(), schema());
    EXPECT_TRUE(node) << node.error().message;
    const auto outcome = service::import_contacts(**node, {"data/public-record", false, false});
    EXPECT_TRUE(outcome) << outcome.error().message;
}

TemporaryNode::~TemporaryNode() {
    fs::remove_all(directory_);
}

std::unique_ptr<accounts::AccountStore> TemporaryNode::accounts() const {
    auto store = store::open_sqlite_account_store(path() / "accounts.db");
    EXPECT_TRUE(store) << store.error().message;
    return *std::move(store);
}

Asker::Asker(
    const TemporaryNode& node,
    std::function<api::Visitor(const http::Request&)> visitor,
    api::PeopleOptions options,
    service::Stores stores
)
    : work_(node.path(), std::move(stores), schema()),
      store_(node.accounts()),
      people_(*store_, system_clock(), options),
      api_(
          work_,
          {.visitor = visitor ? std::move(visitor)
                              : [this](const http::Request& request) { return people_.visitor(request); },
           .people = &people_}
      ) {}

http::Request request_of(const Asked& asked) {
    http::Request out;
    out.method = asked.method;
    out.from_this_machine = true;
    const auto question = asked.path.find('?');
    out.path = asked.path.substr(0, question);
    out.target = asked.path;
    std::string rest = question == std::string::npos ? "" : asked.path.substr(question + 1);
    while (!rest.empty()) {
        const auto end = std::min(rest.find('&'), rest.size());
        const auto one = rest.substr(0, end);
        const auto equals = one.find('=');
        out.query.emplace_back(
            one.substr(0, equals), equals == std::string::npos ? "" : one.substr(equals + 1)
        );
        rest = end < rest.size() ? rest.substr(end + 1) : "";
    }
    out.headers = asked.headers;
    out.headers.emplace_back("Host", "127.0.0.1:8700");
    out.body = asked.body;
    if (!asked.body.empty()) out.headers.emplace_back("Content-Type", "application/json");
    if (asked.method != "GET") {
        out.headers.emplace_back("Sec-Fetch-Site", "same-origin");
        out.headers.emplace_back("Origin", "http://127.0.0.1:8700");
        if (!out.header("X-CSRF")) out.headers.emplace_back("X-CSRF", "1");
    }
    return out;
}

http::Response Asker::ask(const Asked& asked) {
    return api_.answer(request_of(asked));
}

json::value Asker::json_of(const Asked& asked, unsigned status) {
    const auto response = ask(asked);
    EXPECT_EQ(response.status, status)
        << asked.method << " " << asked.path << ": " << response.body.substr(0, 400);
    auto value = parse_json(response.body);
    EXPECT_TRUE(value) << asked.path;
    return value.value_or(nullptr);
}

std::string header_of(const http::Response& response, std::string_view name) {
    for (const auto& [known, value] : response.headers)
        if (http::same_name(known, name)) return value;
    return {};
}

}  // namespace entente::tests
