#include "service/released_to.h"

#include "policy/label.h"

namespace entente::service {

Result<std::vector<std::string>> released_to(Node& node, const std::string& label) {
    ENTENTE_ASSIGN_OR_RETURN(const auto reader, node.store().read());
    ENTENTE_ASSIGN_OR_RETURN(const auto bytes, reader->label(label));
    const auto read = policy::Label::parse(bytes);
    if (!read) return fail(ErrorCode::corrupt, "label", "found a label that cannot be read");
    auto nations = read->releasable_to.value_or(std::vector<std::string>{});
    std::erase(nations, read->originator);
    return nations;
}

}  // namespace entente::service
