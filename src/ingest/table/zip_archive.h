#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "base/result.h"
#include "ingest/table/byte_source.h"
#include "ingest/table/open_table.h"

namespace entente::ingest::table {

/// A ZIP file whose directory was read and found sane: few members of the names we know, nothing encrypted,
/// no two that overlap, none that unpacks to far more than it is. Nothing is ever unpacked onto a disk.
class ZipArchive {
public:
    /// Takes the descriptor over.
    /// Errors  invalid_argument: damaged, a limit passed, a name that leads
    /// outside
    static Result<std::unique_ptr<ZipArchive>> open(
        int descriptor, const std::string& name, const TableLimits& limits
    );
    virtual ~ZipArchive() = default;

    /// Members and the bytes each unpacks to.
    virtual const std::map<std::string, std::uint64_t>& members() const = 0;
    bool has(const std::string& member) const { return members().contains(member); }
    /// Unpacks a member as a stream; one at a time, the archive must outlive it.
    /// Errors  not_found · invalid_argument: damaged
    virtual Result<std::unique_ptr<ByteSource>> read(const std::string& member) = 0;
};

}  // namespace entente::ingest::table
