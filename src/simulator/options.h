// What a simulated stream is to be like. The same options give the same bytes on every machine.
#pragma once

#include <cstdint>

#include "event/instant.h"

namespace suar::simulator {

inline constexpr event::Instant kDefaultStart{1'767'200'400'000'000};  // 2026-01-01T00:00:00+07:00
inline constexpr std::uint32_t kFewestAccounts = 400;  // the scenarios need a crowd to stand in
inline constexpr std::uint32_t kMostAccounts = 100'000'000;

struct Options {
  std::uint64_t seed = 1;
  int days = 60;
  // Ordinary people's accounts; fewer than kFewestAccounts are taken as that many. Offices, companies and
  // officials come on top, a few for each hundred.
  std::uint32_t accounts = 2000;
  event::Instant start = kDefaultStart;
  // Thousandths of an event that an ordinary account starts in a day, wages and other monthly payments apart.
  std::int64_t daily_events_per_mille = 1500;
  // Thousandths of the usual number of planted crimes and look-alikes; 0 plants none.
  std::int64_t plants_per_mille = 1000;
  // Duplicates, late events, reversals, corrections and two-step payments, about a per cent of each.
  bool disturbances = true;

  [[nodiscard]] event::Instant end() const { return start + event::Duration::days(days); }
};

}  // namespace suar::simulator
