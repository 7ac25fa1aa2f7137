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
// The pages of docs/measures are played, too: each block that begins "```text" and "$ entente " is a run on the
// shipped record, and the lines below it must be printed.
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

/// A line of a script, and where it stands.
struct Line {
    std::string file;
    std::size_t number = 0;
    std::string text;
};

std::vector<Line> lines_of(const fs::path& file) {
    std::ifstream in(file);
    std::vector<Line> out;
    for (std::string text; std::getline(in, text);)
        out.push_back({file.filename().string(), out.size() + 1, text});
    return out;
}

/// The calls that a page shows, as steps.
std::vector<Line> steps_of_page(const fs::path& page) {
    constexpr std::string_view kCall = "$ entente ";
    std::vector<Line> out;
    bool inside = false;
    for (auto& line : lines_of(page)) {
        if (line.text == "```text") {
            inside = true;
        } else if (inside && line.text == "```") {
            inside = false;
            out.push_back({line.file, line.number, ""});
        } else if (inside && line.text.starts_with(kCall)) {
            out.push_back({line.file, line.number, "run " + line.text.substr(kCall.size())});
            out.push_back({line.file, line.number, "----"});
        } else if (inside) {
            out.push_back(std::move(line));
        }
    }
    return out;
}

class Script {
public:
    Script(const std::string& name, std::vector<Line> lines)
        : lines_(std::move(lines)),
          directory_(
              fs::temp_directory_path() / ("entente-script-" + name + "-" + std::to_string(::getpid()))
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
        std::vector<std::string> wanted;
        bool reading_wanted = false;
        for (const auto& at : lines_) {
            line_ = at;
            const auto& line = at.text;
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
    std::string where() const { return line_.file + ":" + std::to_string(line_.number); }

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

    std::vector<Line> lines_;
    Line line_;
    fs::path directory_, root_;
    std::string program_, command_;
    Outcome last_;
    std::map<std::string, std::string> kept_;
    std::size_t at_ = 0;
    int expected_ = 0;
    bool pending_ = false;
};

std::vector<fs::path> files_of(const fs::path& folder, const std::string& ending) {
    std::vector<fs::path> out;
    for (const auto& entry : fs::directory_iterator(folder))
        if (entry.path().extension() == ending) out.push_back(entry.path());
    std::sort(out.begin(), out.end());
    return out;
}

class ScriptTest : public testing::TestWithParam<fs::path> {};

TEST_P(ScriptTest, Plays) {
    Script(GetParam().stem().string(), lines_of(GetParam())).play();
}

TEST(MeasurePages, ShowWhatIsPrinted) {
    std::vector<Line> steps{{"the shipped record", 1, "run import contacts data/public-record"}};
    for (const auto& page : files_of("docs/measures", ".md"))
        for (auto& step : steps_of_page(page)) steps.push_back(std::move(step));
    ASSERT_GT(steps.size(), 1U);
    Script("pages", std::move(steps)).play();
}

INSTANTIATE_TEST_SUITE_P(
    Scripts,
    ScriptTest,
    testing::ValuesIn(files_of("tests/script", ".test")),
    [](const auto& info) {
        std::string name = info.param.stem().string();
        std::replace_if(
            name.begin(), name.end(), [](char c) { return !std::isalnum(static_cast<unsigned char>(c)); }, '_'
        );
        return name;
    }
);

}  // namespace
