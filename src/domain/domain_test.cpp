#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>

#include "domain/content.h"
#include "domain/date_span.h"
#include "domain/empty.h"
#include "domain/input.h"

namespace entente::domain {
namespace {

DateSpan date(const char* text) {
    return *DateSpan::parse(text);
}

TEST(DateSpan, ReadsAndWritesEachPrecision) {
    for (const char* text :
         {"2024-02-29", "2024-02", "2024", "2024-02-28..2024-03-01", "2011-01-01..", "..2024-05-31"}) {
        const auto span = DateSpan::parse(text);
        ASSERT_TRUE(span) << text;
        EXPECT_EQ(span->to_text(), text);
        EXPECT_EQ(*DateSpan::from_json(span->to_json()), *span) << text;
    }
    for (const char* bad :
         {"", "2023-02-29", "2024-13", "24", "2024-02-28..2024-02-27", "..", "soon", "2024-2-3", "0000"})
        EXPECT_FALSE(DateSpan::parse(bad)) << bad;
}

TEST(DateSpan, NeverPretendsToMore) {
    EXPECT_FALSE(DateSpan::from_json(json::object{
        {"from", "2024-02-01"}, {"precision", "month"}, {"to", "2024-02-28"}}));
    EXPECT_FALSE(DateSpan::from_json(json::object{
        {"from", "2024-02-01"}, {"precision", "day"}, {"to", "2024-02-02"}}));
    EXPECT_FALSE(DateSpan::from_json(json::object{{"precision", "open"}}));
    EXPECT_FALSE(DateSpan::from_json(json::object{
        {"from", "2024-02-01"}, {"precision", "open"}, {"to", "2024-02-02"}}));
    EXPECT_FALSE(DateSpan::from_json(json::object{{"from", "2024-02-01"}, {"precision", "week"}}));
}

TEST(DateSpan, Words) {
    EXPECT_EQ(date("2024-07-17").to_words(), "17 Jul 2024");
    EXPECT_EQ(date("2009-02").to_words(), "Feb 2009");
    EXPECT_EQ(date("2012").to_words(), "2012");
    EXPECT_EQ(date("2024-01-08..2024-01-09").to_words(), "8-9 Jan 2024");
    EXPECT_EQ(date("2000-08-21..2000-10-12").to_words(), "21 Aug - 12 Oct 2000");
    EXPECT_EQ(date("2018..2020").to_words("–"), "2018–2020");
    EXPECT_EQ(date("2011-01-01..").to_words(), "since 1 Jan 2011");
    EXPECT_EQ(date("..2024-05-31").to_words(), "before 1 Jun 2024");
}

// Worked figures of the design, by hand: counted on a calendar.
TEST(Length, WorkedFigures) {
    const auto length = [](const char* began, const char* ended) {
        return *length_between(date(began), date(ended));
    };
    EXPECT_EQ(length("2022-08-05", "2024-04-03"), (LengthRange{607, 607}));
    EXPECT_EQ(length("2022-08-05", "2023-12-21"), (LengthRange{503, 503}));
    EXPECT_EQ(length("1995-06", "1996-12-08"), (LengthRange{527, 556}));
    EXPECT_EQ(length("1989-06-05", "1994-08"), (LengthRange{1883, 1913}));
    EXPECT_EQ(length("1999-05-10", "2000-01-24"), (LengthRange{259, 259}));
    EXPECT_EQ(length("2010-01-30", "2010-12-10"), (LengthRange{314, 314}));
    EXPECT_EQ(length("2008-10-06", "2009-02"), (LengthRange{118, 145}));
}

TEST(Length, NaiveEnumerationAgrees) {
    const DateSpan began = date("2024-02"), ended = date("2024-02-10..2024-03-05");
    int low = 1 << 20, high = 0;
    for (Day b = *began.from; b <= *began.to; b = b + 1)
        for (Day e = *ended.from; e <= *ended.to; e = e + 1)
            if (e > b) low = std::min(low, e - b), high = std::max(high, e - b);
    EXPECT_EQ(*length_between(began, ended), (LengthRange{low, high}));
    EXPECT_FALSE(length_between(date("2024-03"), date("2024-02")));
    EXPECT_FALSE(length_between(date("2024-03"), date("2024-05-01..")));
}

TEST(Schema, BuiltinDeclarationsHold) {
    const auto& schema = Schema::builtin();
    EXPECT_EQ(schema.types().size(), 17U);
    EXPECT_EQ(schema.list("engagement_category")->codes.size(), 21U);
    for (const auto& type : schema.types()) {
        EXPECT_LT(boost::json::serialize(type.declaration).size(), 60'000U) << type.type;
        EXPECT_TRUE(canonical_json(type.declaration)) << type.type;
        EXPECT_TRUE(type.find("citations") && type.find("note")) << type.type;
    }
}

TEST(Schema, RefusesBrokenDeclarations) {
    const auto broken = [](const std::string& field) {
        return Schema::create(
            {{"x.json", R"({"what":"record_type","type":"x","version":1,"fields":[)" + field + "]}"}}
        );
    };
    EXPECT_TRUE(broken(R"({"name":"a","type":"text","label":"A","help":"h","since":1})"));
    for (const char* field :
         {R"({"name":"a","type":"text","clear":true,"label":"A","help":"h","since":1})",
          R"({"name":"a","type":"code","clear":true,"list":"nowhere","label":"A","help":"h","since":1})",
          R"({"name":"a","type":"reference","clear":true,"to":["y"],"label":"A","help":"h","since":1})",
          R"({"name":"a","type":"blob","label":"A","help":"h","since":1})",
          R"({"name":"a","type":"date","label":"A","help":"h","since":1})",
          R"({"name":"a","type":"text","label":"A","since":1})"})
        EXPECT_FALSE(broken(field)) << field;
}

const RecordType& engagement() {
    return *Schema::builtin().find("engagement");
}

Result<std::string> no_lookup(const std::vector<std::string>&, std::string_view text) {
    return std::string(text);
}

Content talks() {
    const std::string a = "odhioh4khu73isn4hq5m4zkhzy", b = "go4kjqsyj7e7dnw37dndctuapq";
    Content content{
        {"category", "DLG"},
        {"status", "completed"},
        {"held", date("2024-04-03").to_json()},
        {"title", "Talks"}};
    content["participations"] =
        json::array{json::object{{"actor", a}, {"role", "host"}}, json::object{{"actor", b}, {"people", 0}}};
    content["people"] = json::array{"A. Example", "B. Example"};
    content["citations"] = json::array{json::object{{"source", a}, {"locator", "page 3"}}};
    return content;
}

TEST(Content, SplitSealsFreeTextAndJoinBringsItBack) {
    const auto parts = split(engagement(), talks());
    EXPECT_EQ(
        parts.sealed,
        (std::vector<SealedValue>{
            {"title", "Talks"},
            {"people", "A. Example"},
            {"people", "B. Example"},
            {"citations.0.locator", "page 3"}})
    );
    const auto clear = boost::json::serialize(parts.clear);
    for (const char* secret : {"Talks", "Example", "page"}) EXPECT_EQ(clear.find(secret), std::string::npos);
    EXPECT_EQ(join(engagement(), parts.clear, parts.sealed), in_declared_order(engagement(), talks()));
}

TEST(Validate, AcceptsARecordAndNamesWhatIsWrong) {
    const auto& schema = Schema::builtin();
    ASSERT_TRUE(validate(schema, engagement(), talks()))
        << validate(schema, engagement(), talks()).error().message;
    const auto wrong_field = [&](auto change) {
        Content content = talks();
        change(content);
        const auto result = validate(schema, engagement(), content);
        return result ? std::string("accepted") : result.error().field;
    };
    EXPECT_EQ(wrong_field([](Content& c) { c["category"] = "XXX"; }), "category");
    EXPECT_EQ(wrong_field([](Content& c) { c.erase("category"); }), "category");
    EXPECT_EQ(wrong_field([](Content& c) { c["category"] = to_json(Empty::unknown); }), "category");
    EXPECT_EQ(wrong_field([](Content& c) { c["participations"].as_array().pop_back(); }), "participations");
    EXPECT_EQ(
        wrong_field([](Content& c) { c["participations"].as_array()[1].as_object()["people"] = -1; }),
        "participations.people"
    );
    EXPECT_EQ(wrong_field([](Content& c) { c["subcategory"] = "visit"; }), "subcategory");
    EXPECT_EQ(wrong_field([](Content& c) { c.erase("held"); }), "held");
    EXPECT_EQ(wrong_field([](Content& c) { c.erase("citations"); }), "source");
    EXPECT_EQ(wrong_field([](Content& c) { c["title"] = "bell \a"; }), "title");
    EXPECT_EQ(wrong_field([](Content& c) { c["colour"] = "red"; }), "colour");
    EXPECT_EQ(wrong_field([](Content& c) { c["held"] = "2024"; }), "held");
    EXPECT_EQ(wrong_field([](Content& c) { c["held"] = to_json(Empty::not_released); }), "accepted");
}

TEST(Empty, FiveKindsStayApart) {
    EXPECT_EQ(empty_of(to_json(Empty::not_released)), Empty::not_released);
    EXPECT_FALSE(empty_of(json::value(0)));
    EXPECT_FALSE(empty_of(json::object{{"none", "whatever"}}));
    EXPECT_EQ(parse_empty("not-applicable"), Empty::not_applicable);
    EXPECT_FALSE(parse_empty("0"));
}

TEST(Input, TypedTextBecomesValues) {
    const auto& schema = Schema::builtin();
    const auto typed = [&](const char* field, std::vector<std::string> texts) {
        const auto value = parse_field(schema, *engagement().find(field), texts, no_lookup);
        return value ? boost::json::serialize(*value) : value.error().field + ": " + value.error().message;
    };
    EXPECT_EQ(typed("category", {"dlg"}), R"("DLG")");
    EXPECT_EQ(
        typed("participations", {"USA:host:12,CHN"}),
        R"([{"actor":"USA","role":"host","people":12},{"actor":"CHN"}])"
    );
    EXPECT_EQ(typed("held", {"unknown"}), R"({"none":"unknown"})");
    EXPECT_EQ(typed("people", {"A - minister; of war", "B"}), R"(["A - minister; of war","B"])");
    EXPECT_EQ(
        typed("citations", {"key:page 3: foot:held"}),
        R"([{"source":"key","locator":"page 3","fields":["foot:held"]}])"
    );
    EXPECT_EQ(typed("citations", {"unknown"}), R"({"none":"unknown"})");
    EXPECT_EQ(
        typed("unnamed_parties", {"many"}), "unnamed_parties: found 'many', expected a whole number of actors"
    );
}

}  // namespace
}  // namespace entente::domain
