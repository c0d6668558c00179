# Warnings, optimisation and sanitizers, for every target of the project alike.
add_library(suar_compiler INTERFACE)

target_compile_options(suar_compiler INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor -Wold-style-cast
  -Wno-pedantic # __int128 carries exact sums
  -Werror -Wno-error=invalid-pch
  # Abseil asks for it; everywhere, or a precompiled header would not fit.
  -pthread
  # IEEE results must be the same bits on every machine: no fused multiply-add.
  -ffp-contract=off)

# g++ is the compiler whose warnings count; clang is there to fuzz and to compare with.
if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
  target_compile_options(suar_compiler INTERFACE -Wno-error)
endif()

set(SUAR_SANITIZE "" CACHE STRING "Sanitizers to build with, such as address,undefined")
if(SUAR_SANITIZE)
  # g++ 12 warns of uninitialised values in the standard library's own code once it is instrumented: warnings are
  # errors in the plain build, which sees the same sources.
  target_compile_options(suar_compiler INTERFACE -fsanitize=${SUAR_SANITIZE} -fno-omit-frame-pointer
                         -fno-sanitize-recover=all -Wno-error)
  target_link_options(suar_compiler INTERFACE -fsanitize=${SUAR_SANITIZE})
endif()

# ccache keeps compiled files over a change of branch or a clean tree. With GCC's precompiled headers it works when
# the preprocessor leaves them alone and the header's own defines and times are not looked at.
find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CMAKE_COMMAND}" -E env CCACHE_SLOPPINESS=pch_defines,time_macros "${CCACHE}")
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND NOT CMAKE_DISABLE_PRECOMPILE_HEADERS)
    target_compile_options(suar_compiler INTERFACE -fpch-preprocess)
  endif()
endif()
