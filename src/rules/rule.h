// A rule as the checker leaves it, and the set of rules that runs.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "reference/diagnostic.h"
#include "rules/expression.h"

namespace suar::rules {

struct Bilingual {
  std::string en, id;
};

enum class Aggregate : std::uint8_t {
  kCount,
  kSum,
  kMin,
  kMax,
  kAvg,
  kDistinct,
  kShare,
  kFirstSeen,
  kDaysSince,
  kUnitPrice,
  kRhythm,
  kMedian,
  kPercentile,
  kStddev,
  kEwma,
  kZscore,
  kRecency
};

enum class CalendarUnit : std::uint8_t { kNone, kDay, kWeek, kMonth };

// One window: the entity's events that the rule's filter and `where` admit, with time in (T - length, T], or
// since T's local day, week or month began. window_span.h says which times those are.
struct Window {
  Aggregate aggregate{};
  event::Duration length;  // of a calendar window the longest that it can be
  event::Duration before;  // it stands as if T were so much earlier
  CalendarUnit calendar = CalendarUnit::kNone;
  int offset_minutes = 0;  // of the calendar's zone
  ExpressionPtr value;     // what is aggregated; null for count, rhythm and days_since()
  ExpressionPtr where;     // narrows the events; null = all of the rule's
  ExpressionPtr same;      // only events whose value of this equals the trigger's; null = all
  Type type{};             // of the result
  event::Currency currency;
  event::Money low, high;             // unit_price: the range in which the unit is looked for
  event::Duration period, tolerance;  // rhythm
  event::Duration half_life;          // ewma, recency
  Rational rank;                      // percentile: above 0, at most 1
  std::string source;                 // as written, for evidence without a name

