#include "service/recorded_names.h"

namespace entente::service {

Result<ingest::map::RecordedNames> recorded_names(Node& node) {
    ingest::map::RecordedNames out;
    ENTENTE_ASSIGN_OR_RETURN(const auto view, node.view());
    ENTENTE_RETURN_IF_ERROR(view->each_current("actor", [&](const ledger::Revision& actor) -> Result<void> {
        const auto code = text_at(actor.content, "code");
        if (code.empty()) return {};
        for (const char* field : {"code", "name", "short_name"}) out.add(code, text_at(actor.content, field));
        const auto* aliases = actor.content.if_contains("aliases");
        if (!aliases || !aliases->is_array()) return {};
        for (const auto& alias : aliases->get_array())
            if (const auto* text = alias.if_string()) out.add(code, {text->data(), text->size()});
        return {};
    }));
    return out;
}

}  // namespace entente::service
