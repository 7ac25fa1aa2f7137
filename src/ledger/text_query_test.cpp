#include <gtest/gtest.h>

#include "ledger/text_query.h"

namespace entente::ledger {
namespace {

std::string shown(const TextQuery& query) {
    std::string out;
    if (query.kind == TextQuery::Kind::terms) {
        out = query.field.empty() ? "" : query.field + ":";
        for (std::size_t i = 0; i < query.terms.size(); ++i)
            out += (i ? "+" : "") + query.terms[i].text + (query.terms[i].prefix ? "*" : "");
        return out;
    }
    for (const auto& part : query.parts) out += (out.empty() ? "" : " ") + shown(part);
    const char* mark = query.kind == TextQuery::Kind::all   ? "&"
                       : query.kind == TextQuery::Kind::any ? "|"
                                                            : "!";
    return std::string(mark) + "(" + out + ")";
}

std::string read(std::string_view text) {
    const auto query = parse_text_query(text, domain::Schema::builtin(), {});
    return query ? shown(*query) : "error: " + query.error().message;
}

TEST(TextQuery, Language) {
    EXPECT_EQ(read("sniper"), "sniper");
    EXPECT_EQ(read("sniper course"), "&(sniper course)");
    EXPECT_EQ(read("\"sniper course\""), "sniper+course");
    EXPECT_EQ(read("snip*"), "snip*");
    EXPECT_EQ(read("\"sniper cour\"*"), "sniper+cour*");
    EXPECT_EQ(read("a OR b c"), "|(a &(b c))");
    EXPECT_EQ(read("(a OR b) -c"), "&(|(a b) !(c))");
    EXPECT_EQ(read("a AND NOT b"), "&(a !(b))");
    EXPECT_EQ(read("-(a b)"), "!(&(a b))");
    EXPECT_EQ(read("F-16"), "f+16") << "a hyphen inside a word is no minus";
    EXPECT_EQ(read("title:talks"), "title:talks");
    EXPECT_EQ(read("title:\"maritime talks\""), "title:maritime+talks");
    EXPECT_EQ(read("or and not"), "&(or and not)") << "small letters are words";
    EXPECT_EQ(read("Nguyễn"), "nguyen");
}

TEST(TextQuery, WhatCannotBeReadSaysWhy) {
    EXPECT_EQ(read(""), "error: found nothing at the end, expected a word");
    EXPECT_EQ(read("a OR"), "error: found nothing at the end, expected a word");
    EXPECT_EQ(read("\"a"), "error: found a quote that is never closed");
    EXPECT_EQ(read("(a"), "error: found '(' that is never closed");
    EXPECT_EQ(read("a)"), "error: found ')' without a '(' before it");
    EXPECT_EQ(read("a -"), "error: found '-' or NOT without a word behind it");
    EXPECT_EQ(read("()"), "error: found nothing before ')', expected a word");
    EXPECT_EQ(read("*"), "error: found '', expected letters or digits in it");
    EXPECT_EQ(read("titel:talks"), "error: found no field 'titel'; nearest: title");
    EXPECT_EQ(read(std::string(501, 'a')), "error: found 501 bytes, expected at most 500");
    EXPECT_EQ(read("\xFF"), "error: found bytes that are no UTF-8");
    EXPECT_EQ(read(std::string(30, '(') + "a"), "error: found parentheses too deep");
}

// No text, however odd, ends in anything but a query or an error.
TEST(TextQuery, EveryShortTextIsReadOrRefused) {
    const std::string letters = "a\"(-*:O R)";
    for (std::size_t code = 0; code < 100'000; ++code) {
        std::string text;
        for (auto rest = code; rest > 0; rest /= 10) text += letters[rest % 10];
        EXPECT_NO_THROW((void)parse_text_query(text, domain::Schema::builtin(), {})) << text;
    }
}

}  // namespace
}  // namespace entente::ledger
