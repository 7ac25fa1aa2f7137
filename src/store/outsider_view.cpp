#include "store/outsider_view.h"

#include <algorithm>
#include <map>
#include <utility>

#include "base/json.h"

namespace entente::store {
namespace {

using namespace ledger;
using domain::Field;
using domain::FieldType;

class OutsiderView final : public RecordView {
public:
    OutsiderView(std::unique_ptr<RecordView> shown, const domain::Schema& schema)
        : shown_(std::move(shown)), schema_(schema) {}

    Result<std::optional<Revision>> current(std::string_view rec) override {
        ENTENTE_ASSIGN_OR_RETURN(auto found, shown_->current(rec));
        if (found) ENTENTE_RETURN_IF_ERROR(strip(*found));
        return found;
    }

    Result<std::vector<std::string>> pages(std::string_view rec) override { return shown_->pages(rec); }

    Result<std::vector<Revision>> history(std::string_view rec) override {
        ENTENTE_ASSIGN_OR_RETURN(auto all, shown_->history(rec));
        if (all.empty()) return all;
        if (all.back().until) return std::vector<Revision>{withdrawn(all.back())};
        for (auto& revision : all) ENTENTE_RETURN_IF_ERROR(strip(revision));
        return all;
    }

    Result<RecordPage> list(const RecordQuery& query) override {
        ENTENTE_ASSIGN_OR_RETURN(auto page, shown_->list(query));
        for (auto& record : page.records) ENTENTE_RETURN_IF_ERROR(strip(record));
        return page;
    }

    Result<void> each(const RecordQuery& query, const Taker& take) override {
        return shown_->each(query, [&](Revision record) -> Result<void> {
            ENTENTE_RETURN_IF_ERROR(strip(record));
            return take(std::move(record));
        });
    }

    Result<std::size_t> count(const RecordQuery& query) override { return shown_->count(query); }

    Result<FacetPage> facets(const FacetQuery& query) override {
        ENTENTE_ASSIGN_OR_RETURN(auto page, shown_->facets(query));
        const auto* type = query.where.types.size() == 1 ? schema_.find(query.where.types.front()) : nullptr;
        const auto* field = type ? field_at(*type, query.field) : nullptr;
        if (!field || field->type != FieldType::reference) return page;
        std::vector<FacetRow> kept;
        for (auto& row : page.rows) {
            ENTENTE_ASSIGN_OR_RETURN(const bool seen, sees(row.value));
            if (seen) kept.push_back(std::move(row));
        }
        page.rows = std::move(kept);
        return page;
    }

    std::uint64_t as_of() const override { return shown_->as_of(); }

    Result<std::vector<std::pair<std::string, std::string>>> resolve(
        const std::vector<std::string>& types, std::string_view text
    ) override {
        return shown_->resolve(types, text);
    }
    Result<std::vector<std::pair<std::string, std::string>>> resolve_any(std::string_view text) override {
        return shown_->resolve_any(text);
    }

    /// Entries about the log bear numbers of it; none is told.
    Result<std::vector<SystemEntry>> system_entries(std::string_view) override {
        return std::vector<SystemEntry>{};
    }
    Result<std::vector<Change>> changes(const ChangesQuery&) override { return std::vector<Change>{}; }

    Result<std::vector<Tally>> tally_values(const TallyQuery& query) override {
        if (query.by.empty()) return shown_->tally_values(query);
        ENTENTE_ASSIGN_OR_RETURN(auto tallies, shown_->tally_values(query));
        std::vector<Tally> kept;
        for (auto& tally : tallies) {
            ENTENTE_ASSIGN_OR_RETURN(const bool seen, tally.by.empty() ? Result<bool>(true) : sees(tally.by));
            if (seen) kept.push_back(std::move(tally));
        }
        return kept;
    }

    Result<void> each_current(
        const std::string& type, const std::function<Result<void>(const Revision&)>& visit
    ) override {
        return shown_->each_current(type, [&](const Revision& shown) -> Result<void> {
            auto revision = shown;
            ENTENTE_RETURN_IF_ERROR(strip(revision));
            return visit(revision);
        });
    }

