# The compiler and its launcher; read before project().

# The default build types carry flags of their own; ours are in CMakePresets.json and in Hardening.cmake.
if(NOT CMAKE_BUILD_TYPE)
    set(CMAKE_BUILD_TYPE RelWithDebInfo CACHE STRING "Build type" FORCE)
endif()

if(ENTENTE_FUZZ AND NOT CMAKE_CXX_COMPILER)
    find_program(ENTENTE_CLANG_C NAMES clang-19 clang)
    find_program(ENTENTE_CLANG_CXX NAMES clang++-19 clang++)
    if(NOT ENTENTE_CLANG_CXX)
        message(FATAL_ERROR "The fuzz preset needs Clang: apt-get install clang-19 libclang-rt-19-dev")
    endif()
    set(CMAKE_C_COMPILER ${ENTENTE_CLANG_C} CACHE FILEPATH "C compiler")
    set(CMAKE_CXX_COMPILER ${ENTENTE_CLANG_CXX} CACHE FILEPATH "C++ compiler")
endif()

find_program(ENTENTE_CCACHE ccache)
if(ENTENTE_CCACHE)
    set(CMAKE_C_COMPILER_LAUNCHER ${ENTENTE_CCACHE})
    set(CMAKE_CXX_COMPILER_LAUNCHER ${ENTENTE_CCACHE})
endif()
