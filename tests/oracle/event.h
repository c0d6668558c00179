// What counts and what entities keep: payments and signals in one kind, and an entity's own view of them.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "event/transaction.h"
#include "oracle/record.h"
#include "oracle/value.h"
#include "reference/reference.h"
#include "rules/rule.h"

namespace suar::oracle {

// Everything that stays the same from the first record to the last.
struct World {
  const reference::Reference& reference;
  event::Currency home;
};

// How much of a payment stands: all of it as it was instructed, or a rest.
struct Standing {
  std::int64_t minor = 0;  // of the amount's currency
  bool whole = true;       // never partly reversed; only then the instructed amount means anything
};

// A counted payment, or a signal.
struct Event {
  std::string id;  // of the record that made it count; of a signal, of the event that raised it
  event::ZonedInstant time;
  long order = 0;  // among equal times

  // A payment. Predicates keep to what stood when it arrived, money columns to what stands now.
  std::shared_ptr<const Record> content;  // null for a signal
  Standing on_arrival, now;

  // A signal.
  const rules::Rule* signal_of = nullptr;
  std::vector<Value> signal_values;
  bool is_mark = false;                               // left by a hit on another entity
  std::shared_ptr<const Event> origin;                // the payment that raised it, in the end
  int hops = 0;                                       // marks since its chain's first hit
  std::string chain_origin;                           // key of that hit's subject, without a tenant
  event::Instant chain_began;                         // the time of that hit's trigger
  std::vector<std::shared_ptr<const Event>> carried;  // the newest events of the sequences behind it

  bool undone = false;  // a reject or a reverse took it out, or took out what was put in its place
};

[[nodiscard]] bool before(const Event& a, const Event& b);  // in (time, order)

enum class Direction { kNone, kOut, kIn, kSelf, kSignal };
[[nodiscard]] std::string_view name_of(Direction direction);

// One event as one entity sees it.
struct Sighting {
  std::shared_ptr<const Event> event;
  rules::EntityKind watched{};
  Direction direction = Direction::kSignal;

  // The party on a side; null where there is none, as on every signal.
  [[nodiscard]] const event::Party* party(rules::Side side) const;
};

// An account's or a party's key is `kind:value`, behind the tenant where there is one.
[[nodiscard]] std::string entity_key(std::string_view tenant, rules::EntityKind kind, std::string_view value);

// Who a party is by the reference data as of an instant.
struct Identity {
  reference::PartyRef ref;
  std::string party_id;  // the event's, else of the account's holder; "" where there is no party
};
[[nodiscard]] Identity identify(const World& world, const event::Party& party, event::Instant as_of);

// The key of a party's account, or of its party where it has no account; "" where it has neither.
[[nodiscard]] std::string account_or_party_key(const World& world, const Event& event,
                                               const event::Party& party);

// An entity that an event touches, and how it sees it.
struct Touch {
  rules::EntityKind kind{};
  std::string key;
  Direction direction = Direction::kNone;
};

// In the order in which they see it; each once.
[[nodiscard]] std::vector<Touch> entities_touched(const World& world, const Event& event);

}  // namespace suar::oracle
