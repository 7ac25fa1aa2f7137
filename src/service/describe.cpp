#include "service/describe.h"

#include <fmt/format.h>

#include "domain/date_span.h"
#include "domain/empty.h"

namespace entente::service {

std::string Describer::handle(const ledger::Revision& record) const {
    for (const char* field : {"code", "key", "source_id"})
        if (auto text = text_at(record.content, field); !text.empty()) return text;
    return record.rec.substr(0, 8);
}

std::string Describer::title(const ledger::Revision& record) {
    const auto* type = schema_.find(record.type);
    if (!type) return record.type;
    for (const auto& name : type->title) {
        const auto* value = record.content.if_contains(name);
        if (value && !domain::empty_of(*value)) return words(*type->find(name), *value);
    }
    return type->name;
}

const KnownNames::Names& Describer::look_up(const std::string& rec) {
    if (const auto* known = known_->find(rec)) return *known;
    KnownNames::Names known{rec.substr(0, 8), rec.substr(0, 8)};
    // A record that was retracted keeps its name where others still speak of it.
    const auto history = view_.history(rec);
    const ledger::Revision* record = nullptr;
    bool retracted = false;
    if (history)
        for (const auto& revision : *history) {
            if (revision.kind == "retract")
                retracted = true;
            else
                record = &revision, retracted = false;
        }
    if (record) {
        known.handle = handle(*record);
        for (const char* field : {"short_name", "name", "title", "file_name", "key"}) {
            known.name = text_at(record->content, field);
            if (!known.name.empty()) break;
        }
        if (known.name.empty()) known.name = known.handle;
        // What is called by a key or an id is named with it, so that one can go there.
        if (record->type != "actor" && known.name != known.handle)
            known.name = fmt::format("{} ({})", known.name, known.handle);
        if (retracted) known.name += ", retracted";
    }
    return known_->keep(rec, std::move(known));
}

std::string Describer::name_of(const std::string& rec) {
    return look_up(rec).name;
}
std::string Describer::handle_of(const std::string& rec) {
    return look_up(rec).handle;
}

std::string Describer::words(const domain::Field& field, const json::value& value) {
    return render(field, value, true);
}
std::string Describer::plain(const domain::Field& field, const json::value& value) {
    return render(field, value, false);
}

std::string Describer::render(const domain::Field& field, const json::value& value, bool for_people) {
    using domain::FieldType;
    if (const auto empty = domain::empty_of(value))
        return for_people ? std::string(domain::to_words(*empty)) : text_at(value.get_object(), "none");
    if (const auto* list = value.if_array()) {
        std::string out;
        for (const auto& item : *list)
            out += (out.empty() ? "" : for_people ? "; " : ";") + render(field, item, for_people);
        return out;
    }
    switch (field.type) {
        case FieldType::code: {
            const std::string code(value.as_string());
            return for_people ? schema_.name_of(field.list, code) : code;
        }
        case FieldType::date: {
            const auto span = domain::DateSpan::from_json(value);
            return !span ? "unreadable" : for_people ? span->to_words() : span->to_text();
        }
        case FieldType::count:
            return std::to_string(value.as_int64()) +
                   (for_people && !field.unit.empty() ? " " + field.unit : "");
        case FieldType::money:
            return fmt::format(
                "{} {}", text_at(value.as_object(), "amount"), text_at(value.as_object(), "currency")
            );
        case FieldType::reference: {
            const std::string rec(value.as_string());
            return for_people ? name_of(rec) : handle_of(rec);
        }
        case FieldType::group: {
            std::string out;
            for (const auto& sub : field.fields) {
                const auto* part = value.as_object().if_contains(sub.name);
                if (part)
                    out += (out.empty() ? "" : for_people ? ", " : ":") + render(sub, *part, for_people);
            }
            return out;
        }
        default:
            return std::string(value.as_string());
    }
}

}  // namespace entente::service
