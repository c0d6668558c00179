// The program as a shell sees it: exit status and streams.
#include <gmock/gmock.h>

#include "cli/shell.h"

namespace suar::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

using Program = ProgramTest;
using Outcome = ShellOutcome;

TEST_F(Program, TellsItsVersionAndHelp) {
  const Outcome version = shell("suar --version");
  EXPECT_EQ(version.status, 0);
  EXPECT_THAT(version.output, StartsWith("suar "));
  for (const char* command : {"run", "replay", "check", "test", "explain", "simulate", "demo"}) {
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
  const std::string rule = std::string(testing::kSourceDirectory) + "/rules";
  const Outcome outcome = shell(fmt::format(
      "exec 3>&1; {{ yes not-json | head -n 100000 | suar replay --rules {} --dead-letter /dev/stdout "
      "--alerts /dev/null 2>&1 >&4 | cat >&3; }} 4>&1 | head -n 1 >/dev/null",
      rule));
  EXPECT_THAT(outcome.output, HasSubstr("Broken pipe"));
}

}  // namespace
}  // namespace suar::cli
