#include "api/uploads.h"

#include <filesystem>

#include <fmt/format.h>

#include "base/files.h"
#include "base/id.h"

namespace entente::api {
namespace {

constexpr auto kKept = std::chrono::hours(1);
constexpr std::size_t kMost = 16;

}  // namespace

Result<std::string> Uploads::keep(const std::string& name, const std::string& bytes) {
    const auto file_name = std::filesystem::path(name).filename().string();
    if (file_name.empty() || file_name == "." || file_name == ".." || file_name.size() > 200)
        return fail(
            ErrorCode::invalid_argument, "name", fmt::format("found '{}', expected the name of a file", name)
        );
    if (bytes.empty())
        return fail(ErrorCode::invalid_argument, "body", "found no bytes, expected those of the file");
    auto upload = std::make_shared<Upload>(file_name);
    ENTENTE_RETURN_IF_ERROR(replace_file(upload->file.path(), bytes, 0600));
    const auto now = std::chrono::steady_clock::now();
    upload->used = now;
    auto id = RecordId::random().text();
    const std::lock_guard lock(lock_);
    std::erase_if(uploads_, [&](const auto& one) { return now - one.second->used > kKept; });
    if (uploads_.size() >= kMost) {
        auto oldest = uploads_.begin();
        for (auto at = uploads_.begin(); at != uploads_.end(); ++at)
            if (at->second->used < oldest->second->used) oldest = at;
        uploads_.erase(oldest);
    }
    uploads_[id] = std::move(upload);
    return id;
}

Result<std::shared_ptr<const Uploads::Upload>> Uploads::find(const std::string& id) {
    const std::lock_guard lock(lock_);
    const auto found = uploads_.find(id);
    if (found == uploads_.end())
        return fail(
            ErrorCode::not_found, "upload", "there is no such file here any more", "hand it over again"
        );
    found->second->used = std::chrono::steady_clock::now();
    return std::shared_ptr<const Upload>(found->second);
}

void Uploads::drop(const std::string& id) {
    const std::lock_guard lock(lock_);
    uploads_.erase(id);
}

}  // namespace entente::api
