// bench_find NODE: twenty questions over a node with training lines in it, each asked as `entente list` and
// `entente facets` ask it (labels obeyed, names resolved, words folded), and beside it as plain SQL over a copy of the
// index in which `line` has the texts written out, which sees everything and checks nothing. The answers must agree.
#include <algorithm>
#include <iostream>

#include <fmt/format.h>
#include <sqlite3.h>
#include <unistd.h>

#include "service/find.h"
#include "service/node.h"
#include "store/sqlite/index_tables.h"
#include "store/sqlite/index_texts.h"
#include "store/sqlite/sqlite_ledger_store.h"
#include "store/sqlite/sqlite_record_index.h"
#include "support.h"

namespace entente::bench {
namespace {

constexpr int kRounds = 5;
constexpr std::size_t kPage = 25;

struct Question {
    const char* asked;
    service::FindRequest find;
    std::string facet, sum;       // empty: a list
    bool by_year = false;
    std::vector<const char*> sql;  // the first column of the first row of the first is the answer
    std::size_t skip = 0;          // pages before the one that is wanted
};

service::FindRequest lines() {
    service::FindRequest out;
    out.types = {"training_line"};
    return out;
}
service::FindRequest where(std::vector<std::string> conditions, std::string sort = "") {
    auto out = lines();
    out.where = std::move(conditions), out.sort = std::move(sort);
    return out;
}
service::FindRequest words(const char* text) {
    auto out = lines();
    out.text = text;
    return out;
}

#define ACTOR(code) "(SELECT r.rec FROM t_actor a JOIN revision r ON r.rev=a.rev WHERE a.code='" code "')"
#define PAGE(condition)                                                                             \
    "SELECT r.content FROM line t JOIN revision r ON r.rev=t.rev WHERE " condition       \
    " ORDER BY r.day_from DESC, r.day_to DESC, r.rev DESC LIMIT 25"
#define COUNT(condition) "SELECT count(*) FROM line t WHERE " condition
#define FOUND(match) "t.rev IN (SELECT rowid FROM search WHERE search MATCH '" match "')"

std::vector<Question> questions() {
    return {
        {"How many lines, and the newest 25?", lines(), "", "", false, {"SELECT count(*) FROM line", PAGE("1")}},
        {"What went to Colombia?", where({"recipient=COL"}), "", "", false,
         {COUNT("t.recipient=" ACTOR("COL")), PAGE("t.recipient=" ACTOR("COL"))}},
        {"Which lines cost a million or more?", where({"cost>=1000000"}), "", "", false,
         {COUNT("CAST(t.\"cost.amount\" AS REAL)>=1000000"), PAGE("CAST(t.\"cost.amount\" AS REAL)>=1000000")}},
        {"Hundred people or more at once, 2001 to 2005?", where({"people>=100", "held=2001..2005"}), "", "", false,
         {COUNT("t.people>=100 AND t.\"held.to\">=11323 AND t.\"held.from\"<=13148"),
          PAGE("t.people>=100 AND t.\"held.to\">=11323 AND t.\"held.from\"<=13148")}},
        {"IMET lines of Egypt or Jordan without cost?", where({"programme=IMET", "recipient=EGY,JOR", "cost=0"}), "", "", false,
         {COUNT("t.programme='IMET' AND t.recipient IN (" ACTOR("EGY") "," ACTOR("JOR") ") AND CAST(t.\"cost.amount\" AS REAL)=0"),
          PAGE("t.programme='IMET' AND t.recipient IN (" ACTOR("EGY") "," ACTOR("JOR") ") AND CAST(t.\"cost.amount\" AS REAL)=0")}},
        {"Where is the delivering unit not released?", where({"delivery_unit=not-released"}), "", "", false,
         {COUNT("t.\"delivery_unit.none\"='not_released'"), PAGE("t.\"delivery_unit.none\"='not_released'")}},
        {"The 25 dearest lines?", where({}, "cost:desc"), "", "", false,
         {"SELECT count(*) FROM line",
          "SELECT r.content FROM line t JOIN revision r ON r.rev=t.rev ORDER BY CAST(t.\"cost.amount\" AS REAL) DESC LIMIT 25"}},
        {"Who sent snipers on courses?", words("sniper*"), "", "", false, {COUNT(FOUND("sniper*")), PAGE(FOUND("sniper*"))}},
        {"\"counter narcotics\", in these words?", words("\"counter narcotics\""), "", "", false,
         {COUNT(FOUND("\"counter narcotics\"")), PAGE(FOUND("\"counter narcotics\""))}},
        {"Special forces, but no medicine?", words("special forces -medic*"), "", "", false,
         {COUNT(FOUND("(special AND forces) NOT medic*")), PAGE(FOUND("(special AND forces) NOT medic*"))}},
        {"Helicopter or aviation, at Fort Rucker?", words("(helicopter OR aviation) rucker"), "", "", false,
         {COUNT(FOUND("(helicopter OR aviation) AND rucker")), PAGE(FOUND("(helicopter OR aviation) AND rucker"))}},
        {"English courses of Vietnam?",
         [] { auto q = words("english"); q.where = {"recipient=VNM"}; return q; }(), "", "", false,
         {COUNT(FOUND("english") " AND t.recipient=" ACTOR("VNM")), PAGE(FOUND("english") " AND t.recipient=" ACTOR("VNM"))}},
        {"Courses called human rights?", words("course:\"human rights\""), "", "", false,
         {COUNT("t.course LIKE '%human rights%'"), PAGE("t.course LIKE '%human rights%'")}},
        {"The 101st page of all lines?", lines(), "", "", false,
         {"SELECT count(*) FROM line",
          "SELECT r.content FROM line t JOIN revision r ON r.rev=t.rev ORDER BY r.day_from DESC, r.day_to DESC, r.rev DESC LIMIT 25 OFFSET 2500"},
         100},
        {"Lines by programme?", lines(), "programme", "", false,
         {"SELECT count(*) FROM line GROUP BY programme ORDER BY 1 DESC"}},
        {"People by fiscal year?", lines(), "fiscal_year", "people", false,
         {"SELECT count(*), sum(people) FROM line GROUP BY fiscal_year ORDER BY 1 DESC"}},
        {"Cost by recipient?", lines(), "recipient", "cost", false,
         {"SELECT count(*), sum(CAST(\"cost.amount\" AS REAL)) FROM line GROUP BY recipient ORDER BY 1 DESC"}},
        {"Programmes by year, people?", lines(), "programme", "people", true,
         {"SELECT count(*) AS n, sum(people), strftime('%Y',coalesce(\"held.from\",\"held.to\")*86400,'unixepoch') AS y FROM line GROUP BY programme, y ORDER BY n DESC"}},
        {"Which units delivered most?", lines(), "delivery_unit", "", false,
         {"SELECT count(*) FROM line WHERE delivery_unit IS NOT NULL GROUP BY delivery_unit ORDER BY 1 DESC"}},
        {"Where are the English courses held?", words("english"), "place", "people", false,
         {"SELECT count(*), sum(people) FROM line t WHERE " FOUND("english") " AND place IS NOT NULL GROUP BY place ORDER BY 1 DESC"}},
    };
}

// The answer as `entente` gives it: a count, of a facet that of its first value.
std::string ask(service::Node& node, const Question& question) {
    const auto view = require(node.view());
    auto query = require(service::make_query(*view, node.schema(), question.find));
    if (!question.facet.empty()) {
        ledger::FacetQuery facet;
        facet.where = query, facet.field = question.facet, facet.sum = question.sum, facet.by_year = question.by_year;
        const auto page = require(view->facets(facet));
        return std::to_string(page.rows.empty() ? 0 : page.rows.front().records);
    }
    query.limit = kPage;
    return std::to_string(require(view->list(query)).total);
}

// The last record of the page before the wanted one, as a cursor would hold it.
std::string anchor(service::Node& node, const Question& question) {
    const auto view = require(node.view());
    auto query = require(service::make_query(*view, node.schema(), question.find));
    query.limit = question.skip * kPage;
    std::string last;
    require(view->each(query, [&](ledger::Revision record) -> Result<void> {
        last = record.rec;
        return {};
    }).has_value(), "read");
    return service::cursor_after(*view, require(service::make_query(*view, node.schema(), question.find)), last);
}

std::string ask_plainly(sqlite3* database, const Question& question) {
    std::string answer;
    for (std::size_t i = 0; i < question.sql.size(); ++i) {
        sqlite3_stmt* statement = nullptr;
        require(sqlite3_prepare_v2(database, question.sql[i], -1, &statement, nullptr) == SQLITE_OK, sqlite3_errmsg(database));
        for (bool first = i == 0; sqlite3_step(statement) == SQLITE_ROW; first = false) {
            const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, 0));
            if (first && text) answer = text;
        }
        sqlite3_finalize(statement);
    }
    return answer;
}

