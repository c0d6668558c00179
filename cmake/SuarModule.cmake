# Reading headers is most of what compiling a source costs. These are in nearly every one; a source includes what it uses
# all the same, and `./dev lint` reads it without them.
set(SUAR_COMMON_HEADERS <algorithm> <array> <chrono> <cstdint> <expected> <functional> <map> <memory> <optional> <set>
  <span> <string> <string_view> <utility> <vector> <fmt/format.h>)

# suar_module(NAME LINK target... [PRECOMPILE header...]): the library suar::NAME from src/NAME/*.cc (main.cc belongs to
# the program). A folder that holds only headers is a library all the same, with nothing in it to link. PRECOMPILE names
# further headers that most of the folder's files come to include and that take a second or more to read.
function(suar_module name)
  cmake_parse_arguments(MODULE "" "" "LINK;PRECOMPILE" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/src/${name}/*.cc")
  list(FILTER sources EXCLUDE REGEX "/main\\.cc$")
  if(sources)
    add_library(suar_${name} STATIC ${sources})
    target_link_libraries(suar_${name} PRIVATE suar_compiler)
    target_precompile_headers(suar_${name} PRIVATE ${SUAR_COMMON_HEADERS} ${MODULE_PRECOMPILE})
    # With sanitizers these take longest to compile, and their tests wait rather than compute.
    if(SUAR_SANITIZE AND name MATCHES "^(kafka|service|cli)$")
      target_compile_options(suar_${name} PRIVATE -O0)
    endif()
    set(visibility PUBLIC)
  else()
    add_library(suar_${name} INTERFACE)
    set(visibility INTERFACE)
  endif()
  add_library(suar::${name} ALIAS suar_${name})
  target_include_directories(suar_${name} ${visibility} "${CMAKE_SOURCE_DIR}/src")
  target_link_libraries(suar_${name} ${visibility} ${MODULE_LINK} fmt::fmt)
endfunction()

# suar_test_program(TARGET): a program whose own sources are not optimised, for compiling them is most of what it costs;
# what it tests is. Its headers come from suar_test_headers.
function(suar_test_program target)
  target_include_directories(${target} PRIVATE "${CMAKE_SOURCE_DIR}/tests")
  target_link_libraries(${target} PRIVATE suar_compiler GTest::gmock GTest::gtest_main)
  target_compile_options(${target} PRIVATE -O0)
  target_precompile_headers(${target} REUSE_FROM suar_test_headers)
endfunction()

# suar_test_headers(): what nearly every test includes, precompiled once for all of them.
function(suar_test_headers)
  file(WRITE "${CMAKE_CURRENT_BINARY_DIR}/test_headers.cc" "// Carries the tests' precompiled header.\n")
  add_library(suar_test_headers STATIC "${CMAKE_CURRENT_BINARY_DIR}/test_headers.cc")
  target_link_libraries(suar_test_headers PRIVATE suar_compiler GTest::gmock)
  target_compile_options(suar_test_headers PRIVATE -O0)
  target_precompile_headers(suar_test_headers PRIVATE <gmock/gmock.h> <gtest/gtest.h> <expected> <map> <optional> <span>
    <string> <string_view> <vector>)
endfunction()

# suar_test_folder(NAME LABEL label LINK target...): the program NAME_test from every source of tests/NAME, each of its
# cases known to ctest under the label, except those of a suite whose name ends in Slow, which are labelled slow.
# Without sources there is no program.
function(suar_test_folder name)
  cmake_parse_arguments(FOLDER "" "LABEL" "LINK" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/tests/${name}/*.cc")
  if(NOT sources)
    return()
  endif()
  add_executable(${name}_test ${sources})
  suar_test_program(${name}_test)
  target_link_libraries(${name}_test PRIVATE ${FOLDER_LINK} suar_test_built)
  gtest_discover_tests(${name}_test TEST_FILTER "-*Slow.*" PROPERTIES LABELS "${FOLDER_LABEL}" DISCOVERY_TIMEOUT 60)
  gtest_discover_tests(${name}_test TEST_FILTER "*Slow.*" TEST_LIST ${name}_test_slow PROPERTIES LABELS slow
    DISCOVERY_TIMEOUT 60)
endfunction()
