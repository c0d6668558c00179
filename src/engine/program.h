// The program that a rule set compiles to: for each kind of entity that some rule watches, which conditions
// to ask of an event, what to keep of it, and how each rule's windows are computed from what is kept.
//
// Identical windows predicates and columns are found by their text (fingerprint) and held once per kind,
// whichever rules they come from.
#pragma once

#include <absl/container/flat_hash_map.h>

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/correlation.h"
#include "engine/entity_log.h"
#include "engine/node.h"
#include "rules/rule.h"

namespace suar::engine {

// How a column of the entry layout is filled from an event.
struct Column {
  enum class Kind : std::uint8_t {
    kAmount,    // amount in `currency`: follows partial reverses
    kNumber,    // another money or whole number
    kFraction,  // a signal's value: numerator and denominator, two words
    kIdentity,  // of a text or a party; 0 = absent
    kTruth,     // 0 or 1
    kParty,     // a reference to a party, see column_of_party()
  };
  Kind kind{};
  std::uint32_t word = 0;  // in the entry's body
  const Node* value = nullptr;
  event::Currency currency;
  std::uint64_t definition = 0;  // alike in another program where the column means the same
};

struct WindowPlan {
  const rules::Window* window = nullptr;
  std::uint32_t id = 0;   // among the distinct windows of the kind
  std::uint32_t bit = 0;  // the predicate: the rule's `events` and the window's `where`
  std::uint32_t share_bit = 0;
  int column = -1;  // of the value; -1 = none
  int same = -1;    // of `same`; -1 = none
  std::vector<std::unique_ptr<Correlation>>
      correlations;  // with the trigger, which is event 1; the entry is 0
};

// The steps of a rule's sequence. The last is the trigger; what it asks of itself is the plan's `trigger`.
struct SequencePlan {
  static constexpr std::size_t kMostSteps = 6;

  struct Step {
    std::uint32_t bit = 0;  // the events that may be it; of the last unused
    std::int64_t within = 0;
    int of = -1;
    // Those of which it is the earliest step: to be asked as soon as it is bound.
    std::vector<std::unique_ptr<Correlation>> conditions;
  };
  std::vector<Step> steps;  // empty = no sequence
  // The bits of all steps but the last, by word of the mask.
  struct MaskWord {
    std::uint32_t word = 0;
    std::uint64_t bits = 0;
  };
  std::vector<MaskWord> before_trigger;
  std::int64_t reach = 0;  // microseconds
};

struct UnlessPlan {
  bool present = false;
  std::uint64_t definition = 0;  // alike in another program where it waits for the same
  std::uint32_t bit = 0;         // the events that may disarm
  std::vector<std::unique_ptr<Correlation>> conditions;  // with the opener, which is event 1; the entry is 0
};

// Where the entry of a step keeps a value that `when`, a let or a narrative names.
struct BoundColumn {
  int step = 0;
  int column = -1;
};

// One bit of an entry's mask: set where `events` holds and `condition` (if any) and `share` (if any).
struct Predicate {
  std::uint32_t bit = 0;
  const Node* where = nullptr;  // null = all that the rule's events admit
  const Node* share = nullptr;
};

struct RulePlan {
  int rule = 0;  // index in the rule set
  const Node* events = nullptr;
  const Node* admits = nullptr;  // the same as `events`, the cheapest questions first
  const Node* trigger = nullptr;
  const Node* when = nullptr;
  std::uint64_t buckets = 0;
  std::vector<const Node*> lets;
  std::vector<WindowPlan> windows;
  SequencePlan sequence;
  UnlessPlan unless;
  std::vector<BoundColumn> bounds;  // in step with the rule's `bound`; column -1: not named there
  std::vector<Predicate> predicates;
  std::vector<int> columns;     // that its windows need
  const Node* score = nullptr;  // null: the rule's own
  const Node* severity = nullptr;
  std::vector<const Node*> points, modifiers;                                // of the weighing, in its order
  absl::flat_hash_map<std::string, const rules::Suppression*> suppressions;  // by subject
  std::vector<const Node*> exceptions;              // conditions; null where only subjects are named
  std::vector<const Node*> because_en, because_id;  // the value pieces of the templates
  std::vector<bool> asks;                           // by rule index: does `events` admit that rule's signals?
  std::vector<bool> marks_only;                     // likewise: of that rule, its marks alone
  std::vector<int> windows_used;                    // that `when` rests on
  std::vector<int> evidence_lets;                   // that `when` rests on or a narrative names
  std::vector<int> evidence_bounds;                 // likewise, of the rule's `bound`
  event::Duration longest;                          // the longest reach of its windows; 0 = none
  bool calendar_windows = false;
  event::Duration fixed_reach;  // of its sequence and `unless`, whatever the calendar
};

struct Layout {
  std::vector<RulePlan> rules;  // in evaluation order
  std::vector<Column> columns;
  std::vector<event::Duration> reach;  // by bit: how long its entries are kept
  std::vector<event::Duration>
      held;  // by bit: the longest window that uses it; at most `reach`, which spares
             // what only may come to be asked for, such as the opener of a deadline
  std::vector<std::uint64_t> definitions;          // by bit: alike where it means the same
  std::vector<std::vector<std::uint32_t>> filled;  // by bit: the columns that its entries have filled
  std::array<std::vector<std::uint32_t>, kBuckets> by_bucket;  // which of `rules` to ask
  LogShape shape;
  std::uint32_t windows = 0;  // distinct ones

  [[nodiscard]] bool watched() const { return !rules.empty(); }
};

class Program {
 public:
  // `lateness`: how far the newest event may be ahead of stream time, for as long as a deadline waits for it.
  Program(std::shared_ptr<const rules::RuleSet> rules, std::shared_ptr<const reference::Reference> reference,
          event::Duration lateness);

  [[nodiscard]] const Layout& layout(rules::EntityKind kind) const {
    return layouts_[static_cast<std::size_t>(kind)];
  }
  [[nodiscard]] const rules::RuleSet& rules() const { return *rules_; }
  [[nodiscard]] const reference::Reference& reference() const { return *reference_; }
  // Does any rule, on whatever kind, ask for signals of this one?
  [[nodiscard]] bool asked_for(int rule) const { return asked_for_[static_cast<std::size_t>(rule)]; }

 private:
  std::shared_ptr<const rules::RuleSet> rules_;
  std::shared_ptr<const reference::Reference> reference_;
  NodePool nodes_;
  std::array<Layout, rules::kEntityKinds> layouts_;
  std::vector<bool> asked_for_;
};

}  // namespace suar::engine
