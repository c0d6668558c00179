// A test of a rule as its file states it, ready to run. The notation stands in rules/LANGUAGE.md, "Tests".
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "event/instant.h"
#include "reference/reference.h"

namespace suar::cli {

// One event, as the record that the engine will be given.
struct TestRecord {
  std::string json;
  int line = 0;  // of the event in the rule file
};

// One alert that has to be raised. What is left out is not compared.
struct ExpectedAlert {
  std::string rule;
  std::string subject;
  std::string trigger;
  std::optional<event::Instant> at;                         // the trigger's event time
  std::vector<std::pair<std::string, std::string>> values;  // name, and the value in the notation
  std::optional<std::vector<std::string>> event_ids, lists;
  std::string severity, score, mode;
  std::string narrative_en, narrative_id;
  int line = 0;
};

struct TestCase {
  std::string file;
  int line = 0;
  std::string rule;
  std::string name;
  std::vector<TestRecord> records;  // in the order of arrival
  std::vector<reference::File> reference;
  std::vector<ExpectedAlert> expect;
  std::optional<event::Instant> end_time;  // reached after the last event
  std::optional<std::uint64_t> hits;       // of the rule, quiet and silent ones included
};

}  // namespace suar::cli
