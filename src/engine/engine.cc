#include "engine/engine.h"

#include <algorithm>
#include <deque>
#include <memory>
#include <utility>
#include <vector>

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

// What stands of a payment when it comes to count: its own content, or that of its last correction, less what
// was reversed.
struct Standing {
  explicit Standing(const Transaction& t) : content(&t), left(t.amount) {}

  const Transaction* content;
  event::Money left;
  bool reduced = false;
  bool undone = false;
  // The acts that waited, where there were any: the content may point into one of them.
  struct Waited {
    EarlyAct act;
    event::Decoder decoder;
    Transaction transaction;
  };
  std::vector<std::unique_ptr<Waited>> waited;
};

event::Rejection wrong_currency() {
  return {event::Reason::kReverseCurrency, "the reverse is in another currency than what stands"};
}

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
  Result accept(const Transaction& t, std::string_view record, std::uint64_t position, IdHash id);
  Outcome complete(const Transaction& t, IdHash id);
  Outcome instruct(const Transaction& t, std::string_view record, IdHash id);
  Outcome meet_completion(Slot completed, const Transaction& instruct, IdHash id);
  Result act(const Transaction& t, std::string_view record, std::uint64_t position, IdHash id);
  Result act_on(Slot slot, const Transaction& t, IdHash id);
  Result reverse(Slot slot, const Transaction& t);
  Result correct(Slot slot, const Transaction& t, IdHash id);

  Outcome arrive(Slot slot, const Transaction& content);
  void settle(Slot slot, Standing& standing);
  void apply_early(Slot slot, const EarlyAct& early_act, const Transaction& act, Standing& standing);
  void count(Slot slot, const Standing& standing);
  void undo(Slot slot);

  [[nodiscard]] Slot known(const Transaction& t) const;
  [[nodiscard]] bool alive(Slot slot) const;
  void name_again(Slot slot, std::string_view event_id);
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
  const Result result = accept(t, record, position, id);
  // The horizon runs from S after the record; other content than its own may have moved it.
  const RememberedId* remembered = result.rejection ? nullptr : payments.seen(id, kUnset);
  if (remembered != nullptr && remembered->stamp < stream_time) {
    payments.remember(id, remembered->fingerprint, stream_time, remembered->payment);
  }
  return result;
}

