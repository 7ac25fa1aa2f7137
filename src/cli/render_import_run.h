#pragma once

#include <string>

#include "base/json.h"
#include "cli/session.h"
#include "service/import_run.h"

namespace entente::cli {

struct ImportRunWords {
    bool preview = false;
    bool asking = false;  ///< a preview after which a person is asked
    bool all = false;     ///< every row that was set aside, every change, every remark
    bool changes = true;  ///< false: what the edition changes was shown before
};

/// The report of an import of any source: rows seen = accepted + set aside, file by file; what an edition
/// changed.
std::string render_import_run(
    const Session& session, const service::ImportReport& report, const ImportRunWords& words
);
json::object import_run_json(const service::ImportReport& report);
/// The rows set aside, one a line with file, place, id, field and reason.
std::string set_aside_csv(const service::ImportReport& report);

/// Tells on standard error how far an import is: rows, rate, time left. Silent where that is no terminal.
class ProgressLine {
public:
    explicit ProgressLine(std::string what);
    ~ProgressLine() { clear(); }
    /// Takes the line away, so that something else can be said.
    void clear();
    void show(const service::ImportProgress& progress);

private:
    std::string what_;
    bool terminal_;
    bool shown_ = false;
    std::int64_t began_;  // microseconds
    std::int64_t last_ = 0;
};

}  // namespace entente::cli
