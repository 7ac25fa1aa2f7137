# entente_warnings: the warnings for our own code, never for code of others.
add_library(entente_warnings INTERFACE)

target_compile_options(entente_warnings INTERFACE
    -Wall
    -Wextra
    -Wformat=2
    -Wconversion
    -Wimplicit-fallthrough
    -Wnon-virtual-dtor
    -Werror=format-security
    -Werror=return-type
    -Werror=unused-result
)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(entente_warnings INTERFACE -Wtrampolines -Wbidi-chars=any)
endif()
if(ENTENTE_WERROR)
    target_compile_options(entente_warnings INTERFACE -Werror)
endif()
