#include "service/judge_mention.h"

#include "service/review_mentions.h"

namespace entente::service {

Result<Written> judge(Node& node, const JudgeRequest& request) {
    const bool person = request.kind == "person";
    TypedFields fields{
        {"verdict", {request.verdict}},
        {"kind", {request.kind == "organisation" ? "unit" : request.kind}},
        {person ? "left_person" : "left", {request.left}}};
    fields[request.actor ? "actor" : person ? "right_person" : "right"] = {request.right};
    if (!request.nation.empty()) fields["nation"] = {request.nation};
    if (!request.note.empty()) fields["note"] = {request.note};
    return record(node, "judgement", fields, request.options);
}

Result<identity::MentionKey> left_mention(const JudgeRequest& request) {
    ENTENTE_ASSIGN_OR_RETURN(const auto kind, parse_mention_kind(request.kind));
    return identity::MentionKey{kind, request.nation, request.left};
}

}  // namespace entente::service
