#include "cli/demo.h"

#include <gtest/gtest.h>

#include "cli/temporary_directory.h"

namespace suar::cli {
namespace {

constexpr std::string_view kRule = R"(
rule: many-payers
version: 1
title: {en: Many payers, id: Banyak pembayar}
crimes: [migrant_smuggling]
watch: account
events: direction == "in"
let: {payers: distinct(other) over 7d}
when: payers >= 20
raise: {severity: high, score: 50, role: unknown, quiet: 7d, because: {en: "{payers} payers", id: "{payers} pembayar"}}
look_alikes: [a shop]
)";

TEST(Demo, ProcessesEveryEventThroughTheStandInBroker) {
  const TemporaryDirectory directory;
  DemoOptions options;
  options.rules = directory.write("rule.yaml", kRule);
  options.seconds = 2;
  options.days = 5;
  options.accounts = 400;
  EXPECT_EQ(run_demo(options), 0);
}

TEST(Demo, CouldNotRunWithARuleThatIsWrong) {
  const TemporaryDirectory directory;
  DemoOptions options;
  options.rules = directory.write("rule.yaml", "rule: wrong\n");
  EXPECT_EQ(run_demo(options), 2);
}

}  // namespace
}  // namespace suar::cli
