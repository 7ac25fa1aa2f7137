#include "measures/relational/term.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace entente::measures::relational {
namespace {

struct NamedKind {
    std::string_view name;
    Kind kind;
};

constexpr std::array kKinds{
    NamedKind{"inertia", Kind::inertia},
    NamedKind{"reciprocity", Kind::reciprocity},
    NamedKind{"sender_activity", Kind::sender_activity},
    NamedKind{"sender_popularity", Kind::sender_popularity},
    NamedKind{"receiver_activity", Kind::receiver_activity},
    NamedKind{"receiver_popularity", Kind::receiver_popularity},
    NamedKind{"sender_receivers", Kind::sender_receivers},
    NamedKind{"sender_senders", Kind::sender_senders},
    NamedKind{"receiver_receivers", Kind::receiver_receivers},
    NamedKind{"receiver_senders", Kind::receiver_senders},
    NamedKind{"activity", Kind::activity},
    NamedKind{"partners", Kind::partners},
    NamedKind{"two_path", Kind::two_path},
    NamedKind{"cycle", Kind::cycle},
    NamedKind{"shared_receivers", Kind::shared_receivers},
    NamedKind{"shared_senders", Kind::shared_senders},
    NamedKind{"shared_partners", Kind::shared_partners},
    NamedKind{"two_path_count", Kind::two_path_count},
    NamedKind{"cycle_count", Kind::cycle_count},
    NamedKind{"shared_receivers_count", Kind::shared_receivers_count},
    NamedKind{"shared_senders_count", Kind::shared_senders_count},
    NamedKind{"shared_partners_count", Kind::shared_partners_count},
    NamedKind{"recency", Kind::recency},
    NamedKind{"recency_sent", Kind::recency_sent},
    NamedKind{"recency_received", Kind::recency_received},
};

constexpr double kLongest = 1e6;

std::unexpected<Error> wrong(std::string_view found, const std::string& expected) {
    return fail(ErrorCode::invalid_argument, "term", fmt::format("found '{}', expected {}", found, expected));
}

std::vector<std::string_view> parts_of(std::string_view text) {
    std::vector<std::string_view> out;
    for (std::size_t from = 0; from <= text.size();) {
        const auto end = std::min(text.find(':', from), text.size());
        out.push_back(text.substr(from, end - from));
        from = end + 1;
    }
    return out;
}

}  // namespace

std::vector<std::string> term_names() {
    std::vector<std::string> out;
    for (const auto& one : kKinds) out.emplace_back(one.name);
    return out;
}

Result<Statistic> parse_term(std::string_view text) {
    const auto parts = parts_of(text);
    const auto kind = std::ranges::find(kKinds, parts[0], &NamedKind::name);
    if (kind == kKinds.end())
        return wrong(parts[0], fmt::format("one of: {}", fmt::join(term_names(), ", ")));
    Statistic out{kind->kind};
    for (std::size_t i = 1; i < parts.size(); ++i) {
        if (parts[i] == "log") {
            out.transform = Transform::log;
            continue;
        }
        if (parts[i] == "standard") {
            out.transform = Transform::standard;
            continue;
        }
        double days = 0;
        const auto* last = parts[i].data() + parts[i].size();
        const auto [end, error] = std::from_chars(parts[i].data(), last, days);
        if (error != std::errc() || end != last || !(days > 0) || days > kLongest)
            return wrong(parts[i], "a half-life in days above 0, or a transform: log, standard");
        if (!may_decay(out.kind))
            return wrong(text, fmt::format("{} without a half-life: it does not decay", parts[0]));
        out.half_life = days;
    }
    return out;
}

}  // namespace entente::measures::relational