std::filesystem::path index_file(const std::filesystem::path& node) {
    for (const auto& entry : std::filesystem::directory_iterator(node))
        if (entry.path().filename().string().starts_with("projection-") && entry.path().extension() == ".db")
            return entry.path();
    require(false, "the node has an index");
    return {};
}

// A copy of the index with one more table, `line`: training lines with the texts where the index has numbers.
sqlite3* open_copy(const std::filesystem::path& index, const std::filesystem::path& copy, const domain::Schema& schema) {
    std::filesystem::remove(copy);
    sqlite3* database = nullptr;
    const auto execute = [&](const std::string& sql) {
        require(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK, sqlite3_errmsg(database));
    };
    require(sqlite3_open(index.c_str(), &database) == SQLITE_OK, "open the index");
    execute(fmt::format("VACUUM INTO '{}'", copy.string()));
    sqlite3_close(database);
    require(sqlite3_open(copy.c_str(), &database) == SQLITE_OK, "open the copy");
    static store::sqlite::TextsByNumber texts;
    require(texts.add_functions(database), sqlite3_errmsg(database));
    std::string columns;
    sqlite3_stmt* names = nullptr;
    require(sqlite3_prepare_v2(database, "SELECT name FROM pragma_table_info('t_training_line') WHERE name<>'rev'", -1, &names, nullptr) == SQLITE_OK, sqlite3_errmsg(database));
    while (sqlite3_step(names) == SQLITE_ROW)
        columns += fmt::format(",\"{}\"", reinterpret_cast<const char*>(sqlite3_column_text(names, 0)));
    sqlite3_finalize(names);
    execute(fmt::format("CREATE TABLE line(rev INTEGER PRIMARY KEY{})", columns));
    execute(fmt::format("INSERT INTO line SELECT x.rev{} FROM t_training_line AS x", store::sqlite::told_columns(*schema.find("training_line"), "x")));
    return database;
}

