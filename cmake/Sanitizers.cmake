# entente_sanitizers: what ENTENTE_SANITIZE names, and what the fuzz targets need. A finding ends the program.
add_library(entente_sanitizers INTERFACE)

if(ENTENTE_SANITIZE)
    set(flags -fsanitize=${ENTENTE_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
    target_compile_options(entente_sanitizers INTERFACE ${flags})
    target_link_options(entente_sanitizers INTERFACE ${flags})
endif()
if(ENTENTE_FUZZ)
    if(CMAKE_CXX_COMPILER_VERSION VERSION_LESS 19)
        message(WARNING "Clang ${CMAKE_CXX_COMPILER_VERSION} has no std::expected with libstdc++ 12; install clang-19")
    endif()
    # Instruments everything; a fuzz target adds -fsanitize=fuzzer when it links, which brings main().
    target_compile_options(entente_sanitizers INTERFACE -fsanitize=fuzzer-no-link)
    target_link_options(entente_sanitizers INTERFACE -fsanitize=fuzzer-no-link)
endif()
