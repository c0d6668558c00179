// The present event as rules see it: the transaction, the parties as the reference data knows them as of the
// event, the amount in the home currency. Look-ups are made at most once per event, when the first rule asks.
//
// An occurrence is either a transaction or a signal; on a signal every field but time, id and values is
// absent.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/cell.h"
#include "engine/entity_log.h"
#include "event/transaction.h"
#include "reference/reference.h"

namespace suar::engine {

// An event that a signal carries as evidence.
struct CarriedEvent {
  Position at;
  std::string event_id;
};

// What travels from a hit to its subject and to those it marks (semantics: signals).
struct Signal {
  int rule = 0;              // index in the rule set
  std::string_view rule_id;  // there
  std::string event_id;      // of the event that raised it
  std::uint64_t order =
      0;  // that event's place among equal times, which names it for as long as the engine runs
  event::Instant time;
  std::int16_t offset_minutes = 0;  // as that event wrote its time
  int hop = 0;
  bool mark = false;                  // left by a hit on another entity
  std::string origin;                 // the key of the chain's first subject, without a tenant
  event::Instant began;               // the event time of the chain's first trigger
  std::string party_id;               // of whom it is left on, as that event knew it
  std::vector<Cell> values;           // their texts stand in `texts`
  std::vector<std::string> texts;     // in step with `values`; "" where the value is no text
  event::Instant raised_at;           // that event's own time: of a deadline's signal it lies before `time`
  std::vector<CarriedEvent> carried;  // of the sequences behind it, the newest first

  [[nodiscard]] Cell value(std::size_t index) const {
    Cell cell = values[index];
    if (!texts[index].empty()) cell.text = texts[index];
    return cell;
  }
};

// One party of the event with what is known about it.
class SideFacts {
 public:
  SideFacts() = default;
  SideFacts(const event::Party& party, const reference::Reference& reference, event::Instant as_of);

  [[nodiscard]] bool present() const { return party_ != nullptr && party_->present; }
  [[nodiscard]] const event::Party& party() const { return *party_; }
  [[nodiscard]] reference::PartyRef ref() const;    // kNone where the reference data does not know it
  [[nodiscard]] std::string_view party_id() const;  // the event's, else the account's holder's
  [[nodiscard]] const reference::Customer& customer() const;  // with nothing in it where there is no row
  [[nodiscard]] const std::optional<reference::Post>& post() const;
  [[nodiscard]] const reference::Agency* agency() const;
  [[nodiscard]] std::string_view segment() const;  // the event's, else the customer's
  // The answer to ref(), where somebody remembers it.
  void know(reference::PartyRef ref) {
    ref_ = ref;
    has_ref_ = true;
  }

 private:
  const event::Party* party_ = nullptr;
  const reference::Reference* reference_ = nullptr;
  event::Instant as_of_;
  mutable bool has_ref_ = false, has_post_ = false, has_customer_ = false;
  mutable reference::PartyRef ref_;
  mutable reference::Customer customer_;
  mutable std::optional<reference::Post> post_;
};

// The amount that stands: after a partial reverse it is the rest, and the instructed amount no longer
// applies.
struct StandingAmount {
  event::Money amount;
  bool reduced = false;
};

class Occurrence {
 public:
  Occurrence(const event::Transaction& transaction, StandingAmount standing,
             const reference::Reference& reference);
  Occurrence(const Signal& signal, const reference::Reference& reference);

  [[nodiscard]] const event::Transaction* transaction() const { return transaction_; }
  [[nodiscard]] const Signal* signal() const { return signal_; }
  [[nodiscard]] event::Instant time() const { return time_.instant; }
  [[nodiscard]] int offset_minutes() const { return time_.offset_minutes; }
  [[nodiscard]] event::Date date() const { return date_; }
  [[nodiscard]] std::string_view event_id() const;
  [[nodiscard]] const SideFacts& side(int index) const { return sides_[static_cast<std::size_t>(index)]; }
  [[nodiscard]] SideFacts& side(int index) { return sides_[static_cast<std::size_t>(index)]; }
  [[nodiscard]] const reference::Reference& reference() const { return *reference_; }

  [[nodiscard]] std::optional<std::int64_t> amount_home() const { return amount_home_; }
  [[nodiscard]] std::string_view currency_text() const;
  [[nodiscard]] event::Rate home_rate() const {
    return home_rate_;
  }  // of the amount's currency; 1 for the home currency
  [[nodiscard]] std::optional<std::int64_t> amount_in(event::Currency currency) const;

 private:
  const event::Transaction* transaction_ = nullptr;
  const Signal* signal_ = nullptr;
  const reference::Reference* reference_;
  event::ZonedInstant time_;
  event::Date date_;
  StandingAmount standing_;
  mutable std::string currency_text_;     // spelled when first asked for
  mutable event::Currency converted_to_;  // what amount_in() was last asked for, and its answer
  mutable std::optional<std::int64_t> converted_;
  std::array<SideFacts, 2> sides_;  // debtor, creditor
  std::optional<std::int64_t> amount_home_;
  event::Rate home_rate_;
};

// `standing` in minor units of the home currency and of `currency`, by the rates of `date`; absent without a
// rate.
[[nodiscard]] std::optional<std::int64_t> in_currency(std::optional<std::int64_t> home_minor,
                                                      event::Currency currency,
                                                      const reference::Reference& reference,
                                                      event::Date date);

}  // namespace suar::engine
