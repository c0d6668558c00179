// What a rule found: everything an alert needs, in exact values. The alert library turns it into JSON and
// sentences.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "event/instant.h"
#include "event/money.h"
#include "rules/rule.h"

namespace suar::engine {

// A computed value with its type; absent values have present == false.
struct Value {
  rules::Type type = rules::Type::kBool;
  bool present = false;
  bool truth = false;
  rules::Rational number;    // kNumber; kMoney in minor units of `currency`
  event::Currency currency;  // kMoney
  std::string text;          // kText and kParty
  event::Instant time;       // kTime
  event::Duration duration;  // kDuration
};

// A named value of the evidence. A window has its bounds (start excluded, end included); a value that the
// rule compares with a constant or a parameter has that threshold.
struct EvidenceValue {
  std::string name;
  Value value;
  std::optional<Value> threshold;
  std::optional<event::Instant> window_start, window_end;
};

// A line of a weighing: what it saw and what it added to the score.
struct EvidenceTerm {
  std::string name;
  Value value;
  rules::Rational weight, points;
};

// A modifier that held.
struct EvidenceModifier {
  std::string name;
  rules::Rational factor;
};

// A party of the trigger, for the alert's subject and parties.
struct HitParty {
  std::string side;  // "debtor" or "creditor"
  std::string party_id, account, name;
};

struct Hit {
  const rules::Rule* rule = nullptr;
  rules::Mode mode{};
  rules::AlertSeverity severity{};
  int score = 0;         // 0 to 100
  std::string alert_id;  // 32 hex digits
  std::string trigger_event_id;
  event::Instant event_time;  // the trigger's
  std::int16_t offset_minutes = 0;
  event::Instant as_of;     // T of the subject
  std::string subject_key;  // "account:123", with a tenant "tenant/account:123"
  std::string subject_party_id, subject_account, subject_name;  // where known
  std::string group_id;
  std::optional<event::Instant> deadline;  // that fired: the trigger is the event that opened it
  std::vector<HitParty> parties;
  std::vector<EvidenceValue> values;
  std::vector<EvidenceTerm> terms;
  std::vector<EvidenceModifier> modifiers;
  std::vector<std::string> event_ids;              // newest first, capped
  std::uint64_t event_count = 0;                   // the true number
  std::vector<std::string> lists;                  // that matched
  std::vector<std::string> paths;                  // of linked()
  std::vector<Value> because_en, because_id;       // one per value piece of the rule's templates, in order
  std::optional<event::Instant> warming_up_since;  // a window is not full yet; since when it is covered
  // The rule's limit of alerts a day: this alert reaches it, or is beyond it and so in shadow mode. Then,
  // when that day ends.
  std::optional<event::Instant> limited_until;
  std::string escalates;  // alert_id of the last alert of this rule and subject, where its quiet period still
                          // runs and this one is graver
  std::string predecessor_undone;  // alert_id of the last alert of this rule and subject, where an event it
                                   // rested on is undone
};

}  // namespace suar::engine
