#include "service/write_record.h"

#include <algorithm>

#include <fmt/format.h>
#include <boost/json/serialize.hpp>

#include "base/codec.h"
#include "base/hash.h"
#include "domain/date_span.h"
#include "domain/empty.h"
#include "ledger/document.h"
#include "ledger/entry.h"
#include "ledger/receipts.h"
#include "policy/label.h"
#include "service/cited_documents.h"

namespace entente::service {
namespace {

const domain::Field* find_field(const domain::RecordType& type, const std::string& name) {
    if (const auto* field = type.find(name)) return field;
    for (const auto& field : type.fields)
        if (field.alias == name) return &field;
    return nullptr;
}

Result<void> apply(
    const domain::Schema& schema,
    const domain::RecordType& type,
    const TypedFields& typed,
    ledger::RecordView& view,
    domain::Content& content
) {
    const auto resolve = make_resolver(view, schema);
    for (const auto& [name, texts] : typed) {
        const auto* field = find_field(type, name);
        if (!field)
            return fail(
                ErrorCode::invalid_argument,
                name,
                fmt::format("found a field that {} does not have", type.type),
                fmt::format("entente record {} --help lists them", type.type)
            );
        if (texts == std::vector<std::string>{"-"}) {
            content.erase(field->name);
            continue;
        }
        if (field->name == "citations") {
            ENTENTE_ASSIGN_OR_RETURN(
                content[field->name], parse_citations(view, schema, *field, texts, resolve)
            );
            continue;
        }
        ENTENTE_ASSIGN_OR_RETURN(content[field->name], domain::parse_field(schema, *field, texts, resolve));
    }
    return {};
}

Result<std::string> label_of(Node& node, const WriteOptions& options) {
    if (options.releasable_to.empty()) return node.default_label();
    auto label = policy::Label::originator_only(node.config().home, node.config().policy);
    ENTENTE_ASSIGN_OR_RETURN(const auto view, node.view());
    for (const auto& typed : options.releasable_to) {
        const auto found = make_resolver(*view, node.schema())({"actor"}, typed);
        if (!found) return fail(ErrorCode::invalid_argument, "releasable-to", found.error().message);
        ENTENTE_ASSIGN_OR_RETURN(const auto actor, view->current(*found));
        const auto code = actor ? text_at(actor->content, "code") : std::string();
        if (code.size() != 3 || text_at(actor->content, "kind") != "nation")
            return fail(
                ErrorCode::invalid_argument,
                "releasable-to",
                fmt::format("found '{}', expected codes of nations such as CHN", typed)
            );
        auto& to = *label.releasable_to;
        if (std::find(to.begin(), to.end(), code) == to.end()) to.push_back(code);
    }
    std::sort(label.releasable_to->begin(), label.releasable_to->end());
    return label.bytes();
}

// What says what the bytes are stays as long as they do: another file is another document.
Result<void> check_file_kept(const TypedFields& changes) {
    for (const char* name : {"media_type", "size", "pages", "digest"})
        if (changes.contains(name))
            return fail(
                ErrorCode::invalid_argument,
                name,
                "found a change of what was read from the file, expected another document for another file",
                "entente document add FILE --source KEY"
            );
    return {};
}

Result<void> check_reason(const domain::Schema& schema, const std::string& reason) {
    const auto* list = schema.list("reason");
    if (list->find(reason)) return {};
    std::vector<std::string> codes;
    for (const auto& code : list->codes) codes.push_back(code.code);
    return fail(
        ErrorCode::invalid_argument,
        "reason",
        fmt::format("found '{}', expected one of {}", reason, fmt::join(codes, ", "))
    );
}

// A code or key by which commands call a record must be of one record only.
Result<void> check_unused(
    ledger::RecordView& view, const domain::RecordType& type, const domain::Content& content
) {
    for (const char* name : {"code", "key"}) {
        const auto text = text_at(content, name);
        if (text.empty() || !type.find(name)) continue;
        ENTENTE_ASSIGN_OR_RETURN(const auto found, view.resolve({type.type}, text));
        if (!found.empty())
            return fail(
                ErrorCode::conflict,
                name,
                fmt::format("found '{}', which is the {} of a record already", text, name),
                fmt::format("entente show {}", text)
            );
    }
    return {};
}

// What nobody said to have happened is not completed: a planned date alone is a plan, and a day ahead cannot
// be held.
Result<void> settle_status(domain::Content& content) {
    const auto* held = content.if_contains("held");
    const auto span = held ? domain::DateSpan::from_json(*held) : fail(ErrorCode::not_found, {}, {});
    if (span && span->from && *span->from > today())
        return fail(
            ErrorCode::invalid_argument,
            "held",
            fmt::format("found {}, which lies ahead, expected a day that has come", span->to_text()),
            fmt::format("--planned {}", span->to_text())
        );
    if (!span && content.contains("planned")) content["status"] = "planned";
    return {};
}

// What was asked, whatever the record looks like now: a retry asks the same.
std::string request_text(
    const char* verb,
    const std::string& on,
    const TypedFields& fields,
    const std::string& reason,
    const std::string& remark,
    const WriteOptions& options
) {
    json::object typed;
    for (const auto& [name, texts] : fields) {
        json::array list;
        for (const auto& text : texts) list.push_back(json::string(text));
        typed[name] = std::move(list);
    }
    json::array nations;
    for (const auto& nation : options.releasable_to) nations.push_back(json::string(nation));
    if (options.originator_only) nations.push_back("-");
    return boost::json::serialize(json::array{
        verb, json::string(on), typed, json::string(reason), json::string(remark), nations});
}

Result<Written> read_back(Node& node, std::uint64_t index, Written written) {
    ENTENTE_ASSIGN_OR_RETURN(const auto reader, node.store().read());
    ENTENTE_ASSIGN_OR_RETURN(const auto bytes, reader->entry_bytes(index));
    ENTENTE_ASSIGN_OR_RETURN(const auto entry, ledger::decode(bytes));
    written.revision.rec = entry.rec;
    written.revision.index = index;
    ENTENTE_ASSIGN_OR_RETURN(const auto view, node.view());
    ENTENTE_ASSIGN_OR_RETURN(const auto history, view->history(entry.rec));
    for (const auto& revision : history)
        if (revision.index == index) written.revision = revision;
    return written;
}

// The outcome of an earlier try under the same key; nothing when there was none.
Result<std::optional<Written>> find_repeat(
    Node& node, const std::string& request, const WriteOptions& options
) {
    if (options.idempotency_key.empty()) return std::optional<Written>{};
    ENTENTE_ASSIGN_OR_RETURN(const auto reader, node.store().read());
    ENTENTE_ASSIGN_OR_RETURN(const auto receipt, reader->receipt(options.idempotency_key));
    if (!receipt) return std::optional<Written>{};
    if (!ledger::receipt_is_genuine(node.vault(), options.idempotency_key, *receipt))
        return fail(
            ErrorCode::corrupt, "idempotency_key", "found the receipt of this key changed", "entente verify"
        );
    ledger::Draft asked;
    asked.request = request;
    if (receipt->body != ledger::body_digest(asked))
        return fail(ErrorCode::conflict, "idempotency_key", "found the key used before for another body");
    Written written;
    written.repeated = true;
    ENTENTE_ASSIGN_OR_RETURN(auto done, read_back(node, receipt->index, std::move(written)));
    return std::optional(std::move(done));
}

// Appends, signs and reads back what was written. Once it is on record no failure hides that.
Result<Written> write(
    Node& node,
    const ledger::Draft& draft,
    const WriteOptions& options,
    domain::Content content,
    std::uint32_t follows = 0
) {
    Written written;
    written.revision.rec = draft.rec, written.revision.type = draft.type, written.revision.kind = draft.kind;
    written.revision.content = std::move(content);
    written.revision.number = follows + 1;
    if (options.preview) return written;
    ENTENTE_ASSIGN_OR_RETURN(const auto receipt, node.ledger().append(draft, options.idempotency_key));
    written.repeated = receipt.repeated;
    written.revision.index = receipt.index;
    if (auto note = node.settle())
        written.checkpoint = *std::move(note);
    else
        written.not_signed = note.error().message;
    auto complete = read_back(node, receipt.index, written);
    return complete ? complete : written;
}

Result<ledger::Revision> find_current(
    ledger::RecordView& view, const domain::Schema& schema, const std::string& id
) {
    auto rec = make_resolver(view, schema)({}, id);
    if (!rec) {
        const auto any = view.resolve_any(id);
        if (any && any->size() == 1) {
            const auto history = view.history(any->front().first);
            if (history && !history->empty() && history->back().kind == "retract")
                return fail(
                    ErrorCode::conflict,
                    "id",
                    fmt::format("{} was retracted on {}", id, history->back().t.substr(0, 10)),
                    fmt::format("entente history {}", id)
                );
        }
        return std::unexpected(rec.error());
    }
    ENTENTE_ASSIGN_OR_RETURN(auto current, view.current(*rec));
    if (!current) return fail(ErrorCode::not_found, "id", fmt::format("found no record called '{}'", id));
    return *std::move(current);
}

}  // namespace

namespace {

Result<Written> record_any(
    Node& node,
    const domain::RecordType* type,
    const TypedFields& fields,
    const RecordFile& file,
    const std::string& request,
    const WriteOptions& options
) {
    ENTENTE_ASSIGN_OR_RETURN(auto repeat, find_repeat(node, request, options));
    if (repeat) return *std::move(repeat);
    ENTENTE_ASSIGN_OR_RETURN(const auto view, node.view());
    domain::Content content;
    for (const auto& field : type->fields)
        if (!field.default_value.empty()) content[field.name] = field.default_value;
    ENTENTE_RETURN_IF_ERROR(apply(node.schema(), *type, fields, *view, content));
    for (const auto& member : file.found) content[member.key()] = member.value();
    if (type->type == "engagement" && !fields.contains("status"))
        ENTENTE_RETURN_IF_ERROR(settle_status(content));
    content = domain::in_declared_order(*type, content);
    ENTENTE_RETURN_IF_ERROR(domain::validate(node.schema(), *type, content));
    ENTENTE_RETURN_IF_ERROR(check_cited_documents(*view, content));
    ENTENTE_RETURN_IF_ERROR(check_unused(*view, *type, content));
    auto parts = domain::split(*type, content);
    ledger::Draft draft;
    draft.kind = "record", draft.rec = RecordId::random().text(), draft.type = type->type;
    draft.request = request;
    draft.clear = std::move(parts.clear), draft.sealed = std::move(parts.sealed);
    draft.file = file.bytes;
    ENTENTE_ASSIGN_OR_RETURN(draft.label, label_of(node, options));
    return write(node, draft, options, std::move(content));
}

}  // namespace

Result<Written> record(
    Node& node, const std::string& type_name, const TypedFields& fields, const WriteOptions& options
) {
    const auto* type = node.schema().find(type_name);
    if (!type)
        return fail(
            ErrorCode::invalid_argument, "type", fmt::format("found '{}', expected a record type", type_name)
        );
    if (type->type == ledger::kDocumentType)
        return fail(
            ErrorCode::invalid_argument,
            "type",
            "found document, which is never on record without its file",
            "entente document add FILE --source KEY"
        );
    const auto request = request_text("record", type_name, fields, {}, {}, options);
    return record_any(node, type, fields, {}, request, options);
}

Result<Written> record_document(
    Node& node, const TypedFields& fields, const RecordFile& file, const WriteOptions& options
) {
    const auto* type = node.schema().find(ledger::kDocumentType);
    // The digest is salted anew each time: a retry is known by the bytes themselves.
    const auto request = request_text("document", hex(sha256(*file.bytes).view()), fields, {}, {}, options);
    return record_any(node, type, fields, file, request, options);
}

Result<Written> supersede(
    Node& node,
    const std::string& id,
    const TypedFields& changes,
    const std::string& reason,
    const std::string& remark,
    const WriteOptions& options
) {
    ENTENTE_RETURN_IF_ERROR(check_reason(node.schema(), reason));
    const auto request = request_text("supersede", id, changes, reason, remark, options);
    ENTENTE_ASSIGN_OR_RETURN(auto repeat, find_repeat(node, request, options));
    if (repeat) return *std::move(repeat);
    ENTENTE_ASSIGN_OR_RETURN(const auto view, node.view());
    ENTENTE_ASSIGN_OR_RETURN(const auto current, find_current(*view, node.schema(), id));
    const auto* type = node.schema().find(current.type);
    if (!type)
        return fail(
            ErrorCode::invalid_argument,
            "type",
            fmt::format("found a record of type '{}', which this version does not know", current.type)
        );
    if (current.erased > 0)
        return fail(
            ErrorCode::conflict,
            "id",
            "found a record with erased values: a successor is written by the erasure itself"
        );
    auto content = current.content;
    if (type->type == ledger::kDocumentType) ENTENTE_RETURN_IF_ERROR(check_file_kept(changes));
    ENTENTE_RETURN_IF_ERROR(apply(node.schema(), *type, changes, *view, content));
    if (content == current.content && options.releasable_to.empty() && !options.originator_only &&
        remark.empty())
        return fail(
            ErrorCode::invalid_argument,
            {},
            "nothing would change",
            "name the fields to change, such as --held 2024-04-04"
        );
    if (!remark.empty()) {
        auto notes = content.contains("note") && content["note"].is_array() ? content["note"].get_array()
                                                                            : json::array{};
        notes.push_back(json::string(remark));
        content["note"] = std::move(notes);
    }
    content = domain::in_declared_order(*type, content);
    ENTENTE_RETURN_IF_ERROR(domain::validate(node.schema(), *type, content));
    ENTENTE_RETURN_IF_ERROR(check_cited_documents(*view, content));
    auto parts = domain::split(*type, content);
    ledger::Draft draft;
    draft.request = request;
    draft.kind = "supersede", draft.rec = current.rec, draft.type = current.type, draft.prev = current.leaf,
    draft.reason = reason;
    draft.clear = std::move(parts.clear), draft.sealed = std::move(parts.sealed);
    if (options.releasable_to.empty() && !options.originator_only) {
        ENTENTE_ASSIGN_OR_RETURN(const auto reader, node.store().read());
        ENTENTE_ASSIGN_OR_RETURN(draft.label, reader->label(current.label));
    } else {
        ENTENTE_ASSIGN_OR_RETURN(draft.label, label_of(node, options));
    }
    return write(node, draft, options, std::move(content), current.number);
}

Result<Written> retract(
    Node& node,
    const std::string& id,
    const std::string& reason,
    const std::string& remark,
    const WriteOptions& options
) {
    ENTENTE_RETURN_IF_ERROR(check_reason(node.schema(), reason));
    const auto request = request_text("retract", id, {}, reason, remark, options);
    ENTENTE_ASSIGN_OR_RETURN(auto repeat, find_repeat(node, request, options));
    if (repeat) return *std::move(repeat);
    ENTENTE_ASSIGN_OR_RETURN(const auto view, node.view());
    ENTENTE_ASSIGN_OR_RETURN(const auto current, find_current(*view, node.schema(), id));
    ledger::Draft draft;
    draft.request = request;
    draft.kind = "retract", draft.rec = current.rec, draft.type = current.type, draft.prev = current.leaf,
    draft.reason = reason;
    domain::Content content;
    if (!remark.empty()) {
        draft.sealed.push_back({"note", remark});
        content["note"] = json::array{json::string(remark)};
    }
    ENTENTE_ASSIGN_OR_RETURN(const auto reader, node.store().read());
    ENTENTE_ASSIGN_OR_RETURN(draft.label, reader->label(current.label));
    return write(node, draft, options, std::move(content), current.number);
}

}  // namespace entente::service
