#include "store/sqlite/index_guard.h"

#include <array>
#include <set>
#include <string_view>
#include <utility>

#include <sqlite3.h>

#include "policy/label.h"
#include "store/sqlite/index_functions.h"
#include "store/sqlite/index_texts.h"

namespace entente::store::sqlite {

struct GuardedConnection::State {
    std::vector<bool> visible;  // by label id
    std::vector<std::string> digests;
    std::vector<bool> current;  // by revision: current as of the view's size, and visible
    std::set<std::string> learned;
    bool compiling = false;  // a statement of ours is being prepared
    TextsByNumber texts;
};

namespace {

// What full text keeps, and the texts that rows hold by number: read by statements of the engine's or of
// `entente_text` while one of ours runs.
constexpr std::array<std::string_view, 5> kBehindViews{
    "search_data", "search_idx", "search_config", "search_docsize", "text"};
// Ranks and excerpts are made with figures of all rows, hidden ones too.
constexpr std::array<std::string_view, 3> kTellTales{"bm25", "highlight", "snippet"};

template <class List>
bool holds(const List& list, const char* name) {
    for (const auto each : list)
        if (name && each == name) return true;
    return false;
}

bool is_view(const char* name) {
    return name && std::string_view(name).starts_with("v_");
}

}  // namespace

// Base tables are read through our views alone; the innermost view is the last argument.
template <class State>
int authorize(void* data, int action, const char* first, const char* second, const char*, const char* view) {
    const auto& state = *static_cast<const State*>(data);
    switch (action) {
        case SQLITE_READ:
            if (is_view(first) || is_view(view)) return SQLITE_OK;
            return !state.compiling && holds(kBehindViews, first) ? SQLITE_OK : SQLITE_DENY;
        case SQLITE_FUNCTION:
            return holds(kTellTales, second) ? SQLITE_DENY : SQLITE_OK;
        case SQLITE_SELECT:
        case SQLITE_RECURSIVE:
            return SQLITE_OK;
        case SQLITE_PRAGMA:
            return !state.compiling && first && std::string_view(first) == "data_version" ? SQLITE_OK
                                                                                          : SQLITE_DENY;
        default:
            return SQLITE_DENY;
    }
}

// Whether the number stands in a set of the guard's.
template <class State, std::vector<bool> State::*set>
void in_set(sqlite3_context* context, int, sqlite3_value** values) {
    const auto& bits = static_cast<const State*>(sqlite3_user_data(context))->*set;
    const auto id = sqlite3_value_int64(values[0]);
    sqlite3_result_int(
        context, id >= 0 && static_cast<std::size_t>(id) < bits.size() && bits[static_cast<std::size_t>(id)]
    );
}

GuardedConnection::GuardedConnection(std::unique_ptr<State> state, Connection connection)
    : state_(std::move(state)), connection_(std::move(connection)) {}
GuardedConnection::GuardedConnection(GuardedConnection&&) noexcept = default;
GuardedConnection& GuardedConnection::operator=(GuardedConnection&&) noexcept = default;
GuardedConnection::~GuardedConnection() = default;

Result<GuardedConnection> GuardedConnection::create(
    Connection connection, const policy::AuthzContext& context
) {
    ENTENTE_RETURN_IF_ERROR(connection.execute("BEGIN"));
    auto state = std::make_unique<State>();
    {
        ENTENTE_ASSIGN_OR_RETURN(auto s, connection.prepare("SELECT id, bytes, digest FROM label"));
        for (;;) {
            ENTENTE_ASSIGN_OR_RETURN(const bool more, s.step());
            if (!more) break;
            const auto id = static_cast<std::size_t>(s.integer(0));
            if (state->visible.size() <= id) state->visible.resize(id + 1), state->digests.resize(id + 1);
            state->digests[id] = s.text(2);
            const auto label = policy::Label::parse(s.text(1));
            state->visible[id] = label && policy::decide(*label, context);
        }
    }
    {
        // Opens the table of full text while nothing is refused yet.
        ENTENTE_ASSIGN_OR_RETURN(auto s, connection.prepare("SELECT rowid FROM search LIMIT 0"));
        ENTENTE_ASSIGN_OR_RETURN([[maybe_unused]] const bool row, s.step());
    }
    auto* const raw = connection.raw();
    constexpr int kPlain = SQLITE_UTF8 | SQLITE_INNOCUOUS | SQLITE_DETERMINISTIC;
    const auto add = [&](const char* name, auto* function) {
        return sqlite3_create_function_v2(
                   raw, name, 1, kPlain, state.get(), function, nullptr, nullptr, nullptr
               ) == SQLITE_OK;
    };
    if (!add("entente_visible", in_set<State, &State::visible>) ||
        !add("entente_current", in_set<State, &State::current>) || !add_index_functions(raw) ||
        !state->texts.add_functions(raw) ||
        sqlite3_set_authorizer(raw, authorize<State>, state.get()) != SQLITE_OK)
        return std::unexpected(connection.error("guard the index"));
    return GuardedConnection(std::move(state), std::move(connection));
}

Result<Statement> GuardedConnection::prepare(std::string_view sql) {
    state_->compiling = true;
    auto statement = connection_.prepare(sql);
    state_->compiling = false;
    return statement;
}

Result<void> GuardedConnection::learn_current(const std::string& type, std::uint64_t as_of) {
    if (!state_->learned.insert(type).second) return {};
    ENTENTE_ASSIGN_OR_RETURN(
        auto s,
        prepare("SELECT \"@rev\" FROM v_record WHERE \"@type_number\"=entente_number(?1) AND \"@since\"<=?2 "
                "AND (\"@until\" IS NULL OR "
                "\"@until\">?2) AND \"@kind\"<>'retract'")
    );
    s.bind(1, type).bind(2, static_cast<std::int64_t>(as_of));
    auto& bits = state_->current;
    for (;;) {
        ENTENTE_ASSIGN_OR_RETURN(const bool more, s.step());
        if (!more) return {};
        const auto rev = static_cast<std::size_t>(s.integer(0));
        if (rev >= bits.size()) bits.resize(rev + 1 + rev / 2);
        bits[rev] = true;
    }
}

const std::vector<bool>& GuardedConnection::learned_current() const {
    return state_->current;
}

const std::string& GuardedConnection::label_digest(std::int64_t id) const {
    return state_->digests.at(static_cast<std::size_t>(id));
}

}  // namespace entente::store::sqlite
