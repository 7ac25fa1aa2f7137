#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "cli/session.h"
#include "service/import_run.h"
#include "service/write_record.h"

namespace entente::cli {

/// One function a command; each prints its result and gives the exit code. An Error is printed once, by the
/// caller.

struct InitOptions {
    std::string home, origin, keys;
};
Result<Exit> run_init(const Session& session, const InitOptions& options);

struct ImportOptions {
    std::string folder;
    bool general_knowledge = false, preview = false, json = false, all = false;
};
Result<Exit> run_import_contacts(const Session& session, const ImportOptions& options);

/// What every import by files has in common.
struct ImportReportsOptions {
    std::vector<std::string> files;
    std::string set_aside;  ///< file for the rows that were set aside
    bool replace = false;   ///< even if most rows of the edition on record are gone
    bool preview = false, json = false, all = false;
};
Result<Exit> run_import_fmtrpt(const Session& session, const ImportReportsOptions& options);
/// `changes`: whether to say what an edition changes; it may have been said before.
Result<Exit> print_import_run(
    const Session& session,
    const service::ImportReport& report,
    const ImportReportsOptions& options,
    bool changes = true
);

struct ImportTableOptions {
    ImportReportsOptions common;
    std::string map;       ///< mapping file; empty: one is proposed
    std::string sheet;     ///< of a workbook, by name or number; `*`: all with the same columns
    std::string save_map;  ///< file for the proposed map
    bool yes = false;      ///< ask nothing: take the rows in, by the proposed map when there is no other
    std::string edition;   ///< of which the file is one; empty: of the name it has
    bool as_new = false;   ///< even if its ids are on record from another file
};
Result<Exit> run_import_table(const Session& session, const ImportTableOptions& options);

Result<Exit> run_import_list(const Session& session, bool json);

struct UndoImportOptions {
    std::uint64_t entry = 0;
    std::string reason;
    bool preview = false;
};
Result<Exit> run_import_undo(const Session& session, const UndoImportOptions& options);

struct ReconcileOptions {
    std::string report;
    bool csv = false, json = false, all = false, repairs = false;
};
Result<Exit> run_reconcile(const Session& session, const ReconcileOptions& options);

struct DocumentOptions {
    std::string file, title, language, idempotency_key;  ///< of `add`
    std::vector<std::string> sources, notes, releasable_to;
    std::string id, out;  ///< of `show` and `get`
    bool preview = false, json = false;
};
Result<Exit> run_document_add(const Session& session, const DocumentOptions& options);
Result<Exit> run_document_show(const Session& session, const DocumentOptions& options);
Result<Exit> run_document_get(const Session& session, const DocumentOptions& options);

/// Says what became of a record, then prints it. `act`: such as `Recorded`.
Result<Exit> print_written(
    const Session& session,
    service::Node& node,
    const service::Written& written,
    std::string_view act,
    bool json,
    bool preview
);

/// `words`: everything behind the type or id.
Result<Exit> run_record(const Session& session, const std::vector<std::string>& words);
Result<Exit> run_supersede(const Session& session, const std::vector<std::string>& words);
Result<Exit> run_retract(const Session& session, const std::vector<std::string>& words);

struct ReadOptions {
    std::string id;
    std::optional<std::uint64_t> as_of;
    bool json = false;
};
Result<Exit> run_show(const Session& session, const ReadOptions& options);
Result<Exit> run_history(const Session& session, const ReadOptions& options);

struct ChangesOptions {
    std::string account;  ///< name, or `node`; empty: all
    std::optional<std::uint64_t> before;
    std::size_t limit = 25;
    bool json = false;
};
Result<Exit> run_changes(const Session& session, const ChangesOptions& options);

struct ListOptions {
    std::vector<std::string> types, pair, where, fields;
    std::string actor, since, until, text, sort, after, xlsx, parquet, save;
    std::optional<std::uint64_t> as_of;
    std::optional<std::size_t> limit;
    bool oldest_first = false, json = false, ndjson = false, csv = false, all = false;
    std::vector<std::string> typed;  ///< the words of the command, for `save`
};
Result<Exit> run_list(const Session& session, const ListOptions& options);

struct FacetOptions {
    std::vector<std::string> words;  ///< the type, then fields
    std::vector<std::string> pair, where;
    std::string actor, since, until, text, sum, by, xlsx, parquet, save;
    std::optional<std::uint64_t> as_of;
    std::optional<std::size_t> top;
    bool json = false, csv = false, all = false;
    std::vector<std::string> typed;
};
Result<Exit> run_facets(const Session& session, const FacetOptions& options);

/// Keeps the words of a command on record under a name, as a `saved_query`.
/// Errors  conflict: the name is taken · invalid_argument: no name that can be typed after `@`
Result<void> save_query(
    const Session& session, const std::string& name, const std::vector<std::string>& words
);
/// The words that were kept under a name, its command first.
/// Errors  not_found, with near names
Result<std::vector<std::string>> saved_words(const Session& session, const std::string& name);

struct BriefOptions {
    std::string a, b, on, rules, parameters, pdf;
    std::optional<std::uint64_t> as_of;
    bool all = false, explain = false, json = false, csv = false, general_knowledge = false;
};
Result<Exit> run_brief(const Session& session, const BriefOptions& options);

/// What every command takes that computes with the measures.
struct AskingOptions {
    std::string at, parameters;
    std::optional<std::uint64_t> as_of;
    bool json = false, csv = false, general_knowledge = false;
};

/// One nation's ties on a page: `brief A`.
Result<Exit> run_home_brief(const Session& session, const BriefOptions& options);

struct MeasureOptions : AskingOptions {
    std::string svg;
    std::string measure, a, b, rules;
    std::map<std::string, std::string> choices;
    bool explain = false;
};
/// Any measure of the register about a pair.
Result<Exit> run_measure(const Session& session, const MeasureOptions& options);

struct CompareOptions : AskingOptions {
    std::string home, strand;
    std::vector<std::string> partners;
    bool explain = false;
};
/// A relational event model over the events of a file.
struct EventsOptions {
    std::string file, time = "time", from = "from", to = "to", weight, ties = "breslow";
    std::vector<std::string> terms;
    bool undirected = false, repeats_once = false, json = false, csv = false;
};
Result<Exit> run_events(const Session& session, const EventsOptions& options);

/// Several ties of one actor beside each other.
Result<Exit> run_compare(const Session& session, const CompareOptions& options);

/// Lists the measures of the register.
Result<Exit> run_measures(const Session& session, bool as_json);

struct ValidateOptions : AskingOptions {
    bool markdown = false;
};
/// What the record can say of the measures themselves.
Result<Exit> run_validate(const Session& session, const ValidateOptions& options);

struct ParametersOptions {
    std::string parameters;
    bool file = false, rules = false;  ///< print the file itself, to be copied and changed
    bool json = false, csv = false;
};
Result<Exit> run_parameters(const Session& session, const ParametersOptions& options);

struct VerifyOptions {
    std::string checkpoint;
    bool deep = false, json = false;
};
Result<Exit> run_verify(const Session& session, const VerifyOptions& options);

struct CheckpointOptions {
    bool sign = false, json = false;
};
Result<Exit> run_checkpoint(const Session& session, const CheckpointOptions& options);

struct ProofOptions {
    std::string id, out, from, check;
    std::uint32_t revision = 0;
    bool json = false;
};
Result<Exit> run_proof(const Session& session, const ProofOptions& options);

Result<Exit> run_rebuild(const Session& session);

struct ExportOptions {
    std::string directory, format = "csv";
    std::optional<std::uint64_t> as_of;
};
Result<Exit> run_export(const Session& session, const ExportOptions& options);

struct ReviewOptions {
    std::string nation, kind, rules;
    double least_score = 0.8;
    std::optional<std::uint64_t> as_of;
    std::optional<std::size_t> limit;
    std::size_t page = 1;
    bool summary = false, all = false, json = false, csv = false;
};
Result<Exit> run_review(const Session& session, const ReviewOptions& options);

struct ClusterOptions {
    std::string text, nation, kind = "unit", rules;
    std::optional<std::uint64_t> as_of;
    bool json = false;
};
Result<Exit> run_cluster(const Session& session, const ClusterOptions& options);

struct JudgeOptions {
    std::string left, right, verdict, nation, kind = "unit", note, idempotency_key;
    std::vector<std::string> releasable_to;
    bool actor = false, preview = false, json = false;
};
Result<Exit> run_judge(const Session& session, const JudgeOptions& options);

struct AccountOptions {
    std::string name, role = "reader", display_name, nation, language;
    bool json = false;
};
Result<Exit> run_account_add(const Session& session, const AccountOptions& options);
Result<Exit> run_account_list(const Session& session, bool as_json);
Result<Exit> run_account_role(const Session& session, const AccountOptions& options);
Result<Exit> run_account_disable(const Session& session, const AccountOptions& options);
Result<Exit> run_account_enable(const Session& session, const AccountOptions& options);
Result<Exit> run_account_password(const Session& session, const AccountOptions& options);

struct AccessLogOptions {
    std::string account, what, kept;
    std::optional<std::uint64_t> before;
    std::optional<std::size_t> limit;
    bool verify = false, json = false;
};
Result<Exit> run_access_log(const Session& session, const AccessLogOptions& options);

struct ServeOptions {
    std::string address = "127.0.0.1", socket;
    std::uint16_t port = 8700;
    std::vector<std::string> host_names;
    std::string certificate, key;
    bool set_up = false;        ///< print a token with which the first account is made
    bool behind_proxy = false;  ///< another server speaks to browsers, by TLS
};
/// Serves the app and the API until it is told to stop.
Result<Exit> run_serve(const Session& session, const ServeOptions& options);

Result<Exit> run_codes(const Session& session, const std::string& list);
Result<Exit> run_completion(const Session& session, const std::string& shell);
struct ReferenceOptions {
    std::string what;  ///< `records`, `measures`, `measures/NAME`; empty: records
    std::string into;  ///< folder of documents in which all are renewed; empty: one is printed
};
/// What is made from declarations, for those who keep the documents.
Result<Exit> run_reference(const Session& session, const ReferenceOptions& options);
/// Reference page of the record types, made from the declarations.
std::string reference_page(const domain::Schema& schema);

}  // namespace entente::cli
