# Everything that is not ours, in one place. The packages stand in tools/dependencies.txt; tools/install fetches them.
find_package(PkgConfig REQUIRED)

find_package(Boost 1.81 REQUIRED COMPONENTS json)           # Boost::json, Boost::headers (Math)
find_package(Eigen3 3.4 REQUIRED NO_MODULE)                 # Eigen3::Eigen
find_package(fmt 9 REQUIRED)                                # fmt::fmt
find_package(OpenSSL 3 REQUIRED COMPONENTS Crypto SSL)      # OpenSSL::Crypto, OpenSSL::SSL
find_package(ICU 72 REQUIRED COMPONENTS uc i18n)            # ICU::uc, ICU::i18n
find_package(CLI11 2 REQUIRED)                              # CLI11::CLI11
pkg_check_modules(SODIUM REQUIRED IMPORTED_TARGET GLOBAL libsodium>=1.0.18)
add_library(sodium::sodium ALIAS PkgConfig::SODIUM)         # sodium::sodium
find_package(ZLIB REQUIRED)                                 # ZLIB::ZLIB
find_package(EXPAT 2.5 REQUIRED)                            # EXPAT::EXPAT
pkg_check_modules(ZSTD REQUIRED IMPORTED_TARGET GLOBAL libzstd>=1.5)        # PkgConfig::ZSTD
pkg_check_modules(MINIZIP REQUIRED IMPORTED_TARGET GLOBAL minizip>=1.1)     # PkgConfig::MINIZIP
pkg_check_modules(SECCOMP REQUIRED IMPORTED_TARGET GLOBAL libseccomp>=2.5)  # PkgConfig::SECCOMP
pkg_check_modules(XLSXWRITER REQUIRED IMPORTED_TARGET GLOBAL xlsxwriter>=1.1)
pkg_check_modules(PANGOCAIRO REQUIRED IMPORTED_TARGET GLOBAL pangocairo>=1.50 pangoft2 fontconfig cairo-svg cairo-pdf) # PkgConfig::PANGOCAIRO
add_library(xlsxwriter::xlsxwriter ALIAS PkgConfig::XLSXWRITER) # xlsxwriter::xlsxwriter
if(ENTENTE_TESTS)
    find_package(GTest 1.12 REQUIRED)                       # GTest::gtest_main
endif()

# SQLite: the pinned amalgamation, as tools/install left it in the cache; never the one of the system.
file(STRINGS ${PROJECT_SOURCE_DIR}/third_party/sqlite.lock lock_lines REGEX "^[a-z]")
foreach(line IN LISTS lock_lines)
    string(REGEX MATCH "^([a-z0-9_.]+) +([^ ]+)$" matched "${line}")
    set(sqlite_lock_${CMAKE_MATCH_1} "${CMAKE_MATCH_2}")
endforeach()
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/third_party/sqlite.lock)

if(DEFINED ENV{XDG_CACHE_HOME})
    set(cache_home $ENV{XDG_CACHE_HOME})
else()
    set(cache_home $ENV{HOME}/.cache)
endif()
set(sqlite_dir ${cache_home}/entente/sqlite-${sqlite_lock_version})

if(sqlite_lock_version VERSION_LESS sqlite_lock_minimum)
    message(FATAL_ERROR "third_party/sqlite.lock names SQLite ${sqlite_lock_version}, below ${sqlite_lock_minimum}")
endif()
foreach(file sqlite3.c sqlite3.h)
    set(found "absent")
    if(EXISTS ${sqlite_dir}/${file})
        file(SHA256 ${sqlite_dir}/${file} found)
    endif()
    if(NOT found STREQUAL sqlite_lock_${file})
        message(FATAL_ERROR "${sqlite_dir}/${file} is not the one of third_party/sqlite.lock (${found}): run tools/install")
    endif()
endforeach()

# The same flags in every preset, so that one compilation (about two minutes) serves them all through ccache.
add_library(entente_sqlite STATIC ${sqlite_dir}/sqlite3.c)
target_include_directories(entente_sqlite SYSTEM PUBLIC ${sqlite_dir})
target_compile_options(entente_sqlite PRIVATE
    -O2
    -w
    -U_FORTIFY_SOURCE
    -D_FORTIFY_SOURCE=3
    $<FILTER:$<TARGET_PROPERTY:entente_hardening,INTERFACE_COMPILE_OPTIONS>,EXCLUDE,FORTIFY|prefix-map>
)
target_compile_definitions(entente_sqlite PRIVATE
    SQLITE_DEFAULT_FOREIGN_KEYS=1
    SQLITE_DEFAULT_MEMSTATUS=0
    SQLITE_DQS=0                       # "x" is an identifier, never a string
    SQLITE_ENABLE_DBSTAT_VTAB
    SQLITE_ENABLE_FTS5
    SQLITE_LIKE_DOESNT_MATCH_BLOBS
    SQLITE_SECURE_DELETE               # what is erased is overwritten
    SQLITE_THREADSAFE=1
    SQLITE_USE_URI=0                   # a file name is a file name
)
# These two change the declarations of the header too.
target_compile_definitions(entente_sqlite PUBLIC SQLITE_OMIT_DEPRECATED SQLITE_OMIT_LOAD_EXTENSION)

# DuckDB is not linked: --parquet loads the library of this version when it is there. Its header is in third_party.
file(STRINGS ${PROJECT_SOURCE_DIR}/third_party/duckdb.lock duckdb_version REGEX "^version")
string(REGEX REPLACE "^version +" "" duckdb_version "${duckdb_version}")
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/third_party/duckdb.lock)
add_library(entente_duckdb INTERFACE)
target_include_directories(entente_duckdb SYSTEM INTERFACE ${PROJECT_SOURCE_DIR}/third_party/duckdb)
target_compile_definitions(entente_duckdb INTERFACE ENTENTE_DUCKDB_VERSION="${duckdb_version}")
target_link_libraries(entente_duckdb INTERFACE ${CMAKE_DL_LIBS})