int run(const std::filesystem::path& directory) {
    const auto& schema = domain::Schema::builtin();
    service::Stores stores;
    stores.ledger = [](const auto& file) { return store::open_sqlite_ledger_store(file); };
    stores.index = [&](const auto& file) { return store::open_sqlite_record_index(file, schema); };
    stores.index_name = store::record_index_name(schema);
    const auto node = require(service::Node::open(directory, service::Access::read, stores, schema));
    (void)require(node->view());
    const auto copy = std::filesystem::temp_directory_path() / fmt::format("entente-find-{}.db", ::getpid());
    sqlite3* const database = open_copy(index_file(directory), copy, schema);
    sqlite3_exec(database, "PRAGMA cache_size=-16000; PRAGMA mmap_size=0", nullptr, nullptr, nullptr);
    std::cout << fmt::format("milliseconds, median of {}; plain SQL obeys no label and no size\n\n{:<50}{:>9} {:>9} {:>7} {:>9}\n", kRounds, "", "entente", "SQL", "times", "answer");
    int wrong = 0;
    std::vector<double> ratios;
    for (auto& question : questions()) {
        if (question.skip > 0) question.find.after = anchor(*node, question);
        std::vector<double> ours, plain;
        std::string answer, expected;
        for (int round = 0; round < kRounds; ++round) {
            ours.push_back(seconds([&] { answer = ask(*node, question); }));
            plain.push_back(seconds([&] { expected = ask_plainly(database, question); }));
        }
        const double mine = spread(ours).middle * 1e3, theirs = spread(plain).middle * 1e3;
        ratios.push_back(mine / theirs);
        wrong += answer != expected;
        std::cout << fmt::format("{:<50}{:>9.1f} {:>9.1f} {:>7.2f} {:>9}{}\n", question.asked, mine, theirs, mine / theirs, answer, answer == expected ? "" : "  SQL says " + expected);
    }
    sqlite3_close(database);
    std::filesystem::remove(copy);
    const auto all = spread(ratios);
    std::cout << fmt::format("\ntimes plain SQL: least {:.2f}, median {:.2f}, most {:.2f}\n", all.least, all.middle, all.most);
    return wrong == 0 ? 0 : 1;
}

}  // namespace
}  // namespace entente::bench

int main(int count, char** words) {
    entente::bench::require(count == 2, "bench_find NODE");
    return entente::bench::run(words[1]);
}
