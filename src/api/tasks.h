// What takes long: it runs beside the answers, tells how far it is, and can be stopped.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "base/json.h"
#include "base/result.h"
#include "http/event_stream.h"

namespace entente::api {

/// One running task, as its work sees it.
class TaskHandle {
public:
    virtual ~TaskHandle() = default;
    /// How far it is: a share from 0 to 1, and a line for people.
    virtual void tell(double share, const std::string& words) = 0;
    /// Whether somebody wants it to end.
    virtual bool stopped() const = 0;
};

/// All tasks since the server began. Each that moves is told on the topic `task`.
/// Thread-safety  all functions
class Tasks {
public:
    explicit Tasks(http::EventTopics& topics);
    ~Tasks();
    Tasks(const Tasks&) = delete;
    Tasks& operator=(const Tasks&) = delete;

    using Work = std::function<Result<json::object>(TaskHandle&)>;
    /// Begins it in a thread of its own.
    /// \return  how it stands, with its id
    json::object start(std::string what, Work work);
    /// Errors  not_found
    Result<json::object> show(std::uint64_t id) const;
    /// Asks it to end; what it did by then is for it to keep or to leave. One that is over is forgotten.
    /// Errors  not_found
    Result<json::object> stop(std::uint64_t id);
    json::array list() const;

private:
    struct Task;
    void finish(Task& task, Result<json::object> result);
    json::object describe(const Task& task, bool with_result) const;

    http::EventTopics& topics_;
    mutable std::mutex lock_;
    std::map<std::uint64_t, std::unique_ptr<Task>> tasks_;
    std::uint64_t last_ = 0;
};

}  // namespace entente::api
