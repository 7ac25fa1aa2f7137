// What lies in the program is what the page asks for, and little enough of it to start with.
#include "app_files/app_files.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include <regex>
#include <set>
#include <string>

namespace entente {
namespace {

constexpr std::size_t kMostAtStart = 100'000;

bool built() {
    return all_app_files().size() > 1;
}

std::string inflated(std::string_view gzip) {
    std::string out(16 << 20, '\0');
    z_stream stream{};
    if (inflateInit2(&stream, 15 + 16) != Z_OK) return {};
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(gzip.data()));
    stream.avail_in = static_cast<uInt>(gzip.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    const int status = inflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    inflateEnd(&stream);
    return status == Z_STREAM_END ? out : std::string();
}

TEST(AppFiles, ThePageIsThereUnderItsNameAndAtTheRoot) {
    const auto* page = find_app_file("/");
    ASSERT_NE(page, nullptr);
    EXPECT_EQ(page, find_app_file("/index.html"));
    EXPECT_EQ(page, &app_page());
    EXPECT_EQ(page->media_type, "text/html; charset=utf-8");
    EXPECT_NE(page->bytes.find("<!doctype html>"), std::string_view::npos);
    EXPECT_FALSE(page->immutable);
    EXPECT_EQ(find_app_file("/index"), nullptr);
    EXPECT_EQ(find_app_file(""), nullptr);
}

TEST(AppFiles, EveryFileIsFoundAndItsGzipFormHoldsTheSame) {
    std::set<std::string_view> paths;
    for (const auto& file : all_app_files()) {
        EXPECT_EQ(find_app_file(file.path), &file) << file.path;
        EXPECT_TRUE(paths.insert(file.path).second) << file.path;
        EXPECT_EQ(file.immutable, file.path.starts_with("/assets/")) << file.path;
        EXPECT_TRUE(file.etag.starts_with('"') && file.etag.ends_with('"')) << file.path;
        if (file.gzip.empty()) continue;
        EXPECT_EQ(inflated(file.gzip), file.bytes) << file.path;
    }
}

TEST(AppFiles, WhatThePageNamesIsThere) {
    const std::string page(app_page().bytes);
    const std::regex named("(?:src|href)=\"(/[^\"]*)\"");
    std::size_t count = 0;
    for (std::sregex_iterator at(page.begin(), page.end(), named), end; at != end; ++at) {
        const std::string path = (*at)[1];
        if (path.starts_with("/api/")) continue;
        EXPECT_NE(find_app_file(path), nullptr) << path;
        ++count;
    }
    EXPECT_GE(count, built() ? 3U : 0U);
}

// The first page needs the scripts that index.html names, its own, and the words of one language.
TEST(AppFiles, TheFirstPageNeedsLittleScript) {
    if (!built()) GTEST_SKIP() << "the app was not built";
    const std::string page(app_page().bytes);
    std::size_t sum = 0;
    std::size_t scripts = 0;
    for (const auto& file : all_app_files()) {
        if (!file.path.ends_with(".js")) continue;
        const bool first = page.find(file.path) != std::string::npos ||
                           file.path.starts_with("/assets/HomePage-") || file.path.starts_with("/assets/ar-");
        if (first) sum += file.gzip.size(), ++scripts;
    }
    EXPECT_GE(scripts, 3U);
    EXPECT_LT(sum, kMostAtStart);
    RecordProperty("gzip_bytes_at_start", static_cast<int>(sum));
}

TEST(AppFiles, NothingIsAskedOfAnotherHost) {
    const std::regex elsewhere("(?:src|href)=\"(?:https?:)?//");
    EXPECT_FALSE(std::regex_search(std::string(app_page().bytes), elsewhere));
    for (const auto& file : all_app_files()) {
        if (!file.path.ends_with(".css")) continue;
        EXPECT_EQ(file.bytes.find("url(http"), std::string_view::npos) << file.path;
    }
}

}  // namespace
}  // namespace entente
