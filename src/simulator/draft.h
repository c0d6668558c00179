// A transaction before it is written down: small, fixed in size, no text of its own.
#pragma once

#include <cstdint>
#include <string_view>

#include "event/instant.h"
#include "event/transaction.h"
#include "simulator/casting.h"
#include "simulator/places.h"

namespace suar::simulator {

// One side of a payment.
struct Side {
  enum class Realm : std::uint8_t { kNone, kHome, kAbroad };
  Realm realm = Realm::kNone;
  CountryIndex country = 0;             // of an account abroad
  std::uint32_t account = 0;            // within the country: a number of World; abroad: any number
  std::uint32_t stated_name = kNobody;  // the payer gave this person's name instead of the holder's
};

[[nodiscard]] constexpr Side home_side(std::uint32_t account) {
  return {Side::Realm::kHome, 0, account, kNobody};
}
[[nodiscard]] constexpr Side side_abroad(CountryIndex country, std::uint32_t account) {
  return {Side::Realm::kAbroad, country, account, kNobody};
}

inline constexpr std::int32_t kBackground = -1;

struct Draft {
  event::Instant time;
  std::uint64_t id = 0, related = 0;  // 0: not yet numbered, none
  Side debtor, creditor;
  std::int64_t rupiah = 0;
  std::int64_t foreign_minor = 0;  // the instructed amount, where that is in `foreign`'s currency
  std::int64_t foreign_rate = 0;   // rupiah for 100 units
  std::string_view rail, purpose, note, feed = "core";
  std::uint32_t note_first = 0, note_second = 0;  // numbers that follow the note, 0 for none
  std::int32_t story = kBackground;               // which planted story it belongs to
  std::uint32_t teller = 0;                       // of the branch; 0: whichever
  std::uint32_t conductor = kNobody;              // who brings the cash for the holder
  std::uint32_t device_of = kNobody;              // whose device it is, where not the debtor's
  std::uint32_t phone = 0, home_address = 0;      // of the debtor, where they are known; any number
  PlaceIndex place = kNoPlace;                    // kNoPlace: abroad, in `foreign`
  CountryIndex foreign = 0;
  event::EventType event_type = event::EventType::kComplete;
  event::TxType tx_type = event::TxType::kTransfer;
  event::Channel channel = event::Channel::kMobile;
  bool bare = false;              // an act that names its original and says nothing else
  bool bare_with_amount = false;  // ... but how much of it is taken back
};

}  // namespace suar::simulator
