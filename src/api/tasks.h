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
    /// As people are told of it: `Taking in visits.xlsx`.
    virtual const std::string& name() const = 0;
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
    struct Wanted {
        std::string kind;  ///< of a kind one runs at a time: `verify`
        std::string
            question;      ///< what is asked of it: whoever asks the same meanwhile gets the one that runs
        std::string name;  ///< for people: `Checking the record`
        bool replaces =
            false;  ///< one of its kind that runs is asked to stop, and waits for nobody: a preview
    };
    struct Begun {
        json::object task;  ///< how it stands, with its id
        bool anew = true;   ///< false: it ran already
    };
    static constexpr std::size_t kMostRunning = 2;
    /// Begins it in a thread of its own, or gives the one that runs and does the same.
    /// Errors  conflict: one of its kind runs that was asked something else · unavailable: two run, or the server ends
    Result<Begun> start(Wanted wanted, Work work);
    /// Errors  not_found
    Result<json::object> show(std::uint64_t id) const;
    /// Asks it to end; what it did by then is for it to keep or to leave. One that is over is forgotten.
    /// Errors  not_found
    Result<json::object> stop(std::uint64_t id);
    json::array list() const;
    /// Asks all to end, and begins none any more. Does not wait.
    void stop_all();

private:
    struct Task;
    Result<std::optional<Begun>> find_running(const Wanted& wanted) const;
    void finish(Task& task, Result<json::object> result);
    json::object describe(const Task& task, bool with_result) const;

    http::EventTopics& topics_;
    mutable std::mutex lock_;
    std::map<std::uint64_t, std::unique_ptr<Task>> tasks_;
    std::uint64_t last_ = 0;
    bool ended_ = false;
};

}  // namespace entente::api
