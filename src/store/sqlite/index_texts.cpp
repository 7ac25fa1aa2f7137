#include "store/sqlite/index_texts.h"

#include <sqlite3.h>

namespace entente::store::sqlite {
namespace {

// Some 20 MB of names; whatever a writer meets beyond them it looks up in the table.
constexpr std::size_t kMostKnown = 200'000;
// A writer that looked up so many texts is one of very many.
constexpr std::size_t kManyLookedUp = 1'000;

constexpr const char* kBlockSql = "SELECT id, text FROM text WHERE id>=?1 AND id<?2";
constexpr const char* kNumberSql = "SELECT id FROM text WHERE text=?1";

void text_function(sqlite3_context* context, int, sqlite3_value** values) {
    if (sqlite3_value_type(values[0]) != SQLITE_INTEGER) return sqlite3_result_null(context);
    auto& texts = *static_cast<TextsByNumber*>(sqlite3_user_data(context));
    const auto* text = texts.text(sqlite3_value_int64(values[0]));
    if (!text) return sqlite3_result_null(context);
    sqlite3_result_text64(context, text->data(), text->size(), SQLITE_STATIC, SQLITE_UTF8);
}

void number_function(sqlite3_context* context, int, sqlite3_value** values) {
    const auto* data = reinterpret_cast<const char*>(sqlite3_value_text(values[0]));
    if (!data) return sqlite3_result_null(context);
    auto& texts = *static_cast<TextsByNumber*>(sqlite3_user_data(context));
    const auto number = texts.number({data, static_cast<std::size_t>(sqlite3_value_bytes(values[0]))});
    number ? sqlite3_result_int64(context, *number) : sqlite3_result_null(context);
}

class Query {
public:
    Query(sqlite3* database, const char* sql) {
        if (sqlite3_prepare_v2(database, sql, -1, &statement_, nullptr) != SQLITE_OK) statement_ = nullptr;
    }
    ~Query() { sqlite3_finalize(statement_); }
    Query(const Query&) = delete;
    Query& operator=(const Query&) = delete;

    sqlite3_stmt* get() const { return statement_; }
    bool step() { return statement_ && sqlite3_step(statement_) == SQLITE_ROW; }

private:
    sqlite3_stmt* statement_ = nullptr;
};

}  // namespace

std::string text_table() {
    return "CREATE TABLE text(id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT";
}

std::int64_t TextNumbers::number(std::string_view text, std::size_t place) {
    if (place >= last_at_.size()) last_at_.resize(place + 1);
    auto& last = last_at_[place];
    if (last.number != 0 && last.text == text) return last.number;
    if (error_) return 0;
    const auto found = known_.find(text);
    auto number = found != known_.end() ? Result<std::int64_t>(found->second) : find_or_put(text);
    if (!number) {
        error_ = std::move(number).error();
        return 0;
    }
    last.text = text, last.number = *number;
    return *number;
}

Result<void> TextNumbers::state() const {
    if (error_) return std::unexpected(*error_);
    return {};
}

Result<std::int64_t> TextNumbers::find_or_put(std::string_view text) {
    if (!last_) {
        ENTENTE_ASSIGN_OR_RETURN(auto* s, statements_.get("SELECT coalesce(max(id),0) FROM text"));
        ENTENTE_ASSIGN_OR_RETURN([[maybe_unused]] const bool row, s->step());
        last_ = s->integer(0);
        s->reset();
        knows_all_ = *last_ == 0;
    }
    if (known_.size() >= kMostKnown) known_.clear(), knows_all_ = false;
    if (!knows_all_ && ++looked_up_ == kManyLookedUp) {
        ENTENTE_RETURN_IF_ERROR(learn_all());
        if (const auto found = known_.find(text); found != known_.end()) return found->second;
    }
    if (!knows_all_) {
        ENTENTE_ASSIGN_OR_RETURN(auto* s, statements_.get(kNumberSql));
        s->bind(1, text);
        ENTENTE_ASSIGN_OR_RETURN(const bool row, s->step());
        const auto number = row ? s->integer(0) : 0;
        s->reset();
        if (row) return known_.emplace(text, number).first->second;
    }
    ENTENTE_ASSIGN_OR_RETURN(auto* s, statements_.get("INSERT INTO text(id,text) VALUES(?1,?2)"));
    ENTENTE_RETURN_IF_ERROR(s->bind(1, *last_ + 1).bind(2, text).run());
    return known_.emplace(text, ++*last_).first->second;
}

Result<void> TextNumbers::learn_all() {
    if (*last_ >= static_cast<std::int64_t>(kMostKnown / 2)) return {};
    ENTENTE_ASSIGN_OR_RETURN(auto* s, statements_.get("SELECT id, text FROM text"));
    for (;;) {
        ENTENTE_ASSIGN_OR_RETURN(const bool more, s->step());
        if (!more) break;
        known_.emplace(s->text(1), s->integer(0));
    }
    s->reset();
    knows_all_ = true;
    return {};
}

bool TextsByNumber::add_functions(sqlite3* database) {
    database_ = database;
    constexpr int kPlain = SQLITE_UTF8 | SQLITE_INNOCUOUS | SQLITE_DETERMINISTIC;
    const auto add = [&](const char* name, auto* function) {
        return sqlite3_create_function_v2(
                   database, name, 1, kPlain, this, function, nullptr, nullptr, nullptr
               ) == SQLITE_OK;
    };
    return add("entente_text", text_function) && add("entente_number", number_function);
}

void TextsByNumber::remove_functions() {
    for (const char* name : {"entente_text", "entente_number"})
        sqlite3_create_function_v2(
            database_, name, 1, SQLITE_UTF8, nullptr, nullptr, nullptr, nullptr, nullptr
        );
}

void TextsByNumber::forget() {
    blocks_.clear();
}

const std::string* TextsByNumber::text(std::int64_t number) {
    if (number <= 0) return nullptr;
    auto& block = blocks_[number / kBlock];
    if (!block) {
        block = std::make_unique<Block>();
        Query query(database_, kBlockSql);
        const auto first = number / kBlock * kBlock;
        sqlite3_bind_int64(query.get(), 1, first);
        sqlite3_bind_int64(query.get(), 2, first + kBlock);
        while (query.step()) {
            const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(query.get(), 1));
            const auto size = static_cast<std::size_t>(sqlite3_column_bytes(query.get(), 1));
            (*block)[static_cast<std::size_t>(sqlite3_column_int64(query.get(), 0) - first)].emplace(
                data, size
            );
        }
    }
    const auto& text = (*block)[static_cast<std::size_t>(number % kBlock)];
    return text ? &*text : nullptr;
}

std::optional<std::int64_t> TextsByNumber::number(std::string_view text) {
    Query query(database_, kNumberSql);
    sqlite3_bind_text64(query.get(), 1, text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8);
    if (!query.step()) return std::nullopt;
    return sqlite3_column_int64(query.get(), 0);
}

}  // namespace entente::store::sqlite
