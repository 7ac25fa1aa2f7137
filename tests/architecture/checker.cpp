#include "checker.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>
#include <regex>
#include <sstream>
#include <string_view>

namespace entente::architecture {
namespace {

namespace fs = std::filesystem;

struct Include {
    std::size_t line;
    std::string path;
    bool quoted;
};

std::string read(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<Include> includes_of(const std::string& text) {
    static const std::regex kInclude(R"re(^\s*#\s*include\s*(["<])([^">]+)[">])re");
    std::vector<Include> found;
    std::istringstream lines(text);
    std::string line;
    for (std::size_t number = 1; std::getline(lines, line); ++number) {
        std::smatch match;
        if (std::regex_search(line, match, kInclude)) {
            found.push_back({number, match.str(2), match.str(1) == "\""});
        }
    }
    return found;
}

std::set<std::string> everything_below(const std::string& module, const Rules& rules) {
    std::set<std::string> seen;
    std::vector<std::string> open{module};
    while (!open.empty()) {
        const std::string next = open.back();
        open.pop_back();
        if (!seen.insert(next).second) continue;
        const auto below = rules.below.find(next);
        if (below != rules.below.end()) open.insert(open.end(), below->second.begin(), below->second.end());
    }
    return seen;
}

bool is_heavy(std::string_view include) {
    return include == "CLI/CLI.hpp" || include.starts_with("CLI/") || include.starts_with("boost/asio") ||
           include.starts_with("boost/beast");
}

bool is_header(const fs::path& file) {
    return file.extension() == ".h";
}

bool is_source(const fs::path& file) {
    return is_header(file) || file.extension() == ".cpp";
}

class Checker {
public:
    Checker(const fs::path& root, const Rules& rules)
        : root_(root), rules_(rules), used_(rules.exceptions.size(), false) {}

    std::vector<Finding> run() {
        for (const fs::path& file : files()) {
            const std::string module = std::next(file.begin(), 1)->string();
            if (std::distance(file.begin(), file.end()) < 3) {
                if (is_source(file)) add(file, 0, "module", "stands in no module");
                continue;
            }
            check_module(module);
            if (is_source(file)) check_includes(file, module);
            if (file.filename() == "CMakeLists.txt") check_depends(file, module);
        }
        for (std::size_t i = 0; i < used_.size(); ++i) {
            const Exception& exception = rules_.exceptions[i];
            if (!used_[i])
                add(exception.file,
                    0,
                    "exception",
                    "the exception for " + exception.include + " is not needed");
        }
        return findings_;
    }

private:
    /// All files below src, relative to the root, sorted.
    std::vector<fs::path> files() const {
        std::vector<fs::path> found;
        for (const fs::directory_entry& entry : fs::recursive_directory_iterator(root_ / "src")) {
            if (entry.is_regular_file()) found.push_back(entry.path().lexically_relative(root_));
        }
        std::sort(found.begin(), found.end());
        return found;
    }

    void check_module(const std::string& module) {
        if (!modules_.insert(module).second) return;
        const fs::path folder = fs::path("src") / module;
        if (!rules_.below.contains(module)) add(folder, 0, "module", "is not in the table of modules");
        if (!fs::exists(root_ / folder / "README.md")) add(folder, 0, "readme", "has no README.md");
    }

    void check_includes(const fs::path& file, const std::string& module) {
        const std::set<std::string> visible = everything_below(module, rules_);
        for (const Include& include : includes_of(read(root_ / file))) {
            if (const std::optional<Finding> finding = judge(file, module, visible, include)) {
                if (!excepted(file, include)) findings_.push_back(*finding);
            }
        }
    }

    std::optional<Finding> judge(
        const fs::path& file,
        const std::string& module,
        const std::set<std::string>& visible,
        const Include& include
    ) const {
        const auto finding = [&](const char* rule, const std::string& text) {
            return Finding{file.generic_string(), include.line, rule, include.path + ": " + text};
        };
        if (include.path == "sqlite3.h") {
            if (module != "store") return finding("sqlite", "only store speaks to SQLite");
            return std::nullopt;
        }
        if (is_header(file) && is_heavy(include.path)) {
            return finding("heavy", "takes seconds to compile; include it in a .cpp file");
        }
        const std::string first = include.path.substr(0, include.path.find('/'));
        if (include.path.find('/') != std::string::npos && rules_.below.contains(first)) {
            if (!visible.contains(first)) return finding("upward", module + " does not see " + first);
        } else if (include.quoted && !include.path.starts_with("gtest/") && !include.path.starts_with("gmock/")) {
            return finding("path", "quoted includes start from src/: \"module/file.h\"");
        }
        return std::nullopt;
    }

    bool excepted(const fs::path& file, const Include& include) {
        bool any = false;
        for (std::size_t i = 0; i < used_.size(); ++i) {
            const Exception& exception = rules_.exceptions[i];
            if (exception.file == file.generic_string() && exception.include == include.path) {
                used_[i] = any = true;
            }
        }
        return any;
    }

    /// The build may link only what the sources may include.
    void check_depends(const fs::path& file, const std::string& module) {
        static const std::regex kKeyword("[A-Z_]+");
        const std::set<std::string> visible = everything_below(module, rules_);
        std::istringstream lines(read(root_ / file));
        std::string line;
        bool inside = false;
        for (std::size_t number = 1; std::getline(lines, line); ++number) {
            line = line.substr(0, line.find('#'));
            std::replace_if(
                line.begin(), line.end(), [](char c) { return c == '(' || c == ')'; }, ' '
            );
            std::istringstream words(line);
            for (std::string word; words >> word;) {
                if (std::regex_match(word, kKeyword)) {
                    inside = word == "DEPENDS" || word == "TEST_DEPENDS";
                } else if (inside && !visible.contains(word)) {
                    add(file, number, "upward", "DEPENDS " + word + ": " + module + " does not see " + word);
                }
            }
        }
    }

    void add(const fs::path& file, std::size_t line, const std::string& rule, const std::string& text) {
        findings_.push_back({file.generic_string(), line, rule, text});
    }

    fs::path root_;
    const Rules& rules_;
    std::vector<bool> used_;
    std::set<std::string> modules_;
    std::vector<Finding> findings_;
};

}  // namespace

std::vector<Finding> check(const fs::path& root, const Rules& rules) {
    return Checker(root, rules).run();
}

std::string to_string(const Finding& finding) {
    const std::string line = finding.line == 0 ? "" : ":" + std::to_string(finding.line);
    return finding.file + line + ": [" + finding.rule + "] " + finding.text;
}

}  // namespace entente::architecture
