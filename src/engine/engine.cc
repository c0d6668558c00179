#include "engine/engine.h"

#include <algorithm>
#include <utility>

#include "engine/engine_impl.h"

namespace suar::engine {

using event::EventType;
using event::Transaction;

Result Engine::Impl::process(const Transaction& t, std::string_view record, std::uint64_t position,
                             const Recognised& given) {
  recognised = given;
  counters.shortened_horizon += payments.expire(stream_time);
  counters.no_effect += early.expire(stream_time);

  const IdHash id = given.of == &t ? given.id : hash_event_id(t.event_id);
  if (const auto seen = payments.seen(id, stream_time)) {
    if (seen->fingerprint == fingerprint(t)) return {Outcome::kDuplicate, {}};
    return {
        Outcome::kDeadLetter,
        event::Rejection{event::Reason::kConflictingDuplicate,
                         "event_id was accepted before with other required fields or another event_type"}};
  }
  const Result result = accept(t, record, position, id);
  // The horizon runs from S after the record; other content than its own may have moved it.
  const auto remembered = result.rejection ? std::nullopt : payments.seen(id, kUnset);
  if (remembered && remembered->stamp < stream_time) {
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
    if (payment.currency != program.reference().home())
      payments.extra(slot).home_rate = occurrence.home_rate();
  }
  stream_time = std::max(stream_time, content.event_time.instant.micros - options.lateness.micros);
  evaluation.fire_deadlines(next_order, stream_time, hits);
  payments[slot].stamp = std::max(payments[slot].stamp, stream_time);
  store.begin();
  static const Recognised kNothing;
  const Recognised& names = recognised.of == &content ? recognised : kNothing;
  if (store.admit(occurrence, names, payments[slot].at.order, slot)) ++counters.late;
  if (payments[slot].logged != 0) payments.keep_event_id(slot, content.event_id);
  if (!store.admissions().empty()) evaluation.run(occurrence, slot, next_order, {stream_time}, hits);
  if (options.explain) evaluation.explain_unadmitted(occurrence);
  evaluation.fire_deadlines(next_order, stream_time, hits);
}

Engine::Engine(Options options, std::shared_ptr<const rules::RuleSet> rules,
               std::shared_ptr<const reference::Reference> reference)
    : impl_(std::make_unique<Impl>(options, std::move(rules), std::move(reference))) {}

Engine::~Engine() = default;

Result Engine::process(const Transaction& transaction, std::string_view record,
                       std::optional<event::Instant> record_time, std::uint64_t position,
                       const Recognised& recognised) {
  Impl& impl = *impl_;
  impl.hits.clear();
  impl.late_rejections.clear();
  impl.explanations.clear();
  Result result;
  if (record_time && impl.options.max_ahead.micros > 0 &&
      transaction.event_time.instant > *record_time + impl.options.max_ahead) {
    result = {Outcome::kDeadLetter, event::Rejection{event::Reason::kTimeAhead,
                                                     "event_time lies too far after the record's timestamp"}};
  } else {
    result = impl.process(transaction, record, position, recognised);
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

void Engine::prefetch(const Transaction& transaction, int step, Recognised& recognised) const {
  if (step == 0) {
    recognised.of = &transaction;
    recognised.id = hash_event_id(transaction.event_id);
    impl_->payments.prefetch(recognised.id);
  }
  impl_->store.prefetch(transaction, step, recognised);
}

const std::vector<Hit>& Engine::hits() const {
  return impl_->hits;
}
const std::vector<LateRejection>& Engine::late_rejections() const {
  return impl_->late_rejections;
}
const std::vector<Explanation>& Engine::explanations() const {
  return impl_->explanations;
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

void Engine::advance(event::Instant stream_time) {
  Impl& impl = *impl_;
  impl.hits.clear();
  impl.late_rejections.clear();
  impl.explanations.clear();
  impl.stream_time = std::max(impl.stream_time, stream_time.micros);
  impl.evaluation.fire_deadlines(impl.next_order, impl.stream_time, impl.hits);
}

StateSize Engine::state_size() const {
  const Impl& impl = *impl_;
  return {impl.store.entities(), impl.store.kept_events(), impl.payments.remembered_ids(),
          impl.store.bytes() + impl.payments.bytes()};
}

}  // namespace suar::engine
