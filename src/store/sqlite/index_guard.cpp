#include "store/sqlite/index_guard.h"

#include <array>
#include <set>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <sqlite3.h>

#include "base/codec.h"
#include "base/hash.h"
#include "policy/label.h"
#include "store/sqlite/index_functions.h"
#include "store/sqlite/index_texts.h"

namespace entente::store::sqlite {

struct GuardedConnection::State {
    std::vector<bool> visible;  // by label id
    std::vector<std::string> digests;
    RevisionBits current;  // as of the view's size, and visible
    std::set<std::string> learned;
    std::shared_ptr<IndexMemory> memory;
    std::string seen;        // digest of file, log and labels: who reads the same sees the same
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
static bool holds(const std::vector<bool>& set, std::size_t id) {
    return id < set.size() && set[id];
}
static bool holds(const RevisionBits& set, std::size_t id) {
    return set.holds(id);
}
template <class State, class Set, Set State::*set>
void in_set(sqlite3_context* context, int, sqlite3_value** values) {
    const auto& bits = static_cast<const State*>(sqlite3_user_data(context))->*set;
    const auto id = sqlite3_value_int64(values[0]);
    sqlite3_result_int(context, id >= 0 && holds(bits, static_cast<std::size_t>(id)));
}

// What the index was made of, and which of its labels may be seen.
static Result<std::string> digest_of_seen(
    Connection& connection, const policy::AuthzContext& context, const std::vector<bool>& visible
) {
    const auto* const file = sqlite3_db_filename(connection.raw(), "main");
    auto seen = fmt::format("{}\n{}\n{}\n", file ? file : "", context.nation(), context.policy());
    ENTENTE_ASSIGN_OR_RETURN(
        auto s, connection.prepare("SELECT value FROM state WHERE name IN ('applied','last') ORDER BY name")
    );
    for (;;) {
        ENTENTE_ASSIGN_OR_RETURN(const bool more, s.step());
        if (!more) break;
        seen += fmt::format("{}\n", s.text(0));
    }
    for (const bool one : visible) seen += one ? '1' : '0';
    return hex(sha256(seen).view());
}

GuardedConnection::GuardedConnection(std::unique_ptr<State> state, Connection connection)
    : state_(std::move(state)), connection_(std::move(connection)) {}
GuardedConnection::GuardedConnection(GuardedConnection&&) noexcept = default;
GuardedConnection& GuardedConnection::operator=(GuardedConnection&&) noexcept = default;
GuardedConnection::~GuardedConnection() = default;

Result<GuardedConnection> GuardedConnection::create(
    Connection connection, const policy::AuthzContext& context, std::shared_ptr<IndexMemory> memory
) {
    ENTENTE_RETURN_IF_ERROR(connection.execute("BEGIN"));
    auto state = std::make_unique<State>();
    state->memory = std::move(memory);
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
    if (state->memory) {
        ENTENTE_ASSIGN_OR_RETURN(state->seen, digest_of_seen(connection, context, state->visible));
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
    if (!add("entente_visible", in_set<State, std::vector<bool>, &State::visible>) ||
        !add("entente_current", in_set<State, RevisionBits, &State::current>) || !add_index_functions(raw) ||
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

Result<Statement*> GuardedConnection::kept(std::string_view sql) {
    auto found = kept_.find(sql);
    if (found == kept_.end()) {
        ENTENTE_ASSIGN_OR_RETURN(auto prepared, prepare(sql));
        found = kept_.emplace(std::string(sql), std::move(prepared)).first;
    }
    found->second.reset();
    return &found->second;
}

Result<RevisionBits> GuardedConnection::read_current(const std::string& type, std::uint64_t as_of) {
    ENTENTE_ASSIGN_OR_RETURN(
        auto s,
        prepare("SELECT \"@rev\" FROM v_record WHERE \"@type_number\"=entente_number(?1) AND \"@since\"<=?2 "
                "AND (\"@until\" IS NULL OR "
                "\"@until\">?2) AND \"@kind\"<>'retract'")
    );
    s.bind(1, type).bind(2, static_cast<std::int64_t>(as_of));
    RevisionBits out;
    for (;;) {
        ENTENTE_ASSIGN_OR_RETURN(const bool more, s.step());
        if (!more) return out;
        out.add(static_cast<std::size_t>(s.integer(0)));
    }
}

Result<std::shared_ptr<const RevisionBits>> GuardedConnection::current(
    const std::string& type, std::uint64_t as_of
) {
    const std::function<Result<RevisionBits>()> learn = [&] { return read_current(type, as_of); };
    if (remembers()) return learned<RevisionBits>(as_of, "current " + type, learn);
    ENTENTE_ASSIGN_OR_RETURN(auto bits, learn());
    return std::make_shared<const RevisionBits>(std::move(bits));
}

Result<void> GuardedConnection::learn_current(const std::string& type, std::uint64_t as_of) {
    if (!state_->learned.insert(type).second) return {};
    ENTENTE_ASSIGN_OR_RETURN(const auto bits, current(type, as_of));
    state_->current.add(*bits);
    return {};
}

const RevisionBits& GuardedConnection::learned_current() const {
    return state_->current;
}

bool GuardedConnection::remembers() const {
    return state_->memory != nullptr;
}

IndexMemory& GuardedConnection::memory() const {
    return *state_->memory;
}

std::string GuardedConnection::key(std::uint64_t as_of, const std::string& name) const {
    return fmt::format("{} {} {}", state_->seen, as_of, name);
}

const std::string& GuardedConnection::label_digest(std::int64_t id) const {
    return state_->digests.at(static_cast<std::size_t>(id));
}

}  // namespace entente::store::sqlite
