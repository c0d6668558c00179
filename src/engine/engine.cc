#include "engine/engine.h"

#include <algorithm>

#include "engine/early_acts.h"
#include "engine/entity_store.h"
#include "engine/evaluation.h"
#include "engine/payments.h"
#include "engine/program.h"

namespace suar::engine {
namespace {

using event::EventType;
using event::Transaction;

constexpr std::int64_t kUnset = INT64_MIN / 4;

// What stands of a payment while the acts that waited for it are applied.
struct Standing {
  Transaction content;
  event::Money left;
  bool reduced = false;
  bool undone = false;
};

}  // namespace

struct Engine::Impl {
  Impl(Options given, std::shared_ptr<const rules::RuleSet> rules,
       std::shared_ptr<const reference::Reference> reference)
      : options(given),
        program(std::move(rules), std::move(reference)),
        payments(options.dedup_horizon, options.instruct_hold, options.dedup_max_ids),
        early(options.dedup_horizon),
        store(program, payments),
        rule_counters(program.rules().rules.size()),
        evaluation(program, store, payments, options, rule_counters, counters) {}

  Result process(const Transaction& t, std::string_view record, std::uint64_t position);
  Outcome complete(const Transaction& t, IdHash id);
  Outcome instruct(const Transaction& t, std::string_view record, IdHash id);
  Result act(const Transaction& t, std::string_view record, std::uint64_t position, IdHash id);
  Result act_on(Slot slot, const Transaction& t, IdHash id);
  Result reverse(Slot slot, const Transaction& t);

  Outcome arrive(Slot slot, const Transaction& content);
  void apply_early(Slot slot, const EarlyAct& early_act, Standing& standing,
                   std::vector<event::Decoder>& decoders);
  void count(Slot slot, const Standing& standing);
  void undo(Slot slot);

  [[nodiscard]] Slot known(const Transaction& t);
  void remember(const Transaction& t, IdHash id, Slot slot) {
    payments.remember(id, fingerprint(t), stamp_of(t), slot);
  }
  // From when the horizon of an accepted record runs.
  [[nodiscard]] std::int64_t stamp_of(const Transaction& t) const {
    return std::max(stream_time, t.event_time.instant.micros - options.lateness.micros);
  }

  Options options;
  Program program;
  Payments payments;
  EarlyActs early;
  EntityStore store;
  std::vector<RuleCounters> rule_counters;
  Counters counters;
  Evaluation evaluation;
  event::Decoder held_decoder;

