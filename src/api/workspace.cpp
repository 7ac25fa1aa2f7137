#include "api/workspace.h"

#include <chrono>
#include <thread>

#include <fmt/format.h>
#include <sodium.h>

#include "base/codec.h"

namespace entente::api {
namespace {

// An import may hold the node for seconds.
constexpr auto kMostWaiting = std::chrono::seconds(20);
constexpr auto kBetweenTries = std::chrono::milliseconds(25);
constexpr std::size_t kMostIdle = 16;
constexpr std::size_t kMostRemembered = 256;

unsigned char* bytes_of(std::string& text) {
    return reinterpret_cast<unsigned char*>(text.data());
}
const unsigned char* bytes_of(const std::string& text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

Result<Workspace::Reader> Workspace::reader() {
    {
        const std::lock_guard lock(idle_lock_);
        if (!idle_.empty()) {
            auto opened = std::move(idle_.back());
            idle_.pop_back();
            return Reader(*this, std::move(opened));
        }
    }
    ENTENTE_ASSIGN_OR_RETURN(auto node, service::Node::open(path_, service::Access::read, stores_, schema_));
    return Reader(*this, {std::move(node), nullptr, {}, {}});
}

void Workspace::give_back(Opened opened) {
    const std::lock_guard lock(idle_lock_);
    if (idle_.size() < kMostIdle) idle_.push_back(std::move(opened));
}

Result<ledger::RecordView*> Workspace::Reader::view(
    const std::string& nation, std::optional<std::uint64_t> as_of
) {
    ENTENTE_ASSIGN_OR_RETURN(const auto standing, opened_.node->standing());
    auto key = fmt::format("{} {} {}", standing.entries, nation, as_of ? std::to_string(*as_of) : "now");
    const bool again = opened_.view && opened_.view_key == key;
    from_->metrics().view_asked(again);
    if (again) return opened_.view.get();
    opened_.names.clear();
    opened_.view.reset();  // a state that is kept open keeps the index from being tidied
    if (nation.empty()) {
        ENTENTE_ASSIGN_OR_RETURN(opened_.view, opened_.node->view(as_of));
    } else {
        ENTENTE_ASSIGN_OR_RETURN(opened_.view, opened_.node->view_of_partner(nation, as_of));
    }
    // What came in between belongs to the next question.
    opened_.view_key = as_of || opened_.view->as_of() == standing.entries ? std::move(key) : std::string();
    return opened_.view.get();
}

std::pair<std::size_t, std::size_t> Workspace::kept() {
    const std::lock_guard idle(idle_lock_);
    const std::lock_guard memory(memory_lock_);
    return {idle_.size(), memory_.size()};
}

std::string Workspace::sealed_cursor(const std::string& cursor) const {
    const auto nonce = random_bytes(crypto_secretbox_NONCEBYTES);
    std::string out(cursor.size() + crypto_secretbox_MACBYTES, '\0');
    crypto_secretbox_easy(
        bytes_of(out), bytes_of(cursor), cursor.size(), bytes_of(nonce), bytes_of(cursor_key_)
    );
    return base64url(nonce + out);
}

std::optional<std::string> Workspace::opened_cursor(std::string_view sealed) const {
    const auto bytes = from_base64url(sealed);
    if (!bytes || bytes->size() < crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES) return {};
    const auto nonce = bytes->substr(0, crypto_secretbox_NONCEBYTES),
               box = bytes->substr(crypto_secretbox_NONCEBYTES);
    std::string out(box.size() - crypto_secretbox_MACBYTES, '\0');
    if (crypto_secretbox_open_easy(
            bytes_of(out), bytes_of(box), box.size(), bytes_of(nonce), bytes_of(cursor_key_)
        ) != 0)
        return {};
    return out;
}

void Workspace::look_for_news() {
    const auto node = reader();
    if (!node) return;
    const auto standing = (**node).standing();
    if (!standing) return;
    const std::lock_guard lock(news_lock_);
    if (entries_ && *entries_ != standing->entries) {
        const std::lock_guard idle(idle_lock_);
        for (auto& opened : idle_) opened.view.reset(), opened.view_key.clear();
    }
    if (entries_ && *entries_ != standing->entries)
        topics_.publish("news", fmt::format("{{\"entries\":{}}}", standing->entries));
    entries_ = standing->entries;
}

Result<std::unique_ptr<service::Node>> Workspace::open_for_writing(const service::Stores& stores) {
    const auto until = std::chrono::steady_clock::now() + kMostWaiting;
    while (true) {
        auto node = service::Node::open(path_, service::Access::write, stores, schema_);
        if (node || node.error().code != ErrorCode::unavailable || std::chrono::steady_clock::now() > until ||
            turns_.ended())
            return node;
        std::this_thread::sleep_for(kBetweenTries);
    }
}

service::Stores Workspace::watched_stores(const ledger::Watch& watch) const {
    auto out = stores_;
    out.ledger = [open = stores_.ledger,
                  watch](const std::filesystem::path& file) -> Result<std::unique_ptr<ledger::LedgerStore>> {
        ENTENTE_ASSIGN_OR_RETURN(auto store, open(file));
        return std::make_unique<ledger::WatchedStore>(std::move(store), watch);
    };
    return out;
}

Result<std::unique_ptr<service::Node>> Workspace::watched_reader(const ledger::Watch& watch) {
    return service::Node::open(path_, service::Access::read, watched_stores(watch), schema_);
}

void Workspace::stop() {
    turns_.end();
    tasks_.stop_all();
}

Result<std::string> Workspace::remembered(
    const std::string& key, const std::function<Result<std::string>()>& compute
) {
    std::shared_ptr<Remembered> entry;
    {
        const std::lock_guard lock(memory_lock_);
        auto& place = memory_[key];
        if (!place) place = std::make_shared<Remembered>();
        place->used = ++clock_;
        entry = place;
        if (memory_.size() > kMostRemembered) {
            auto oldest = memory_.begin();
            for (auto at = memory_.begin(); at != memory_.end(); ++at)
                if (at->second->used < oldest->second->used) oldest = at;
            memory_.erase(oldest);
        }
    }
    const std::lock_guard lock(entry->one);
    metrics_.answer_asked(entry->text.has_value());
    if (!entry->text) {
        auto text = compute();
        if (!text) return text;  // the next one tries again
        entry->text = *std::move(text);
    }
    return *entry->text;
}

}  // namespace entente::api
