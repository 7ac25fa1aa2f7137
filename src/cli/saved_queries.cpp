#include <algorithm>

#include <fmt/format.h>

#include "base/utf8.h"
#include "cli/commands.h"
#include "service/write_record.h"

namespace entente::cli {
namespace {

constexpr std::size_t kLongestName = 40;

bool is_name(const std::string& name) {
    return !name.empty() && name.size() <= kLongestName && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
               c == '_';
    });
}

}  // namespace

Result<void> save_query(
    const Session& session, const std::string& name, const std::vector<std::string>& words
) {
    if (!is_name(name))
        return fail(
            ErrorCode::invalid_argument,
            "save",
            fmt::format(
                "found '{}', expected a name of letters, digits, - and _, at most {}", name, kLongestName
            )
        );
    ENTENTE_ASSIGN_OR_RETURN(const auto node, session.open(service::Access::write));
    {
        ENTENTE_ASSIGN_OR_RETURN(const auto view, node->view());
        ENTENTE_ASSIGN_OR_RETURN(const auto taken, view->resolve({"saved_query"}, name));
        if (!taken.empty())
            return fail(
                ErrorCode::conflict,
                "save",
                fmt::format("found a query called {} already", name),
                fmt::format(
                    "another name, or entente retract {} --reason duplicate", taken.front().first.substr(0, 8)
                )
            );
    }
    ENTENTE_ASSIGN_OR_RETURN(
        const auto written, service::record(*node, "saved_query", {{"name", {name}}, {"words", words}}, {})
    );
    if (!written.not_signed.empty()) say("Not signed yet: " + written.not_signed + "\n");
    say(fmt::format("Saved. Ask it again: entente {} @{}\n", words.front(), name));
    return {};
}

Result<std::vector<std::string>> saved_words(const Session& session, const std::string& name) {
    ENTENTE_ASSIGN_OR_RETURN(const auto node, session.open(service::Access::read));
    ENTENTE_ASSIGN_OR_RETURN(const auto view, node->view());
    auto id = service::make_resolver(*view, session.schema)({"saved_query"}, name);
    if (!id) {
        Error error = id.error();
        error.field = "@" + name;
        if (error.advice.empty()) error.advice = "entente list saved_query";
        return std::unexpected(std::move(error));
    }
    ENTENTE_ASSIGN_OR_RETURN(const auto record, view->current(*id));
    std::vector<std::string> words;
    if (const auto* list = record ? record->content.if_contains("words") : nullptr; list && list->is_array())
        for (const auto& word : list->get_array())
            if (const auto* text = word.if_string()) words.emplace_back(text->data(), text->size());
    if (words.empty())
        return fail(ErrorCode::not_found, "@" + name, "found no words in it: they may have been erased");
    return words;
}

}  // namespace entente::cli
