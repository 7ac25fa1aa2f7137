// The command line: which commands there are and what they take. Each group of commands stands in a file of
// its own.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "cli/commands.h"

// Its header takes seconds to compile.
namespace CLI {
class App;
class Validator;
}  // namespace CLI

namespace entente::cli {

struct Options {
    std::string node, colour = "auto";
    bool ascii = false, wide = false;
    InitOptions init;
    ImportOptions import;
    ImportReportsOptions reports;
    UndoImportOptions undo;
    ReconcileOptions reconcile;
    bool imports_json = false;
    ImportTableOptions table;
    std::vector<std::string> words;
    ReadOptions read;
    ChangesOptions changes;
    ListOptions list;
    FacetOptions facets;
    BriefOptions brief;
    MeasureOptions measure;
    CompareOptions compare;
    EventsOptions events;
    ParametersOptions parameters;
    ValidateOptions validate;
    bool measures_json = false;
    VerifyOptions verify;
    CheckpointOptions checkpoint;
    ProofOptions proof;
    ExportOptions exported;
    ReviewOptions review;
    ClusterOptions cluster;
    JudgeOptions judge;
    DocumentOptions document;
    ReferenceOptions reference;
    ServeOptions serve;
    AccountOptions account;
    AccessLogOptions access_log;
    std::string codes, shell;
};

using Action = std::function<Result<Exit>(const Session&)>;

/// A whole number from `least` on. CLI11's own range check prints the bounds of a double.
CLI::Validator a_number(unsigned least = 0);

/// The words of a question without what belongs to this call alone: where the node is, how to print, from
/// where to go on. The command stands first.
std::vector<std::string> question_of(const std::vector<std::string>& words);

class CommandLine {
public:
    CommandLine();

    CLI::App& app() { return *app_; }
    const Options& options() const { return options_; }
    void keep_typed(const std::vector<std::string>& words);
    const Action& action() const { return action_; }

private:
    CLI::App* command(const char* name, const char* help, Action action, const char* footer = "");
    /// Fields are read by their declaration: CLI11 hands on what it does not know.
    CLI::App* words_command(const char* name, const char* help, Action action, const char* footer);

    void add_writing();
    void add_import_reports(CLI::App& import);
    void add_import_table(CLI::App& import);
    void add_import_rest(CLI::App& import);
    static void add_import_options(CLI::App& command, ImportReportsOptions& options, const char* files);
    void add_documents();
    void add_reading();
    void add_read_options(CLI::App* sub);
    void add_finding();
    template <class T>
    void add_conditions(CLI::App* sub, T& o);
    void add_measures();
    void add_compare();
    void add_events();
    void add_validate();
    void add_identity();
    void add_proving();
    void add_reconcile();
    void add_serve();
    void add_accounts();
    void add_access_log();
    void add_rest();

    std::shared_ptr<CLI::App> app_;
    Options options_;
    Action action_;
};

}  // namespace entente::cli
