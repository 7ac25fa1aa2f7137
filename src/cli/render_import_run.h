#pragma once

#include <string>

#include "cli/session.h"
#include "service/import_json.h"

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
using service::import_run_json;
using service::set_aside_csv;

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
