// The fault matrix: a real broker, the real program, seeded faults at random moments, and a judge.
//
//   suar_faults --runs 20 --seed 7     runs of seed 7, 8, ...; each prints its seed and can be run again
//   alone
//
// One run: a deployment of one to three instances reads simulated traffic with bad records among it while the
// faults of its plan (plan.h) come over it. Then all is healed, everything must have been processed, and the
// judge (judge.h) compares what was sent with what replay says must have been sent.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <exception>
#include <map>
#include <random>
#include <string>

#include "faults/broker.h"
#include "faults/plan.h"
#include "faults/run.h"

namespace suar::faults {
namespace {

constexpr int kFound = 1;
constexpr int kCouldNot = 2;
constexpr std::size_t kShown = 10;

struct Options {
  int runs = 1;
  std::uint64_t seed = std::random_device{}();
  std::string directory = "build/faults";
  PlanOptions plan;
};

void report(const RunResult& result, double seconds) {
  const Verdict& verdict = result.verdict;
  fmt::print("  {} faults met, {} terms, {} alerts, {} dead letters, {:.1f} s: {}\n", result.inflicted,
             verdict.terms, verdict.alerts, verdict.dead_letters, seconds,
             verdict.faults.empty() ? "as it must be" : "WRONG");
  for (std::size_t i = 0; i < verdict.faults.size() && i < kShown; ++i)
    fmt::print("  - {}\n", verdict.faults[i]);
  if (verdict.faults.size() > kShown) fmt::print("  - and {} more\n", verdict.faults.size() - kShown);
  if (!result.kept.empty()) fmt::print("  its logs and configuration: {}\n", result.kept);
  std::fflush(stdout);
}

int run_all(const Options& options) {
  Broker broker(options.directory + "/broker");
  int faults = 0;
  std::vector<std::uint64_t> wrong;
  for (int i = 0; i < options.runs; ++i) {
    const Plan plan = plan_of(options.seed + static_cast<std::uint64_t>(i), options.plan);
    fmt::print("seed {}: {}\n", plan.seed, describe(plan));
    std::fflush(stdout);
    const auto begin = std::chrono::steady_clock::now();
    const RunResult result = run(plan, broker, options.directory);
    report(result, std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
    faults += result.inflicted;
    if (!result.verdict.faults.empty()) wrong.push_back(plan.seed);
  }
  fmt::print("{} runs with {} faults; {} of them wrong", options.runs, faults, wrong.size());
  for (const std::uint64_t seed : wrong) fmt::print(", --seed {}", seed);
  fmt::print("\n");
  return wrong.empty() ? 0 : kFound;
}

int start(int argc, char** argv) {
  // Assertions of the tests' support are exceptions here.
  ::testing::GTEST_FLAG(throw_on_failure) = true;
  int none = 1;
  ::testing::InitGoogleTest(&none, argv);
  Options options;
  std::vector<std::string> only;
  CLI::App app("Runs Suar under faults and judges what it sends.");
  app.add_option("--runs", options.runs, "How many runs")->capture_default_str();
  app.add_option("--seed", options.seed, "Of the first run; the next ones count up (random)");
  app.add_option("--faults", options.plan.faults, "Faults of a run")->capture_default_str();
  app.add_option("--only", only, "Kinds of faults to draw from")->delimiter(',');
  app.add_option("--directory", options.directory, "For the broker, and what is kept of a wrong run")
      ->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  for (const std::string& name : only) {
    const auto found = std::ranges::find(all_kinds(), name, [](Kind kind) { return name_of(kind); });
    if (found == all_kinds().end()) {
      fmt::print(stderr, "faults: --only {}: there is no such kind\n", name);
      return kCouldNot;
    }
    options.plan.kinds.push_back(*found);
  }
  return run_all(options);
}

}  // namespace
}  // namespace suar::faults

int main(int argc, char** argv) {
  try {
    return suar::faults::start(argc, argv);
  } catch (const std::exception& error) {
    fmt::print(stderr, "faults: {}\n", error.what());
    return 2;
  }
}
