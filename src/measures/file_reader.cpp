#include "measures/file_reader.h"

#include <fmt/format.h>

#include <cmath>

namespace entente::measures {

Error wrong_value(
    const std::string& field, const json::value* found, std::string_view expected, const std::string& advice
) {
    const auto shown = found ? pretty_json(*found).substr(0, 60) : std::string("nothing");
    return fail(
               ErrorCode::invalid_argument,
               field,
               fmt::format("found {}, expected {}.", shown, expected),
               advice
    )
        .error();
}

FileReader::FileReader(
    const json::object& object, std::string path, std::string advice, std::optional<Error>& fault
)
    : object_(object), path_(std::move(path)), advice_(std::move(advice)), fault_(fault) {}

std::string FileReader::field(std::string_view name) const {
    return path_.empty() ? std::string(name) : fmt::format("{}.{}", path_, name);
}

std::string FileReader::text(std::string_view name) {
    const auto* value = find(name);
    if (value && value->is_string() && !value->get_string().empty()) return std::string(value->get_string());
    blame(name, value, "a text");
    return {};
}

std::string FileReader::optional_text(std::string_view name) {
    return find(name) ? text(name) : std::string();
}

double FileReader::number(std::string_view name, double least, double most) {
    const auto* value = find(name);
    const double found = value && value->is_number() ? value->to_number<double>() : std::nan("");
    if (found >= least && found <= most) return found;
    blame(name, value, fmt::format("a number from {} to {}", least, most));
    return least;
}

bool FileReader::flag(std::string_view name) {
    const auto* value = find(name);
    if (value && value->is_bool()) return value->get_bool();
    blame(name, value, "true or false");
    return false;
}

std::vector<std::string> FileReader::texts(std::string_view name) {
    std::vector<std::string> out;
    const auto* value = find(name);
    if (!value) return out;
    const auto* list = value->if_array();
    if (!list) blame(name, value, "a list of texts");
    for (std::size_t i = 0; list && i < list->size(); ++i) {
        if (!(*list)[i].is_string())
            blame(name, &(*list)[i], "texts");
        else
            out.emplace_back((*list)[i].get_string());
    }
    return out;
}

std::pair<double, double> FileReader::range(std::string_view name, double middle) {
    const auto* value = find(name);
    const auto* list = value ? value->if_array() : nullptr;
    if (list && list->size() == 2 && (*list)[0].is_number() && (*list)[1].is_number()) {
        const std::pair out{(*list)[0].to_number<double>(), (*list)[1].to_number<double>()};
        if (out.first > 0 && out.first < middle && middle < out.second) return out;
    }
    blame(name, value, fmt::format("two positive numbers with {} between them", middle));
    return {middle, middle};
}

FileReader FileReader::object(std::string_view name) {
    static const json::object kEmpty;
    const auto* value = find(name);
    const auto* found = value ? value->if_object() : nullptr;
    if (!found) blame(name, value, "an object");
    return {found ? *found : kEmpty, field(name), advice_, fault_};
}

std::vector<FileReader> FileReader::objects(std::string_view name) {
    std::vector<FileReader> out;
    const auto* value = find(name);
    const auto* list = value ? value->if_array() : nullptr;
    if (!list || list->empty()) blame(name, value, "a list of objects");
    for (std::size_t i = 0; list && i < list->size(); ++i) {
        if (const auto* found = (*list)[i].if_object())
            out.push_back(FileReader(*found, fmt::format("{}[{}]", field(name), i), advice_, fault_));
        else
            blame(name, &(*list)[i], "objects");
    }
    return out;
}

void FileReader::blame(std::string_view name, const json::value* found, std::string_view expected) {
    if (!fault_) fault_ = wrong_value(field(name), found, expected, advice_);
}

}  // namespace entente::measures
