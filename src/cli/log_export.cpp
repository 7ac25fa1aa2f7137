#include "cli/log_export.h"

#include <filesystem>

#include "accounts/access_log.h"

namespace entente::cli {

Result<void> log_export(
    const Session& session, const service::Node& node, const std::string& command, const std::string& form
) {
    const auto file = node.directory() / "accounts.db";
    // A node without accounts has no such log, and a list does not begin one.
    if (std::error_code ignored; !std::filesystem::exists(file, ignored)) return {};
    ENTENTE_ASSIGN_OR_RETURN(const auto store, session.accounts(file));
    return accounts::AccessLog(*store, system_clock())
        .append({.account = "(owner)", .route = command, .what = "export", .detail = form});
}

}  // namespace entente::cli
