#include "replay.h"

#include <fstream>
#include <memory>
#include <sstream>

#include "base/check.h"
#include "base/files.h"

namespace entente::crash {
namespace {

namespace fs = std::filesystem;
using Kind = Operation::Kind;

constexpr std::size_t kSector = 512;

// Content of a file, and what was done to it since it was last flushed.
struct Inode {
    std::string flushed;
    std::vector<const Operation*> pending;
};
using Names = std::map<std::string, std::shared_ptr<Inode>>;

enum class Policy : std::uint8_t { none, all, some_writes, some_sectors };

void put_sector(std::string& content, const Operation& write, std::size_t begin, std::size_t length) {
    const auto at = write.offset + begin;
    if (content.size() < at + length) content.resize(at + length, '\0');
    content.replace(at, length, write.data, begin, length);
}

void apply(std::string& content, const Operation& operation, Policy policy, std::mt19937_64& random) {
    if (policy == Policy::some_writes && random() % 2) return;
    if (operation.kind == Kind::truncate) return content.resize(operation.offset, '\0');
    for (std::size_t at = 0; at < operation.data.size();) {
        // Sectors are those of the disk, not of the write.
        const auto length = std::min(operation.data.size() - at, kSector - (operation.offset + at) % kSector);
        if (policy != Policy::some_sectors || random() % 2) put_sector(content, operation, at, length);
        at += length;
    }
}

std::string after_cut(const Inode& inode, std::mt19937_64& random) {
    const auto policy = static_cast<Policy>(random() % 4);
    std::string content = inode.flushed;
    if (policy == Policy::none) return content;
    for (const auto* operation : inode.pending) apply(content, *operation, policy, random);
    return content;
}

std::string parent_of(const std::string& path) {
    const auto parent = fs::path(path).parent_path().string();
    return parent.empty() ? "." : parent;
}

// The disk while the operations run: names and inodes as the program sees them, and the names as they are on
// the disk.
class Disk {
public:
    explicit Disk(const fs::path& initial) {
        for (const auto& entry : fs::recursive_directory_iterator(initial)) {
            if (!entry.is_regular_file()) continue;
            auto inode = std::make_shared<Inode>();
            inode->flushed = *read_file(entry.path());
            seen_[fs::relative(entry.path(), initial).string()] = std::move(inode);
        }
        flushed_ = seen_;
    }

    void run(const Operation& operation) {
        const auto& path = operation.path;
        switch (operation.kind) {
            case Kind::write:
            case Kind::truncate:
                inode(path).pending.push_back(&operation);
                break;
            case Kind::sync:
                flush(path);
                break;
            case Kind::create:
            case Kind::unlink:
            case Kind::rename:
                if (operation.kind == Kind::create) fresh_[&operation] = std::make_shared<Inode>();
                rename(seen_, operation);
                names_.push_back(&operation);
                break;
            case Kind::say:
                break;
        }
    }

    void cut(std::mt19937_64& random, const fs::path& node) {
        // Changes of names are kept in their order, as a journal keeps them, up to some point.
        const auto kept = random() % (names_.size() + 1);
        for (std::size_t i = 0; i < kept; ++i) rename(flushed_, *names_[i]);
        fs::remove_all(node);
        for (const auto& [path, inode] : flushed_) {
            if (path.ends_with("-shm")) continue;  // mapped memory; SQLite makes it again
            fs::create_directories((node / path).parent_path());
            const auto content = after_cut(*inode, random);
            std::ofstream(node / path, std::ios::binary)
                .write(content.data(), static_cast<std::streamsize>(content.size()));
        }
    }

private:
    Inode& inode(const std::string& path) {
        auto& found = seen_[path];
        check(found != nullptr, "the trace writes only to files that are there");
        return *found;
    }

    void flush(const std::string& path) {
        if (seen_.contains(path)) {
            auto& file = inode(path);
            std::mt19937_64 unused;
            for (const auto* operation : file.pending) apply(file.flushed, *operation, Policy::all, unused);
            file.pending.clear();
            return;
        }
        std::erase_if(names_, [&](const Operation* operation) {
            const bool here = parent_of(operation->path) == path;
            if (here) rename(flushed_, *operation);
            return here;
        });
    }

    void rename(Names& names, const Operation& operation) {
        if (operation.kind == Kind::create) names[operation.path] = fresh_.at(&operation);
        if (operation.kind == Kind::unlink) names.erase(operation.path);
        if (operation.kind == Kind::rename) {
            names[operation.path] = names[operation.data];
            names.erase(operation.data);
        }
    }

    Names seen_;
    Names flushed_;
    std::map<const Operation*, std::shared_ptr<Inode>> fresh_;
    std::vector<const Operation*> names_;  // not flushed yet
};

std::string take(std::istream& in, std::size_t length) {
    std::string data(length, '\0');
    in.read(data.data(), static_cast<std::streamsize>(length));
    in.ignore(1);
    return data;
}

Operation parse(const std::string& line, std::istream& in) {
    std::istringstream words(line);
    std::string letter;
    Operation operation{};
    words >> letter;
    std::size_t length = 0;
    if (letter == "W" && words >> operation.path >> operation.offset >> length)
        operation.kind = Kind::write, operation.data = take(in, length);
    else if (letter == "A" && words >> length)
        operation.kind = Kind::say, operation.data = take(in, length);
    else if (letter == "S" && words >> operation.path)
        operation.kind = Kind::sync;
    else if (letter == "C" && words >> operation.path)
        operation.kind = Kind::create;
    else if (letter == "U" && words >> operation.path)
        operation.kind = Kind::unlink;
    else if (letter == "R" && words >> operation.data >> operation.path)
        operation.kind = Kind::rename;
    else if (letter.starts_with("T") && words >> operation.path)
        operation.kind = Kind::truncate, operation.offset = std::stoull(letter.substr(1));
    else
        check(false, "the trace can be read");
    return operation;
}

}  // namespace

std::vector<Operation> read_trace(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::vector<Operation> out;
    for (std::string line; std::getline(in, line);) out.push_back(parse(line, in));
    return out;
}

Told PowerCut::make(std::size_t done, std::mt19937_64& random, const fs::path& node) const {
    Disk disk(initial_);
    std::vector<std::string> lines;
    for (std::size_t i = 0; i < done; ++i) {
        disk.run(trace_[i]);
        if (trace_[i].kind == Kind::say) lines.push_back(trace_[i].data.substr(0, trace_[i].data.find('\n')));
    }
    disk.cut(random, node);
    return Told::read(lines);
}

}  // namespace entente::crash
