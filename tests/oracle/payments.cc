#include "oracle/payments.h"

#include <algorithm>
#include <ranges>

namespace suar::oracle {

using event::EventType;
using event::Transaction;

void Payment::stand_as(const std::shared_ptr<const Record>& record) {
  content = record;
  standing = {(*record)->amount.minor, true};
}

// Of a completion and a correction the page names the id alone: their end_to_end_id only refers.
void Payment::add_names_of(const Transaction& original) {
  ids.emplace_back(original.event_id);
  if (!original.end_to_end_id.empty()) references.emplace_back(original.end_to_end_id);
}

Payments::Effect Payments::apply(const std::shared_ptr<const Record>& record,
                                 std::optional<event::Instant> now) {
  now_ = now;
  unstamped_.clear();
  switch ((*record)->event_type) {
    case EventType::kComplete:
      return complete(record);
    case EventType::kInstruct:
      return instruct(record);
    default:
      return act(record);
  }
}

void Payments::stamp(event::Instant stamp) {
  for (event::Instant* from : unstamped_) *from = stamp;
}

Payments::Effect Payments::complete(const std::shared_ptr<const Record>& record) {
  const Transaction& t = **record;
  Payment* named = named_by(t);
  if (named != nullptr && named->has_instruct) {
    if (change(*named, record) != Change::kChanged) return {Outcome::kNoEffect, {}, nullptr};
    ++tally_[t.has_content() ? "complete with content of an instruct" : "bare complete of an instruct"];
    arrives_anew(*named);
    apply_waiting(*named);
    return {named->undone() ? Outcome::kUndone : Outcome::kCounted, {}, named};
  }
  if (!t.has_content()) {
    if (named != nullptr) return {Outcome::kNoEffect, {}, nullptr};
    wait(record);
    return {Outcome::kWaiting, {}, nullptr};
  }

  const bool came = with_id(t.related_event_id) != nullptr;
  Payment& payment = open(record);
  if (!came) payment.expected_instruct = t.related_event_id;
  apply_waiting(payment);
  return {payment.undone() ? Outcome::kUndone : Outcome::kCounted, {}, &payment};
}

Payments::Effect Payments::instruct(const std::shared_ptr<const Record>& record) {
  Payment* completed = completed_without(**record);
  for (Payment& payment : payments_) {
    if (payment.expected_instruct == (*record)->event_id) payment.expected_instruct.clear();
  }
  if (completed != nullptr) {
    ++tally_["instruct after its completion"];
    completed->has_instruct = true;
    completed->add_names_of(**record);
    apply_waiting(*completed);
    return {Outcome::kNoEffect, {}, completed};
  }
  Payment& payment = open(record);
  payment.has_instruct = true;
  payment.state = Payment::State::kHeld;
  apply_waiting(payment);
  switch (payment.state) {
    case Payment::State::kHeld:
      return {Outcome::kHeld, {}, &payment};
    case Payment::State::kStands:
      return {Outcome::kCounted, {}, &payment};
    default:
      return {Outcome::kUndone, {}, &payment};
  }
}

Payments::Effect Payments::act(const std::shared_ptr<const Record>& record) {
  Payment* named = named_by(**record);
  if (named == nullptr || must_wait(*named, **record)) {
    Waiting& waiting = wait(record);
    if (named != nullptr) {
      waiting.by_id = named_by_id((*record)->related_event_id) == named;
      waiting.by_reference = !waiting.by_id;
      if ((*record)->event_type == EventType::kCorrect) named->ids.emplace_back((*record)->event_id);
    }
    return {Outcome::kWaiting, {}, nullptr};
  }
  switch (change(*named, record)) {
    case Change::kNone:
      return {Outcome::kNoEffect, {}, nullptr};
    case Change::kWrongCurrency:
      return {Outcome::kDeadLetter, event::Rejection{event::Reason::kReverseCurrency, ""}, nullptr};
    case Change::kChanged:
      break;
  }
  if ((*record)->event_type == EventType::kCorrect) arrives_anew(*named);
  apply_waiting(*named);
  if ((*record)->event_type != EventType::kCorrect) return {Outcome::kUndone, {}, named};
  if (named->undone()) return {Outcome::kUndone, {}, named};
  return {Outcome::kCounted, {}, named};
}

Payments::Waiting& Payments::wait(const std::shared_ptr<const Record>& record) {
  Waiting& waiting = waiting_.emplace_back(record, event::Instant{});
  unstamped_.push_back(&waiting.known_from);
  return waiting;
}

Payments::Change Payments::change(Payment& payment, const std::shared_ptr<const Record>& act) {
  const Transaction& t = **act;
  const bool held = payment.state == Payment::State::kHeld;
  if (payment.undone()) return Change::kNone;

  switch (t.event_type) {
    case EventType::kComplete:
      if (!held) return Change::kNone;
      if (t.has_content()) payment.stand_as(act);
      payment.state = Payment::State::kStands;
      payment.id = t.event_id;
      payment.time = t.event_time;
      payment.ids.emplace_back(t.event_id);
      return Change::kChanged;

    case EventType::kReverse:
      if (t.has_amount) {
        if (t.amount.currency != (*payment.content)->amount.currency) return Change::kWrongCurrency;
        if (t.amount.minor < payment.standing.minor) {
          payment.standing = {payment.standing.minor - t.amount.minor, false};
          ++tally_["partial reverse"];
          return Change::kChanged;
        }
      }
      [[fallthrough]];
    case EventType::kReject:
      payment.state = Payment::State::kUndone;
      ++tally_[t.event_type == EventType::kReject ? (held ? "reject of a held instruct" : "reject")
                                                  : "full reverse"];
      return Change::kChanged;

    case EventType::kCorrect:
      payment.stand_as(act);
      payment.id = t.event_id;
      payment.time = t.event_time;
      payment.ids.emplace_back(t.event_id);
      ++tally_["correct"];
      return Change::kChanged;

    case EventType::kInstruct:
      break;
  }
  return Change::kNone;
}

void Payments::apply_waiting(Payment& payment) {
  const auto is_due = [&](const Waiting& waiting) {
    return within(waiting.known_from, options_.dedup_horizon) && named_by(waiting) == &payment &&
           !must_wait(payment, **waiting.act);
  };
  for (auto next = waiting_.end(); (next = std::ranges::find_if(waiting_, is_due)) != waiting_.end();) {
    const std::shared_ptr<const Record> act = next->act;
    waiting_.erase(next);
    if (change(payment, act) == Change::kChanged) {
      ++tally_["waiting " + std::string(name_of((*act)->event_type)) + " applied"];
    }
  }
}

// What is only instructed can be completed or rejected; it must count before it is reversed or corrected.
bool Payments::must_wait(const Payment& payment, const Transaction& act) {
  return payment.state == Payment::State::kHeld &&
         (act.event_type == EventType::kReverse || act.event_type == EventType::kCorrect);
}

Payment& Payments::open(const std::shared_ptr<const Record>& record) {
  Payment& payment = payments_.emplace_back();
  payment.arrival = record->arrival();
  arrives_anew(payment);
  payment.stand_as(record);
  payment.id = (*record)->event_id;
  payment.time = (*record)->event_time;
  payment.add_names_of(**record);
  return payment;
}

void Payments::arrives_anew(Payment& payment) {
  payment.known_from = event::Instant::max();
  unstamped_.push_back(&payment.known_from);
}

bool Payments::within(event::Instant from, event::Duration span) const {
  return !now_ || *now_ < from + span;
}

bool Payments::known(const Payment& payment) const {
  if (payment.state == Payment::State::kHeld) return within(payment.known_from, options_.instruct_hold);
  return within(payment.known_from, options_.dedup_horizon) || in_a_window_(payment);
}

Payment* Payments::if_known(Payment& payment) {
  if (known(payment)) return &payment;
  ++tally_[kForgottenName];
  return nullptr;
}

// Where several carry a name, the newest to arrive has it.
Payment* Payments::with_id(std::string_view id) {
  if (id.empty()) return nullptr;
  for (Payment& payment : std::views::reverse(payments_)) {
    if (std::ranges::find(payment.ids, id) != payment.ids.end()) return if_known(payment);
  }
  return nullptr;
}

// A completion that came before its instruct has its name, as long as nothing of that id has come. Of
// several, the first: "a second completion changes nothing".
Payment* Payments::expecting(std::string_view instruct) {
  if (instruct.empty()) return nullptr;
  for (Payment& payment : payments_) {
    if (payment.expected_instruct == instruct && known(payment)) return &payment;
  }
  return nullptr;
}

Payment* Payments::named_by_id(std::string_view id) {
  Payment* payment = with_id(id);
  return payment != nullptr ? payment : expecting(id);
}

Payment* Payments::named_by_reference(std::string_view end_to_end_id) {
  if (end_to_end_id.empty()) return nullptr;
  for (Payment& payment : std::views::reverse(payments_)) {
    if (std::ranges::find(payment.references, end_to_end_id) != payment.references.end()) {
      return if_known(payment);
    }
  }
  return nullptr;
}

Payment* Payments::named_by(const Transaction& act) {
  Payment* payment = named_by_id(act.related_event_id);
  return payment != nullptr ? payment : named_by_reference(act.end_to_end_id);
}

Payment* Payments::named_by(const Waiting& waiting) {
  Payment* payment = waiting.by_id ? named_by_id((*waiting.act)->related_event_id) : nullptr;
  if (payment != nullptr || !waiting.by_reference) return payment;
  return named_by_reference((*waiting.act)->end_to_end_id);
}

// The payment that this instruct is the instruct of, where a completion with content of its own came first.
Payment* Payments::completed_without(const Transaction& instruct) {
  for (Payment& payment : payments_) {
    const bool expects_it = payment.expected_instruct == instruct.event_id;
    if (expects_it && !payment.has_instruct && known(payment)) return &payment;
  }
  Payment* payment = named_by_reference(instruct.end_to_end_id);
  return payment != nullptr && !payment->has_instruct ? payment : nullptr;
}

}  // namespace suar::oracle
