// outside_emitter emit            writes keys, notes, leaves and proofs, good ones and bad ones, as JSON
// outside_emitter accept FILE     reads the notes that an outside signer made with our key
#include <iostream>
#include <random>

#include <fmt/format.h>
#include <boost/json/serialize.hpp>

#include "base/check.h"
#include "base/codec.h"
#include "base/files.h"
#include "base/json.h"
#include "ledger/merkle.h"
#include "ledger/note.h"

namespace entente::outside {
namespace {

using namespace ledger;
using Random = std::mt19937_64;

constexpr std::uint64_t kLargest = 100'000;
constexpr std::uint64_t kAllSizes = 300;
const Signer kSigner("alfa.example/mil/ledger", "0123456789abcdefghijklmnopqrstuv");

json::string text(const Hash& hash) {
    return json::string(base64(hash.view()));
}
json::array texts(const std::vector<Hash>& hashes) {
    json::array out;
    for (const auto& hash : hashes) out.push_back(text(hash));
    return out;
}
void flip(Hash& hash, Random& random) {
    const auto bit = random() % 256;
    hash.bytes[bit / 8] = static_cast<std::uint8_t>(hash.bytes[bit / 8] ^ (1U << bit % 8));
}

// A log of random leaves, with the root of each of its prefixes.
class Log {
public:
    explicit Log(Random& random) {
        Frontier tree;
        roots_.push_back(tree.root());
        for (std::uint64_t i = 0; i < kLargest; ++i) {
            data_.push_back(fmt::format("leaf {} {}", i, random()));
            stored_.push_back(tree.append(leaf_hash(data_.back())));
            roots_.push_back(tree.root());
        }
    }
    const std::string& data(std::uint64_t index) const { return data_[index]; }
    const Hash& leaf(std::uint64_t index) const { return stored_[index][0]; }
    const Hash& root(std::uint64_t size) const { return roots_[size]; }
    HashReader reader() const {
        return [this](unsigned level, std::uint64_t position) -> Result<Hash> {
            return stored_[((position + 1) << level) - 1][level];
        };
    }

private:
    std::vector<std::string> data_;
    std::vector<std::vector<Hash>> stored_;
    std::vector<Hash> roots_;
};

// A path that is wrong in one thing: a bit, a hash too few or too many.
void spoil(std::vector<Hash>& path, Random& random) {
    const auto way = random() % 4;
    if (path.empty() || way == 0)
        path.push_back(leaf_hash("too many"));
    else if (way == 1)
        path.pop_back();
    else
        flip(path[random() % path.size()], random);
}

class Emitter {
public:
    json::object run() {
        for (std::uint64_t size = 1; size <= kAllSizes; ++size) {
            for (std::uint64_t i = 0; i < std::min<std::uint64_t>(size, 16); ++i) {
                inclusion(size <= 16 ? i : random_() % size, size);
                if (i < 10) consistency(size <= 10 ? i + 1 : 1 + random_() % size, size);
            }
            inclusion(size - 1, size);
        }
        for (int i = 0; i < 3'000; ++i) {
            const auto size = 1 + random_() % kLargest;
            inclusion(random_() % size, size);
            if (i % 2) consistency(1 + random_() % size, size);
        }
        for (int i = 0; i < 500; ++i) leaf(random_() % kLargest);
        notes();
        return {
            {"vkey", kSigner.verifier().vkey()},
            {"skey", kSigner.skey()},
            {"notes", notes_},
            {"bad_notes", bad_notes_},
            {"leaves", leaves_},
            {"inclusion", inclusion_},
            {"consistency", consistency_}};
    }

private:
    void inclusion(std::uint64_t index, std::uint64_t size) {
        auto path = *inclusion_proof(index, size, log_.reader());
        auto hash = log_.leaf(index), root = log_.root(size);
        put_inclusion(index, size, hash, root, path, true);
        const auto way = random_() % 5;
        if (way == 0)
            flip(hash, random_);
        else if (way == 1)
            flip(root, random_);
        else if (way == 2 && size > 1)
            index = (index + 1) % size;
        else
            spoil(path, random_);
        put_inclusion(index, size, hash, root, path, false);
    }
    void put_inclusion(
        std::uint64_t index,
        std::uint64_t size,
        const Hash& leaf,
        const Hash& root,
        const std::vector<Hash>& path,
        bool good
    ) {
        check(
            verify_inclusion(leaf, index, size, path, root) == good,
            "our own verifier judges inclusion proofs rightly"
        );
        inclusion_.push_back(json::object{
            {"size", size},
            {"index", index},
            {"leaf", text(leaf)},
            {"root", text(root)},
            {"path", texts(path)},
            {"good", good}});
    }

