// The ways in which money moves at an Indonesian bank, each as a draft with the channel, rail, place and
// codes that go with it. The time is left for the caller to fill in.
#pragma once

#include "simulator/draft.h"
#include "simulator/random.h"
#include "simulator/world.h"

namespace suar::simulator {

class Payments {
 public:
  explicit Payments(const World& world) : world_(world) {}

  // Account to account by phone, over the rail that takes such an amount: BI-FAST up to Rp250m, the switch up
  // to Rp50m, SKN up to Rp1bn, RTGS above.
  [[nodiscard]] Draft transfer(Random& random, std::uint32_t from, std::uint32_t to,
                               std::int64_t rupiah) const;
  // A company's batch over the application interface.
  [[nodiscard]] Draft batch_transfer(std::uint32_t from, std::uint32_t to, std::int64_t rupiah) const;
  [[nodiscard]] Draft wage(std::uint32_t employer, std::uint32_t to, std::int64_t rupiah) const;
  [[nodiscard]] Draft purchase(Random& random, std::uint32_t from, std::uint32_t merchant,
                               std::int64_t rupiah) const;
  [[nodiscard]] Draft qr_payment(std::uint32_t from, std::uint32_t to, std::int64_t rupiah) const;
  [[nodiscard]] Draft top_up(std::uint32_t from, std::uint32_t hub, std::int64_t rupiah) const;
  [[nodiscard]] Draft cash_out(Random& random, std::uint32_t from, std::int64_t rupiah) const;
  [[nodiscard]] Draft cash_in(Random& random, std::uint32_t to, std::int64_t rupiah, PlaceIndex place) const;
  [[nodiscard]] Draft from_abroad(CountryIndex country, std::uint32_t sender, std::uint32_t to,
                                  std::int64_t minor, CountryIndex currency_of, std::int64_t month) const;
  [[nodiscard]] Draft to_abroad(std::uint32_t from, CountryIndex country, std::uint32_t receiver,
                                std::int64_t minor, std::int64_t month) const;

 private:
  const World& world_;
};

}  // namespace suar::simulator
