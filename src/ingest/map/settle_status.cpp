#include "ingest/map/settle_status.h"

#include "domain/date_span.h"

namespace entente::ingest::map {

using domain::Precision;

namespace {

/// A declared status stands; a date that lies ahead is a plan whatever the status says.
void settle_date(Day today, domain::Content& engagement, std::vector<std::string>& remarks) {
    const auto* held = engagement.if_contains("held");
    const auto span = held && held->is_object() ? domain::DateSpan::from_json(*held)
                                                : Result<domain::DateSpan>(std::unexpected(Error{}));
    if (!span || !span->from || *span->from <= today) return;
    if (!engagement.contains("planned")) engagement["planned"] = *held, engagement.erase("held");
    remarks.emplace_back("its date lies ahead: it stands as planned for then");
}

}  // namespace

void settle_status(Day today, domain::Content& engagement, std::vector<std::string>& remarks) {
    if (engagement.contains("status")) return settle_date(today, engagement, remarks);
    const auto* held = engagement.if_contains("held");
    if (!held && engagement.contains("planned")) {
        engagement["status"] = "planned";
        return;
    }
    const auto span = held && held->is_object() ? domain::DateSpan::from_json(*held)
                                                : Result<domain::DateSpan>(std::unexpected(Error{}));
    if (!span || !span->from) return;
    if (*span->from > today) {
        engagement["status"] = "planned";
        if (!engagement.contains("planned")) engagement["planned"] = *held, engagement.erase("held");
        remarks.emplace_back("its date lies ahead: planned, not completed");
        return;
    }
    if (!span->to || *span->to < today || span->precision == Precision::day) return;
    if (span->precision == Precision::range) {
        engagement["status"] = "ongoing";
        remarks.emplace_back("it runs across today: ongoing");
    } else {
        remarks.emplace_back("known to the month or year alone, which is not over: taken as completed");
    }
}

}  // namespace entente::ingest::map
