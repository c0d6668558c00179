// The engine's insides: the parts of its state, and the steps a record goes through. engine.cc takes a record
// in and makes an event count; payment_acts.cc decides what a record does to the payments before it.
#pragma once

#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/early_acts.h"
#include "engine/engine.h"
#include "engine/entity_store.h"
#include "engine/evaluation.h"
#include "engine/payments.h"
#include "engine/program.h"

namespace suar::engine {

// Stream time before any event has counted.
inline constexpr std::int64_t kUnset = INT64_MIN / 4;

// What stands of a payment when it comes to count: its own content, or that of its last correction, less what
// was reversed.
struct Standing {
  explicit Standing(const event::Transaction& t) : content(&t), left(t.amount) {}

  const event::Transaction* content;
  event::Money left;
  bool reduced = false;
  bool undone = false;
  // The acts that waited, where there were any: the content may point into one of them.
  struct Waited {
    EarlyAct act;
    event::Decoder decoder;
    event::Transaction transaction;
  };
  std::vector<std::unique_ptr<Waited>> waited;
};

struct Engine::Impl {
  Impl(Options given, std::shared_ptr<const rules::RuleSet> rules,
       std::shared_ptr<const reference::Reference> reference)
      : options(given),
        program(std::move(rules), std::move(reference), given.lateness),
        payments(options.dedup_horizon, options.instruct_hold, options.dedup_max_ids),
        early(options.dedup_horizon),
        store(program, payments, options.running_from),
        rule_counters(program.rules().rules.size()),
        evaluation(program, store, payments, options, rule_counters, counters, explanations) {}

  Result process(const event::Transaction& t, std::string_view record, std::uint64_t position,
                 const Recognised& given);
  Result accept(const event::Transaction& t, std::string_view record, std::uint64_t position, IdHash id);
  Outcome complete(const event::Transaction& t, IdHash id);
  Outcome instruct(const event::Transaction& t, std::string_view record, IdHash id);
  Outcome meet_completion(Slot completed, const event::Transaction& instruct, IdHash id);
  Result act(const event::Transaction& t, std::string_view record, std::uint64_t position, IdHash id);
  Result act_on(Slot slot, const event::Transaction& t, IdHash id);
  Result reverse(Slot slot, const event::Transaction& t);
  Result correct(Slot slot, const event::Transaction& t, IdHash id);

  Outcome arrive(Slot slot, const event::Transaction& content);
  void settle(Slot slot, Standing& standing);
  void apply_early(Slot slot, const EarlyAct& early_act, const event::Transaction& act, Standing& standing);
  void count(Slot slot, const Standing& standing);
  void undo(Slot slot);

  [[nodiscard]] Slot known(const event::Transaction& t) const;
  [[nodiscard]] Slot known_by_id(std::string_view event_id) const;
  [[nodiscard]] bool alive(Slot slot) const;
  void name_again(Slot slot, std::string_view event_id);
  void remember(const event::Transaction& t, IdHash id, Slot slot) {
    payments.remember(id, fingerprint(t), stamp_of(t), slot);
  }
  // From when the horizon of an accepted record runs.
  [[nodiscard]] std::int64_t stamp_of(const event::Transaction& t) const {
    return std::max(stream_time, t.event_time.instant.micros - options.lateness.micros);
  }

  Options options;
  Program program;
  Payments payments;
  EarlyActs early;
  EntityStore store;
  std::vector<RuleCounters> rule_counters;
  Counters counters;
  std::vector<Explanation> explanations;
  Evaluation evaluation;
  event::Decoder held_decoder;
  Recognised recognised;  // of the present record

  std::int64_t stream_time = kUnset;
  std::uint64_t next_order = 1;
  std::vector<Hit> hits;
  std::vector<LateRejection> late_rejections;
};

}  // namespace suar::engine
