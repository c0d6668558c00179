// The program as a shell sees it: exit status and streams.
#include <cstdio>
#include <string>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

namespace suar::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

struct Outcome {
  int status = -1;
  std::string output;
};

// Runs a command line in which `suar` is the program; `output` is what it leaves on its standard output.
Outcome shell(const std::string& command) {
  const std::string line = fmt::format("suar() {{ {} \"$@\"; }}; {}", SUAR_PROGRAM, command);
  Outcome outcome;
  FILE* pipe = ::popen(line.c_str(), "r");
  if (pipe == nullptr) return outcome;
  for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) outcome.output += static_cast<char>(c);
  outcome.status = WEXITSTATUS(::pclose(pipe));
  return outcome;
}

class Program : public ::testing::Test {
 protected:
  void SetUp() override {
    if (::access(SUAR_PROGRAM, X_OK) != 0) GTEST_SKIP() << SUAR_PROGRAM << " is not built";
  }
};

TEST_F(Program, TellsItsVersionAndHelp) {
  const Outcome version = shell("suar --version");
  EXPECT_EQ(version.status, 0);
  EXPECT_THAT(version.output, StartsWith("suar "));
  for (const char* command : {"run", "replay", "check", "test", "simulate", "demo"}) {
    EXPECT_EQ(shell(fmt::format("suar {} --help", command)).status, 0) << command;
  }
}

TEST_F(Program, EndsWithTwoWhereItsArgumentsAreWrong) {
  for (const char* arguments : {"", "fly", "replay", "replay --rules", "replay --rules /nonexistent", "test",
                                "check /nonexistent", "run --config /nonexistent"}) {
    const Outcome outcome = shell(fmt::format("suar {} 2>/dev/null </dev/null", arguments));
    EXPECT_EQ(outcome.status, 2) << arguments;
    EXPECT_EQ(outcome.output, "") << arguments;
  }
}

TEST_F(Program, TellsWhoeverItWritesToThatTheReaderHasGone) {
  const std::string rule = SUAR_SOURCE_DIR "/rules";
  const Outcome outcome = shell(fmt::format(
      "exec 3>&1; {{ yes not-json | head -n 100000 | suar replay --rules {} --dead-letter /dev/stdout "
      "--alerts /dev/null 2>&1 >&4 | cat >&3; }} 4>&1 | head -n 1 >/dev/null",
      rule));
  EXPECT_THAT(outcome.output, HasSubstr("Broken pipe"));
}

}  // namespace
}  // namespace suar::cli
