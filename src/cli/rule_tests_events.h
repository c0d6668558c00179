// The events of a test: compact items -> records in the order of arrival.
#pragma once

#include <map>
#include <string>
#include <vector>

#include <yaml-cpp/yaml.h>

#include "cli/rule_tests_case.h"
#include "cli/rule_tests_yaml.h"
#include "event/money.h"

namespace suar::cli {

// What the events of a test share.
struct TestWorld {
  event::Currency home;
  event::Instant start;
  bool arrive_as_listed = false;              // else in the order of their times
  std::map<std::string, YAML::Node> fields;   // of every event that states none of its own
  std::map<std::string, YAML::Node> parties;  // by the name that events call them
};

// Reads the list `events`; what is wrong with it goes to `findings`.
[[nodiscard]] std::vector<TestRecord> read_test_events(const YAML::Node& events, const TestWorld& world,
                                                       TestFindings& findings);

}  // namespace suar::cli
