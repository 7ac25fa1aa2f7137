#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "api/kept_names.h"
#include "api/metrics.h"
#include "api/tasks.h"
#include "api/uploads.h"
#include "api/writer_turns.h"
#include "base/random.h"
#include "http/event_stream.h"
#include "ledger/watched_store.h"
#include "measures/attention/rules.h"
#include "measures/tie/parameters.h"
#include "service/describe.h"
#include "service/node.h"

namespace entente::api {

/// The node as the API uses it: as many openings for reading as there are readers at once, one for writing that lasts
/// no longer than what it writes, so that commands typed beside it find the node free.
///
/// Thread-safety  all of it
class Workspace {
public:
    Workspace(std::filesystem::path node, service::Stores stores, const domain::Schema& schema)
        : cursor_key_(random_bytes(32)), path_(std::move(node)), stores_(std::move(stores)), schema_(schema) {
        if (stores_.shared_index) stores_.index = stores_.shared_index;
    }

    const domain::Schema& schema() const { return schema_; }
    const measures::Parameters& parameters() const { return measures::builtin_parameters(); }
    const measures::AttentionRules& rules() const { return measures::builtin_attention_rules(); }

    /// What happens, for who listens: `news` when entries came, whoever wrote them; `task` when a long one moves.
    http::EventTopics& topics() { return topics_; }
    Tasks& tasks() { return tasks_; }
    Uploads& uploads() { return uploads_; }
    KeptNames& names() { return names_; }
    Metrics& metrics() { return metrics_; }
    /// Openings for reading that nobody uses now, and answers that are kept.
    std::pair<std::size_t, std::size_t> kept();
    /// Looks whether entries came since it was last called, and says so.
    void look_for_news();

    /// A cursor for who may not learn how long the log is: it can be read by this process alone.
    std::string sealed_cursor(const std::string& cursor) const;
    /// Nothing: it is none that was made here.
    std::optional<std::string> opened_cursor(std::string_view sealed) const;

    /// A node that is open for reading, and the view that was last made of it.
    struct Opened {
        std::unique_ptr<service::Node> node;
        std::unique_ptr<ledger::RecordView> view;
        std::string view_key;
        service::KnownNames names;  ///< by that view
    };
    /// Goes back to the others when it is let go.
    class Reader {
    public:
        Reader(Workspace& from, Opened opened) : from_(&from), opened_(std::move(opened)) {}
        Reader(Reader&& other) noexcept = default;
        Reader& operator=(Reader&&) = delete;
        ~Reader() {
            if (opened_.node) from_->give_back(std::move(opened_));
        }
        service::Node& operator*() const { return *opened_.node; }
        service::Node* operator->() const { return opened_.node.get(); }

        /// The record as of a size (nothing: now), on behalf of home (empty) or of another nation. The view that was
        /// last made serves again as long as the log has not grown: neither a record nor its label can have changed.
        /// Errors  as Node::view
        Result<ledger::RecordView*> view(const std::string& nation, std::optional<std::uint64_t> as_of);
        /// What that view calls the records that were asked for so far.
        service::KnownNames& names() { return opened_.names; }

    private:
        Workspace* from_;
        Opened opened_;
    };
    /// Errors  as Node::open
    Result<Reader> reader();

    /// Opens the node for writing, for a request; one at a time.
    /// \param  author  id of the account that the entries name; empty: the node's own
    /// Errors  unavailable: too many wait already, or it took too long · as Node::open
    template <class T>
    Result<T> write(const std::string& author, const std::function<Result<T>(service::Node&)>& act) {
        ENTENTE_ASSIGN_OR_RETURN(const auto turn, turns_.for_request());
        return write_now(author, act, stores_);
    }
    /// The same for a task, which waits for who writes until it is stopped.
    template <class T>
    Result<T> write(
        const TaskHandle& task,
        const std::string& author,
        const std::function<Result<T>(service::Node&)>& act,
        const ledger::Watch& watch = {}
    ) {
        ENTENTE_ASSIGN_OR_RETURN(const auto turn, turns_.for_task(task.name(), [&task] {
            return task.stopped();
        }));
        return write_now(author, act, watched_stores(watch));
    }
    /// The node opened for reading, for one that reads the log from end to end.
    /// Errors  as Node::open
    Result<std::unique_ptr<service::Node>> watched_reader(const ledger::Watch& watch);
    /// The server ends: who waits to write is refused, and tasks are asked to stop.
    void stop();

    /// What was computed before under the same key, or computes it. Of two that ask for the same at once one waits.
    /// \param  key  names everything that the answer depends on: the state of the log, the context, the question
    Result<std::string> remembered(
        const std::string& key, const std::function<Result<std::string>()>& compute
    );

private:
    template <class T>
    Result<T> write_now(
        const std::string& author,
        const std::function<Result<T>(service::Node&)>& act,
        const service::Stores& stores
    ) {
        ENTENTE_ASSIGN_OR_RETURN(const auto node, open_for_writing(stores));
        if (!author.empty()) ENTENTE_RETURN_IF_ERROR(node->write_as(author));
        return act(*node);
    }
    void give_back(Opened opened);
    Result<std::unique_ptr<service::Node>> open_for_writing(const service::Stores& stores);
    service::Stores watched_stores(const ledger::Watch& watch) const;

    struct Remembered {
        std::mutex one;
        std::optional<std::string> text;
        std::uint64_t used = 0;
    };

    Metrics metrics_;
    std::string cursor_key_;
    std::filesystem::path path_;
    service::Stores stores_;
    const domain::Schema& schema_;
    std::mutex idle_lock_;
    std::vector<Opened> idle_;
    WriterTurns turns_;
    http::EventTopics topics_;
    std::mutex news_lock_;
    std::optional<std::uint64_t> entries_;
    std::mutex memory_lock_;
    std::map<std::string, std::shared_ptr<Remembered>> memory_;
    std::uint64_t clock_ = 0;
    Uploads uploads_;
    KeptNames names_;
    Tasks tasks_{topics_};  // the last: its work uses all of the others
};

}  // namespace entente::api
