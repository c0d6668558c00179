// A story that can be planted: a crime, or something innocent that looks like one.
//
// To add one: a file scenario_NAME.cc with its stories and a function that lists them, and that function's
// name in scenario.cc. A story draws its amounts and rhythms from what is known of real cases, never from a
// rule.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "simulator/casting.h"
#include "simulator/stage.h"

namespace suar::simulator {

struct Scenario {
  std::string_view name;
  std::string_view rule;  // which is to find the crime; the look-alike no rule is to flag
  bool crime = false;
  Casting subject;
  int fewest_days = 1;  // a stream shorter than this has no room for it
  int most_days = 1;    // kWholeStream: it was there before and goes on after
  void (*act)(Stage& stage) = nullptr;
};

inline constexpr int kWholeStream = INT32_MAX;

[[nodiscard]] std::span<const Scenario> document_fee_scenarios();
[[nodiscard]] std::span<const Scenario> port_collector_scenarios();
[[nodiscard]] std::span<const Scenario> office_payout_scenarios();
[[nodiscard]] std::span<const Scenario> shared_wages_scenarios();
[[nodiscard]] std::span<const Scenario> boat_passage_scenarios();
[[nodiscard]] std::span<const Scenario> bribed_official_scenarios();
[[nodiscard]] std::span<const Scenario> bribe_carrier_scenarios();
[[nodiscard]] std::span<const Scenario> cash_scenarios();
[[nodiscard]] std::span<const Scenario> passage_scenarios();
[[nodiscard]] std::span<const Scenario> exploited_worker_scenarios();
[[nodiscard]] std::span<const Scenario> exploitation_scenarios();
[[nodiscard]] std::span<const Scenario> laundering_scenarios();
[[nodiscard]] std::span<const Scenario> joint_scenarios();

[[nodiscard]] std::vector<const Scenario*> all_scenarios();

}  // namespace suar::simulator
