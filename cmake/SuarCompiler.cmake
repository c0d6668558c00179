# Warnings, optimisation and sanitizers, for every target of the project alike.
add_library(suar_compiler INTERFACE)

target_compile_options(suar_compiler INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor -Wold-style-cast
  -Wno-pedantic # __int128 carries exact sums
  -Werror
  # IEEE results must be the same bits on every machine: no fused multiply-add.
  -ffp-contract=off)

set(SUAR_SANITIZE "" CACHE STRING "Sanitizers to build with, such as address,undefined")
if(SUAR_SANITIZE)
  target_compile_options(suar_compiler INTERFACE -fsanitize=${SUAR_SANITIZE} -fno-omit-frame-pointer
                         -fno-sanitize-recover=all)
  target_link_options(suar_compiler INTERFACE -fsanitize=${SUAR_SANITIZE})
endif()

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CCACHE}")
endif()
