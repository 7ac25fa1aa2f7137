# entente_hardening: how every object of the product is compiled and linked, those of SQLite included.
# The flags are chosen by compiler rather than probed: probing them one by one takes longer than a warm build.
add_library(entente_hardening INTERFACE)

target_compile_options(entente_hardening INTERFACE
    -fPIE
    -fno-delete-null-pointer-checks
    -fno-strict-overflow
    -fno-strict-aliasing
    -fstack-protector-strong
    -fstack-clash-protection
    -ftrivial-auto-var-init=zero
    -ffile-prefix-map=${PROJECT_SOURCE_DIR}/= # the same source gives the same bytes wherever it lies
)
if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
    target_compile_options(entente_hardening INTERFACE -fcf-protection=full)
elseif(CMAKE_SYSTEM_PROCESSOR MATCHES "aarch64|arm64")
    target_compile_options(entente_hardening INTERFACE -mbranch-protection=standard)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_GREATER_EQUAL 13)
    target_compile_options(entente_hardening INTERFACE -fstrict-flex-arrays=3)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 16)
    target_compile_options(entente_hardening INTERFACE
        -enable-trivial-auto-var-init-zero-knowing-it-will-be-removed-from-clang
    )
endif()
target_compile_definitions(entente_hardening INTERFACE _GLIBCXX_ASSERTIONS)
if(NOT ENTENTE_SANITIZE) # a sanitizer checks the same calls, and does it better
    target_compile_options(entente_hardening INTERFACE -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3)
endif()
target_link_options(entente_hardening INTERFACE
    -pie
    LINKER:-z,relro,-z,now,-z,noexecstack,-z,nodlopen
    LINKER:--as-needed
)
