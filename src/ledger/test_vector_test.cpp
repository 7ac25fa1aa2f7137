// The published test vector of the entry format, byte for byte. A change here is a change of the record
// itself.
#include <gtest/gtest.h>

#include "base/codec.h"
#include "ledger/disclosure.h"
#include "ledger/entry.h"
#include "ledger/merkle.h"
#include "ledger/note.h"

namespace entente::ledger {
namespace {

constexpr const char* kLabel = "JkNEYNSpi7v3jmCeokur2vzwq_cnG1onUGmh3gKxlcE";
constexpr const char* kBy = "tlzbcmu3f7ec4xx6sbqgfrzqba";
constexpr const char* kRecord = "odhioh4khu73isn4hq5m4zkhzy";

std::string salt(char byte) {
    return std::string(32, byte);
}
Disclosure disclosure(char salt_byte, const char* name, const char* value) {
    return *Disclosure::make(salt(salt_byte), name, value);
}
json::object held(const char* precision, const char* from, const char* to) {
    return {{"from", from}, {"precision", precision}, {"to", to}};
}

EntryFields fields(const char* kind, const char* rec, const char* type) {
    EntryFields e;
    e.kind = kind, e.rec = rec, e.type = type;
    return e;
}

const Disclosure kTitle = disclosure(1, "title", "Staff talks");
const Disclosure kPeople = disclosure(2, "people", "A. Example");
const Disclosure kNote = disclosure(3, "note", "Tea at four");
const Disclosure kOther = disclosure(4, "people", "B. Example");

std::string entry_0() {
    auto e = fields("record", kRecord, "engagement");
    e.f = json::object{
        {"category", "DLG"},
        {"held", held("range", "2026-11-20", "2026-11-21")},
        {"places", json::object{{"none", "unknown"}}}};
    e.sd = {kTitle.digest(), kPeople.digest(), kNote.digest()};
    e.lbl = kLabel, e.by = kBy, e.t = parse_instant("2026-11-21T20:00:00.000001Z");
    return *encode(e);
}
std::string entry_1() {
    auto e = fields("supersede", kRecord, "engagement");
    e.f = json::object{
        {"category", "DLG"},
        {"held", held("day", "2026-11-20", "2026-11-20")},
        {"places", json::object{{"none", "not_released"}}}};
    e.sd = {kTitle.digest(), kPeople.digest(), kNote.digest()};
    e.lbl = kLabel, e.by = kBy, e.t = parse_instant("2026-11-21T20:04:00.000002Z");
    e.prev = leaf_hash(entry_0()), e.reason = "correction";
    return *encode(e);
}
std::string row_0() {
    auto e = fields("row", "go4kjqsyj7e7dnw37dndctuapq", "engagement");
    e.f = json::object{{"category", "KLE"}, {"held", held("month", "1989-06-01", "1989-06-30")}};
    e.sd = {kOther.digest()}, e.at = "1:2";
    return *encode(e);
}
std::string row_1() {
    auto e = fields("row", "qp2226buvh24l64g3ku5ndu3zu", "shock");
    e.f = json::object{{"kind", "law"}, {"on", held("year", "2000-01-01", "2000-12-31")}};
    e.at = "2:7";
    return *encode(e);
}
Frontier batch() {
    Frontier tree;
    tree.append(leaf_hash(row_0()));
    tree.append(leaf_hash(row_1()));
    return tree;
}
std::string entry_2() {
    auto e = fields("import", "3fbpmsegk6gyorzrfy3i5wjnt4", "");
    e.f = json::object{
        {"files",
         json::array{
             json::object{{"bytes", 120}, {"sha256", "dpLDrTVAu4A8Ags67mbNiIcSMjTqDG5xQ8Ct1z/0Me0="}},
             json::object{{"bytes", 80}, {"sha256", "P8TM/nRYcOLA2Z9x8w/wZWyN7dQcwdfT03aw2+aF4vM="}}}},
        {"root", base64(batch().root().view())},
        {"rows", 2},
        {"source", "ihhwpff2iialqoofguyvkxyphe"}};
    e.lbl = kLabel, e.by = kBy, e.t = parse_instant("2026-11-21T20:04:30.000003Z");
    return *encode(e);
}
std::string entry_3() {
    auto e = fields("erase", kRecord, "");
    e.erased = {kPeople.digest()};
    e.lbl = kLabel, e.by = kBy, e.t = parse_instant("2026-11-21T20:05:00.000004Z"),
    e.reason = "request_of_person";
    return *encode(e);
}

TEST(TestVector, Disclosures) {
    EXPECT_EQ(
        kTitle.text,
        "WyJBUUVCQVFFQkFRRUJBUUVCQVFFQkFRRUJBUUVCQVFFQkFRRUJBUUVCQVFFIiwidGl0bGUiLCJTdGFmZiB0YWxrcyJd"
    );
    EXPECT_EQ(kTitle.digest(), "hoakZESJc-XJ45Tu4xMlDR0-4SreOBupkkPz3nD4SN4");
    EXPECT_EQ(
        kPeople.text,
        "WyJBZ0lDQWdJQ0FnSUNBZ0lDQWdJQ0FnSUNBZ0lDQWdJQ0FnSUNBZ0lDQWdJIiwicGVvcGxlIiwiQS4gRXhhbXBsZSJd"
    );
    EXPECT_EQ(kPeople.digest(), "M-ja0FI93D7Vm63kcVCkUX-RQJzmX6-PLtavWWdaRcE");
    EXPECT_EQ(
        kNote.text,
        "WyJBd01EQXdNREF3TURBd01EQXdNREF3TURBd01EQXdNREF3TURBd01EQXdNIiwibm90ZSIsIlRlYSBhdCBmb3VyIl0"
    );
    EXPECT_EQ(kNote.digest(), "OjrDx9lTROS0SbslUOwKfe6dBjq4yvMtvpor4K2drfI");
    EXPECT_EQ(
        kOther.text,
        "WyJCQVFFQkFRRUJBUUVCQVFFQkFRRUJBUUVCQVFFQkFRRUJBUUVCQVFFQkFRIiwicGVvcGxlIiwiQi4gRXhhbXBsZSJd"
    );
    EXPECT_EQ(kOther.digest(), "K0ZpvfM7shgUEwCQCFCAVBk1AcLntVoTAkBxaeew-eQ");
    const auto opened = kNote.open();
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->name, "note");
    EXPECT_EQ(opened->value, "Tea at four");
}

TEST(TestVector, EntryBytes) {
    EXPECT_EQ(
        entry_0(),
        R"({"_sd":["M-ja0FI93D7Vm63kcVCkUX-RQJzmX6-PLtavWWdaRcE","OjrDx9lTROS0SbslUOwKfe6dBjq4yvMtvpor4K2drfI","hoakZESJc-XJ45Tu4xMlDR0-4SreOBupkkPz3nD4SN4"],"by":"tlzbcmu3f7ec4xx6sbqgfrzqba","f":{"category":"DLG","held":{"from":"2026-11-20","precision":"range","to":"2026-11-21"},"places":{"none":"unknown"}},"kind":"record","lbl":"JkNEYNSpi7v3jmCeokur2vzwq_cnG1onUGmh3gKxlcE","rec":"odhioh4khu73isn4hq5m4zkhzy","t":"2026-11-21T20:00:00.000001Z","type":"engagement","v":1})"
    );
    EXPECT_EQ(
        entry_1(),
        R"({"_sd":["M-ja0FI93D7Vm63kcVCkUX-RQJzmX6-PLtavWWdaRcE","OjrDx9lTROS0SbslUOwKfe6dBjq4yvMtvpor4K2drfI","hoakZESJc-XJ45Tu4xMlDR0-4SreOBupkkPz3nD4SN4"],"by":"tlzbcmu3f7ec4xx6sbqgfrzqba","f":{"category":"DLG","held":{"from":"2026-11-20","precision":"day","to":"2026-11-20"},"places":{"none":"not_released"}},"kind":"supersede","lbl":"JkNEYNSpi7v3jmCeokur2vzwq_cnG1onUGmh3gKxlcE","prev":"ZI1kPTxXUXD6xFdRwpJajVWPod31gZ7pTtVWRX5lM/M=","reason":"correction","rec":"odhioh4khu73isn4hq5m4zkhzy","t":"2026-11-21T20:04:00.000002Z","type":"engagement","v":1})"
    );
    EXPECT_EQ(
        entry_2(),
        R"({"by":"tlzbcmu3f7ec4xx6sbqgfrzqba","f":{"files":[{"bytes":120,"sha256":"dpLDrTVAu4A8Ags67mbNiIcSMjTqDG5xQ8Ct1z/0Me0="},{"bytes":80,"sha256":"P8TM/nRYcOLA2Z9x8w/wZWyN7dQcwdfT03aw2+aF4vM="}],"root":"O9IpfJ5XNx2O+9eVI/tJYM0qvMzT7QXhUFKQi/1OUGw=","rows":2,"source":"ihhwpff2iialqoofguyvkxyphe"},"kind":"import","lbl":"JkNEYNSpi7v3jmCeokur2vzwq_cnG1onUGmh3gKxlcE","rec":"3fbpmsegk6gyorzrfy3i5wjnt4","t":"2026-11-21T20:04:30.000003Z","v":1})"
    );
    EXPECT_EQ(
        entry_3(),
        R"({"by":"tlzbcmu3f7ec4xx6sbqgfrzqba","erased":["M-ja0FI93D7Vm63kcVCkUX-RQJzmX6-PLtavWWdaRcE"],"kind":"erase","lbl":"JkNEYNSpi7v3jmCeokur2vzwq_cnG1onUGmh3gKxlcE","reason":"request_of_person","rec":"odhioh4khu73isn4hq5m4zkhzy","t":"2026-11-21T20:05:00.000004Z","v":1})"
    );
}

TEST(TestVector, RowBytes) {
    EXPECT_EQ(
        row_0(),
        R"({"_sd":["K0ZpvfM7shgUEwCQCFCAVBk1AcLntVoTAkBxaeew-eQ"],"at":"1:2","f":{"category":"KLE","held":{"from":"1989-06-01","precision":"month","to":"1989-06-30"}},"kind":"row","rec":"go4kjqsyj7e7dnw37dndctuapq","type":"engagement","v":1})"
    );
    EXPECT_EQ(
        row_1(),
        R"({"at":"2:7","f":{"kind":"law","on":{"from":"2000-01-01","precision":"year","to":"2000-12-31"}},"kind":"row","rec":"qp2226buvh24l64g3ku5ndu3zu","type":"shock","v":1})"
    );
}

TEST(TestVector, TreeAndProofs) {
    std::vector<std::vector<Hash>> stored;
    Frontier tree;
    for (const auto& entry : {entry_0(), entry_1(), entry_2(), entry_3()})
        stored.push_back(tree.append(leaf_hash(entry)));
    const HashReader read = [&](unsigned level, std::uint64_t position) -> Result<Hash> {
        return stored[((position + 1) << level) - 1][level];
    };
    EXPECT_EQ(base64(stored[0][0].view()), "ZI1kPTxXUXD6xFdRwpJajVWPod31gZ7pTtVWRX5lM/M=");
    EXPECT_EQ(base64(stored[1][0].view()), "d5hegam8BDs1nIFPsrcAyEMV7a+S1v0+q7pCz920wbU=");
    EXPECT_EQ(base64(stored[2][0].view()), "LIIIUptrnhNqYEjMqjjZLx5jfSq08VL1tdlsjotawEc=");
    EXPECT_EQ(base64(stored[3][0].view()), "Odn/OKVlg2WJB9nE7+F0M3eJVkY/IPULrQ/15fdvxsM=");
    EXPECT_EQ(base64(tree.root().view()), "5jk5F85C6JbNsTvgv7BUPaOyYoUGtpl1gS35W+E99Qw=");
    const auto path = inclusion_proof(2, 4, read);
    ASSERT_TRUE(path);
    ASSERT_EQ(path->size(), 2U);
    EXPECT_EQ(base64((*path)[0].view()), "Odn/OKVlg2WJB9nE7+F0M3eJVkY/IPULrQ/15fdvxsM=");
    EXPECT_EQ(base64((*path)[1].view()), "8X0+IVRTN3PROd3JsptIitCkKKvDXjY2LGkgneayhGU=");
    EXPECT_TRUE(verify_inclusion(stored[2][0], 2, 4, *path, tree.root()));
    EXPECT_EQ(base64(leaf_hash(row_0()).view()), "HfCdnsxjV/W8xngUfm85gHgVCT6Pdecxsy5mFLy4goI=");
    EXPECT_EQ(base64(leaf_hash(row_1()).view()), "mS7Rc7Tr8sJGYoXLKEG1Aompz19cmV6KU6tBmMRVXf0=");
    EXPECT_EQ(base64(batch().root().view()), "O9IpfJ5XNx2O+9eVI/tJYM0qvMzT7QXhUFKQi/1OUGw=");
    EXPECT_TRUE(verify_inclusion(leaf_hash(row_0()), 0, 2, std::vector{leaf_hash(row_1())}, batch().root()));
}

TEST(TestVector, KeyAndNote) {
    std::string seed;
    for (char byte = 0; byte < 32; ++byte) seed.push_back(byte);
    const Signer signer("alfa.example/mil/ledger", seed);
    EXPECT_EQ(
        signer.verifier().vkey(),
        "alfa.example/mil/ledger+3b710e67+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4"
    );
    Frontier tree;
    for (const auto& entry : {entry_0(), entry_1(), entry_2(), entry_3()}) tree.append(leaf_hash(entry));
    const Checkpoint checkpoint{"alfa.example/mil/ledger", tree.size(), tree.root()};
    const std::string note = signer.sign(checkpoint.text());
    EXPECT_EQ(
        note,
        "alfa.example/mil/ledger\n4\n5jk5F85C6JbNsTvgv7BUPaOyYoUGtpl1gS35W+E99Qw=\n\n\xE2\x80\x94 "
        "alfa.example/mil/ledger "
        "O3EOZxaB9opRZpxB31EO6SDCQfb2OQjtk/8YH2UBgbcju/vDvIQjnf9oTTrKRc+x+mCpZbszdvvOX55vh0UmVAwJVQE=\n"
    );
    const auto opened = open_checkpoint(note, signer.verifier());
    ASSERT_TRUE(opened) << opened.error().message;
    EXPECT_EQ(*opened, checkpoint);
    EXPECT_EQ(Signer::parse(signer.skey())->skey(), signer.skey());
    EXPECT_EQ(Verifier::parse(signer.verifier().vkey())->vkey(), signer.verifier().vkey());
}

TEST(TestVector, EveryFlippedBitOfTheNoteIsRefused) {
    const Signer signer("alfa.example/mil/ledger", std::string(32, 7));
    const std::string note = signer.sign(Checkpoint{"alfa.example/mil/ledger", 4, leaf_hash("x")}.text());
    const auto good = open_checkpoint(note, signer.verifier());
    ASSERT_TRUE(good);
    std::size_t refused = 0;
    for (std::size_t bit = 0; bit < note.size() * 8; ++bit) {
        std::string bad = note;
        bad[bit / 8] = static_cast<char>(bad[bit / 8] ^ (1 << bit % 8));
        const auto opened = open_checkpoint(bad, signer.verifier());
        EXPECT_FALSE(opened) << "bit " << bit << " of " << note.size() * 8;
        refused += !opened;
    }
    EXPECT_EQ(refused, note.size() * 8);
}

TEST(Entry, ScanFindsWhatAVerifierNeedsWhateverTheFieldsSay) {
    auto e = fields("record", kRecord, "shock");
    e.f = json::object{{"kind", "law"}, {"title", R"(x","kind":"import","lbl":"y)"}};
    e.sd = {kTitle.digest(), kNote.digest()}, e.lbl = kLabel, e.by = kBy, e.t = Instant{0};
    const auto bytes = *encode(e);
    const auto found = scan(bytes);
    EXPECT_EQ(found.kind, "record");
    EXPECT_EQ(found.lbl, kLabel);
    EXPECT_EQ(found.sd, "\"" + kNote.digest() + "\",\"" + kTitle.digest() + "\"");
    EXPECT_TRUE(is_canonical(bytes));
    EXPECT_EQ(scan(row_1()).kind, "row");
    EXPECT_EQ(scan(row_1()).lbl, "");
    EXPECT_EQ(scan(row_1()).sd, "");
}

TEST(Entry, ReadsWhatItWrites) {
    for (const auto& bytes : {entry_0(), entry_1(), entry_2(), entry_3(), row_0(), row_1()}) {
        const auto fields = decode(bytes);
        ASSERT_TRUE(fields);
        EXPECT_EQ(*encode(*fields), bytes);
        EXPECT_TRUE(is_canonical(bytes));
    }
}

}  // namespace
}  // namespace entente::ledger
