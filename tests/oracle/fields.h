// What a rule reads from one event: its fields, its sides, and the questions to the reference data.
#pragma once

#include "oracle/event.h"

namespace suar::oracle {

// Which amount of a payment is meant once part of it has been reversed.
enum class Moment { kOnArrival, kNow };

// One event of one entity, at a moment.
struct Reading {
  const World& world;
  const Sighting& sighting;
  Moment moment = Moment::kNow;

  [[nodiscard]] const Event& event() const { return *sighting.event; }
  [[nodiscard]] const Standing& standing() const {
    return moment == Moment::kNow ? event().now : event().on_arrival;
  }
  [[nodiscard]] event::Instant time() const { return event().time.instant; }
  [[nodiscard]] event::Date date() const { return event::date_of(time(), event().time.offset_minutes); }
};

[[nodiscard]] Value field(const Reading& reading, rules::EventField field);
[[nodiscard]] Value field(const Reading& reading, rules::Side side, rules::PartyField field);

// The payment's amount in a currency: as instructed or settled where that is in it, else converted.
[[nodiscard]] Value amount_in(const Reading& reading, event::Currency currency);

// Money of some currency in the home currency, at the rate of the event's date.
[[nodiscard]] Value in_home_currency(const Reading& reading, const Value& money);

// The party on a side as the reference data knows it; kNone where there is none.
[[nodiscard]] reference::PartyRef known_party(const Reading& reading, rules::Side side);

// The segment of self, which chooses a parameter's value; "" where there is none.
[[nodiscard]] std::string segment_of_self(const Reading& reading);

}  // namespace suar::oracle
