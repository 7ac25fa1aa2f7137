#include "policy/context.h"

#include <gtest/gtest.h>

namespace entente::policy {
namespace {

const AuthzContext kHome = AuthzContext::home("AAA", "alfa.example/policy/1");

Label label(std::optional<std::vector<std::string>> to) {
    auto made = Label::originator_only("AAA", "alfa.example/policy/1");
    made.releasable_to = std::move(to);
    return made;
}

TEST(Label, BytesAndDigestAreThoseOfTheTestVector) {
    const auto bytes = Label::originator_only("AAA", "alfa.example/policy/1").bytes();
    EXPECT_EQ(
        bytes,
        R"({"categories":[],"class":"UNCLASSIFIED","originator":"AAA","policy":"alfa.example/policy/1","releasable_to":["AAA"]})"
    );
    EXPECT_EQ(label_digest(bytes), "JkNEYNSpi7v3jmCeokur2vzwq_cnG1onUGmh3gKxlcE");
}

TEST(Label, ReadsWhatItWrites) {
    auto made = label(std::vector<std::string>{"AAA", "BBB"});
    made.categories.push_back({"Project", TagType::restrictive, {"BLUE"}});
    const auto read = Label::parse(made.bytes());
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(read->bytes(), made.bytes());
}

TEST(Label, RefusesWhatIsNoLabel) {
    for (const char* bytes :
         {"",
          "[]",
          "{}",
          R"({"class":"X","originator":"A","policy":"p"})",
          R"({"categories":1,"class":"X","originator":"A","policy":"p"})"})
        EXPECT_FALSE(Label::parse(bytes)) << bytes;
}

TEST(Decide, AbsentMeansOriginatorOnlyAndEmptyStaysEmpty) {
    EXPECT_TRUE(decide(label(std::nullopt), kHome));
    EXPECT_FALSE(decide(label(std::nullopt), AuthzContext::home("BBB", "alfa.example/policy/1")));
    EXPECT_FALSE(decide(label(std::vector<std::string>{}), kHome));
    EXPECT_TRUE(decide(label(std::vector<std::string>{"BBB"}), kHome))
        << "the originator sees what it releases";
}

TEST(Decide, AnotherPolicyIsDenied) {
    EXPECT_FALSE(decide(Label::originator_only("AAA", "bravo.example/policy/1"), kHome));
}

const AuthzContext kPartner = AuthzContext::partner("BBB", "alfa.example/policy/1");

Label released(std::vector<Tag> tags = {}, std::string classification = "UNCLASSIFIED") {
    auto made = label(std::vector<std::string>{"AAA", "BBB"});
    made.categories = std::move(tags), made.classification = std::move(classification);
    return made;
}

TEST(Decide, APartnerSeesWhatIsReleasedToItAndNothingElse) {
    EXPECT_TRUE(decide(released(), kPartner));
    EXPECT_FALSE(decide(label(std::nullopt), kPartner));
    EXPECT_FALSE(decide(label(std::vector<std::string>{}), kPartner));
    EXPECT_FALSE(decide(label(std::vector<std::string>{"AAA", "CCC"}), kPartner));
    auto theirs = label(std::nullopt);
    theirs.originator = "BBB";
    EXPECT_TRUE(decide(theirs, kPartner)) << "what it said itself";
    EXPECT_FALSE(decide(released(), AuthzContext::partner("BBB", "bravo.example/policy/1")));
}

TEST(Decide, AHigherClassIsForHomeAlone) {
    EXPECT_FALSE(decide(released({}, "RESTRICTED"), kPartner));
    EXPECT_TRUE(decide(released({}, "RESTRICTED"), kHome));
}

TEST(Decide, OfARestrictiveTagEveryValueMustBeHeldOfAPermissiveOneOne) {
    const auto with = [](TagType type, std::vector<std::string> values) {
        return released({{"Group", type, std::move(values)}});
    };
    EXPECT_TRUE(decide(with(TagType::restrictive, {"BBB"}), kPartner));
    EXPECT_FALSE(decide(with(TagType::restrictive, {"BBB", "BLUE"}), kPartner));
    EXPECT_TRUE(decide(with(TagType::permissive, {"BLUE", "BBB"}), kPartner));
    EXPECT_FALSE(decide(with(TagType::permissive, {"BLUE"}), kPartner));
    EXPECT_FALSE(decide(with(TagType::permissive, {}), kPartner));
    EXPECT_FALSE(decide(with(TagType::permissive, {}), kHome)) << "a tag that nobody can hold";
    EXPECT_FALSE(decide(with(TagType::unknown, {"BLUE"}), kPartner)) << "as restrictive";
    EXPECT_TRUE(decide(with(TagType::informative, {"BLUE"}), kPartner));
    EXPECT_TRUE(decide(with(TagType::restrictive, {"BBB", "BLUE"}), kHome));
}

}  // namespace
}  // namespace entente::policy
