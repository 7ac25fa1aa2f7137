#include "ingest/map/map_comments.h"

namespace entente::ingest::map {

std::string without_comments(std::string_view text) {
    std::string out(text);
    bool in_text = false;
    for (std::size_t i = 0; i < out.size(); ++i) {
        if (in_text && out[i] == '\\')
            ++i;
        else if (out[i] == '"')
            in_text = !in_text;
        else if (!in_text && out[i] == '/' && i + 1 < out.size() && out[i + 1] == '/')
            while (i < out.size() && out[i] != '\n') out[i++] = ' ';
    }
    return out;
}

}  // namespace entente::ingest::map
