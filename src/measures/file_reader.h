#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/json.h"
#include "base/result.h"

namespace entente::measures {

/// What is said of a value that cannot be used. `found`: nothing when it is not there.
Error wrong_value(
    const std::string& field, const json::value* found, std::string_view expected, const std::string& advice
);

/// Reads the objects of a file that people write by hand, with the path by which a message names a field. The first
/// fault stays; what is read after it is of no use.
class FileReader {
public:
    FileReader(const json::object& object, std::string advice, std::optional<Error>& fault)
        : FileReader(object, "", std::move(advice), fault) {}

    std::string field(std::string_view name) const;
    const json::value* find(std::string_view name) const { return object_.if_contains(name); }

    std::string text(std::string_view name);
    std::string optional_text(std::string_view name);
    double number(std::string_view name, double least, double most);
    bool flag(std::string_view name);
    /// None where the field is not there.
    std::vector<std::string> texts(std::string_view name);
    /// Two positive numbers with `middle` between them.
    std::pair<double, double> range(std::string_view name, double middle);
    FileReader object(std::string_view name);
    /// At least one.
    std::vector<FileReader> objects(std::string_view name);

    void blame(std::string_view name, const json::value* found, std::string_view expected);

private:
    FileReader(const json::object& object, std::string path, std::string advice, std::optional<Error>& fault);

    const json::object& object_;
    std::string path_;
    std::string advice_;
    std::optional<Error>& fault_;
};

}  // namespace entente::measures