Result Engine::Impl::accept(const Transaction& t, std::string_view record, std::uint64_t position,
                            IdHash id) {
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

// The payment that an act or completion names: by related_event_id first, then by end_to_end_id.
Slot Engine::Impl::known(const Transaction& t) const {
  const Slot by_id = payments.find_event_id(t.related_event_id);
  if (by_id != kNoSlot && alive(by_id)) return by_id;
  const Slot by_reference = payments.find_end_to_end_id(t.end_to_end_id);
  return by_reference != kNoSlot && alive(by_reference) ? by_reference : kNoSlot;
}

// Within the horizon (or hold), or held by a window.
bool Engine::Impl::alive(Slot slot) const {
  return !payments.beyond_horizon(slot, stream_time) || store.holds(payments[slot]);
}

// An id that was accepted while it named nothing yet names this payment now.
void Engine::Impl::name_again(Slot slot, std::string_view event_id) {
  const IdHash id = hash_event_id(event_id);
  if (const RememberedId* seen = payments.seen(id, stream_time)) {
    const RememberedId as_accepted = *seen;
    payments.remember(id, as_accepted.fingerprint, as_accepted.stamp, slot);
  }
}

Outcome Engine::Impl::complete(const Transaction& t, IdHash id) {
  const Slot named = known(t);
  if (named != kNoSlot) {
    Payment& payment = payments[named];
    if (payment.state == Payment::State::kHeld) {
      const std::string held = std::exchange(payment.extra().held_record, {});
      Transaction content = t;
      if (!t.has_content()) {
        // It was decoded when it came to be held, so it decodes again.
        content = *held_decoder.decode(held);
        content.event_id = t.event_id;
        content.event_time = t.event_time;
      }
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
  payments[slot].stamp = stamp_of(t);
  remember(t, id, slot);
  payments.name_end_to_end(slot, t.end_to_end_id);
  if (named == kNoSlot) payments.expect_instruct(slot, t.related_event_id);
  return arrive(slot, t);
}

Outcome Engine::Impl::instruct(const Transaction& t, std::string_view record, IdHash id) {
  // Its completion may have come before it, with content of its own.
  Slot completed = payments.expected(id);
  if (completed == kNoSlot) completed = payments.find_end_to_end_id(t.end_to_end_id);
  if (completed != kNoSlot && !payments[completed].by_instruct && alive(completed)) {
    return meet_completion(completed, t, id);
  }

  const Slot slot = payments.create();
  Payment& payment = payments[slot];
  payment.state = Payment::State::kHeld;
  payment.by_instruct = true;
  payment.stamp = stamp_of(t);
  remember(t, id, slot);
  payments.name_end_to_end(slot, t.end_to_end_id);

  // A completion without content, or a reject, may be waiting for it: the first of them decides, the rest
  // goes on waiting.
  Outcome outcome = Outcome::kHeld;
  Transaction content = t;
  std::vector<EarlyAct> acts = early.take(payments.names(slot), stream_time);
  std::deque<event::Decoder> decoders;
  for (EarlyAct& waiting : acts) {
    const Transaction act = *decoders.emplace_back().decode(waiting.record);
    if (outcome == Outcome::kHeld && act.event_type == EventType::kReject) {
      outcome = Outcome::kUndone;
    } else if (outcome == Outcome::kHeld && act.event_type == EventType::kComplete) {
      outcome = Outcome::kCounted;
      content.event_id = act.event_id;
      content.event_time = act.event_time;
      name_again(slot, act.event_id);
    } else {
      early.add(waiting);
    }
  }
  if (outcome == Outcome::kCounted) return arrive(slot, content);
  if (outcome == Outcome::kUndone) {
    payments[slot].state = Payment::State::kUndone;
  } else {
    payments[slot].extra().held_record = std::string(record);
    payments.hold(slot);
  }
  return outcome;
}

// The instruct of a payment that counts already becomes another name of it; what waited for that name acts
// now.
Outcome Engine::Impl::meet_completion(Slot completed, const Transaction& instruct, IdHash id) {
  payments[completed].by_instruct = true;
  remember(instruct, id, completed);
  payments.name_end_to_end(completed, instruct.end_to_end_id);
  for (const EarlyAct& waiting : early.take(payments.names(completed), stream_time)) {
    event::Decoder decoder;
    const Transaction act = *decoder.decode(waiting.record);
    if (act.event_type == EventType::kComplete) continue;
    const Result result = act_on(completed, act, hash_event_id(act.event_id));
    if (result.rejection) late_rejections.push_back({waiting.position, waiting.record, *result.rejection});
  }
  return Outcome::kNoEffect;
}

Result Engine::Impl::act(const Transaction& t, std::string_view record, std::uint64_t position, IdHash id) {
  const Slot slot = known(t);
  const bool held = slot != kNoSlot && payments[slot].state == Payment::State::kHeld;
  if (slot != kNoSlot && (!held || t.event_type == EventType::kReject)) return act_on(slot, t, id);

  EarlyAct waiting{std::string(record), position, stamp_of(t), {}};
  const bool by_id = held && payments.find_event_id(t.related_event_id) == slot;
  if (!t.related_event_id.empty() && (!held || by_id))
    waiting.names.push_back(hash_event_id(t.related_event_id));
  if (!t.end_to_end_id.empty() && !by_id) waiting.names.push_back(hash_end_to_end_id(t.end_to_end_id));
  early.add(std::move(waiting));
  remember(t, id, t.event_type == EventType::kCorrect ? slot : kNoSlot);
  return {Outcome::kWaiting, {}};
}

Result Engine::Impl::act_on(Slot slot, const Transaction& t, IdHash id) {
  if (payments[slot].state == Payment::State::kUndone) {
    remember(t, id, kNoSlot);
    return {Outcome::kNoEffect, {}};
  }
  if (t.event_type == EventType::kCorrect) return correct(slot, t, id);
  if (t.event_type == EventType::kReverse) {
    const Result result = reverse(slot, t);
    if (!result.rejection) remember(t, id, kNoSlot);
    return result;
  }
  remember(t, id, kNoSlot);
  undo(slot);
  return {Outcome::kUndone, {}};
}

Result Engine::Impl::reverse(Slot slot, const Transaction& t) {
  Payment& payment = payments[slot];
  if (t.has_amount && t.amount.currency != payment.currency) return {Outcome::kDeadLetter, wrong_currency()};
  if (!t.has_amount || t.amount.minor >= payment.left) {
    undo(slot);
  } else {
    payment.left -= t.amount.minor;
    store.reduce(slot);
  }
  return {Outcome::kUndone, {}};
}

Result Engine::Impl::correct(Slot slot, const Transaction& t, IdHash id) {
  remember(t, id, slot);
  payments.name_end_to_end(slot, t.end_to_end_id);
  payments[slot].stamp = std::max(payments[slot].stamp, stamp_of(t));
  Standing standing(t);
  settle(slot, standing);
  if (standing.undone) {
    undo(slot);
    return {Outcome::kUndone, {}};
  }
  store.remove(slot);
  payments[slot].event_id.reset();
  count(slot, standing);
  return {Outcome::kCounted, {}};
}

void Engine::Impl::undo(Slot slot) {
  Payment& payment = payments[slot];
  store.remove(slot);
  payment.state = Payment::State::kUndone;
  if (payment.more) payment.more->held_record = {};
  if (payment.in_alert) evaluation.alerts().undone(payment.at.order);
}

// The moment at which a payment counts: acts that waited for it are applied first, then what stands is
// evaluated.
Outcome Engine::Impl::arrive(Slot slot, const Transaction& content) {
  payments[slot].at.order = next_order++;
  payments[slot].stamp = stamp_of(content);
  Standing standing(content);
  settle(slot, standing);
  if (standing.undone) {
    payments[slot].state = Payment::State::kUndone;
    return Outcome::kUndone;
  }
  count(slot, standing);
  return Outcome::kCounted;
}

// Applies what waited for any name of the payment. A correction brings a name of its own, for which others
// may wait.
void Engine::Impl::settle(Slot slot, Standing& standing) {
  if (early.empty()) return;
  const auto take = [&] {
    for (EarlyAct& act : early.take(payments.names(slot), stream_time)) {
      auto& waited = *standing.waited.emplace_back(std::make_unique<Standing::Waited>());
      waited.act = std::move(act);
      waited.transaction = *waited.decoder.decode(waited.act.record);
    }
  };
  take();
  for (std::size_t next = 0; next < standing.waited.size(); ++next) {
    const Standing::Waited& waited = *standing.waited[next];
    apply_early(slot, waited.act, waited.transaction, standing);
    if (waited.transaction.event_type != EventType::kCorrect) continue;
    take();
    std::sort(standing.waited.begin() + static_cast<std::ptrdiff_t>(next) + 1, standing.waited.end(),
              [](const auto& a, const auto& b) { return a->act.arrival < b->act.arrival; });
  }
}

void Engine::Impl::apply_early(Slot slot, const EarlyAct& waiting, const Transaction& act,
                               Standing& standing) {
  if (standing.undone || act.event_type == EventType::kComplete) {
    ++counters.no_effect;
    return;
  }
  if (act.event_type == EventType::kCorrect) {
    standing.content = &act;
    standing.left = act.amount;
    standing.reduced = false;
    name_again(slot, act.event_id);
    payments.name_end_to_end(slot, act.end_to_end_id);
    payments[slot].stamp = std::max(payments[slot].stamp, waiting.stamp);
    return;
  }
  if (act.event_type == EventType::kReverse && act.has_amount &&
      act.amount.currency != standing.left.currency) {
    late_rejections.push_back({waiting.position, waiting.record, wrong_currency()});
    return;
  }
  ++counters.undone;
  if (act.event_type == EventType::kReject || !act.has_amount || act.amount.minor >= standing.left.minor) {
    standing.undone = true;
  } else {
    standing.left.minor -= act.amount.minor;
    standing.reduced = true;
  }
}

// Puts the content in its place and asks the rules about it.
void Engine::Impl::count(Slot slot, const Standing& standing) {
  const Transaction& content = *standing.content;
  Occurrence occurrence(content, {standing.left, standing.reduced}, program.reference());
  if (!occurrence.amount_home()) ++counters.unconverted;
  {
    Payment& payment = payments[slot];
    payment.state = Payment::State::kCounted;
    payment.at.time = content.event_time.instant.micros;
    payment.offset_minutes = content.event_time.offset_minutes;
    payment.left = standing.left.minor;
    payment.currency = standing.left.currency;
    if (payment.currency != program.reference().home()) payment.extra().home_rate = occurrence.home_rate();
  }
  stream_time = std::max(stream_time, content.event_time.instant.micros - options.lateness.micros);
  payments[slot].stamp = std::max(payments[slot].stamp, stream_time);
  store.begin();
  if (store.admit(occurrence, payments[slot].at.order, slot, stream_time)) ++counters.late;
  if (payments[slot].logged != 0) payments[slot].keep_event_id(content.event_id);
  if (!store.admissions().empty()) evaluation.run(occurrence, slot, next_order, stream_time, hits);
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
  impl_->store.prefetch_names(transaction);
}

void Engine::prefetch_entities(const Transaction& transaction) const {
  impl_->store.prefetch_entities(transaction);
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
