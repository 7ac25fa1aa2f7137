// Tables and sentences of next contacts and next years.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "measures/answer.h"
#include "measures/forecast/next_contact.h"
#include "measures/forecast/next_year.h"

namespace entente::measures {

AnswerTable next_contacts_table(std::span<const NextContact> contacts, std::span<const KindLeftOut> left_out);
AnswerTable next_years_table(std::span<const NextYear> years);
/// What a reader of both must know: from which day they are told.
std::vector<std::string> contact_warnings(
    std::span<const NextContact> contacts, std::span<const NextYear> years, Day at
);

}  // namespace entente::measures
