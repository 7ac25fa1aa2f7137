#include "ingest/contacts/contacts.h"

#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>

#include "ingest/actor_table.h"
#include "ingest/contacts/rows.h"

namespace entente::ingest::contacts {
namespace {

Result<std::optional<Existing>> actors_only(const std::string& type, const std::string& handle) {
    const auto actor = type == "actor" ? find_actor(handle) : std::nullopt;
    if (!actor) return std::optional<Existing>{};
    std::string id = "aaaaaaaaaaaaaaaaaaaaaaaaa" + std::string("a");
    for (std::size_t i = 0; i < handle.size(); ++i) id[i] = static_cast<char>('a' + (handle[i] | 32) % 26);
    return Existing{id, {}};
}

SourceFile file(const char* name, std::size_t number, const std::string& text) {
    return {name, number, text.size(), sha256(text), *parse_csv(text)};
}

Folder small() {
    Folder folder;
    folder.files.push_back(file(
        "sources.csv",
        1,
        "source_key,title,publisher,date,url,licence\nk1,A title,Press,2024-05,,\ngeneral-knowledge,Well "
        "known,,,,\n"
    ));
    folder.files.push_back(file(
        "channels.csv",
        2,
        "id,parties,name,kind,date_established,date_lapsed,source_key,gk_fields\nh1,USA;CHN,Maritime "
        "Agreement,agreement,1998-01-19,,k1,\nh2,USA;CHN,Line,hotline,2008,,general-knowledge,all\n"
    ));
    folder.files.push_back(file(
        "shocks.csv",
        3,
        "id,date,initiator,target,third_party,kind,magnitude_usd,title,source_key,gk_fields\ns1,2022-08-02,"
        "USA,TWN,CHN,visit,,Visit,k1,day\n"
    ));
    folder.files.push_back(file(
        "disruptions.csv",
        4,
        "id,party_a,party_b,date_suspended,date_resumed,precision,suspended_by,channel,scope,stated_cause,"
        "source_key,source_key_resumed,gk_fields\n"
        "d1,USA,CHN,2022-08-05,2024-04,day/month,CHN,h1,Meetings "
        "cancelled,Visit,k1,general-knowledge,date_resumed\nd2,USA,CHN,2023-02-30,,day,CHN,,x,y,k1,,\nd3,USA,"
        "CHN,2023-03-01,,day,CHN,h2,x,y,k1,,\n"
    ));
    folder.files.push_back(file(
        "contacts.csv",
        5,
        "id,date_start,date_end,date_precision,party_a,party_b,kind,level,host,place,people,title,source_key,"
        "source_locator,status,gk_fields\n"
        "c1,2024-04-03,2024-04-04,day,USA,CHN,dialogue,working,USA,Honolulu,A. One - chief; B. Two - "
        "chief,Talks,k1,page "
        "2,occurred,\nc2,2021-12-27,,month,CHN,MULTI,hotline_call,minister,,,,Call,k1,,occurred,day\n"
        "c3,2024-05-05,,day,USA,XXQ,visit,minister,,,,Visit,k1,,occurred,\nc4,1998-01-19,,day,USA,CHN,"
        "agreement,minister,CHN,,,Signed,k1,,occurred,\n"
    ));
    folder.files.push_back(file(
        "additions.csv",
        6,
        "id,field,value,reason,source_key\nd1,scope_class,family,One channel,\nd1,shock,s1,Cause names "
        "it,k1\nc1,channel,h1,So named,k1\nc1,conflict:held,2024-04-05,Other date "
        "line,\nh1,also_channel,consultation,Meetings take "
        "place,\nz9,level,minister,None,\nc4,agreement,h1,Same,\n"
    ));
    return folder;
}

Plan plan(bool general_knowledge = false) {
    auto made = make_plan(small(), {general_knowledge}, actors_only, "{}");
    EXPECT_TRUE(made) << made.error().message;
    return *made;
}

const PlannedRecord& find(const Plan& plan, const char* type, const char* id) {
    for (const auto& record : plan.records)
        if (record.draft.type == type &&
            (text_at(record.content, "source_id") == id || text_at(record.content, "key") == id))
            return record;
    ADD_FAILURE() << "no " << type << " " << id;
    return plan.records.front();
}

TEST(Contacts, EveryRowIsAccountedFor) {
    const auto made = plan();
    std::size_t aside = 0;
    for (const auto& report : made.files) {
        EXPECT_EQ(report.seen, report.added + report.already_on_record + report.set_aside) << report.file;
        aside += report.set_aside;
    }
    EXPECT_EQ(aside, made.set_aside.size());
    const auto has = [&](const char* id, const char* field) {
        return std::any_of(made.set_aside.begin(), made.set_aside.end(), [&](const SetAside& s) {
            return s.id == id && s.field == field;
        });
    };
    EXPECT_TRUE(has("h2", "source_key"));
    EXPECT_TRUE(has("d2", "date_suspended"));
    EXPECT_TRUE(has("c3", "participations") || has("c3", "actor"));
    EXPECT_TRUE(has("z9", "id"));
    EXPECT_EQ(made.set_aside.size(), 4U);
}

TEST(Contacts, ValuesKeepTheirPrecisionAndTheirKindOfEmpty) {
    const auto made = plan();
    const auto& d1 = find(made, "disruption", "d1").content;
    EXPECT_EQ(
        boost::json::serialize(d1.at("ended")),
        R"({"from":"2024-04-01","precision":"month","to":"2024-04-30"})"
    );
    EXPECT_EQ(boost::json::serialize(d1.at("general_knowledge")), R"(["ended"])");
    EXPECT_EQ(text_at(d1, "scope_class"), "family");
    EXPECT_EQ(d1.at("shock").as_array().size(), 1U);
    const auto& c2 = find(made, "engagement", "c2").content;
    EXPECT_EQ(
        boost::json::serialize(c2.at("held")),
        R"({"from":"2021-12-01","precision":"month","to":"2021-12-31"})"
    );
    EXPECT_EQ(boost::json::serialize(c2.at("unnamed_parties")), R"({"none":"unknown"})");
    EXPECT_EQ(text_at(c2, "direction"), "remote");
    EXPECT_EQ(text_at(c2, "category"), "CAL");
    const auto& d3 = find(made, "disruption", "d3").content;
    EXPECT_FALSE(d3.contains("channel")) << "h2 was left out";
    EXPECT_EQ(made.remarks.size(), 1U);
}

TEST(Contacts, PersonsAndFreeTextAreSealed) {
    const auto made = plan();
    const auto& c1 = find(made, "engagement", "c1");
    const auto clear = boost::json::serialize(*c1.draft.clear);
    for (const char* secret : {"One", "Two", "Talks", "page", "date line", "2024-04-05"})
        EXPECT_EQ(clear.find(secret), std::string::npos) << secret;
    EXPECT_NE(clear.find("Honolulu"), std::string::npos);
    EXPECT_EQ(c1.content.at("people").as_array().size(), 2U);
    EXPECT_EQ(c1.draft.at, "5:2");
    EXPECT_EQ(made.batch.sealed.size(), 6U);
}

TEST(Contacts, OneRowMayBeTwoRecordsAndOneAgreementIsNotTwo) {
    const auto made = plan();
    const auto& agreement = find(made, "agreement", "h1");
    EXPECT_EQ(text_at(find(made, "channel", "h1").content, "agreement"), agreement.draft.rec);
    const auto& signing = find(made, "engagement", "c4").content;
    EXPECT_EQ(text_at(signing, "subcategory"), "signing");
    EXPECT_EQ(text_at(signing, "agreement"), agreement.draft.rec);
    EXPECT_EQ(
        std::count_if(
            made.records.begin(),
            made.records.end(),
            [](const auto& r) { return r.draft.type == "agreement"; }
        ),
        1
    );
}

TEST(Contacts, WhatIsOnRecordAddsNothingAndWhatDiffersSupersedes) {
    const auto first = plan();
    Hash leaf;
    leaf.bytes[0] = 7;
    const auto lookup = [&](bool by_hand) -> Lookup {
        return [&first,
                by_hand,
                leaf](const std::string& type, const std::string& handle) -> Result<std::optional<Existing>> {
            for (const auto& record : first.records)
                if (record.draft.type == type && (text_at(record.content, "source_id") == handle ||
                                                  text_at(record.content, "key") == handle)) {
                    auto content = record.content;
                    if (handle == "c2") content["status"] = "closed";
                    return Existing{record.draft.rec, content, false, by_hand, leaf};
                }
            return actors_only(type, handle);
        };
    };
    const auto again = make_plan(small(), {}, lookup(false), "{}");
    ASSERT_TRUE(again);
    ASSERT_EQ(again->records.size(), 1U) << "c2 alone differs";
    EXPECT_EQ(again->records[0].draft.prev, leaf);
    EXPECT_EQ(again->records[0].draft.rec, find(first, "engagement", "c2").draft.rec);
    ASSERT_EQ(again->changes.size(), 1U);
    EXPECT_EQ(again->changes[0].id, "c2");
    EXPECT_EQ(again->changes[0].fields, std::vector<std::string>{"status"});
    for (const auto& file : again->files)
        EXPECT_EQ(file.changed, file.file == "contacts.csv" ? 1U : 0U) << file.file;
    const auto revised = make_plan(small(), {}, lookup(true), "{}");
    EXPECT_TRUE(revised->records.empty()) << "somebody revised it since";
    EXPECT_TRUE(revised->changes[0].kept_by_hand);
}

TEST(Contacts, GeneralKnowledgeOnlyWhenAsked) {
    const auto made = plan(true);
    EXPECT_EQ(
        boost::json::serialize(find(made, "channel", "h2").content.at("general_knowledge")), R"(["all"])"
    );
    EXPECT_EQ(
        boost::json::serialize(find(made, "channel", "h2").content.at("citations")), R"({"none":"unknown"})"
    );
    EXPECT_TRUE(find(made, "disruption", "d3").content.contains("channel"));
}

TEST(ActorTable, HoldsTheNations) {
    EXPECT_EQ(find_actor("usa")->name, "United States");
    EXPECT_FALSE(find_actor("ZZZ"));
    EXPECT_NE(nearest_actors("CHM").find("CHN China"), std::string::npos);
    const auto [batch, rows] = actor_batch("{}");
    EXPECT_GE(rows.size(), 254U);
}

}  // namespace
}  // namespace entente::ingest::contacts
