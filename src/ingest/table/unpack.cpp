#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <zlib.h>
#include <zstd.h>

#include "base/check.h"
#include "ingest/table/byte_source.h"

namespace entente::ingest::table {
namespace {

constexpr std::size_t kPackedChunk = 64U << 10;
constexpr std::uint64_t kRatioFrom = 1U << 20;
constexpr int kWindowLogMax = 27;  // 128 MiB: what the zstd program itself unpacks without being told to

/// What both have in common: a chunk of packed bytes at a time, and the limits.
class Unpacker : public ByteSource {
public:
    Unpacker(std::unique_ptr<ByteSource> packed, UnpackLimits limits, std::string name)
        : packed_(std::move(packed)), limits_(limits), name_(std::move(name)) {}

    std::uint64_t bytes_read() const override { return packed_->bytes_read(); }

protected:
    // False at the end of the file. Requires: all of the last chunk was used.
    Result<bool> next_chunk() {
        ENTENTE_ASSIGN_OR_RETURN(size_, packed_->read(chunk_.data(), chunk_.size()));
        used_ = 0;
        return size_ > 0;
    }

    Result<std::size_t> checked(std::size_t made) {
        unpacked_ += made;
        const auto taken = packed_->bytes_read() - (size_ - used_);
        if (unpacked_ > limits_.bytes)
            return broken(fmt::format("unpacks to over {} MiB, which is the limit", limits_.bytes >> 20));
        if (unpacked_ > kRatioFrom && unpacked_ / limits_.ratio > taken)
            return broken(fmt::format(
                "{} packed bytes unpack to over {}, more than {} times as much, which is the limit",
                taken,
                unpacked_,
                limits_.ratio
            ));
        return made;
    }

    std::unexpected<Error> broken(std::string message) const {
        return fail(ErrorCode::invalid_argument, name_, std::move(message));
    }

    std::unique_ptr<ByteSource> packed_;
    UnpackLimits limits_;
    std::string name_;
    std::array<char, kPackedChunk> chunk_;
    std::size_t size_ = 0, used_ = 0;
    std::uint64_t unpacked_ = 0;
};

class Gunzip : public Unpacker {
public:
    Gunzip(std::unique_ptr<ByteSource> packed, UnpackLimits limits, std::string name)
        : Unpacker(std::move(packed), limits, std::move(name)) {
        check(inflateInit2(&stream_, 15 + 16) == Z_OK, "zlib can be set up");
    }
    Gunzip(const Gunzip&) = delete;
    Gunzip& operator=(const Gunzip&) = delete;
    ~Gunzip() override { inflateEnd(&stream_); }

    Result<std::size_t> read(char* into, std::size_t size) override {
        for (;;) {
            if (used_ == size_ && !pending_) {
                ENTENTE_ASSIGN_OR_RETURN(const bool more, next_chunk());
                if (!more && inside_) return broken("the gzip packing ends in the middle: the file is cut");
                if (!more) return std::size_t{0};
            }
            if (!inside_) {
                if (unpacked_ > 0) inflateReset(&stream_);
                inside_ = true;
            }
            stream_.next_in = reinterpret_cast<Bytef*>(chunk_.data() + used_);
            stream_.avail_in = static_cast<uInt>(size_ - used_);
            stream_.next_out = reinterpret_cast<Bytef*>(into);
            stream_.avail_out = static_cast<uInt>(std::min<std::size_t>(size, 1U << 30));
            const auto room = stream_.avail_out;
            const int code = inflate(&stream_, Z_NO_FLUSH);
            used_ = size_ - stream_.avail_in;
            if (code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR)
                return broken(fmt::format(
                    "the gzip packing is damaged near byte {} ({})",
                    packed_->bytes_read() - stream_.avail_in,
                    stream_.msg ? stream_.msg : "unknown"
                ));
            if (code == Z_STREAM_END) inside_ = false;
            pending_ = stream_.avail_out == 0 && inside_;  // there may be more to come without further input
            if (const std::size_t made = room - stream_.avail_out; made > 0) return checked(made);
        }
    }

private:
    z_stream stream_{};
    bool inside_ = true, pending_ = false;
};

class Unzstd : public Unpacker {
public:
    Unzstd(std::unique_ptr<ByteSource> packed, UnpackLimits limits, std::string name)
        : Unpacker(std::move(packed), limits, std::move(name)), stream_(ZSTD_createDStream()) {
        check(stream_ != nullptr, "zstd can be set up");
        ZSTD_DCtx_setParameter(stream_, ZSTD_d_windowLogMax, kWindowLogMax);
    }
    Unzstd(const Unzstd&) = delete;
    Unzstd& operator=(const Unzstd&) = delete;
    ~Unzstd() override { ZSTD_freeDStream(stream_); }

    Result<std::size_t> read(char* into, std::size_t size) override {
        for (;;) {
            if (used_ == size_ && !pending_) {
                ENTENTE_ASSIGN_OR_RETURN(const bool more, next_chunk());
                if (!more && inside_) return broken("the zstd packing ends in the middle: the file is cut");
                if (!more) return std::size_t{0};
            }
            ZSTD_inBuffer in{chunk_.data(), size_, used_};
            ZSTD_outBuffer out{into, size, 0};
            const auto left = ZSTD_decompressStream(stream_, &out, &in);
            used_ = in.pos;
            if (ZSTD_isError(left))
                return broken(fmt::format(
                    "the zstd packing is damaged near byte {} ({})",
                    packed_->bytes_read() - (size_ - used_),
                    ZSTD_getErrorName(left)
                ));
            inside_ = left != 0;
            pending_ = out.pos == out.size && inside_;  // there may be more to come without further input
            if (out.pos > 0) return checked(out.pos);
        }
    }

private:
    ZSTD_DStream* stream_;
    bool inside_ = true, pending_ = false;
};

}  // namespace

std::unique_ptr<ByteSource> gunzip(
    std::unique_ptr<ByteSource> packed, UnpackLimits limits, std::string name
) {
    return std::make_unique<Gunzip>(std::move(packed), limits, std::move(name));
}

std::unique_ptr<ByteSource> unzstd(
    std::unique_ptr<ByteSource> packed, UnpackLimits limits, std::string name
) {
    return std::make_unique<Unzstd>(std::move(packed), limits, std::move(name));
}

}  // namespace entente::ingest::table
