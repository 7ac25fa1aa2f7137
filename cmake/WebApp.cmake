# web_app(target): the app of web/ as a library of the program. Vite makes the files, web/build/pack.js writes them as
# sources: one .S that takes their bytes in, one .cpp that names them. Read through "app_files/app_files.h".
#
# Node.js and the packages are where tools/install left them, in the cache. Without them, or with ENTENTE_WEB off, the
# library holds one page, which says that the app was not built; the program is whole otherwise.
#
# The file is also the script that builds the app (cmake -P): -DSOURCE=web -DWORK=<folder> -DNODE=<program> -DPACKAGES=<folder>

if(CMAKE_SCRIPT_MODE_FILE)
    # Vite resolves packages beside its sources, so the sources go beside a link to the packages; web/ itself stays clean.
    file(REMOVE_RECURSE ${WORK}/src ${WORK}/public ${WORK}/build ${WORK}/tests ${WORK}/dist)
    file(COPY ${SOURCE}/ DESTINATION ${WORK} PATTERN node_modules EXCLUDE PATTERN dist EXCLUDE)
    if(NOT EXISTS ${WORK}/node_modules)
        file(CREATE_LINK ${PACKAGES}/node_modules ${WORK}/node_modules SYMBOLIC)
    endif()
    foreach(step "node_modules/vite/bin/vite.js;build;--logLevel;warn" "build/pack.js;dist;${WORK}/packed")
        execute_process(COMMAND ${NODE} ${step} WORKING_DIRECTORY ${WORK} COMMAND_ERROR_IS_FATAL ANY)
    endforeach()
    return()
endif()

option(ENTENTE_WEB "Build the app into the program (needs Node.js and npm packages, see tools/install)" ON)

# The first Node.js that Vite accepts, or nothing.
function(_find_new_node result)
    set(${result} "" PARENT_SCOPE)
    foreach(program node ${ARGN})
        execute_process(COMMAND ${program} --version OUTPUT_VARIABLE version ERROR_QUIET RESULT_VARIABLE status OUTPUT_STRIP_TRAILING_WHITESPACE)
        string(REGEX REPLACE "^v" "" version "${version}")
        if(NOT status EQUAL 0 OR version VERSION_LESS 20.19 OR (version VERSION_GREATER_EQUAL 21 AND version VERSION_LESS 22.12))
            continue()
        endif()
        set(${result} ${program} PARENT_SCOPE)
        return()
    endforeach()
endfunction()

function(web_app target)
    set(web ${PROJECT_SOURCE_DIR}/web)
    set(cache "$ENV{XDG_CACHE_HOME}")
    if(NOT cache)
        set(cache "$ENV{HOME}/.cache")
    endif()
    foreach(name web third_party/npm-node)
        file(SHA256 ${PROJECT_SOURCE_DIR}/${name}/package-lock.json hash)
        string(SUBSTRING ${hash} 0 12 hash)
        get_filename_component(short ${name} NAME)
        set(lock_${short} ${hash})
    endforeach()
    set(packages ${cache}/entente/web-${lock_web})
    _find_new_node(node ${cache}/entente/node-${lock_npm-node}/bin/node)

    set(work ${PROJECT_BINARY_DIR}/app)
    set(entente_web_node "" CACHE INTERNAL "") # for web/tests: nothing where the app is left out
    set(entente_web_work ${work} CACHE INTERNAL "")
    set(entente_web_packages ${packages} CACHE INTERNAL "")
    if(ENTENTE_WEB AND node AND EXISTS ${packages}/complete)
        file(GLOB_RECURSE inputs CONFIGURE_DEPENDS ${web}/src/* ${web}/build/* ${web}/public/* ${web}/tests/*.ts)
        set(packed ${work}/packed)
        set(entente_web_node ${node} CACHE INTERNAL "")
        add_custom_command(
            OUTPUT ${packed}/app_files.S ${packed}/app_files_table.cpp
            COMMAND ${CMAKE_COMMAND} -DSOURCE=${web} -DWORK=${work} -DNODE=${node} -DPACKAGES=${packages}
                -P ${PROJECT_SOURCE_DIR}/cmake/WebApp.cmake
            DEPENDS ${inputs} ${web}/index.html ${web}/package-lock.json ${web}/vite.config.ts ${web}/svelte.config.js
                ${PROJECT_SOURCE_DIR}/cmake/WebApp.cmake
            COMMENT "Building the app"
            VERBATIM
        )
    else()
        if(ENTENTE_WEB)
            message(STATUS "The app is left out: no Node.js from 20.19 on, or no packages in ${packages} (tools/install fetches both)")
        endif()
        set(packed ${CMAKE_CURRENT_SOURCE_DIR}/not_built)
    endif()
    add_custom_target(web DEPENDS ${packed}/app_files.S)
    add_library(${target} STATIC ${packed}/app_files.S ${packed}/app_files_table.cpp)
    target_compile_options(${target} PRIVATE $<$<COMPILE_LANGUAGE:ASM>:-I${packed}>)
    target_include_directories(${target} PUBLIC ${PROJECT_SOURCE_DIR}/src)
    target_link_libraries(${target} PRIVATE entente_hardening)
endfunction()
