// What the engine remembers of the alerts it has raised: quiet periods, groups, and what each alert rested
// on.
#pragma once

#include <absl/container/flat_hash_map.h>
#include <absl/container/flat_hash_set.h>

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "event/instant.h"
#include "rules/rule.h"

namespace suar::engine {

class StateReader;
class StateWriter;

// The first 128 bits of SHA-256 over the parts, separated by NUL, as 32 hex digits.
[[nodiscard]] std::string hash_parts(std::initializer_list<std::string_view> parts);

struct LastAlert {
  event::Instant as_of;
  std::string trigger_event_id;
  std::string alert_id;
  rules::AlertSeverity severity{};
  int score = 0;
  std::vector<std::uint64_t> orders;  // of the events it rested on
};

// The alerts of one party.
struct AlertGroup {
  std::string id;
  event::Instant last;
};

// The live alerts of one rule on its newest day.
struct AlertDay {
  event::Date date;
  int sent = 0;
};

// What a suppression has kept quiet.
struct SnoozedHits {
  rules::Int128 amount = 0;  // home currency, minor units
  std::int64_t hits = 0;
  bool over = false;
};

class AlertState {
 public:
  // The last alert of a rule on a subject; null where there was none.
  [[nodiscard]] const LastAlert* last(rules::Mode mode, std::string_view rule,
                                      std::string_view subject) const;
  void sent(rules::Mode mode, std::string_view rule, std::string_view subject, LastAlert alert);
  // False where an alert of this id was sent before: at most one exists for an id.
  [[nodiscard]] bool first_of_its_id(const std::string& alert_id) { return ids_.insert(alert_id).second; }

  // How many live alerts of the rule went out on that day, this one not included.
  [[nodiscard]] int& sent_on(std::string_view rule, event::Date day);
  // Whether the suppression still holds for a hit; then the hit counts against its limits.
  [[nodiscard]] bool snooze(const rules::Suppression& suppression, std::int64_t amount, event::Instant now);

  // The group of an alert: that of the party's alerts of the last 30 days, else a new one.
  [[nodiscard]] std::string group(rules::Mode mode, std::string_view party, std::string_view alert_id,
                                  event::Instant as_of);

  // An event that some alert rested on is undone.
  void undone(std::uint64_t order) { undone_.insert(order); }
  [[nodiscard]] bool rests_on_undone(const LastAlert& alert) const;

  void save(StateWriter& out) const;
  // Into an empty one.
  void restore(StateReader& in);

 private:
  // The state: state_acts.cc. Live and shadow alerts know nothing of each other.
  absl::flat_hash_map<std::tuple<rules::Mode, std::string, std::string>, LastAlert> last_;  // rule, subject
  absl::flat_hash_map<std::pair<rules::Mode, std::string>, AlertGroup> groups_;             // by party
  absl::flat_hash_map<std::string, AlertDay> days_;                                         // by rule
  // By rule, subject and end: a suppression that is written anew begins anew.
  absl::flat_hash_map<std::tuple<std::string, std::string, std::int64_t>, SnoozedHits> snoozed_;
  absl::flat_hash_set<std::string> ids_;
  absl::flat_hash_set<std::uint64_t> undone_;
};

}  // namespace suar::engine
