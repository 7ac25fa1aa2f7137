# One call per module, so that every src/<module>/CMakeLists.txt reads the same:
#
#   app_module(domain
#       SOURCES engagement.cpp
#       TESTS engagement_test.cpp
#       DEPENDS base
#       LIBRARIES fmt::fmt
#   )
#
# makes the static library entente_domain and, from all TESTS, the program domain_test with the CTest labels `domain`
# and `quick`. Headers are included from the root src/: #include "domain/engagement.h". DEPENDS names modules, which
# must stand before this one in the list of the main CMakeLists.txt; LIBRARIES names what is not ours
# (cmake/Dependencies.cmake), PRIVATE_LIBRARIES what no header of ours shows. TEST_DEPENDS and TEST_LIBRARIES serve the test program alone.
# The module with the program adds `EXECUTABLE entente ENTRY main.cpp`; main.cpp is not among SOURCES.
function(app_module name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "EXECUTABLE;ENTRY"
        "SOURCES;TESTS;DEPENDS;LIBRARIES;PRIVATE_LIBRARIES;TEST_DEPENDS;TEST_LIBRARIES"
    )
    if(arg_UNPARSED_ARGUMENTS)
        message(FATAL_ERROR "app_module(${name}): unknown ${arg_UNPARSED_ARGUMENTS}")
    endif()
    _app_module_targets(depends ${name} ${arg_DEPENDS})
    _app_module_targets(test_depends ${name} ${arg_TEST_DEPENDS})

    set(library entente_${name})
    if(arg_SOURCES)
        add_library(${library} STATIC ${arg_SOURCES})
        target_include_directories(${library} PUBLIC ${PROJECT_SOURCE_DIR}/src)
        target_link_libraries(${library}
            PUBLIC ${depends} ${arg_LIBRARIES}
            PRIVATE $<BUILD_INTERFACE:entente_warnings> entente_hardening entente_sanitizers ${arg_PRIVATE_LIBRARIES}
        )
    else()
        add_library(${library} INTERFACE)
        target_include_directories(${library} INTERFACE ${PROJECT_SOURCE_DIR}/src)
        target_link_libraries(${library} INTERFACE ${depends} ${arg_LIBRARIES})
    endif()

    if(arg_EXECUTABLE)
        add_executable(${arg_EXECUTABLE} ${arg_ENTRY})
        target_link_libraries(${arg_EXECUTABLE} PRIVATE
            ${library} entente_warnings entente_hardening entente_sanitizers
        )
    endif()
    if(arg_TESTS)
        app_test(${name}_test
            SOURCES ${arg_TESTS}
            LIBRARIES ${library} ${test_depends} ${arg_TEST_LIBRARIES}
            LABELS ${name} quick
        )
    endif()
endfunction()

# A GoogleTest program with one CTest entry, for tests that belong to no single module:
#
#   app_test(round_trip_test SOURCES round_trip_test.cpp LIBRARIES entente_service LABELS full)
#
# The working directory is the root of the source tree; the cases' results are left in <build>/results for ./test.
function(app_test name)
    if(NOT ENTENTE_TESTS)
        return()
    endif()
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "TIMEOUT" "SOURCES;LIBRARIES;LABELS")
    if(NOT arg_TIMEOUT)
        set(arg_TIMEOUT 120)
    endif()
    add_executable(${name} ${arg_SOURCES})
    set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/tests)
    target_link_libraries(${name} PRIVATE
        ${arg_LIBRARIES} GTest::gtest_main entente_warnings entente_hardening entente_sanitizers
    )
    add_test(NAME ${name} COMMAND ${name} --gtest_brief=1 WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
    set_tests_properties(${name} PROPERTIES
        LABELS "${arg_LABELS}"
        TIMEOUT ${arg_TIMEOUT}
        ENVIRONMENT "GTEST_OUTPUT=json:${PROJECT_BINARY_DIR}/results/${name}.json"
    )
endfunction()

function(_app_module_targets result name)
    set(targets "")
    foreach(module IN LISTS ARGN)
        if(NOT TARGET entente_${module})
            message(FATAL_ERROR
                "Module ${name} depends on ${module}, which does not stand below it (or has no CMakeLists.txt yet)"
            )
        endif()
        list(APPEND targets entente_${module})
    endforeach()
    set(${result} "${targets}" PARENT_SCOPE)
endfunction()
