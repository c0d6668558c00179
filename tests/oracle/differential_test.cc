// The engine against the oracle: random rules over random streams. SUAR_ORACLE_CASES says how many,
// SUAR_ORACLE_SEED with which to begin; each case has a seed of its own, so that any of them can be run again
// alone. Without them some thousand cases are run, with SUAR_ORACLE_LONG many more, of other seeds.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <string>

#include "oracle/differential.h"

namespace suar::oracle {
namespace {

std::uint64_t from_environment(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

// SUAR_ORACLE_FILE: a case by hand, such as one that was printed and then changed.
TEST(Engine, AgreesWithTheOracleOnTheGivenCase) {
  const char* path = std::getenv("SUAR_ORACLE_FILE");
  if (path == nullptr) GTEST_SKIP();
  std::ifstream file(path);
  const Comparison comparison =
      compare(read_case({std::istreambuf_iterator<char>(file), {}}), OnDifference::kGoOn);
  fmt::print("{}", comparison.trace);
  EXPECT_EQ(comparison.refusal, "");
  EXPECT_TRUE(comparison.difference.empty());
}

TEST(Engine, AgreesWithTheOracleOnRandomRulesAndStreams) {
  const bool many = std::getenv("SUAR_ORACLE_LONG") != nullptr;
  const std::uint64_t first = from_environment("SUAR_ORACLE_SEED", many ? 1'000'000 : 1);
  const std::uint64_t cases = from_environment("SUAR_ORACLE_CASES", many ? 70'000 : 3000);
  const std::uint64_t most_shown = from_environment("SUAR_ORACLE_SHOWN", 1);
  const bool verbose = from_environment("SUAR_ORACLE_VERBOSE", 0) != 0;

  Tally tally;
  std::map<std::string, std::uint64_t> of_sort;
  std::uint64_t refused = 0, different = 0;
  for (std::uint64_t seed = first; seed < first + cases; ++seed) {
    const Case c = random_case(seed);
    const Comparison comparison = compare(c);
    for (const auto& [name, count] : comparison.tally) tally[name] += count;
    if (!comparison.runs) {
      ++refused;
      if (verbose) fmt::print("seed {} is refused:\n{}\n", seed, comparison.refusal);
      continue;
    }
    if (comparison.difference.empty()) continue;
    ++different;
    const char* sort = std::getenv("SUAR_ORACLE_SORT");
    if (++of_sort[comparison.sort] > most_shown || (sort != nullptr && comparison.sort != sort)) continue;
    const Case small = shrink(c);
    ADD_FAILURE() << describe(small, seed) << compare(small).difference;
  }
  fmt::print("{} cases from seed {}: {} differ, {} refused by the rule loader\n", cases, first, different,
             refused);
  for (const auto& [sort, count] : of_sort) fmt::print("{:10} {}\n", count, sort);
  if (verbose) {
    for (const auto& [name, count] : tally) fmt::print("{:10} {}\n", count, name);
  }
  EXPECT_EQ(different, 0U);
  EXPECT_LT(refused, cases / 10 + 1) << "the generator writes rules that are no rules";
  EXPECT_GT(tally["alerts"], static_cast<long>(cases) / 4) << "the cases decide too little";
  for (const char* way :
       {"alerts that escalate", "alerts in shadow mode", "rule with excepted hits", "rule with snoozed hits",
        "rule that hit, with a sequence", "rule that hit, with an absence", "deadlines disarmed"})
    EXPECT_GT(tally[way], static_cast<long>(cases) / 100) << way;
}

}  // namespace
}  // namespace suar::oracle
