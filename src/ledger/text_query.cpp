#include "ledger/text_query.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/utf8.h"

namespace entente::ledger {
namespace {

constexpr std::size_t kLongest = 500;
constexpr std::size_t kMostWords = 50;
constexpr int kDeepest = 10;

std::unexpected<Error> refuse(std::string message) {
    return fail(
        ErrorCode::invalid_argument,
        "text",
        std::move(message),
        "words, \"a phrase\", begin*, this OR that, -without, field:word"
    );
}

bool is_field_name(std::string_view text) {
    return !text.empty() && text.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == std::string_view::npos;
}

class Parser {
public:
    Parser(std::string_view text, const domain::Schema& schema, const std::vector<std::string>& types)
        : text_(text), schema_(schema), types_(types) {}

    Result<TextQuery> parse() {
        if (text_.size() > kLongest)
            return refuse(fmt::format("found {} bytes, expected at most {}", text_.size(), kLongest));
        if (!is_valid_utf8(text_)) return refuse("found bytes that are no UTF-8");
        ENTENTE_ASSIGN_OR_RETURN(auto query, alternatives(0));
        if (at_ < text_.size()) return refuse("found ')' without a '(' before it");
        return query;
    }

private:
    void skip_blanks() {
        while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n')) ++at_;
    }
    bool keyword(std::string_view word) {
        skip_blanks();
        if (!text_.substr(at_).starts_with(word)) return false;
        const auto end = at_ + word.size();
        if (end < text_.size() && text_[end] != ' ' && text_[end] != '(' && text_[end] != ')') return false;
        at_ = end;
        return true;
    }
    bool before_or() {
        const auto here = at_;
        const bool is = keyword("OR");
        at_ = here;
        return is;
    }
    bool at_end() {
        skip_blanks();
        return at_ >= text_.size() || text_[at_] == ')';
    }

    Result<TextQuery> alternatives(int depth) {
        if (depth > kDeepest) return refuse("found parentheses too deep");
        TextQuery any{TextQuery::Kind::any, {}, {}, {}};
        do {
            ENTENTE_ASSIGN_OR_RETURN(auto one, conjunction(depth));
            any.parts.push_back(std::move(one));
        } while (keyword("OR"));
        return any.parts.size() == 1 ? std::move(any.parts.front()) : std::move(any);
    }

    Result<TextQuery> conjunction(int depth) {
        TextQuery all{TextQuery::Kind::all, {}, {}, {}};
        for (;;) {
            while (keyword("AND")) {
            }
            if (at_end() || before_or()) break;
            ENTENTE_ASSIGN_OR_RETURN(auto one, part(depth));
            all.parts.push_back(std::move(one));
        }
        if (all.parts.empty())
            return refuse(fmt::format(
                "found nothing {}, expected a word",
                at_ >= text_.size() ? "at the end" : fmt::format("before '{}'", text_.substr(at_, 10))
            ));
        return all.parts.size() == 1 ? std::move(all.parts.front()) : std::move(all);
    }

    Result<TextQuery> part(int depth) {
        const bool dash = text_[at_] == '-';
        const bool negated = dash || keyword("NOT");
        if (dash) ++at_;
        if (negated && at_end()) return refuse("found '-' or NOT without a word behind it");
        Result<TextQuery> inner = TextQuery{};
        if (text_[at_] == '(') {
            ++at_;
            inner = alternatives(depth + 1);
            if (!inner) return inner;
            skip_blanks();
            if (at_ >= text_.size()) return refuse("found '(' that is never closed");
            ++at_;
        } else {
            inner = word();
            if (!inner) return inner;
        }
        if (!negated) return inner;
        TextQuery without{TextQuery::Kind::without, {}, {}, {}};
        without.parts.push_back(*std::move(inner));
        return without;
    }

    Result<TextQuery> word() {
        if (++words_ > kMostWords) return refuse(fmt::format("found over {} words", kMostWords));
        TextQuery out{TextQuery::Kind::terms, {}, {}, {}};
        const auto colon = text_.find(':', at_);
        if (colon != std::string_view::npos && is_field_name(text_.substr(at_, colon - at_)) &&
            colon + 1 < text_.size() && text_[colon + 1] != ' ') {
            out.field = text_.substr(at_, colon - at_);
            ENTENTE_RETURN_IF_ERROR(check_field(out.field));
            at_ = colon + 1;
        }
        std::string_view piece;
        bool prefix = false;
        if (text_[at_] == '"') {
            const auto end = text_.find('"', at_ + 1);
            if (end == std::string_view::npos) return refuse("found a quote that is never closed");
            piece = text_.substr(at_ + 1, end - at_ - 1);
            at_ = end + 1;
        } else {
            const auto end = std::min(text_.find_first_of(" \t\n()\"", at_), text_.size());
            piece = text_.substr(at_, end - at_);
            at_ = end;
        }
        if (piece.ends_with('*')) prefix = true, piece.remove_suffix(1);
        if (at_ < text_.size() && text_[at_] == '*') prefix = true, ++at_;
        out.terms = sought_terms(piece, prefix);
        if (out.terms.empty())
            return refuse(fmt::format("found '{}', expected letters or digits in it", piece));
        return out;
    }

    Result<void> check_field(const std::string& name) const {
        std::vector<std::pair<std::size_t, std::string>> near;
        for (const auto& type : schema_.types()) {
            if (!types_.empty() && std::find(types_.begin(), types_.end(), type.type) == types_.end())
                continue;
            if (type.find(name)) return {};
            for (const auto& field : type.fields)
                near.emplace_back(edit_distance(name, field.name), field.name);
        }
        std::sort(near.begin(), near.end());
        return fail(
            ErrorCode::invalid_argument,
            "text",
            fmt::format(
                "found no field '{}'{}",
                name,
                near.empty() ? std::string() : fmt::format("; nearest: {}", near.front().second)
            ),
            "put it in quotes to look for the text itself"
        );
    }

    std::string_view text_;
    const domain::Schema& schema_;
    const std::vector<std::string>& types_;
    std::size_t at_ = 0, words_ = 0;
};

}  // namespace

Result<TextQuery> parse_text_query(
    std::string_view text, const domain::Schema& schema, const std::vector<std::string>& types
) {
    return Parser(text, schema, types).parse();
}

}  // namespace entente::ledger
