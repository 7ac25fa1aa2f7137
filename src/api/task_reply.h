#pragma once

#include "api/reply.h"
#include "api/tasks.h"

namespace entente::api {

/// The answer to whoever asked for a task: it was begun (202), or it runs already (200).
inline Result<Reply> task_reply(Result<Tasks::Begun> begun) {
    ENTENTE_RETURN_IF_ERROR(begun);
    return json_reply(std::move(begun->task), begun->anew ? 202 : 200);
}

}  // namespace entente::api
