#include <sys/stat.h>

#include "cli/app.h"
#include "ingest/document/read_text.h"
#include "store/sqlite/sqlite_account_store.h"
#include "store/sqlite/sqlite_ledger_store.h"
#include "store/sqlite/sqlite_record_index.h"

// The only place that knows every concrete type.
int main(int count, char** arguments) {
    ::umask(0077);  // what a node holds, and what is exported from it, is its owner's alone
    using namespace entente;
    const auto& schema = domain::Schema::builtin();
    service::Stores stores;
    stores.ledger = [](const std::filesystem::path& file) { return store::open_sqlite_ledger_store(file); };
    stores.read_text = ingest::document::remembering_text_reader();
    stores.index = [&schema, read_text = stores.read_text](const std::filesystem::path& file) {
        return store::open_sqlite_record_index(file, schema, read_text);
    };
    stores.shared_index = [&schema,
                           read_text = stores.read_text,
                           memory = std::make_shared<store::sqlite::IndexMemory>(store::kMostRemembered)](
                              const std::filesystem::path& file
                          ) { return store::open_sqlite_record_index(file, schema, read_text, memory); };
    stores.index_name = store::record_index_name(schema);
    const auto accounts = [](const std::filesystem::path& file) {
        return store::open_sqlite_account_store(file);
    };
    return cli::run(count, arguments, stores, accounts, schema);
}