  // How long an event may be of use to it.
  [[nodiscard]] event::Duration reach() const { return length + before; }
};

// A step of a sequence. It lies at most `within` after step `of`; the first has neither.
struct Step {
  std::string name;
  ExpressionPtr condition;
  event::Duration within;
  int of = -1;
};

// A value of another event than the one at hand: of a step, or in a window and in `unless` of the trigger.
struct Bound {
  static constexpr int kTrigger = -1;
  int step = kTrigger;
  ExpressionPtr value;  // a field, a party, or a bool; evaluated on that event alone
  std::string source;   // "got.other.region"
};

// What keeps a hit from coming true, if it happens to the entity until then.
struct Unless {
  ExpressionPtr condition;
  event::Duration within;
};

struct Let {
  std::string name;
  ExpressionPtr value;
  std::string source;
};

struct Param {
  std::string name;
  Type type{};
  ExpressionPtr value;                                          // a constant
  std::vector<std::pair<std::string, ExpressionPtr>> segments;  // by self's segment, constants
};

// A shadow rule is tried on live traffic: its alerts go elsewhere, and its signals reach shadow rules only.
enum class Mode : std::uint8_t { kLive, kShadow };
[[nodiscard]] std::string_view name_of(Mode mode);

enum class AlertSeverity : std::uint8_t { kLow, kMedium, kHigh, kCritical };
enum class Role : std::uint8_t { kUnknown, kPossiblePerpetrator, kPossibleVictim, kOfficial, kFacilitator };
[[nodiscard]] std::string_view name_of(AlertSeverity severity);
[[nodiscard]] std::string_view name_of(Role role);

// A piece of a narrative: text as it is, or the value of an expression in place of "{name}".
struct TemplatePiece {
  std::string text;
  ExpressionPtr value;  // null = text
};
using Template = std::vector<TemplatePiece>;

struct Raise {
  bool silent = false;  // leaves its signal and marks, raises no alert
  bool each = false;    // hits for every sequence that is found, not for the first alone
  AlertSeverity severity{};
  int score = 0;  // 0-100
  // Computed for each hit where they are not null, and then in place of the two above: the score, rounded and
  // held within 0 to 100; the severity as its number.
  ExpressionPtr score_by, severity_by;
  int step = 0;  // a quiet hit whose score is so much higher is sent all the same; 0 = none
  Role role{};
  event::Duration quiet;            // 0 = every hit
  int max_alerts_per_day = 0;       // of stream time; what is beyond goes out in shadow mode; 0 = no limit
  int day_offset_minutes = 7 * 60;  // of the zone in which those days begin
  std::vector<Side> marks;          // sides whose party (as an account, else as a party) gets the signal too
  std::vector<int> signal_values;   // up to four lets that travel with the signal
  Template because_en, because_id;
  bool protection_referral = false;
  std::string recommended_action;
};

// One line of a weighing: its value is a let of its name, its points are added to the score.
struct Term {
  int let = 0;
  std::optional<Rational> weight;  // empty: the bands give the points
  ExpressionPtr points;            // number, never absent
};

struct Modifier {
  std::string name;
  ExpressionPtr when;
  Rational factor;
};

// The let `score` is the sum of the terms' points, times the factors of the modifiers that hold. Whatever of
// it decides on a hit stands in the rule's `when`.
struct Weighing {
  std::vector<Term> terms;
  std::vector<Modifier> modifiers;
  int score_let = 0;
};

// Where `when` holds and an exception does as well, there is no hit.
struct Exception {
  std::string name, reason;
  std::vector<std::string> subjects;  // whole entity keys
  ExpressionPtr when;                 // null where only subjects are named
};

struct Rule {
  std::string id;
  int version = 1;
  Bilingual title, description;
  std::vector<std::string> crimes, offence_codes, indicator_codes, basis, look_alikes;
  EntityKind watch{};
  Mode mode = Mode::kLive;
  std::vector<Param> params;
  std::vector<Let> lets;
  std::vector<Window> windows;
  std::vector<Step> steps;  // empty = no sequence; the last is the trigger
  std::vector<Bound> bound;
  ExpressionPtr events;   // which of the entity's events the rule looks at
  ExpressionPtr trigger;  // which of those it is evaluated for; null = all
  ExpressionPtr when;
  std::optional<Unless> unless;
  std::optional<Weighing> weighing;
  std::vector<Exception> exceptions;
  Raise raise;
  std::vector<std::string> asks;   // rules whose signals its `events` admits
  std::vector<std::string> marks;  // of these, those of which it is given marks alone
  event::Duration sequence_reach;  // the longest time from its first step to its last; 0 = no sequence
  event::Duration longest_window;  // the longest reach, sequence and `unless` included; 0 = none
  Location at;
};

// Hits of a rule on a subject that raise no alert for a time.
struct Suppression {
  std::string rule, subject;  // the whole entity key
  event::Instant until;       // not included
  std::string reason, author, approver;
  std::optional<std::int64_t> most_amount;  // home currency, minor units, of all that is suppressed
  std::optional<std::int64_t> most_hits;
  Location at;
};

// What a layer of rules changed in another: the key, what it was and what it is.
struct OverrideEffect {
  std::string rule, key, before, after, reason;
  Location at;
};

struct File {
  std::string name;
  std::string bytes;
};

// Every rule of a set, checked together. Immutable.
struct RuleSet {
  std::vector<Rule> rules;  // in evaluation order: signal dependency first, then id
  std::vector<std::string> files;
  std::vector<Suppression> suppressions;
  std::vector<OverrideEffect> overrides;  // in the order written; of a rule that was disabled as well
  std::string hash;     // 128 bits in hex over the files' own names (no directories) and bytes
  std::string version;  // of the set, from its `pack:` document; may be empty
  event::Currency home;

  [[nodiscard]] const Rule* find(std::string_view id) const;
  // Some rule's alerts may go out in shadow mode.
  [[nodiscard]] bool uses_shadow() const;
};

struct LoadResult {
  std::shared_ptr<const RuleSet> rules;  // null where there was an error
  Diagnostics findings;                  // errors and warnings, every problem of every file
};

// `reference` may be null: then names of lists and corridors are not checked. Suppressions that are over by
// `now` are warned of.
[[nodiscard]] LoadResult load_rules(std::span<const File> files, event::Currency home,
                                    const reference::Reference* reference = nullptr,
                                    std::optional<event::Instant> now = std::nullopt);

}  // namespace suar::rules
