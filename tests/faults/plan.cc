#include "faults/plan.h"

#include <fmt/format.h>

#include <algorithm>

#include "faults/random.h"

namespace suar::faults {
namespace {

constexpr int kRecordsLeast = 4'000;
constexpr int kRecordsMost = 8'000;
constexpr int kLatestBegin = 20'000;
constexpr int kMillisPerFault = 1'800;
// A killed instance comes back before or after another has taken over.
constexpr int kLongestAbsence = 3'000;
// Silence is 1 s and a little; some pauses are too short for a take-over.
constexpr int kShortestPause = 300;
constexpr int kLongestPause = 6'000;
constexpr int kLongestBrokerAbsence = 3'000;

struct Weight {
  Kind kind;
  int weight;
};
constexpr Weight kWeights[] = {
    {Kind::kKill, 6}, {Kind::kPause, 4}, {Kind::kStop, 3}, {Kind::kBrokerRestart, 1}, {Kind::kBrokerKill, 1}};

Kind draw_kind(Random& random, const PlanOptions& options) {
  int sum = 0;
  const auto admitted = [&](Kind kind) {
    return options.kinds.empty() || std::ranges::find(options.kinds, kind) != options.kinds.end();
  };
  for (const auto& [kind, weight] : kWeights) sum += admitted(kind) ? weight : 0;
  int drawn = random.between(1, sum);
  for (const auto& [kind, weight] : kWeights) {
    drawn -= admitted(kind) ? weight : 0;
    if (drawn <= 0) return kind;
  }
  return Kind::kKill;
}

int draw_duration(Random& random, Kind kind) {
  switch (kind) {
    case Kind::kPause:
      return random.between(kShortestPause, kLongestPause);
    case Kind::kBrokerRestart:
    case Kind::kBrokerKill:
      return random.between(0, kLongestBrokerAbsence);
    case Kind::kKill:
    case Kind::kStop:
      break;
  }
  return random.one_in(3) ? 0 : random.between(0, kLongestAbsence);
}

}  // namespace

std::string_view name_of(Kind kind) {
  switch (kind) {
    case Kind::kKill:
      return "kill";
    case Kind::kPause:
      return "pause";
    case Kind::kStop:
      return "stop";
    case Kind::kBrokerRestart:
      return "broker-restart";
    case Kind::kBrokerKill:
      return "broker-kill";
  }
  return "";
}

const std::vector<Kind>& all_kinds() {
  static const std::vector<Kind> kAll = [] {
    std::vector<Kind> kinds;
    for (const Weight& weight : kWeights) kinds.push_back(weight.kind);
    return kinds;
  }();
  return kAll;
}

Plan plan_of(std::uint64_t seed, const PlanOptions& options) {
  Random random(seed);
  Plan plan;
  plan.seed = seed;
  plan.instances = random.between(1, 3);
  plan.partitions = random.one_in(2) ? 1 : 3;
  plan.exactly_once = !random.one_in(5);
  plan.records = random.between(kRecordsLeast, kRecordsMost);
  plan.first_record = random.between(0, kLatestBegin);
  plan.snapshot_millis = random.one_in(3) ? 0 : random.between(200, 3'000);
  plan.millis = options.faults * kMillisPerFault;
  for (int i = 0; i < options.faults; ++i) {
    Fault fault;
    fault.kind = draw_kind(random, options);
    fault.at_millis = random.between(0, plan.millis);
    fault.of_active = !random.one_in(4);
    fault.millis = draw_duration(random, fault.kind);
    plan.faults.push_back(fault);
  }
  std::ranges::stable_sort(plan.faults, {}, &Fault::at_millis);
  return plan;
}

std::string describe(const Plan& plan) {
  std::string text = fmt::format(
      "{} instances, {} partitions, {}, {} records in {} ms, snapshots {}", plan.instances, plan.partitions,
      plan.exactly_once ? "exactly_once" : "at_least_once", plan.records, plan.millis,
      plan.snapshot_millis == 0 ? std::string("at a stop only")
                                : fmt::format("every {} ms", plan.snapshot_millis));
  for (const Fault& fault : plan.faults) {
    text += fmt::format("\n  {:>6} ms  {}{}, undone after {} ms", fault.at_millis, name_of(fault.kind),
                        fault.of_active ? "" : " (not the active one)", fault.millis);
  }
  return text;
}

}  // namespace suar::faults