  std::int64_t stream_time = kUnset;
  std::uint64_t next_order = 1;
  std::vector<Hit> hits;
  std::vector<LateRejection> late_rejections;
};

Result Engine::Impl::process(const Transaction& t, std::string_view record, std::uint64_t position) {
  counters.shortened_horizon += payments.expire(stream_time);
  counters.no_effect += early.expire(stream_time);

  const IdHash id = hash_event_id(t.event_id);
  if (const RememberedId* seen = payments.seen(id, stream_time)) {
    if (seen->fingerprint == fingerprint(t)) return {Outcome::kDuplicate, {}};
    return {
        Outcome::kDeadLetter,
        event::Rejection{event::Reason::kConflictingDuplicate,
                         "event_id was accepted before with other required fields or another event_type"}};
  }
  switch (t.event_type) {
    case EventType::kComplete:
      if (!t.has_content() && known(t) == kNoSlot) return act(t, record, position, id);
      return {complete(t, id), {}};
    case EventType::kInstruct:
      return {instruct(t, record, id), {}};
    default:
      return act(t, record, position, id);
  }
}

// The payment that an act or completion names, if it is still known: within the horizon, or held by a window.
Slot Engine::Impl::known(const Transaction& t) {
  const Slot slot = payments.find(t.related_event_id, t.end_to_end_id);
  if (slot == kNoSlot || !payments.beyond_horizon(slot, stream_time)) return slot;
  return store.holds(payments[slot]) ? slot : kNoSlot;
}

Outcome Engine::Impl::complete(const Transaction& t, IdHash id) {
  const bool names_one = !t.related_event_id.empty() || !t.end_to_end_id.empty();
  const Slot named = names_one ? known(t) : kNoSlot;
  if (named != kNoSlot) {
    Payment& payment = payments[named];
    if (payment.state == Payment::State::kHeld) {
      const std::string held = std::move(payment.held_record);
      Transaction content = t;
      if (!t.has_content()) {
        // Decoded once already when it was held, so it decodes again.
        content = *held_decoder.decode(held);
        content.event_id = t.event_id;
        content.event_time = t.event_time;
      }
      payment.by_instruct = true;
      remember(t, id, named);
      payments.name_end_to_end(named, t.end_to_end_id);
      return arrive(named, content);
    }
    if (payment.by_instruct || !t.has_content()) {
      remember(t, id, kNoSlot);
      return Outcome::kNoEffect;
    }
  }
  const Slot slot = payments.create();
  payments[slot].state = Payment::State::kCounted;
  remember(t, id, slot);
  payments.name_end_to_end(slot, t.end_to_end_id);
  if (named == kNoSlot) payments.expect_instruct(slot, t.related_event_id);
  return arrive(slot, t);
}

Outcome Engine::Impl::instruct(const Transaction& t, std::string_view record, IdHash id) {
  // Its completion may have come before it, with content of its own.
  Slot completed = payments.expected(id);
  if (completed == kNoSlot && !t.end_to_end_id.empty()) {
    completed = payments.find({}, t.end_to_end_id);
    if (completed != kNoSlot && payments[completed].state == Payment::State::kHeld) completed = kNoSlot;
  }
  if (completed != kNoSlot) {
    payments[completed].by_instruct = true;
    remember(t, id, completed);
    return Outcome::kNoEffect;
  }

  const Slot slot = payments.create();
  Payment& payment = payments[slot];
  payment.state = Payment::State::kHeld;
  payment.by_instruct = true;
  payment.stamp = stamp_of(t);
  payment.held_record = std::string(record);
  remember(t, id, slot);
  payments.name_end_to_end(slot, t.end_to_end_id);
  payments.hold(slot);

  // A completion without content, or a reject, may be waiting for it; the first of them decides.
  std::vector<IdHash> names = {id};
  if (!t.end_to_end_id.empty()) names.push_back(hash_end_to_end_id(t.end_to_end_id));
  std::vector<EarlyAct> acts = early.take(names, stream_time);
  std::vector<event::Decoder> decoders(acts.size());
  for (std::size_t i = 0; i < acts.size(); ++i) {
    const Transaction act = *decoders[i].decode(acts[i].record);
    if (act.event_type == EventType::kReject) {
      payments[slot].state = Payment::State::kUndone;
      payments[slot].held_record = {};
      break;
    }
    if (act.event_type != EventType::kComplete) continue;
    Transaction content = t;
    content.event_id = act.event_id;
    content.event_time = act.event_time;
    acts.erase(acts.begin() + static_cast<std::ptrdiff_t>(i));
    for (EarlyAct& other : acts) {
      const Transaction again = *event::Decoder().decode(other.record);
      early.add(again, std::move(other));
    }
    return arrive(slot, content);
  }
  if (payments[slot].state == Payment::State::kHeld) {
    for (EarlyAct& act : acts) {
      event::Decoder decoder;
      early.add(*decoder.decode(act.record), std::move(act));
    }
  }
  return Outcome::kHeld;
}

Result Engine::Impl::act(const Transaction& t, std::string_view record, std::uint64_t position, IdHash id) {
  const Slot slot = known(t);
  const bool waits = slot == kNoSlot ||
                     (payments[slot].state == Payment::State::kHeld && t.event_type != EventType::kReject);
  if (!waits) return act_on(slot, t, id);
  remember(t, id, slot);
  early.add(t, {std::string(record), position, stamp_of(t)});
  return {Outcome::kWaiting, {}};
}

Result Engine::Impl::act_on(Slot slot, const Transaction& t, IdHash id) {
  Payment& payment = payments[slot];
  if (payment.state == Payment::State::kUndone) {
    remember(t, id, kNoSlot);
    return {Outcome::kNoEffect, {}};
  }
  if (t.event_type == EventType::kReverse) {
    const Result result = reverse(slot, t);
    if (result.outcome != Outcome::kDeadLetter) remember(t, id, kNoSlot);
    return result;
  }
  if (t.event_type == EventType::kReject) {
    remember(t, id, kNoSlot);
    undo(slot);
    return {Outcome::kUndone, {}};
  }
  remember(t, id, slot);
  payments.name_end_to_end(slot, t.end_to_end_id);
  store.remove(slot);
  payment.event_id.clear();
  Standing standing{t, t.amount, false, false};
  count(slot, standing);
  return {Outcome::kCounted, {}};
}

Result Engine::Impl::reverse(Slot slot, const Transaction& t) {
  Payment& payment = payments[slot];
  if (t.has_amount && t.amount.currency != payment.left.currency) {
    return {Outcome::kDeadLetter, event::Rejection{event::Reason::kReverseCurrency,
                                                   "the reverse is in another currency than what stands"}};
  }
  if (!t.has_amount || t.amount.minor >= payment.left.minor) {
    undo(slot);
  } else {
    payment.left.minor -= t.amount.minor;
    store.reduce(slot);
  }
  return {Outcome::kUndone, {}};
}

void Engine::Impl::undo(Slot slot) {
  Payment& payment = payments[slot];
  store.remove(slot);
  payment.state = Payment::State::kUndone;
  payment.held_record = {};
  if (payment.in_alert) evaluation.alerts().undone(payment.at.order);
}

// The moment at which a payment counts: acts that waited for it are applied first, then what stands is
// evaluated.
Outcome Engine::Impl::arrive(Slot slot, const Transaction& content) {
  payments[slot].at.order = next_order++;
  payments[slot].stamp = stamp_of(content);
  Standing standing{content, content.amount, false, false};
  std::vector<EarlyAct> acts;
  std::vector<event::Decoder> decoders;
  if (!early.empty()) {
    std::vector<IdHash> names(payments[slot].ids.begin(), payments[slot].ids.end());
    names.insert(names.end(), payments[slot].end_to_end_ids.begin(), payments[slot].end_to_end_ids.end());
    acts = early.take(names, stream_time);
    decoders.reserve(acts.size());
    for (const EarlyAct& act : acts) apply_early(slot, act, standing, decoders);
  }
  if (standing.undone) {
    payments[slot].state = Payment::State::kUndone;
    return Outcome::kUndone;
  }
  count(slot, standing);
  return Outcome::kCounted;
}

void Engine::Impl::apply_early(Slot slot, const EarlyAct& early_act, Standing& standing,
                               std::vector<event::Decoder>& decoders) {
  const Transaction act = *decoders.emplace_back().decode(early_act.record);
  if (standing.undone || act.event_type == EventType::kComplete) {
    ++counters.no_effect;
    return;
  }
  if (act.event_type == EventType::kCorrect) {
    standing = {act, act.amount, false, false};
    const IdHash id = hash_event_id(act.event_id);
    if (const RememberedId* seen = payments.seen(id, stream_time)) {
      payments.remember(id, seen->fingerprint, seen->stamp, slot);
    }
    payments.name_end_to_end(slot, act.end_to_end_id);
    return;
  }
  ++counters.undone;
  if (act.event_type == EventType::kReject || !act.has_amount) {
    standing.undone = true;
  } else if (act.amount.currency != standing.left.currency) {
    --counters.undone;
    late_rejections.push_back(
        {early_act.position,
         early_act.record,
         {event::Reason::kReverseCurrency, "the reverse is in another currency than what stands"}});
  } else if (act.amount.minor >= standing.left.minor) {
    standing.undone = true;
  } else {
    standing.left.minor -= act.amount.minor;
    standing.reduced = true;
  }
}

// Puts the content in its place and asks the rules about it.
void Engine::Impl::count(Slot slot, const Standing& standing) {
  const Transaction& content = standing.content;
  const Occurrence occurrence(content, {standing.left, standing.reduced}, program.reference());
  if (!occurrence.amount_home()) ++counters.unconverted;
  {
    Payment& payment = payments[slot];
    payment.state = Payment::State::kCounted;
    payment.at.time = content.event_time.instant.micros;
    payment.offset_minutes = content.event_time.offset_minutes;
    payment.left = standing.left;
    payment.home_rate = occurrence.home_rate();
  }
  stream_time = std::max(stream_time, content.event_time.instant.micros - options.lateness.micros);
  store.begin();
  if (store.admit(occurrence, payments[slot].at.order, slot, stream_time)) ++counters.late;
  if (payments[slot].logged != 0) payments[slot].event_id = std::string(content.event_id);
  if (!store.admissions().empty()) evaluation.run(occurrence, next_order, stream_time, hits);
}

Engine::Engine(Options options, std::shared_ptr<const rules::RuleSet> rules,
               std::shared_ptr<const reference::Reference> reference)
    : impl_(std::make_unique<Impl>(options, std::move(rules), std::move(reference))) {}

Engine::~Engine() = default;

Result Engine::process(const Transaction& transaction, std::string_view record,
                       std::optional<event::Instant> record_time, std::uint64_t position) {
  Impl& impl = *impl_;
  impl.hits.clear();
  impl.late_rejections.clear();
  Result result;
  if (record_time && impl.options.max_ahead.micros > 0 &&
      transaction.event_time.instant > *record_time + impl.options.max_ahead) {
    result = {Outcome::kDeadLetter, event::Rejection{event::Reason::kTimeAhead,
                                                     "event_time lies too far after the record's timestamp"}};
  } else {
    result = impl.process(transaction, record, position);
  }
  Counters& counters = impl.counters;
  counters.dead_letters += impl.late_rejections.size();
  switch (result.outcome) {
    case Outcome::kCounted:
      ++counters.counted;
      break;
    case Outcome::kHeld:
      ++counters.held;
      break;
    case Outcome::kWaiting:
      ++counters.waiting;
      break;
    case Outcome::kUndone:
      ++counters.undone;
      break;
    case Outcome::kDuplicate:
      ++counters.duplicates;
      break;
    case Outcome::kNoEffect:
      ++counters.no_effect;
      break;
    case Outcome::kDeadLetter:
      ++counters.dead_letters;
      break;
  }
  return result;
}

void Engine::prefetch(const Transaction& transaction) const {
  impl_->payments.prefetch(hash_event_id(transaction.event_id));
  impl_->store.prefetch(transaction);
}

const std::vector<Hit>& Engine::hits() const {
  return impl_->hits;
}
const std::vector<LateRejection>& Engine::late_rejections() const {
  return impl_->late_rejections;
}
const rules::RuleSet& Engine::rules() const {
  return impl_->program.rules();
}
const reference::Reference& Engine::reference() const {
  return impl_->program.reference();
}
const Counters& Engine::counters() const {
  return impl_->counters;
}
const std::vector<RuleCounters>& Engine::rule_counters() const {
  return impl_->rule_counters;
}
event::Instant Engine::stream_time() const {
  return {impl_->stream_time};
}

StateSize Engine::state_size() const {
  const Impl& impl = *impl_;
  return {impl.store.entities(), impl.store.kept_events(), impl.payments.remembered_ids(),
          impl.store.bytes() + impl.payments.bytes()};
}

}  // namespace suar::engine
