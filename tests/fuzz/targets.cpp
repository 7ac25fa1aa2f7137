#include "targets.h"

#include "base/check.h"
#include "base/csv.h"
#include "base/json.h"
#include "domain/date_span.h"
#include "ledger/disclosure.h"
#include "ledger/entry.h"
#include "ledger/note.h"
#include "policy/label.h"

namespace entente::fuzz {

void csv(std::string_view input) {
    const auto table = parse_csv(input);
    if (!table) return;
    std::string text = csv_line(table->columns);
    for (const auto& row : table->rows) text += csv_line(row.cells);
    const auto again = parse_csv(text);
    check(
        again && again->columns == table->columns && again->rows.size() == table->rows.size(),
        "a table that was read can be written and read again"
    );
}

void json_text(std::string_view input) {
    const auto value = parse_json(input);
    if (!value) return;
    const auto written = canonical_json(*value);
    if (!written) return;
    const auto again = parse_json(*written);
    check(again && canonical_json(*again).value_or("") == *written, "the canonical form is a fixed point");
}

void entry(std::string_view input) {
    const auto found = ledger::scan(input);
    const auto fields = ledger::decode(input);
    if (!fields || !ledger::is_canonical(input)) return;
    const auto written = ledger::encode(*fields);
    if (!written || *written != input) return;  // not an entry of this version
    check(found.kind == fields->kind, "scan and decode agree on the kind");
    check(found.lbl == fields->lbl, "scan and decode agree on the label");
}

void date(std::string_view input) {
    if (const auto span = domain::DateSpan::parse(input)) {
        const auto again = domain::DateSpan::parse(span->to_text());
        check(
            again && again->from == span->from && again->to == span->to,
            "a date can be written and read again"
        );
        check(domain::DateSpan::from_json(span->to_json()).value() == *span, "a date survives the ledger");
        check(!span->to_words().empty(), "a date has words");
    }
    if (const auto value = parse_json(input)) (void)domain::DateSpan::from_json(*value);
}

void note(std::string_view input) {
    static const ledger::Signer signer("fuzz.example/log", std::string(32, 'f'));
    static const auto verifier = signer.verifier();
    const auto opened = ledger::open_checkpoint(input, verifier);
    // Nobody can make a signature: what is accepted is what we signed ourselves.
    if (opened)
        check(
            input.find(signer.sign(opened->text())) == 0 || input.size() > signer.sign(opened->text()).size(),
            "an accepted note carries our signature"
        );
    (void)ledger::Verifier::parse(input);
    (void)ledger::Signer::parse(input);
}

void label(std::string_view input) {
    const auto read = policy::Label::parse(input);
    if (!read) return;
    try {
        const auto bytes = read->bytes();
        const auto again = policy::Label::parse(bytes);
        check(again && again->bytes() == bytes, "label bytes are a fixed point");
    } catch (const BugError&) {
        // A text that cannot stand in the ledger (a control character) is refused when a label is written.
    }
}

void disclosure(std::string_view input) {
    (void)ledger::Disclosure{std::string(input)}.open();
}

}  // namespace entente::fuzz
