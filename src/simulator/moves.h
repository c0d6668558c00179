// The movements of money that stories are made of: many pay one, what came in goes on, somebody is paid on
// the same day of each month.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "simulator/stage.h"

namespace suar::simulator {

// Drawn wide, in whole steps.
struct Amount {
  std::int64_t low, high, step;
};
[[nodiscard]] inline std::int64_t drawn(Stage& stage, Amount amount) {
  return stage.random().wide(amount.low, amount.high, amount.step);
}

struct Credit {
  event::Instant time;
  std::int64_t rupiah = 0;
  std::uint32_t payer = kNobody;
};

void pay(Stage& stage, std::uint32_t from, std::uint32_t to, std::int64_t rupiah, event::Instant when,
         std::string_view note = {});

struct FanIn {
  std::span<const std::uint32_t> payers;  // each pays once before any pays again
  std::int64_t credits = 0;
  Amount amount{};
  bool one_price = false;  // else each amount is drawn anew
  std::span<const std::string_view> notes = {};
  int from_hour = 7, to_hour = 22;
  int last_day = -1;           // -1: the story's last but one
  std::uint32_t to = kNobody;  // kNobody: the subject
};
// Many pay one, on any days. In the order of time.
[[nodiscard]] std::vector<Credit> fan_in(Stage& stage, const FanIn& in);

// Each credit goes on from the subject, whole or in part, within hours.
struct Onward {
  std::span<const std::uint32_t> receivers;
  int share_low = 900, share_high = 1000;  // thousandths of the credit
  std::int64_t from_minutes = 20, to_minutes = 20 * 60;
  std::string_view note = {};
};
void pass_on(Stage& stage, std::span<const Credit> credits, const Onward& onward);

// The subject draws what has come in, a part now and then.
void draw_cash_of(Stage& stage, std::span<const Credit> credits);

// The days of the story on which something monthly is due, `due` being a day of the month.
[[nodiscard]] std::vector<int> days_due(const Stage& stage, int due);

}  // namespace suar::simulator
