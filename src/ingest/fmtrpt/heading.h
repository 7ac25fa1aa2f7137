#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace entente::ingest::fmtrpt {

/// What the heading over a block of rows says: `Near East Region, Egypt, Foreign Military Financing (FMF), FY
/// 01`, `IMET-1 - Fiscal Year 2011 Department of State Training`.
struct Heading {
    std::string programme;  ///< usual short name, by data/rules/training_programmes.csv; else as printed
    std::optional<int> fiscal_year;  ///< nothing when the heading leaves it open
};

/// `country` is the country as printed, which older headings repeat.
Heading read_heading(std::string_view printed, std::string_view country);

}  // namespace entente::ingest::fmtrpt
