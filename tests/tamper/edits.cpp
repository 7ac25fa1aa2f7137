#include "edits.h"

#include <algorithm>
#include <array>
#include <bit>

#include <fmt/format.h>

#include "ledger/store.h"

namespace entente::tamper {
namespace {

using ledger::Checkpoint;
using ledger::Frontier;

struct Table {
    std::string name;
    std::vector<std::string> columns;
    std::size_t key_columns;
};

const std::array<Table, 7> kTables{{
    {"entry", {"idx", "hashes", "bytes"}, 1},
    {"batch_row", {"idx", "row", "hashes", "bytes"}, 2},
    {"payload", {"idx", "row", "slot", "key", "box"}, 3},
    {"label", {"digest", "bytes"}, 1},
    {"checkpoint", {"size", "note"}, 1},
    {"receipt", {"key", "idx", "body", "mac"}, 1},
    {"head", {"one", "size", "next_key"}, 1},
}};

std::uint64_t below(Random& random, std::uint64_t count) {
    return count == 0 ? 0 : random() % count;
}
std::int64_t number(std::uint64_t value) {
    return static_cast<std::int64_t>(value);
}
std::uint64_t index_of(const Cell& cell) {
    return static_cast<std::uint64_t>(integer(cell));
}

std::string where(const Table& table) {
    std::string out = " WHERE ";
    for (std::size_t i = 0; i < table.key_columns; ++i)
        out += (i ? " AND " : "") + fmt::format("{}=?{}", table.columns[i], i + 1);
    return out;
}
Row key_of(const Table& table, const Row& row) {
    return Row(row.begin(), row.begin() + static_cast<std::ptrdiff_t>(table.key_columns));
}
Row pick(RawDatabase& database, const Table& table, Random& random) {
    const auto rows = database.rows("SELECT * FROM " + table.name);
    return rows[below(random, rows.size())];
}

std::uint64_t first_use(RawDatabase& database, const Cell& digest) {
    const Row value{Blob{bytes(digest)}};
    return static_cast<std::uint64_t>(database.number(
        "SELECT min(idx) FROM (SELECT idx FROM entry WHERE instr(bytes,?1)>0 UNION ALL "
        "SELECT idx FROM batch_row WHERE instr(bytes,?1)>0)",
        value
    ));
}

// Where a row that was changed or taken away must be found.
Place place_of(RawDatabase& database, const Table& table, const Row& row) {
    if (table.name == "entry" || table.name == "batch_row" || table.name == "payload")
        return Place::at(index_of(row[0]));
    if (table.name == "label") return Place::at(first_use(database, row[0]));
    return table.name == "checkpoint" ? Place::nowhere() : Place::anywhere();
}

// A row that moved to another entry is missed at the old one and too many at the new one.
Place moved(Place place, const Cell& target) {
    if (place.kind != Place::Kind::between || integer(target) < 0) return place;
    return Place::at(std::min(place.lowest, index_of(target)));
}

Cell flipped(const Cell& cell, Random& random) {
    if (const auto* value = std::get_if<std::int64_t>(&cell))
        return static_cast<std::int64_t>(
            static_cast<std::uint64_t>(*value) ^ (std::uint64_t{1} << below(random, 64))
        );
    std::string content = bytes(cell);
    if (!content.empty()) {
        const auto bit = below(random, content.size() * 8);
        content[bit / 8] = static_cast<char>(content[bit / 8] ^ (1 << bit % 8));
    }
    return std::holds_alternative<Blob>(cell) ? Cell(Blob{content}) : Cell(content);
}

Edit change_cell(RawDatabase& database, Random& random, bool flip) {
    const auto& table = kTables[below(random, kTables.size())];
    const auto row = pick(database, table, random);
    const auto column = below(random, row.size());
    const Cell value = flip ? flipped(row[column], random) : pick(database, table, random)[column];
    Place place = place_of(database, table, row);
    if (column == 0 && (table.name == "batch_row" || table.name == "payload")) place = moved(place, value);
    Row values = key_of(table, row);
    values.push_back(value);
    database.run(
        fmt::format("UPDATE {} SET {}=?{}{}", table.name, table.columns[column], values.size(), where(table)),
        values
    );
    return {
        fmt::format("{} in {}.{}", flip ? "a bit" : "another row's value", table.name, table.columns[column]),
        place};
}

Edit flip_cell(const Sample&, RawDatabase& database, Random& random) {
    return change_cell(database, random, true);
}
Edit borrow_cell(const Sample&, RawDatabase& database, Random& random) {
    return change_cell(database, random, false);
}

// The loss of an idempotency key is outside the promise. The newest checkpoint may be absent after a crash:
// the ratchet is written before it, and the next signature brings it back.
Edit delete_row(const Sample& sample, RawDatabase& database, Random& random) {
    for (;;) {
        const auto& table = kTables[below(random, kTables.size())];
        const auto row = pick(database, table, random);
        if (table.name == "receipt" || (table.name == "checkpoint" && index_of(row[0]) == sample.size))
            continue;
        const auto place = place_of(database, table, row);
        database.run("DELETE FROM " + table.name + where(table), key_of(table, row));
        return {"a row of " + table.name, place};
    }
}

Edit remove_disclosure(const Sample&, RawDatabase& database, Random& random) {
    const auto& payload = kTables[2];
    const auto row = pick(database, payload, random);
    database.run("DELETE FROM payload" + where(payload), key_of(payload, row));
    return {"a sealed value", Place::at(index_of(row[0]))};
}

// Everything that belongs to the last entries goes, and the head agrees.
Edit cut_tail(const Sample& sample, RawDatabase& database, Random& random) {
    const auto size = 1 + below(random, sample.size - 1);
    const Row value{number(size)};
    const auto keys = database.number("SELECT count(*) FROM payload WHERE idx<?1", value);
    for (const char* sql :
         {"DELETE FROM entry WHERE idx>=?1",
          "DELETE FROM batch_row WHERE idx>=?1",
          "DELETE FROM payload WHERE idx>=?1",
          "DELETE FROM checkpoint WHERE size>?1",
          "DELETE FROM receipt WHERE idx>=?1"})
        database.run(sql, value);
    database.run("UPDATE head SET size=?1, next_key=?2", {number(size), keys});
    return {fmt::format("all from entry {}", size), Place::at(size)};
}

std::uint64_t head_before(const Sample& sample, std::uint64_t index) {
    std::uint64_t size = 0;
    for (const auto& head : sample.signed_heads)
        if (head.size <= index) size = head.size;
    return size;
}

Edit swap_rows(const Sample& sample, RawDatabase& database, Random& random) {
    const auto& table = kTables[below(random, 3)];
    const auto a = pick(database, table, random), b = pick(database, table, random);
    std::string set;
    for (std::size_t i = table.key_columns; i < table.columns.size(); ++i)
        set += (set.empty() ? "" : ", ") + fmt::format("{}=?{}", table.columns[i], i + 1);
    const auto write = [&](const Row& key, const Row& content) {
        Row values = key_of(table, key);
        values.insert(
            values.end(), content.begin() + static_cast<std::ptrdiff_t>(table.key_columns), content.end()
        );
        return database.run("UPDATE " + table.name + " SET " + set + where(table), values);
    };
    write(a, b), write(b, a);
    const auto first = std::min(index_of(a[0]), index_of(b[0]));
    // Two entries without sealed values, each with a hash that fits, contradict only the hash of a pair.
    const bool paired = table.name == "entry" && first % 2 == 1;
    return {
        "two rows of " + table.name,
        Place::between(paired ? std::max(first - 1, head_before(sample, first)) : first, first)};
}

Edit insert_entry(const Sample& sample, RawDatabase& database, Random& random) {
    const auto row = pick(database, kTables[0], random);
    const std::int64_t places[] = {
        number(sample.size),
        number(sample.size + 1 + below(random, 1'000'000)),
        -1 - number(below(random, 9))};
    const auto index = places[below(random, 3)];
    database.run("INSERT INTO entry VALUES(?1,?2,?3)", {index, row[1], row[2]});
    return {fmt::format("an entry {}", index), index < 0 ? Place::nowhere() : Place::at(sample.size)};
}

Edit insert_row(const Sample& sample, RawDatabase& database, Random& random) {
    const auto& table = kTables[below(random, 6)];
    if (table.name == "entry") return insert_entry(sample, database, random);
    auto row = pick(database, table, random);
    Place place = Place::anywhere();
    if (table.name == "batch_row" || table.name == "payload") {
        const auto index = below(random, sample.size);
        row[0] = number(index);
        if (index == sample.batch) row[1] = below(random, 2) ? number(sample.batch_rows) : std::int64_t{-7};
        if (table.name == "payload") row[2] = number(below(random, 60));
        place = Place::at(index);
    } else if (table.name == "label") {
        row[0] = "x" + bytes(row[0]).substr(1), place = Place::nowhere();
    } else if (table.name == "checkpoint") {
        row[0] = number(below(random, 2 * sample.size)), place = Place::nowhere();
    } else {
        row[0] = "another-" + std::to_string(random());
    }
    std::string marks = "?1";
    for (std::size_t i = 2; i <= row.size(); ++i) marks += fmt::format(",?{}", i);
    database.run("INSERT INTO " + table.name + " VALUES(" + marks + ")", row);
    return {"a row of " + table.name, place};
}

// Another year in the recorded time, or another line of the file: well formed, and no hash inside needs to
// follow.
std::string forged(std::string content) {
    for (const char* mark : {"\"t\":\"2", "\"at\":\"1"})
        if (const auto at = content.find(mark); at != std::string::npos) {
            ++content[at + std::string_view(mark).size() - 1];
            return content;
        }
    return content;
}

void replace_all(std::string& text, const std::string& from, const std::string& to) {
    if (const auto at = text.find(from); at != std::string::npos) text.replace(at, from.size(), to);
}

// The log rewritten from entry `changed` on, so that all its hashes fit.
class Rewriter {
public:
    explicit Rewriter(RawDatabase& database) : database_(database) {}

