#include "service/write_record.h"

#include <algorithm>

#include <fmt/format.h>

#include "domain/empty.h"
#include "ledger/entry.h"
#include "policy/label.h"

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
    const domain::Resolver& resolve,
    domain::Content& content
) {
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
        ENTENTE_ASSIGN_OR_RETURN(content[field->name], domain::parse_field(schema, *field, texts, resolve));
    }
    return {};
}

Result<std::string> label_of(Node& node, const WriteOptions& options) {
    if (options.releasable_to.empty()) return node.default_label();
    auto label = policy::Label::originator_only(node.config().home, node.config().policy);
    for (const auto& nation : options.releasable_to) {
        if (nation.size() != 3)
            return fail(
                ErrorCode::invalid_argument,
                "releasable-to",
                fmt::format("found '{}', expected codes of nations such as CHN", nation)
            );
        if (nation != node.config().home) label.releasable_to->push_back(nation);
    }
    std::sort(label.releasable_to->begin(), label.releasable_to->end());
    return label.bytes();
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

// Appends, signs and reads back what was written.
Result<Written> write(
    Node& node, const ledger::Draft& draft, const WriteOptions& options, domain::Content content
) {
    Written written;
    written.revision.rec = draft.rec, written.revision.type = draft.type, written.revision.kind = draft.kind;
    written.revision.content = std::move(content);
    if (options.preview) return written;
    ENTENTE_ASSIGN_OR_RETURN(const auto receipt, node.ledger().append(draft, options.idempotency_key));
    written.repeated = receipt.repeated;
    ENTENTE_ASSIGN_OR_RETURN(written.checkpoint, node.settle());
    ENTENTE_ASSIGN_OR_RETURN(const auto view, node.view());
    std::string rec = draft.rec;
    if (receipt.repeated) {
        // The first attempt drew another id: what counts is the entry that is there.
        ENTENTE_ASSIGN_OR_RETURN(const auto reader, node.store().read());
        ENTENTE_ASSIGN_OR_RETURN(const auto bytes, reader->entry_bytes(receipt.index));
        ENTENTE_ASSIGN_OR_RETURN(const auto entry, ledger::decode(bytes));
        rec = entry.rec;
    }
    ENTENTE_ASSIGN_OR_RETURN(const auto history, view->history(rec));
    for (const auto& revision : history)
        if (revision.index == receipt.index) written.revision = revision;
    return written;
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

Result<Written> record(
    Node& node, const std::string& type_name, const TypedFields& fields, const WriteOptions& options
) {
    const auto* type = node.schema().find(type_name);
    if (!type)
        return fail(
            ErrorCode::invalid_argument, "type", fmt::format("found '{}', expected a record type", type_name)
        );
    ENTENTE_ASSIGN_OR_RETURN(const auto view, node.view());
    domain::Content content;
    for (const auto& field : type->fields)
        if (!field.default_value.empty()) content[field.name] = field.default_value;
    ENTENTE_RETURN_IF_ERROR(apply(node.schema(), *type, fields, make_resolver(*view, node.schema()), content)
    );
    content = domain::in_declared_order(*type, content);
    ENTENTE_RETURN_IF_ERROR(domain::validate(node.schema(), *type, content));
    auto parts = domain::split(*type, content);
    ledger::Draft draft;
    draft.kind = "record", draft.rec = RecordId::random().text(), draft.type = type->type;
    draft.clear = std::move(parts.clear), draft.sealed = std::move(parts.sealed);
    ENTENTE_ASSIGN_OR_RETURN(draft.label, label_of(node, options));
    return write(node, draft, options, std::move(content));
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
    ENTENTE_RETURN_IF_ERROR(apply(node.schema(), *type, changes, make_resolver(*view, node.schema()), content)
    );
    if (content == current.content && options.releasable_to.empty() && remark.empty())
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
    auto parts = domain::split(*type, content);
    ledger::Draft draft;
    draft.kind = "supersede", draft.rec = current.rec, draft.type = current.type, draft.prev = current.leaf,
    draft.reason = reason;
    draft.clear = std::move(parts.clear), draft.sealed = std::move(parts.sealed);
    if (options.releasable_to.empty()) {
        ENTENTE_ASSIGN_OR_RETURN(const auto reader, node.store().read());
        ENTENTE_ASSIGN_OR_RETURN(draft.label, reader->label(current.label));
    } else {
        ENTENTE_ASSIGN_OR_RETURN(draft.label, label_of(node, options));
    }
    return write(node, draft, options, std::move(content));
}

Result<Written> retract(
    Node& node,
    const std::string& id,
    const std::string& reason,
    const std::string& remark,
    const WriteOptions& options
) {
    ENTENTE_RETURN_IF_ERROR(check_reason(node.schema(), reason));
    ENTENTE_ASSIGN_OR_RETURN(const auto view, node.view());
    ENTENTE_ASSIGN_OR_RETURN(const auto current, find_current(*view, node.schema(), id));
    ledger::Draft draft;
    draft.kind = "retract", draft.rec = current.rec, draft.type = current.type, draft.prev = current.leaf,
    draft.reason = reason;
    domain::Content content;
    if (!remark.empty()) {
        draft.sealed.push_back({"note", remark});
        content["note"] = json::array{json::string(remark)};
    }
    ENTENTE_ASSIGN_OR_RETURN(const auto reader, node.store().read());
    ENTENTE_ASSIGN_OR_RETURN(draft.label, reader->label(current.label));
    return write(node, draft, options, std::move(content));
}

}  // namespace entente::service
