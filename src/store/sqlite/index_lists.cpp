#include "store/sqlite/index_lists.h"

#include <algorithm>

#include "store/sqlite/index_facets.h"
#include "store/sqlite/index_values.h"

namespace entente::store::sqlite {
namespace {

using ledger::FacetPage;
using ledger::FacetQuery;
using ledger::RecordQuery;

// Where fewer than one in so many fit, they are put in order rather than met along it.
constexpr std::size_t kFew = 64;

bool asks_for_one_name_only(const RecordQuery& query) {
    return query.actors.size() == 1 && query.types.empty() && query.equals.empty() && query.filters.empty() &&
           query.text.empty() && !query.since && !query.until;
}

// Those that fit from a place in the order on.
std::vector<std::uint32_t> along(
    const RevisionOrder& order, const RevisionBits& fitting, std::size_t from, std::size_t limit
) {
    std::vector<std::uint32_t> out;
    const auto fit = fitting.count();
    if (fit * kFew < order.revisions.size()) {
        fitting.each([&](std::size_t rev) {
            if (rev < order.places.size() && order.places[rev] >= from)
                out.push_back(static_cast<std::uint32_t>(rev));
        });
        const auto shown = static_cast<std::ptrdiff_t>(std::min(limit, out.size()));
        std::ranges::partial_sort(out, out.begin() + shown, {}, [&](std::uint32_t rev) {
            return order.places[rev];
        });
        out.resize(static_cast<std::size_t>(shown));
        return out;
    }
    const auto most = std::min(limit, fit);
    for (auto at = from; at < order.revisions.size() && out.size() < most; ++at)
        if (fitting.holds(order.revisions[at])) out.push_back(order.revisions[at]);
    return out;
}

}  // namespace

Result<std::size_t> IndexLists::count(const RecordQuery& query) {
    if (asks_for_one_name_only(query)) {
        ENTENTE_ASSIGN_OR_RETURN(const auto named, sets_.naming(query.actors.front()));
        return named->size();
    }
    ENTENTE_ASSIGN_OR_RETURN(const auto fitting, sets_.matching(query));
    return fitting->count();
}

Result<std::size_t> IndexLists::place_behind(
    const std::string& rec, const RevisionBits& fitting, const RevisionOrder& order
) {
    ENTENTE_ASSIGN_OR_RETURN(
        auto* const s, connection_.kept("SELECT \"@rev\" FROM v_record WHERE \"@rec\"=?")
    );
    s->bind(1, rec);
    for (;;) {
        ENTENTE_ASSIGN_OR_RETURN(const bool more, s->step());
        if (!more) return fail(ErrorCode::invalid_argument, "after", "found an id that is not in this list");
        const auto rev = static_cast<std::size_t>(s->integer(0));
        if (!fitting.holds(rev) || rev >= order.places.size()) continue;
        s->reset();
        return order.places[rev] + std::size_t{1};
    }
}

Result<std::vector<std::uint32_t>> IndexLists::page(const RecordQuery& query) {
    ENTENTE_ASSIGN_OR_RETURN(const auto fitting, sets_.matching(query));
    ENTENTE_ASSIGN_OR_RETURN(const auto order, sets_.order(query));
    std::size_t from = 0;
    if (!query.after.empty()) {
        ENTENTE_ASSIGN_OR_RETURN(from, place_behind(query.after, *fitting, *order));
    }
    return along(*order, *fitting, from, query.limit);
}

Result<FacetPage> IndexLists::facets(const FacetQuery& query) {
    ENTENTE_ASSIGN_OR_RETURN(const auto path, counted_field(schema_, query));
    const auto& type = *schema_.find(query.where.types.front());
    ENTENTE_ASSIGN_OR_RETURN(const auto fitting, sets_.matching(query.where));
    ENTENTE_ASSIGN_OR_RETURN(const auto values, field_values(connection_, type, path, as_of_));
    if (!query.by_year) return count_values(*values, *fitting, nullptr);
    ENTENTE_ASSIGN_OR_RETURN(const auto years, sets_.days(type, {}));
    return count_values(*values, *fitting, years.get());
}

}  // namespace entente::store::sqlite