    void consistency(std::uint64_t from, std::uint64_t to) {
        auto path = *consistency_proof(from, to, log_.reader());
        auto before = log_.root(from), after = log_.root(to);
        put_consistency(from, to, before, after, path, true);
        const auto way = random_() % 4;
        if (way == 0)
            flip(before, random_);
        else if (way == 1)
            flip(after, random_);
        else
            spoil(path, random_);
        put_consistency(from, to, before, after, path, false);
    }
    void put_consistency(
        std::uint64_t from,
        std::uint64_t to,
        const Hash& before,
        const Hash& after,
        const std::vector<Hash>& path,
        bool good
    ) {
        check(
            verify_consistency(from, to, before, after, path) == good,
            "our own verifier judges consistency proofs rightly"
        );
        consistency_.push_back(json::object{
            {"from", from},
            {"to", to},
            {"before", text(before)},
            {"after", text(after)},
            {"path", texts(path)},
            {"good", good}});
    }

    void leaf(std::uint64_t index) {
        leaves_.push_back(json::object{{"data", log_.data(index)}, {"hash", text(log_.leaf(index))}});
    }

    // Every bit of one note is flipped in turn. Bytes that are no UTF-8 travel as base64.
    void notes() {
        for (int i = 0; i < 200; ++i) {
            const Checkpoint checkpoint{kSigner.verifier().name(), 1 + random_() % kLargest, {}};
            const auto note =
                kSigner.sign(Checkpoint{checkpoint.origin, checkpoint.size, log_.root(checkpoint.size)}.text()
                );
            notes_.push_back(json::object{
                {"note", base64(note)}, {"size", checkpoint.size}, {"root", text(log_.root(checkpoint.size))}}
            );
            if (i == 0)
                for (std::size_t bit = 0; bit < note.size() * 8; ++bit) {
                    auto bad = note;
                    bad[bit / 8] = static_cast<char>(bad[bit / 8] ^ (1 << bit % 8));
                    check(!open_checkpoint(bad, kSigner.verifier()), "we refuse a note with a flipped bit");
                    bad_notes_.push_back(json::string(base64(bad)));
                }
        }
    }

    Random random_{20'261'124};
    Log log_{random_};
    json::array notes_, bad_notes_, leaves_, inclusion_, consistency_;
};

// {"good": [{note, size, root}], "bad": [note]}
int accept(const char* file) {
    const auto content = read_file(file);
    const auto parsed = content ? parse_json(*content) : std::unexpected(content.error());
    if (!parsed) return std::cerr << parsed.error().message << "\n", 1;
    std::size_t good = 0, bad = 0;
    for (const auto& item : parsed->at("good").as_array()) {
        const auto& wanted = item.as_object();
        const auto opened = open_checkpoint(*from_base64(text_at(wanted, "note")), kSigner.verifier());
        if (!opened)
            return std::cerr << "refused a note that Go signed: " << opened.error().message << "\n", 1;
        if (static_cast<std::int64_t>(opened->size) != wanted.at("size").as_int64() ||
            base64(opened->root.view()) != text_at(wanted, "root"))
            return std::cerr << "read something else in a note that Go signed\n", 1;
        ++good;
    }
    for (const auto& item : parsed->at("bad").as_array()) {
        if (open_checkpoint(*from_base64(std::string(item.as_string())), kSigner.verifier()))
            return std::cerr << "accepted a note that is not ours\n", 1;
        ++bad;
    }
    std::cout << fmt::format("outside: {} notes signed by Go accepted, {} bad ones refused\n", good, bad);
    return good >= 100 && bad >= 100 ? 0 : 1;
}

}  // namespace
}  // namespace entente::outside

int main(int count, char** words) {
    if (count == 2 && std::string_view(words[1]) == "emit") {
        std::cout << boost::json::serialize(entente::outside::Emitter().run()) << "\n";
        return 0;
    }
    if (count == 3 && std::string_view(words[1]) == "accept") return entente::outside::accept(words[2]);
    return 2;
}
