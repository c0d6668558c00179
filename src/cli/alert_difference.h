// Which alerts two rule sets raise on the same events, set side by side.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/hit.h"

namespace suar::cli {

// What is kept of an alert.
struct AlertRecord {
  std::string rule, subject, trigger;
  event::Instant time;  // the trigger's
  std::int16_t offset_minutes = 0;
  std::string severity;
  int score = 0;
  std::vector<std::pair<std::string, std::string>> values;  // of the evidence, as rule files write them
  std::string narrative;                                    // in English

  [[nodiscard]] std::string day() const;  // "2025-03-01", as the trigger's offset shows it
};
[[nodiscard]] AlertRecord record_of(const engine::Hit& hit);

enum class ChangeKind : std::uint8_t {
  kAdded,
  kGone,
  kMoved,    // the same rule and subject, at another event within `reach`: what was found is found at another
             // time
  kChanged,  // the same event, but other values, severity or score
};
[[nodiscard]] std::string_view name_of(ChangeKind kind);

struct AlertChange {
  ChangeKind kind{};
  const AlertRecord* before = nullptr;  // null: added
  const AlertRecord* after = nullptr;   // null: gone
  std::vector<std::string> what;        // kChanged: "payers: 5 -> 6"

  [[nodiscard]] const AlertRecord& alert() const { return after != nullptr ? *after : *before; }
};

// In the order of time, rule and subject. Refers to the records.
[[nodiscard]] std::vector<AlertChange> changes(const std::vector<AlertRecord>& before,
                                               const std::vector<AlertRecord>& after,
                                               event::Duration reach = event::Duration::days(7));

struct ChangeCounts {
  std::uint64_t before = 0, after = 0;  // alerts
  std::uint64_t added = 0, gone = 0, moved = 0, changed = 0;
  void add(ChangeKind kind);
  [[nodiscard]] bool any() const { return added + gone + moved + changed > 0; }
};

struct RuleChanges {
  ChangeCounts all;
  std::map<std::string, ChangeCounts> by_day;
};
[[nodiscard]] std::map<std::string, RuleChanges> by_rule(const std::vector<AlertRecord>& before,
                                                         const std::vector<AlertRecord>& after,
                                                         const std::vector<AlertChange>& changes);

}  // namespace suar::cli
