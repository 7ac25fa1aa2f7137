#pragma once

#include <string>

#include "cli/session.h"
#include "ledger/record_index.h"
#include "service/describe.h"
#include "service/import_contacts.h"
#include "service/record_json.h"
#include "service/verify_json.h"

namespace entente::cli {

/// One record for people: its fields by label, citations, conflicts, place in the log.
std::string render_record(const Session& session, ledger::RecordView& view, const ledger::Revision& record);
/// Revisions and what changed from one to the next.
std::string render_history(
    const Session& session, ledger::RecordView& view, const std::vector<ledger::Revision>& history
);
/// What a list says besides its rows.
struct ListView {
    const ledger::RecordQuery& query;
    std::vector<std::string> fields;  ///< shown in columns of their own
    std::string next;                 ///< cursor behind the last row; empty: nothing follows
};
std::string render_list(
    const Session& session, ledger::RecordView& view, const ledger::RecordPage& page, const ListView& shown
);
/// The report of an import: rows seen = accepted + set aside.
std::string render_import(
    const Session& session, const service::ImportOutcome& outcome, bool preview, bool all
);
std::string render_verify(const Session& session, const service::VerifyNodeOutcome& outcome);

using service::record_json;
json::object import_json(const service::ImportOutcome& outcome);
using service::verify_json;

/// `Checkpoint 41 of usa.example/log.`
std::string checkpoint_words(const std::string& note);

}  // namespace entente::cli