    void entry(std::uint64_t changed, const std::string& content, std::uint64_t hashes_until) {
        database_.run("UPDATE entry SET bytes=?2 WHERE idx=?1", {number(changed), Blob{content}});
        Frontier tree;
        for (const auto& row : database_.rows("SELECT idx, bytes FROM entry ORDER BY idx")) {
            const auto hashes = ledger::joined(tree.append(ledger::leaf_hash(bytes(row[1]))));
            roots_.push_back(tree.root());
            if (index_of(row[0]) >= changed && index_of(row[0]) < hashes_until)
                database_.run("UPDATE entry SET hashes=?2 WHERE idx=?1", {row[0], Blob{hashes}});
        }
    }
    void sign_again(const Sample& sample) {
        for (const auto& row : database_.rows("SELECT size FROM checkpoint")) {
            const Checkpoint forgery{
                sample.signer.verifier().name(), index_of(row[0]), roots_[index_of(row[0]) - 1]};
            database_.run(
                "UPDATE checkpoint SET note=?2 WHERE size=?1", {row[0], sample.signer.sign(forgery.text())}
            );
        }
    }
    // One row of the batch, its tree, and the entry that states the root.
    std::string batch_row(const Sample& sample, std::uint64_t changed) {
        Frontier before, after;
        for (const auto& row : database_.rows("SELECT idx, row, bytes FROM batch_row ORDER BY row")) {
            const auto content = index_of(row[1]) == changed ? forged(bytes(row[2])) : bytes(row[2]);
            before.append(ledger::leaf_hash(bytes(row[2])));
            const auto hashes = ledger::joined(after.append(ledger::leaf_hash(content)));
            database_.run(
                "UPDATE batch_row SET hashes=?3, bytes=?4 WHERE idx=?1 AND row=?2",
                {row[0], row[1], Blob{hashes}, Blob{content}}
            );
        }
        auto content =
            bytes(database_.rows("SELECT bytes FROM entry WHERE idx=?1", {number(sample.batch)})[0][0]);
        replace_all(content, base64_of(before), base64_of(after));
        return content;
    }

private:
    static std::string base64_of(const Frontier& tree) {
        const auto text = Checkpoint{"x", 1, tree.root()}.text();
        return text.substr(4, 44);
    }

