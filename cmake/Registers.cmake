# A kernel that is compiled twice, NAME_wide.cpp for registers of four numbers and NAME_narrow.cpp for what every processor
# has; which one is called is decided where it runs (numerics/registers.h). Both give the same digits.
function(compile_for_registers name)
    # Unrolled in every preset: what these files hold is short and is all there is to wait for. No vector is handed over
    # between functions that are not inlined, so that the ABI that gcc warns of does not matter.
    set(options -O3 -Wno-psabi)
    set_source_files_properties(${name}_narrow.cpp PROPERTIES COMPILE_OPTIONS "${options}")
    if(CMAKE_SYSTEM_PROCESSOR STREQUAL "x86_64")
        list(APPEND options -mavx2)
    endif()
    set_source_files_properties(${name}_wide.cpp PROPERTIES COMPILE_OPTIONS "${options}")
endfunction()
