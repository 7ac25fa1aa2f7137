#include "cli/command_line.h"

#include <CLI/CLI.hpp>

namespace entente::cli {

void CommandLine::add_identity() {
    auto* review = command(
        "review",
        "Names that may be names of one thing, what matters most first",
        [this](const Session& s) { return run_review(s, options_.review); },
        "Examples:\n  entente review --nation COL\n  entente review --summary"
    );
    review->add_option("--nation", options_.review.nation, "Only names of this nation")->type_name("CODE");
    review->add_option("--kind", options_.review.kind, "organisation, person or place")->type_name("KIND");
    review->add_option("--least-score", options_.review.least_score, "Candidates from this score on (0.8)")
        ->type_name("0..1");
    review->add_option("--limit", options_.review.limit, "So many a page (10)")
        ->check(a_number(1))
        ->type_name("N");
    review->add_option("--page", options_.review.page, "Which page")->check(a_number(1))->type_name("N");
    review->add_flag("--all", options_.review.all, "No pages");
    review->add_flag("--summary", options_.review.summary, "Counts: mentions, clusters, what rules found");
    review
        ->add_option("--rules", options_.review.rules, "Directory with tables in place of the built-in ones")
        ->type_name("DIRECTORY");
    review->add_option("--as-of", options_.review.as_of, "As the record stood when it had that many entries")
        ->check(a_number())
        ->type_name("SIZE");
    review->add_flag("--json", options_.review.json, "Print JSON");
    review->add_flag("--csv", options_.review.csv, "Print CSV, one line a candidate");

    auto* cluster = command(
        "cluster",
        "All names that are taken for one thing with this one, and on which grounds",
        [this](const Session& s) { return run_cluster(s, options_.cluster); },
        "Example:\n  entente cluster \"Ministry of Defense\" --nation ALB"
    );
    cluster->add_option("text", options_.cluster.text, "A name as a source prints it")
        ->required()
        ->type_name("TEXT");
    cluster->add_option("--nation", options_.cluster.nation, "Whose organisation it is")->type_name("CODE");
    cluster->add_option("--kind", options_.cluster.kind, "unit, ministry, school, person or place")
        ->type_name("KIND");
    cluster
        ->add_option("--rules", options_.cluster.rules, "Directory with tables in place of the built-in ones")
        ->type_name("DIRECTORY");
    cluster
        ->add_option("--as-of", options_.cluster.as_of, "As the record stood when it had that many entries")
        ->check(a_number())
        ->type_name("SIZE");
    cluster->add_flag("--json", options_.cluster.json, "Print JSON");

    auto* judge = command(
        "judge",
        "Record whether two names are names of one thing: judge LEFT RIGHT --verdict WORD",
        [this](const Session& s) { return run_judge(s, options_.judge); },
        "Example:\n  entente judge MoD \"Ministry of Defense\" --nation ALB --verdict positive\nTo part "
        "what "
        "was joined, retract the judgement or record a negative one."
    );
    judge->add_option("left", options_.judge.left, "A name, letter for letter")
        ->required()
        ->type_name("LEFT");
    judge->add_option("right", options_.judge.right, "Another name, or with --actor an actor's code")
        ->required()
        ->type_name("RIGHT");
    judge->add_option("--verdict", options_.judge.verdict, "positive, negative or unsure")
        ->required()
        ->check(CLI::IsMember({"positive", "negative", "unsure"}))
        ->type_name("WORD");
    judge->add_option("--nation", options_.judge.nation, "Whose names they are")->type_name("CODE");
    judge->add_option("--kind", options_.judge.kind, "unit, ministry, school, person or place")
        ->check(CLI::IsMember({"unit", "ministry", "school", "person", "place"}))
        ->type_name("KIND");
    judge->add_flag("--actor", options_.judge.actor, "RIGHT is the code of an actor");
    judge->add_option("--note", options_.judge.note, "Why, for other people; sealed")->type_name("TEXT");
    judge->add_option("--releasable-to", options_.judge.releasable_to, "Nations that may see it")
        ->delimiter(',')
        ->type_name("CODES");
    judge->add_option("--idempotency-key", options_.judge.idempotency_key, "A retry with it adds nothing")
        ->type_name("KEY");
    judge->add_flag("--preview", options_.judge.preview, "Check, keep nothing");
    judge->add_flag("--json", options_.judge.json, "Print JSON");
}

void CommandLine::add_proving() {
    auto* verify = command(
        "verify",
        "Check every byte of the ledger against hashes, tree, signatures and keys",
        [this](const Session& s) { return run_verify(s, options_.verify); },
        "Example:\n  entente checkpoint > kept.txt    (give it to somebody else)\n  entente verify "
        "--checkpoint kept.txt --deep"
    );
    verify->add_option("--checkpoint", options_.verify.checkpoint, "A checkpoint that somebody else kept")
        ->type_name("FILE");
    verify->add_flag("--deep", options_.verify.deep, "Compare the index with one made afresh");
    verify->add_flag("--json", options_.verify.json, "Print JSON");

    auto* checkpoint = command(
        "checkpoint",
        "The signed head of the log, to give to somebody else",
        [this](const Session& s) { return run_checkpoint(s, options_.checkpoint); }
    );
    checkpoint->add_flag("--sign", options_.checkpoint.sign, "Sign the present head first");
    checkpoint->add_flag("--json", options_.checkpoint.json, "Print JSON, with the key that checks it");

    auto* proof = command(
        "proof",
        "Proof that a record is in the log, or that the log only grew",
        [this](const Session& s) { return run_proof(s, options_.proof); },
        "Examples:\n  entente proof c0304 --out proof-c0304\n  entente proof --check proof-c0304\n  "
        "entente proof --from kept.txt"
    );
    proof->add_option("id", options_.proof.id, "Record")->type_name("ID");
    proof->add_option("--revision", options_.proof.revision, "Which revision (default: the last)")
        ->type_name("N");
    proof->add_option("--out", options_.proof.out, "Write all pieces to a new directory")
        ->type_name("DIRECTORY");
    proof
        ->add_option(
            "--from",
            options_.proof.from,
            "An older checkpoint of this log: prove that it is a beginning of the present one"
        )
        ->type_name("FILE");
    proof
        ->add_option(
            "--check", options_.proof.check, "Check a proof that somebody wrote with --out; needs no node"
        )
        ->type_name("DIRECTORY");
    proof->add_flag("--json", options_.proof.json, "Print JSON");
}

void CommandLine::add_reconcile() {
    auto* reconcile =
        app_->add_subcommand("reconcile", "Compare what was read with the totals that the source prints");
    reconcile->require_subcommand(1);
    reconcile->footer("Example:\n  entente reconcile fmtrpt 2009_2010");
    auto* reports =
        reconcile->add_subcommand("fmtrpt", "Training lines with the printed totals of their reports");
    reports->callback([this] {
        action_ = [this](const Session& s) { return run_reconcile(s, options_.reconcile); };
    });
    reports->add_option("report", options_.reconcile.report, "One report, programme by programme: 2009_2010")
        ->type_name("REPORT");
    reports->add_flag("--all", options_.reconcile.all, "Every programme, not only those that differ");
    reports->add_flag(
        "--repairs", options_.reconcile.repairs, "Every cell that was read otherwise than printed"
    );
    reports->add_flag("--csv", options_.reconcile.csv, "Print every programme as CSV");
    reports->add_flag("--json", options_.reconcile.json, "Print the reports as JSON");
}

void CommandLine::add_rest() {
    add_reconcile();
    add_serve();
    add_accounts();
    add_access_log();
    command("rebuild", "Make the index again from the ledger", [](const Session& s) {
        return run_rebuild(s);
    });
    auto* exported = command(
        "export",
        "Write all current records to files",
        [this](const Session& s) { return run_export(s, options_.exported); },
        "Example:\n  entente export out --format csv"
    );
    exported->add_option("directory", options_.exported.directory, "New or empty directory")
        ->required()
        ->type_name("DIRECTORY");
    exported->add_option("--format", options_.exported.format, "csv or ndjson")
        ->check(CLI::IsMember({"csv", "ndjson"}))
        ->type_name("FORMAT");
    exported
        ->add_option("--as-of", options_.exported.as_of, "As the record stood when it had that many entries")
        ->type_name("SIZE");
    auto* codes = command(
        "codes",
        "The codes of a list, or the lists",
        [this](const Session& s) { return run_codes(s, options_.codes); },
        "Example:\n  entente codes engagement_category"
    );
    codes->add_option("list", options_.codes, "Name of a list")->type_name("LIST");
    auto* completion = command(
        "completion",
        "Completion for a shell: bash, zsh or fish",
        [this](const Session& s) { return run_completion(s, options_.shell); },
        "Example:\n  source <(entente completion bash)"
    );
    completion->add_option("shell", options_.shell, "bash, zsh or fish")
        ->required()
        ->check(CLI::IsMember({"bash", "zsh", "fish"}))
        ->type_name("SHELL");
    auto* reference = command(
        "reference",
        "What is made from declarations, for those who keep the documents",
        [this](const Session& s) { return run_reference(s, options_.reference); },
        "Examples:\n  entente reference measures/strength\n  entente reference --into docs"
    );
    reference->group("");
    reference->add_option("what", options_.reference.what, "records, measures or measures/NAME")
        ->type_name("WHAT");
    reference->add_option("--into", options_.reference.into, "Renew all of them in this folder")
        ->type_name("FOLDER");
}

}  // namespace entente::cli
