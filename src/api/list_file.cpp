#include "api/list_file.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>
#include <boost/json/serialize.hpp>

#include "api/temporary_file.h"
#include "base/csv.h"
#include "base/files.h"
#include "service/table_out.h"

namespace entente::api {
namespace {

json::object beside(const json::object& group, const std::string& inner, const json::object& item) {
    json::object out;
    for (const auto& member : group)
        if (member.key() != inner && !member.value().is_array()) out[member.key()] = member.value();
    for (const auto& member : item) out[member.key()] = member.value();
    return out;
}

std::vector<json::object> rows_of(const json::object& answer, const std::string& path) {
    const auto slash = path.find('/');
    std::vector<json::object> out;
    const auto* list = answer.if_contains(path.substr(0, slash));
    if (!list || !list->is_array()) return out;
    for (const auto& item : list->get_array()) {
        if (!item.is_object()) {
            out.push_back({{"value", item}});
            continue;
        }
        if (slash == std::string::npos) {
            out.push_back(item.get_object());
            continue;
        }
        const auto inner = path.substr(slash + 1);
        const auto* again = item.get_object().if_contains(inner);
        if (!again || !again->is_array()) continue;
        for (const auto& one : again->get_array())
            if (one.is_object()) out.push_back(beside(item.get_object(), inner, one.get_object()));
    }
    return out;
}

std::string cell_of(const json::value& value);

std::string cell_of(const json::object& value) {
    for (const char* name : {"words", "shown", "title", "name", "code", "reason", "value"})
        if (const auto* told = value.if_contains(name)) return cell_of(*told);
    return json::serialize(value);
}

std::string cell_of(const json::value& value) {
    if (value.is_null()) return {};
    if (const auto* text = value.if_string()) return {text->data(), text->size()};
    if (const auto* object = value.if_object()) return cell_of(*object);
    if (const auto* list = value.if_array()) {
        std::string out;
        for (const auto& item : *list) out += (out.empty() ? "" : "; ") + cell_of(item);
        return out;
    }
    if (const auto* number = value.if_double()) return fmt::format("{}", *number);
    return json::serialize(value);
}

std::vector<std::string> columns_of(const std::vector<json::object>& rows) {
    std::vector<std::string> out;
    for (const auto& row : rows)
        for (const auto& member : row)
            if (const std::string name(member.key()); std::ranges::find(out, name) == out.end())
                out.push_back(name);
    return out;
}

bool all_numbers(const std::vector<json::object>& rows, const std::string& column) {
    return std::ranges::all_of(rows, [&](const json::object& row) {
        const auto* value = row.if_contains(column);
        return !value || value->is_null() || value->is_number();
    });
}

}  // namespace

Result<Reply> list_file(
    const json::object& answer, const std::string& path, const std::string& form, const std::string& name
) {
    const auto rows = rows_of(answer, path);
    std::string out;
    if (form == "ndjson") {
        for (const auto& row : rows) out += json::serialize(row) + "\n";
        return bytes_reply("application/x-ndjson", std::move(out), name + ".ndjson");
    }
    auto columns = columns_of(rows);
    if (columns.empty()) columns.emplace_back("value");  // of nothing there is a sheet without rows
    const auto cell = [&](const json::object& row, const std::string& column) {
        const auto* value = row.if_contains(column);
        return value ? cell_of(*value) : std::string();
    };
    if (form == "csv") {
        out = csv_line(columns);
        for (const auto& row : rows) {
            std::vector<std::string> cells;
            for (const auto& column : columns) cells.push_back(cell(row, column));
            out += csv_line(cells);
        }
        return bytes_reply("text/csv; charset=utf-8", std::move(out), name + ".csv");
    }
    std::vector<service::TableColumn> shape;
    for (const auto& column : columns)
        shape.push_back(
            {column,
             all_numbers(rows, column) ? service::ColumnKind::decimal : service::ColumnKind::text,
             false}
        );
    const TemporaryFile file("list.xlsx");
    ENTENTE_ASSIGN_OR_RETURN(const auto sink, service::open_xlsx(file.path(), name.substr(0, 31), shape));
    for (const auto& row : rows) {
        service::TableRow cells;
        for (const auto& column : columns) {
            auto text = cell(row, column);
            cells.push_back(text.empty() ? std::nullopt : std::optional(std::move(text)));
        }
        ENTENTE_RETURN_IF_ERROR(sink->add(cells));
    }
    ENTENTE_RETURN_IF_ERROR(sink->finish());
    ENTENTE_ASSIGN_OR_RETURN(auto bytes, read_file(file.path()));
    return bytes_reply(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", std::move(bytes), name + ".xlsx"
    );
}

}  // namespace entente::api
