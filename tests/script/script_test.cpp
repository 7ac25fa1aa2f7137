// Runs tests/script/*.test against the real program: commands as a person types them, and what they print.
//
//   run <words>        runs `entente --node <fresh node> <words>`; $NAME is replaced by what `let` kept, $ROOT by
//                      the root of the source tree, $ENTENTE by the program with its node
//   exit <code>        the code that is expected (0 when not said)
//   let NAME <regex>   keeps group 1 of the first match in what was printed
//   ----               lines that must come next in what was printed, in this order, other lines between them
//   allowed;
//                      `…` inside a line stands for anything; up to an empty line
//   never <text>       must not stand in what was printed
//   shell <command>    a shell command in the folder of the node; must succeed; its output is what was
//   printed
//
// Standard output and standard error are read together. Every file starts with a fresh node of the USA.
#include <gtest/gtest.h>

#include <sys/wait.h>
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>

namespace {

namespace fs = std::filesystem;

struct Outcome {
    std::string text;
    int code = -1;
};

Outcome shell(const std::string& command) {
    Outcome out;
    std::array<char, 4096> block{};
    FILE* pipe = ::popen((command + " 2>&1").c_str(), "r");
    if (!pipe) return out;
    while (const std::size_t got = std::fread(block.data(), 1, block.size(), pipe))
        out.text.append(block.data(), got);
    const int status = ::pclose(pipe);
    out.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128;
    return out;
}

bool fits(const std::string& line, const std::string& pattern) {
    std::size_t at = 0;
    for (std::size_t from = 0; from <= pattern.size();) {
        const auto hole = pattern.find("…", from);
        const auto piece = pattern.substr(from, hole == std::string::npos ? hole : hole - from);
        const bool last = hole == std::string::npos;
        if (last && from > 0) {
            // Behind a hole the rest of the line must end so.
            const auto end = line.find_last_not_of(' ') + 1;
            return piece.empty() ||
                   (end >= at + piece.size() && line.compare(end - piece.size(), piece.size(), piece) == 0);
        }
        const auto found = line.find(piece, at);
        if (found == std::string::npos || (from == 0 && found != 0)) return false;
        at = found + piece.size();
        if (last) return line.find_first_not_of(' ', at) == std::string::npos;
        from = hole + std::string("…").size();
    }
    return true;
}

class Script {
public:
    explicit Script(const fs::path& file)
        : file_(file),
          directory_(
              fs::temp_directory_path() /
              ("entente-script-" + file.stem().string() + "-" + std::to_string(::getpid()))
          ) {
        fs::remove_all(directory_);
        fs::create_directories(directory_);
        const char* program = std::getenv("ENTENTE_PROGRAM");
        program_ = program ? program : "";
        root_ = fs::current_path();
        kept_["ROOT"] = root_.string();
        kept_["ENTENTE"] = program_ + " --node " + (directory_ / "node").string();
        last_ = shell(call("init --home USA --origin script.example/usa/ledger"));
        EXPECT_EQ(last_.code, 0) << last_.text;
    }
    ~Script() { fs::remove_all(directory_); }

    void play() {
        std::ifstream in(file_);
        std::vector<std::string> wanted;
        bool reading_wanted = false;
        for (std::string line; std::getline(in, line);) {
            ++number_;
            if (reading_wanted) {
                if (!line.empty()) {
                    wanted.push_back(line);
                    continue;
                }
                reading_wanted = false;
                check_lines(wanted);
                wanted.clear();
                continue;
            }
            if (line.empty() || line[0] == '#') continue;
            if (line == "----")
                reading_wanted = true;
            else
                step(line);
        }
        if (reading_wanted) check_lines(wanted);
        finish_command();
    }

private:
    std::string call(const std::string& words) const {
        return "cd " + root_.string() + " && COLUMNS=80 " + program_ + " --node " +
               (directory_ / "node").string() + " " + words;
    }
    std::string filled(std::string text) const {
        for (const auto& [name, value] : kept_)
            for (std::size_t at = 0; (at = text.find("$" + name, at)) != std::string::npos;
                 at += value.size())
                text.replace(at, name.size() + 1, value);
        return text;
    }
    std::string where() const { return file_.filename().string() + ":" + std::to_string(number_); }

    void finish_command() {
        if (pending_) {
            EXPECT_EQ(last_.code, expected_) << where() << " after: " << command_ << "\n" << last_.text;
        }
        pending_ = false, expected_ = 0;
    }

    void step(const std::string& line) {
        const auto blank = line.find(' ');
        const std::string verb = line.substr(0, blank),
                          rest = blank == std::string::npos ? "" : filled(line.substr(blank + 1));
        if (verb == "run" || verb == "shell") {
            finish_command();
            command_ = rest;
            last_ = shell(verb == "run" ? call(rest) : "cd " + directory_.string() + " && " + rest);
            at_ = 0, pending_ = true;
        } else if (verb == "exit") {
            expected_ = std::stoi(rest);
        } else if (verb == "let") {
            const auto space = rest.find(' ');
            std::smatch match;
            ASSERT_TRUE(std::regex_search(last_.text, match, std::regex(rest.substr(space + 1))))
                << where() << "\n"
                << last_.text;
            kept_[rest.substr(0, space)] = match[1];
        } else if (verb == "never") {
            EXPECT_EQ(last_.text.find(rest), std::string::npos) << where() << ": '" << rest << "' stands in\n"
                                                                << last_.text;
        } else {
            ADD_FAILURE() << where() << ": unknown step " << line;
        }
    }

    void check_lines(const std::vector<std::string>& wanted) {
        std::vector<std::string> lines;
        std::istringstream in(last_.text);
        for (std::string line; std::getline(in, line);) lines.push_back(line);
        for (const auto& pattern : wanted) {
            std::size_t found = at_;
            while (found < lines.size() && !fits(lines[found], filled(pattern))) ++found;
            ASSERT_LT(found, lines.size()) << where() << ": no line fits '" << filled(pattern)
                                           << "' in what '" << command_ << "' printed:\n"
                                           << last_.text;
            at_ = found + 1;
        }
    }

    fs::path file_, directory_, root_;
    std::string program_, command_;
    Outcome last_;
    std::map<std::string, std::string> kept_;
    std::size_t at_ = 0, number_ = 0;
    int expected_ = 0;
    bool pending_ = false;
};

std::vector<fs::path> scripts() {
    std::vector<fs::path> out;
    for (const auto& entry : fs::directory_iterator("tests/script"))
        if (entry.path().extension() == ".test") out.push_back(entry.path());
    std::sort(out.begin(), out.end());
    return out;
}

class ScriptTest : public testing::TestWithParam<fs::path> {};

TEST_P(ScriptTest, Plays) {
    Script(GetParam()).play();
}

INSTANTIATE_TEST_SUITE_P(Scripts, ScriptTest, testing::ValuesIn(scripts()), [](const auto& info) {
    std::string name = info.param.stem().string();
    std::replace_if(
        name.begin(), name.end(), [](char c) { return !std::isalnum(static_cast<unsigned char>(c)); }, '_'
    );
    return name;
});

}  // namespace
