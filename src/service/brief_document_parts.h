// Sections of the printed brief; what they share.
#pragma once

#include <string>
#include <vector>

#include "picture/document.h"
#include "service/brief.h"

namespace entente::service {

// Whole paragraphs, in words.
std::string on_record_words(const Brief& brief);
std::string covered_words(const Brief& brief);
/// What a measure says; empty: it was not asked.
std::string measured_words(const Brief& brief, const std::string& measure);
std::string shocks_words(const Brief& brief);
/// Exercises tallied, agreements, alliances, political visits, arms sales: what there is.
std::vector<picture::Text> beside_texts(const Brief& brief);
std::string years_words(int first, int last);

// Sections with tables.
picture::Section strength_section(const Brief& brief);
picture::Section strands_section(const Brief& brief);
picture::Section moved_section(const Brief& brief);
picture::Section stops_section(const Brief& brief);
picture::Section channels_section(const Brief& brief);
picture::Section training_section(const Brief& brief);
picture::Section unseen_section(const Brief& brief);
picture::Section evidence_section(const Brief& brief);

}  // namespace entente::service
