// The ordinary traffic, minute by minute, in the order of time: what is due (Agenda) and what people do as
// they please. Memory: one minute of drafts and one day of dues.
#pragma once

#include <cstdint>
#include <vector>

#include "simulator/agenda.h"
#include "simulator/draft.h"
#include "simulator/payments.h"
#include "simulator/random.h"
#include "simulator/world.h"

namespace suar::simulator {

class Background {
 public:
  explicit Background(const World& world);

  // The next payment, left in place until drop(); null at the end.
  [[nodiscard]] const Draft* peek();
  void drop() { ++taken_; }

 private:
  void fill_minute();
  [[nodiscard]] std::int64_t payments_this_minute();
  [[nodiscard]] std::uint32_t somebody();
  [[nodiscard]] std::uint32_t friend_of(std::uint32_t person);
  [[nodiscard]] Draft spontaneous();
  [[nodiscard]] Draft between_friends(std::uint32_t person);
  [[nodiscard]] Draft with_an_agency_or_the_state(std::uint32_t person);
  [[nodiscard]] Draft rarely(std::uint32_t person);

  const World& world_;
  Payments payments_;
  Agenda agenda_;
  Random random_;
  event::Instant minute_;
  event::Date open_day_;
  std::vector<Draft> drafts_;
  std::size_t taken_ = 0;
};

}  // namespace suar::simulator
