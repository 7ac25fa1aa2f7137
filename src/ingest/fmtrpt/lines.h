#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/content.h"
#include "ingest/fmtrpt/cells.h"
#include "ingest/fmtrpt/reading.h"

namespace entente::ingest::fmtrpt {

/// Where a row stands.
struct Place {
    std::string report;   ///< `2009_2010`; empty when neither file nor rows say
    std::string section;  ///< `Western_Hemisphere`; empty when they do not say
};

/// `2009_2010_Western_Hemisphere_fmtrpt.tsv` -> report 2009_2010, section Western_Hemisphere.
Place read_place(std::string_view group, std::string_view file_name);

/// The record of an activity. What could not be used is told in `remarks`.
domain::Content training_line(
    const Cells& cells, const Reading& reading, const Place& place, std::vector<std::string>& remarks
);
/// The record of a printed total.
domain::Content training_total(const Cells& cells, const Place& place, std::vector<std::string>& remarks);

}  // namespace entente::ingest::fmtrpt
