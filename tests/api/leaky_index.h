// An index with a planted leak: whoever counts on behalf of another nation is told the count of home.
#pragma once

#include "ledger/record_index.h"

namespace entente::tests {

class LeakyView final : public ledger::RecordView {
public:
    LeakyView(std::unique_ptr<RecordView> shown, std::unique_ptr<RecordView> whole)
        : shown_(std::move(shown)), whole_(std::move(whole)) {}

    Result<std::size_t> count(const ledger::RecordQuery& query) override { return whole_->count(query); }

    Result<std::optional<ledger::Revision>> current(std::string_view rec) override {
        return shown_->current(rec);
    }
    Result<std::vector<std::string>> pages(std::string_view rec) override { return shown_->pages(rec); }
    Result<std::vector<ledger::Revision>> history(std::string_view rec) override {
        return shown_->history(rec);
    }
    Result<ledger::RecordPage> list(const ledger::RecordQuery& query) override {
        ENTENTE_ASSIGN_OR_RETURN(auto page, shown_->list(query));
        ENTENTE_ASSIGN_OR_RETURN(page.total, count(query));
        return page;
    }
    Result<void> each(const ledger::RecordQuery& query, const Taker& take) override {
        return shown_->each(query, take);
    }
    Result<ledger::FacetPage> facets(const ledger::FacetQuery& query) override {
        return shown_->facets(query);
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
    Result<std::vector<ledger::SystemEntry>> system_entries(std::string_view kind) override {
        return shown_->system_entries(kind);
    }
    Result<std::vector<ledger::Change>> changes(const ledger::ChangesQuery& query) override {
        return shown_->changes(query);
    }
    Result<std::vector<ledger::Tally>> tally_values(const ledger::TallyQuery& query) override {
        return shown_->tally_values(query);
    }
    Result<void> each_current(
        const std::string& type, const std::function<Result<void>(const ledger::Revision&)>& visit
    ) override {
        return shown_->each_current(type, visit);
    }
    Result<std::vector<bool>> current_places(const std::vector<std::string>& types) override {
        return shown_->current_places(types);
    }
    Result<void> each_of_batch(
        std::uint64_t index, const std::function<Result<void>(ledger::Revision)>& visit
    ) override {
        return shown_->each_of_batch(index, visit);
    }

private:
    std::unique_ptr<RecordView> shown_, whole_;
};

class LeakyIndex final : public ledger::RecordIndex {
public:
    explicit LeakyIndex(std::unique_ptr<RecordIndex> index) : index_(std::move(index)) {}

    Result<std::unique_ptr<ledger::RecordView>> read(
        const policy::AuthzContext& context, std::optional<std::uint64_t> as_of
    ) override {
        auto shown = index_->read(context, as_of);
        if (!shown || context.is_home()) return shown;
        ENTENTE_ASSIGN_OR_RETURN(
            auto whole, index_->read(policy::AuthzContext::home("USA", context.policy()), as_of)
        );
        return std::make_unique<LeakyView>(*std::move(shown), std::move(whole));
    }

    Result<std::uint64_t> applied() override { return index_->applied(); }
    Result<std::uint64_t> catch_up(ledger::LedgerStore& store, ledger::Vault& vault) override {
        return index_->catch_up(store, vault);
    }
    Result<std::unique_ptr<ledger::BatchRows>> take_rows(const std::string& label) override {
        return index_->take_rows(label);
    }
    Result<std::uint64_t> rebuild(ledger::LedgerStore& store, ledger::Vault& vault) override {
        return index_->rebuild(store, vault);
    }
    Result<void> clear() override { return index_->clear(); }
    Result<std::uint64_t> each_revision(
        const std::vector<std::string>& types,
        std::uint64_t behind,
        const std::function<Result<void>(std::uint64_t place, const ledger::Revision&)>& visit
    ) override {
        return index_->each_revision(types, behind, visit);
    }
    Result<std::string> dump() override { return index_->dump(); }

private:
    std::unique_ptr<RecordIndex> index_;
};

}  // namespace entente::tests
