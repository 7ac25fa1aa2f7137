// One leaf of each version of each record type stays here for ever: it must be read, and hash to the same, as
// long as there is a ledger. A new version of a type adds a line to tests/golden/leaves.txt; no line is ever
// changed.
//
//   <type> <version> <leaf hash> <bytes>
#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

#include "base/codec.h"
#include "domain/content.h"
#include "ledger/entry.h"
#include "ledger/merkle.h"

namespace entente {
namespace {

TEST(GoldenLeaves, AreReadAndHashAsEver) {
    std::ifstream in("tests/golden/leaves.txt");
    ASSERT_TRUE(in);
    std::set<std::string> seen;
    for (std::string line; std::getline(in, line);) {
        if (line.empty() || line[0] == '#') continue;
        std::istringstream words(line);
        std::string type, version, hash;
        words >> type >> version >> hash;
        words.get();
        std::string bytes;
        std::getline(words, bytes);
        EXPECT_EQ(base64(ledger::leaf_hash(bytes).view()), hash) << type;
        EXPECT_TRUE(ledger::is_canonical(bytes)) << type;
        const auto fields = ledger::decode(bytes);
        ASSERT_TRUE(fields) << type;
        EXPECT_EQ(fields->type, type);
        EXPECT_EQ(ledger::encode(*fields).value_or(""), bytes) << type;
        const auto* declared = domain::Schema::builtin().find(type);
        ASSERT_TRUE(declared) << "a record type never goes away: " << type;
        const auto content = domain::join(*declared, fields->f.value_or(json::object{}), {});
        for (const auto& member : fields->f.value_or(json::object{}))
            EXPECT_TRUE(declared->find(std::string_view(member.key().data(), member.key().size())))
                << type << "." << member.key();
        seen.insert(type + " " + version);
    }
    for (const auto& type : domain::Schema::builtin().types())
        EXPECT_TRUE(seen.contains(type.type + " " + std::to_string(type.version)))
            << "no golden leaf of " << type.type << " version " << type.version;
}

}  // namespace
}  // namespace entente