    Result<std::vector<bool>> current_places(const std::vector<std::string>& types) override {
        return shown_->current_places(types);
    }

    Result<void> each_of_batch(std::uint64_t, const std::function<Result<void>(Revision)>&) override {
        return {};
    }

private:
    static const Field* field_at(const domain::RecordType& type, std::string_view path) {
        const auto point = path.find('.');
        const auto* field = type.find(path.substr(0, point));
        return field && point != std::string_view::npos ? field->find(path.substr(point + 1)) : field;
    }

    Result<bool> sees(std::string_view rec) {
        const auto known = seen_.find(rec);
        if (known != seen_.end()) return known->second;
        ENTENTE_ASSIGN_OR_RETURN(const auto found, shown_->current(rec));
        return seen_.emplace(rec, found.has_value()).first->second;
    }
    Result<bool> hides(const json::value& reference) {
        const auto* rec = reference.if_string();
        if (!rec) return false;
        ENTENTE_ASSIGN_OR_RETURN(const bool seen, sees({rec->data(), rec->size()}));
        return !seen;
    }

    /// Whether nothing of a value may be told.
    Result<bool> strip_value(const domain::RecordType& type, const Field& field, json::value& value) {
        if (field.type == FieldType::reference) return hides(value);
        if (field.type != FieldType::group || !value.is_object()) return false;
        auto& group = value.get_object();
        for (const auto& part : field.fields) {
            const auto* told = group.if_contains(part.name);
            if (!told || part.type != FieldType::reference) continue;
            ENTENTE_ASSIGN_OR_RETURN(const bool hidden, hides(*told));
            if (!hidden) continue;
            // A part that stands for the whole takes it along: who says so, where it is said, who took part.
            if (part.required || group.size() == 1 || field.name == "conflicts") return true;
            group.erase(part.name);
            // What is said of a source that is not there says that it is there.
            if (field.name == "citations") return true;
        }
        // What another source claims of a reference is a reference.
        const auto* disputed = field.name == "conflicts" ? type.find(text_at(group, "field")) : nullptr;
        if (disputed && disputed->type == FieldType::reference) return hides(group["claim"]);
        return false;
    }

    Result<void> strip(Revision& revision) {
        revision.index = 0, revision.row = -1, revision.at.clear(), revision.by.clear();
        if (revision.number > 1) {
            ENTENTE_ASSIGN_OR_RETURN(const auto all, shown_->history(revision.rec));
            revision.number = static_cast<std::uint32_t>(std::ranges::count_if(all, [&](const Revision& one) {
                return one.number <= revision.number;
            }));
        }
        const auto* type = schema_.find(revision.type);
        if (!type) return {};
        for (const auto& field : type->fields) {
            auto* value = revision.content.if_contains(field.name);
            if (!value || (field.type != FieldType::reference && field.type != FieldType::group)) continue;
            if (!value->is_array()) {
                ENTENTE_ASSIGN_OR_RETURN(const bool gone, strip_value(*type, field, *value));
                if (gone) revision.content.erase(field.name);
                continue;
            }
            json::array kept;
            for (auto& item : value->get_array()) {
                ENTENTE_ASSIGN_OR_RETURN(const bool gone, strip_value(*type, field, item));
                if (!gone) kept.push_back(std::move(item));
            }
            if (kept.empty())
                revision.content.erase(field.name);
            else
                *value = std::move(kept);
        }
        return {};
    }

    /// Nothing but that it was there: neither what it said nor what followed it.
    static Revision withdrawn(const Revision& last) {
        Revision out;
        out.rec = last.rec, out.type = last.type, out.kind = "retract", out.number = 1;
        out.label = last.label, out.leaf = last.leaf;
        return out;
    }

    std::unique_ptr<RecordView> shown_;
    const domain::Schema& schema_;
    std::map<std::string, bool, std::less<>> seen_;
};

}  // namespace

std::unique_ptr<RecordView> make_outsider_view(
    std::unique_ptr<RecordView> shown, const domain::Schema& schema
) {
    return std::make_unique<OutsiderView>(std::move(shown), schema);
}

}  // namespace entente::store
