// Every fuzz target on its seeds, on every prefix of them, and on a fixed number of mutants: the short
// version of the libFuzzer campaign (preset fuzz), with the same promises checked inside.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

#include "targets.h"

namespace entente::fuzz {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> seeds(const char* target) {
    std::vector<std::string> out;
    for (const auto& file : fs::directory_iterator(fs::path("tests/fuzz/seeds") / target)) {
        std::ifstream in(file.path(), std::ios::binary);
        out.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
    }
    std::sort(out.begin(), out.end());
    return out;
}

std::string mutant(const std::vector<std::string>& from, std::mt19937& random) {
    std::string text = from[random() % from.size()];
    for (std::size_t edits = 1 + random() % 4; edits > 0 && !text.empty(); --edits) {
        const std::size_t at = random() % text.size();
        switch (random() % 5) {
            case 0:
                text[at] = static_cast<char>(random());
                break;
            case 1:
                text.erase(at, 1 + random() % 8);
                break;
            case 2:
                text.insert(at, text.substr(random() % text.size(), random() % 16));
                break;
            case 3:
                text[at] = "\",:{}[]\\\n.-0"[random() % 12];
                break;
            default:
                text.resize(at);
                break;
        }
    }
    return text;
}

class Replay : public testing::TestWithParam<Target> {};

TEST_P(Replay, KeepsItsPromises) {
    const auto from = seeds(GetParam().name);
    ASSERT_FALSE(from.empty());
    std::size_t inputs = 0;
    for (const auto& seed : from)
        for (std::size_t length = 0; length <= seed.size(); length += seed.size() > 2000 ? 97 : 1)
            GetParam().run(std::string_view(seed).substr(0, length)), ++inputs;
    std::mt19937 random(20'261'124);
    for (int i = 0; i < 4000; ++i) {
        const auto input = mutant(from, random);
        EXPECT_NO_THROW(GetParam().run(input)) << input;
        ++inputs;
    }
    std::printf("%s: %zu inputs\n", GetParam().name, inputs);
}

INSTANTIATE_TEST_SUITE_P(Targets, Replay, testing::ValuesIn(kTargets), [](const auto& info) {
    return std::string(info.param.name);
});

}  // namespace
}  // namespace entente::fuzz