    RawDatabase& database_;
    std::vector<Hash> roots_;
};

std::string entry_content(RawDatabase& database, std::uint64_t index) {
    return bytes(database.rows("SELECT bytes FROM entry WHERE idx=?1", {number(index)})[0][0]);
}

// Found where the next stored hash covers the entry, or at the next head.
Edit rewrite_entry(const Sample& sample, RawDatabase& database, Random& random) {
    const auto index = below(random, sample.size);
    Rewriter(database).entry(index, forged(entry_content(database, index)), index + 1);
    const auto width = std::uint64_t{2} << std::countr_one(index);
    const auto begin = index / width * width, head = head_before(sample, index);
    return {
        fmt::format("entry {} and its hashes", index),
        Place::between(begin + width > sample.size ? head : std::max(begin, head), index)};
}

Edit rewrite_all(const Sample& sample, RawDatabase& database, Random& random) {
    const auto index = below(random, sample.size);
    Rewriter(database).entry(index, forged(entry_content(database, index)), UINT64_MAX);
    return {fmt::format("entry {} and all hashes", index), Place::between(head_before(sample, index), index)};
}

Edit rewrite_with_key(const Sample& sample, RawDatabase& database, Random& random) {
    const bool kept = below(random, 2);
    const auto index = below(random, kept ? sample.kept.size : sample.size);
    Rewriter rewriter(database);
    rewriter.entry(index, forged(entry_content(database, index)), UINT64_MAX);
    rewriter.sign_again(sample);
    return {
        fmt::format("entry {}, all hashes and signatures", index),
        Place::between(kept ? 0 : head_before(sample, index), index),
        kept,
        !kept};
}

Edit rewrite_batch_with_key(const Sample& sample, RawDatabase& database, Random& random) {
    Rewriter rewriter(database);
    const auto row = below(random, sample.batch_rows);
    rewriter.entry(sample.batch, rewriter.batch_row(sample, row), UINT64_MAX);
    rewriter.sign_again(sample);
    return {
        fmt::format("row {}, all hashes and signatures", row),
        Place::between(head_before(sample, sample.batch), sample.batch)};
}

Edit change_schema(const Sample&, RawDatabase& database, Random& random) {
    const char* const statements[] = {
        "CREATE TABLE extra(x)",
        "CREATE VIEW shown AS SELECT * FROM entry",
        "CREATE INDEX by_bytes ON entry(bytes)",
        "CREATE TRIGGER quiet BEFORE INSERT ON entry BEGIN SELECT RAISE(IGNORE); END",
        "ALTER TABLE label ADD COLUMN note TEXT",
        "ANALYZE",
        "DROP TABLE receipt",
    };
    const auto* const sql = statements[below(random, std::size(statements))];
    database.run(sql);
    return {sql, Place::nowhere()};
}

const EditKind kKinds[] = {
    {"bit of a cell", 120, flip_cell},
    {"value of another row", 50, borrow_cell},
    {"row deleted", 50, delete_row},
    {"tail cut", 30, cut_tail},
    {"rows swapped", 30, swap_rows},
    {"disclosure removed", 25, remove_disclosure},
    {"row inserted", 35, insert_row},
    {"entry rewritten with its hashes", 20, rewrite_entry},
    {"all hashes rewritten", 10, rewrite_all},
    {"rewritten by the key holder", 18, rewrite_with_key},
    {"batch rewritten by the key holder", 5, rewrite_batch_with_key},
    {"schema changed", 7, change_schema},
};

}  // namespace

std::span<const EditKind> edit_kinds() {
    return kKinds;
}

}  // namespace entente::tamper
