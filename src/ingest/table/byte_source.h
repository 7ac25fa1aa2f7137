#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace entente::ingest::table {

/// Bytes in order, from a file or out of a packed one. Not for several threads.
class ByteSource {
public:
    virtual ~ByteSource() = default;
    /// Reads at most `size` bytes; 0 only at the end.
    /// Errors  unavailable: the file · invalid_argument: damaged or cut packing, a limit passed
    virtual Result<std::size_t> read(char* into, std::size_t size) = 0;
    /// Bytes taken from the file so far, as stored.
    virtual std::uint64_t bytes_read() const = 0;
};

/// A file from where its descriptor stands; closes it. Its first bytes can be looked at beforehand.
class FileSource : public ByteSource {
public:
    /// `name` stands in messages.
    FileSource(int descriptor, std::string name);
    FileSource(const FileSource&) = delete;
    FileSource& operator=(const FileSource&) = delete;
    ~FileSource() override;

    /// The first bytes, at most 4 KiB, without taking them.
    /// Errors  unavailable
    Result<std::string_view> peek();
    Result<std::size_t> read(char* into, std::size_t size) override;
    std::uint64_t bytes_read() const override { return bytes_read_; }
    /// Size of the file; 0 when it is none (a pipe).
    std::uint64_t bytes_total() const;
    int descriptor() const { return descriptor_; }

private:
    Result<std::size_t> read_file(char* into, std::size_t size);

    int descriptor_;
    std::string name_;
    std::string peeked_;
    std::size_t peeked_used_ = 0;
    std::uint64_t bytes_read_ = 0;
};

/// What unpacking may come to.
struct UnpackLimits {
    std::uint64_t bytes = 0;
    std::uint64_t ratio = 0;  ///< unpacked to packed, once over 1 MiB is unpacked
};

/// Unpacks gzip (RFC 1952, one member after the other).
std::unique_ptr<ByteSource> gunzip(std::unique_ptr<ByteSource> packed, UnpackLimits limits, std::string name);
/// Unpacks zstd (RFC 8878, one frame after the other).
std::unique_ptr<ByteSource> unzstd(std::unique_ptr<ByteSource> packed, UnpackLimits limits, std::string name);

/// Unpacks as the first bytes say; hands on what is not packed.
std::unique_ptr<ByteSource> unpack(
    std::unique_ptr<ByteSource> source, std::string_view first_bytes, UnpackLimits limits, std::string name
);

}  // namespace entente::ingest::table
