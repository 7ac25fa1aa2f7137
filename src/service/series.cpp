#include "service/series.h"

#include <fmt/format.h>

#include <cstring>

#include "base/codec.h"
#include "ingest/embedded_tables.h"
#include "ledger/merkle.h"
#include "service/school_families.h"

namespace entente::service {
namespace {

namespace fs = std::filesystem;
using measures::series::SeriesRows;

/// Grows when the same records give other rows.
constexpr int kVersion = 1;
constexpr int kLockWaitMilliseconds = 60'000;
constexpr std::string_view kMagic = "ENTROWS1";
const std::vector<std::string> kTypes{"engagement", "agreement", "training_line", "tally"};

/// Stands behind the rows: what they are of. A file that does not end in one is not whole.
struct Tail {
    std::uint64_t entries = 0;  ///< of the log that were taken in
    std::uint64_t place = 0;    ///< of the last revision
    Hash leaf{};                ///< of the last of the entries
    Hash fingerprint{};         ///< of all that the rows depend on besides the log

    static constexpr std::size_t kSize = kMagic.size() + 2 * sizeof(std::uint64_t) + 3 * sizeof(Hash);

    std::string bytes() const {
        std::string out(kMagic);
        for (const auto number : {entries, place})
            out.append(reinterpret_cast<const char*>(&number), sizeof number);
        out += leaf.view();
        out += fingerprint.view();
        return out + std::string(sha256(out).view());
    }
    static std::optional<Tail> read(std::string_view bytes) {
        Tail out;
        std::memcpy(&out.entries, bytes.data() + kMagic.size(), sizeof out.entries);
        std::memcpy(&out.place, bytes.data() + kMagic.size() + sizeof out.entries, sizeof out.place);
        const auto hashes = bytes.substr(kMagic.size() + 2 * sizeof(std::uint64_t));
        out.leaf = *Hash::from_bytes(hashes.substr(0, sizeof(Hash)));
        out.fingerprint = *Hash::from_bytes(hashes.substr(sizeof(Hash), sizeof(Hash)));
        return out.bytes() == bytes ? std::optional(out) : std::nullopt;
    }
};

Hash fingerprint_of(const Node& node, const measures::Parameters& parameters) {
    return sha256(
        fmt::format("{} {} {}\n", kVersion, node.index_name(), parameters.hash),
        ingest::embedded_table("school_families.csv")
    );
}

Result<Hash> leaf_of(ledger::LedgerReader& reader, std::uint64_t entries) {
    if (entries == 0) return Hash{};
    ENTENTE_ASSIGN_OR_RETURN(const auto bytes, reader.entry_bytes(entries - 1));
    return ledger::leaf_hash(bytes);
}

/// The file as it was left, and what it holds.
struct Kept {
    Tail tail;
    SeriesRows rows;
};

/// Nothing when there is no file, or none that can be gone on with.
std::optional<Kept> read_kept(const fs::path& file, const Hash& fingerprint, ledger::LedgerReader& reader) {
    const auto content = read_file(file);
    if (!content || content->size() < Tail::kSize) return std::nullopt;
    const auto end = std::string_view(*content).substr(content->size() - Tail::kSize);
    const auto tail = Tail::read(end);
    if (!tail || tail->fingerprint != fingerprint) return std::nullopt;
    const auto log = reader.head();
    if (!log || tail->entries > log->size) return std::nullopt;
    const auto leaf = leaf_of(reader, tail->entries);
    if (!leaf || *leaf != tail->leaf) return std::nullopt;
    auto rows = SeriesRows::read(std::string_view(*content).substr(0, content->size() - Tail::kSize));
    if (!rows) return std::nullopt;
    return Kept{*tail, *std::move(rows)};
}

/// Adds what one revision says.
class Collector {
public:
    Collector(SeriesRows& rows, const measures::Parameters& parameters)
        : rows_(rows), parameters_(parameters) {}

    void take(std::uint64_t place, const ledger::Revision& revision) {
        if (revision.kind == "retract") return;
        const auto& [rec, type, content] = std::tie(revision.rec, revision.type, revision.content);
        if (type == "engagement")
            return rows_.add(place, rec, measures::read_engagement(rec, content), parameters_);
        if (type == "agreement")
            return rows_.add(place, rec, measures::read_agreement(rec, content), parameters_);
        if (type == "tally") return rows_.add(place, rec, measures::read_tally(rec, content), parameters_);
        auto line = measures::read_training_line(rec, content);
        line.school_families = families_.of(line);
        rows_.add(place, rec, line, parameters_);
    }

private:
    SeriesRows& rows_;
    const measures::Parameters& parameters_;
    SchoolFamilies families_;
};

/// Puts what is new, and where the rows end now, in the place of where they ended.
Result<void> write(const fs::path& file, std::size_t items_before, const std::string& added) {
    if (items_before == 0) return replace_file(file, added, 0600);
    std::error_code ec;
    fs::resize_file(file, items_before * SeriesRows::kBytes, ec);
    if (ec)
        return fail(
            ErrorCode::unavailable, "series", fmt::format("could not cut {}: {}", file.string(), ec.message())
        );
    return append_file(file, added, 0600);
}

}  // namespace

fs::path Series::path_of(const Node& node, const measures::Parameters& parameters) {
    return node.directory() /
           fmt::format("series-{}.bin", hex(fingerprint_of(node, parameters).view().substr(0, 6)));
}

Result<Series> Series::open(Node& node, const measures::Parameters& parameters) {
    const auto file = path_of(node, parameters);
    ENTENTE_ASSIGN_OR_RETURN(
        const auto lock, FileLock::acquire(file.string() + ".lock", kLockWaitMilliseconds)
    );
    ENTENTE_ASSIGN_OR_RETURN(const auto up_to_date, node.view());
    ENTENTE_ASSIGN_OR_RETURN(const auto reader, node.store().read());
    const auto fingerprint = fingerprint_of(node, parameters);
    auto kept = read_kept(file, fingerprint, *reader).value_or(Kept{});
    Series out;
    out.rows_ = std::move(kept.rows);
    const auto items_before = out.rows_.items();
    Tail tail = kept.tail;
    tail.fingerprint = fingerprint;
    Collector collector(out.rows_, parameters);
    const auto visit = [&](std::uint64_t place, const ledger::Revision& revision) -> Result<void> {
        collector.take(place, revision);
        tail.place = place;
        return {};
    };
    ENTENTE_ASSIGN_OR_RETURN(tail.entries, node.index().each_revision(kTypes, kept.tail.place, visit));
    if (tail.entries == kept.tail.entries) return out;
    // The index may hold more than the log did when that was read.
    ENTENTE_ASSIGN_OR_RETURN(const auto now, node.store().read());
    ENTENTE_ASSIGN_OR_RETURN(tail.leaf, leaf_of(*now, tail.entries));
    ENTENTE_RETURN_IF_ERROR(write(file, items_before, out.rows_.take_bytes() + tail.bytes()));
    return out;
}

Result<std::vector<measures::series::TieRows>> Series::ties(ledger::RecordView& view, std::string_view actor)
    const {
    ENTENTE_ASSIGN_OR_RETURN(const auto current, view.current_places(kTypes));
    return rows_.ties(current, actor);
}

}  // namespace entente::service
