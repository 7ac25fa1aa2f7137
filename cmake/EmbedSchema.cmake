# embed_schema(target FILES records/actor.json …): a static library whose embedded_schema.cpp holds the named files of
# this directory as string literals, sorted by name. Read through "domain/embedded_schema.h".
#
# The file is also the script that writes the source at build time (cmake -P), so that no other tool is needed.

if(CMAKE_SCRIPT_MODE_FILE)
    # -DROOT=<folder> -DFILES=a.json,b.json -DOUTPUT=<file.cpp>
    set(delimiter "entente_json")
    set(literals "")
    set(entries "")
    set(count 0)
    string(REPLACE "," ";" names "${FILES}")
    foreach(name IN LISTS names)
        file(READ "${ROOT}/${name}" text)
        file(SIZE "${ROOT}/${name}" size)
        if(size GREATER_EQUAL 65536)
            message(FATAL_ERROR "${name} has ${size} bytes; a C++ compiler need not accept a literal of 65536 or more")
        endif()
        string(FIND "${text}" ")${delimiter}\"" clash)
        if(NOT clash EQUAL -1)
            message(FATAL_ERROR "${name} contains )${delimiter}\", the end of its own string literal")
        endif()
        string(APPEND literals "constexpr std::string_view kFile${count} = R\"${delimiter}(${text})${delimiter}\";\n\n")
        string(APPEND entries "    {\"${name}\", kFile${count}},\n")
        math(EXPR count "${count} + 1")
    endforeach()
    file(WRITE "${OUTPUT}"
        "// Generated from schema/ by cmake/EmbedSchema.cmake; do not edit.\n"
        "#include \"domain/embedded_schema.h\"\n\n"
        "namespace entente::domain {\nnamespace {\n\n"
        "${literals}"
        "constexpr EmbeddedFile kFiles[] = {\n${entries}};\n\n"
        "}  // namespace\n\n"
        "std::span<const EmbeddedFile> embedded_schema() { return kFiles; }\n\n"
        "}  // namespace entente::domain\n"
    )
    return()
endif()

function(embed_schema target)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "FILES")
    list(SORT arg_FILES)

    # The list names every file; a file that is there but not named would be forgotten without a word.
    file(GLOB_RECURSE present RELATIVE ${CMAKE_CURRENT_SOURCE_DIR} *.json)
    set(unlisted ${present})
    list(REMOVE_ITEM unlisted ${arg_FILES})
    if(unlisted)
        list(JOIN unlisted ", " unlisted)
        message(FATAL_ERROR "Name these in ${CMAKE_CURRENT_SOURCE_DIR}/CMakeLists.txt: ${unlisted}")
    endif()

    list(TRANSFORM arg_FILES PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/ OUTPUT_VARIABLE inputs)
    list(JOIN arg_FILES "," names)
    set(script ${PROJECT_SOURCE_DIR}/cmake/EmbedSchema.cmake)
    set(output ${CMAKE_CURRENT_BINARY_DIR}/embedded_schema.cpp)
    add_custom_command(
        OUTPUT ${output}
        COMMAND ${CMAKE_COMMAND} -DROOT=${CMAKE_CURRENT_SOURCE_DIR} -DFILES=${names} -DOUTPUT=${output} -P ${script}
        DEPENDS ${inputs} ${script}
        COMMENT "Embedding the schema"
        VERBATIM
    )
    add_library(${target} STATIC ${output})
    target_include_directories(${target} PUBLIC ${PROJECT_SOURCE_DIR}/src)
    target_link_libraries(${target} PRIVATE entente_warnings entente_hardening entente_sanitizers)
endfunction()
