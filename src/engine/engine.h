// The engine: a deterministic state machine. Its state after a log of records depends on the log alone: no
// clock, no thread, no file, no iteration order of a hash table shows in any result (semantics: all of it).
//
//   Engine engine(options, rules, reference);
//   Result r = engine.process(transaction, record, record_time);   // one record, completely
//   for (const Hit& hit : engine.hits()) ...                       // what it raised, in order
#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/explanation.h"
#include "engine/hit.h"
#include "engine/recognised.h"
#include "event/decoder.h"
#include "event/transaction.h"
#include "reference/reference.h"
#include "rules/rule.h"

namespace suar::engine {

struct Options {
  event::Duration lateness = event::Duration::seconds(60);
  event::Duration dedup_horizon = event::Duration::hours(24);
  std::uint64_t dedup_max_ids = 20'000'000;
  event::Duration max_ahead = event::Duration::minutes(5);  // 0 = off; only where a record time is known
  event::Duration instruct_hold = event::Duration::days(7);
  std::size_t max_event_ids = 50;  // in the evidence
  // From how many kept events on an entity's windows are kept up to date rather than counted. It changes no
  // result.
  std::uint32_t running_from = 512;
  // Nanoseconds from any start, to time every 64th evaluation of a rule with; may be empty. It changes no
  // result.
  std::function<std::uint64_t()> clock = {};
  // How much explanations() tells of a rule; may be empty. It changes no result.
  std::function<Detail(const rules::Rule&)> explain = {};
};

// What became of a record.
enum class Outcome : std::uint8_t {
  kCounted,     // an event that windows may hold and rules were evaluated for
  kHeld,        // an instruct, until its completion
  kWaiting,     // an act before its original
  kUndone,      // a reject or reverse took (part of) an event out
  kDuplicate,   // its id was seen within the horizon
  kNoEffect,    // an act whose original is undone, spent, or no longer known
  kDeadLetter,  // result.rejection says why
};

struct Result {
  Outcome outcome = Outcome::kCounted;
  std::optional<event::Rejection> rejection;
};

// An act that was accepted to wait for its original, and is a dead letter now that the original is here.
struct LateRejection {
  std::uint64_t position = 0;
  std::string record;
  event::Rejection rejection;
};

struct Counters {
  std::uint64_t counted = 0, held = 0, waiting = 0, undone = 0, duplicates = 0, no_effect = 0,
                dead_letters = 0;
  std::uint64_t late = 0, unconverted = 0, shortened_horizon = 0, signals = 0;
};

struct RuleCounters {
  std::uint64_t evaluations = 0, hits = 0, alerts = 0, suppressed = 0, errors = 0;
  std::uint64_t snoozed = 0;                         // hits without an alert for a suppression
  std::uint64_t limits_reached = 0, over_limit = 0;  // days on which max_alerts_per_day was; alerts beyond it
  std::uint64_t excepted = 0;                        // `when` held and an exception did as well: no hits
  std::uint64_t sampled = 0, sampled_nanos = 0;  // evaluations timed with Options::clock, and what they took
  event::Instant last_hit = event::Instant::min();
};

class StateReader;
class StateWriter;

struct StateSize {
  std::uint64_t entities = 0, kept_events = 0, remembered_ids = 0, bytes = 0;
};

class Engine {
 public:
  // One that goes on where `from` stands, under other rules or reference data, or both (semantics: when rules
  // change). The error is a sentence.
  [[nodiscard]] static std::expected<std::unique_ptr<Engine>, std::string> carry_over(
      const Engine& from, std::shared_ptr<const rules::RuleSet> rules,
      std::shared_ptr<const reference::Reference> reference);

  Engine(Options options, std::shared_ptr<const rules::RuleSet> rules,
         std::shared_ptr<const reference::Reference> reference);
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  // Processes one decoded record. `record` are its bytes (kept where an instruct or an early act has to
  // wait); `record_time` is Kafka's timestamp where there is one. `position` is the caller's name for the
  // record: where an act that had to wait turns out to be wrong later, late_rejections() gives it back. The
  // transaction is not referred to afterwards. hits() and late_rejections() hold what this record brought,
  // until the next call.
  [[nodiscard]] Result process(const event::Transaction& transaction, std::string_view record,
                               std::optional<event::Instant> record_time = std::nullopt,
                               std::uint64_t position = 0, const Recognised& recognised = {});

  // Stream time reaches `stream_time` without an event (a tick, the end time of a replay): it moves S there,
  // unless S is later already. hits() hold what this brought, until the next call.
  void advance(event::Instant stream_time);

  // Hints that this transaction will be processed soon: they fetch the memory it will touch, first the
  // tables, then, step by step and some records later each, what the tables lead to; and they remember in
  // `recognised` what they found. They change no result. See Lookahead.
  static constexpr int kHints = 3;
  void prefetch(const event::Transaction& transaction, int step, Recognised& recognised) const;

  [[nodiscard]] const std::vector<Hit>& hits() const;
  [[nodiscard]] const std::vector<LateRejection>& late_rejections() const;
  // Of the rules that Options::explain asks for, on every entity of the record that such a rule watches.
  [[nodiscard]] const std::vector<Explanation>& explanations() const;

  // The whole state, as bytes (state.cc has the grammar). The same state gives the same bytes.
  void save(StateWriter& out) const;
  // The state that was saved, into an engine that has processed nothing. With the rules it was saved under,
  // everything goes on as if there had been no break; under others, what they have in common is kept. The
  // error is a sentence; then the engine is of no use.
  [[nodiscard]] std::expected<void, std::string> restore(StateReader& in);
  // A hash of everything that is small, and of every `parts`-th of the rest, beginning with number `part`:
  // two engines that stand at the same record and differ are found out in a round of `parts`.
  [[nodiscard]] std::uint64_t digest(std::uint64_t part = 0, std::uint64_t parts = 1) const;

  [[nodiscard]] const rules::RuleSet& rules() const;
  [[nodiscard]] const reference::Reference& reference() const;
  [[nodiscard]] const Counters& counters() const;
  [[nodiscard]] const std::vector<RuleCounters>& rule_counters() const;  // by index in rules().rules
  [[nodiscard]] StateSize state_size() const;
  [[nodiscard]] event::Instant stream_time() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace suar::engine
