// A route, declared once: the router, the table of route and role, and the published contract follow from it.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "api/reply.h"
#include "api/roles.h"
#include "base/result.h"

namespace entente::api {

class Call;

/// One thing that a route reads from its path or its query.
struct Parameter {
    enum class Kind : std::uint8_t { text, day, whole, flag, record, actor, nation, one_of };
    std::string name;
    Kind kind = Kind::text;
    std::string help;
    bool required = false;
    bool many = false;
    std::vector<std::string> values = {};  ///< of `one_of`
};

struct Route {
    std::string method;  ///< GET, POST, PATCH, DELETE
    std::string path;    ///< `/api/records/{id}`
    std::string name;    ///< of the operation, for those who make clients: `showRecord`
    std::string
        command;  ///< the same by the command line: `show`; several with `; ` between; empty: none does
    std::string summary;
    Allowed allowed = kReaders;
    std::vector<Parameter> parameters = {};  ///< those in the path first
    std::string body = {};                   ///< schema of the contract; empty: none is read
    std::string reply = {};                  ///< schema of the contract
    std::vector<std::string> forms = {};     ///< other media types that `format` chooses
    std::string list =
        {};  ///< what of the answer is a list, to be had as a file by `format`; see `list_file`
    std::size_t most_body = 1 << 20;  ///< bytes
    bool this_machine = false;        ///< whoever comes from this computer may, signed in or not
    bool tells_nothing = false;       ///< of the record: an account of another nation may ask it, too
    std::function<Result<Reply>(Call&)> answer = {};

    bool unsafe() const { return method != "GET"; }
};

using Routes = std::vector<Route>;

/// The commands that do the same as a route, one by one.
std::vector<std::string> commands_of(const Route& route);

/// Every route, in the order of the contract.
const Routes& all_routes();

// Its groups, one file each.
void add_session_routes(Routes& out);
void add_declaration_routes(Routes& out);
void add_relationship_routes(Routes& out);
void add_measure_routes(Routes& out);
void add_find_routes(Routes& out);
void add_record_routes(Routes& out);
void add_write_routes(Routes& out);
void add_log_routes(Routes& out);
void add_import_routes(Routes& out);
void add_report_routes(Routes& out);
void add_document_routes(Routes& out);
void add_calendar_routes(Routes& out);
void add_check_routes(Routes& out);
void add_account_routes(Routes& out);
void add_own_account_routes(Routes& out);
void add_access_log_routes(Routes& out);
void add_name_routes(Routes& out);
void add_export_routes(Routes& out);
void add_fit_routes(Routes& out);
void add_reconcile_routes(Routes& out);
void add_checkpoint_routes(Routes& out);
void add_search_routes(Routes& out);
void add_health_routes(Routes& out);

/// The route that a method and a path mean, with the values of its path.
struct Match {
    const Route* route = nullptr;
    std::vector<std::pair<std::string, std::string>> values;
    std::string allow;  ///< methods of the path, where only the method does not fit
};
/// \param  path  decoded
Match match(const Routes& routes, std::string_view method, std::string_view path);

}  // namespace entente::api
