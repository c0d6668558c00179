// The built program as a shell runs it.
#pragma once

#include <cstdio>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "built.h"

namespace suar::cli {

struct ShellOutcome {
  int status = -1;
  std::string output;  // what it left on its standard output
};

// Runs a command line in which `suar` is the program.
inline ShellOutcome shell(const std::string& command) {
  const std::string line = fmt::format("suar() {{ {} \"$@\"; }}; {}", testing::kProgram, command);
  ShellOutcome outcome;
  FILE* pipe = ::popen(line.c_str(), "r");
  if (pipe == nullptr) return outcome;
  for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) outcome.output += static_cast<char>(c);
  outcome.status = WEXITSTATUS(::pclose(pipe));
  return outcome;
}

class ProgramTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (::access(testing::kProgram, X_OK) != 0) GTEST_SKIP() << testing::kProgram << " is not built";
  }
};

}  // namespace suar::cli
