#include "simulator/moves.h"

#include <algorithm>

namespace suar::simulator {

void pay(Stage& stage, std::uint32_t from, std::uint32_t to, std::int64_t rupiah, event::Instant when,
         std::string_view note) {
  Draft draft = stage.payments().transfer(stage.random(), from, to, rupiah);
  draft.note = note;
  stage.add(draft, when);
}

std::vector<Credit> fan_in(Stage& stage, const FanIn& in) {
  Random& random = stage.random();
  const int last_day = in.last_day >= 0 ? in.last_day : std::max(0, stage.days() - 2);
  const std::int64_t price = drawn(stage, in.amount);
  std::vector<Credit> credits;
  for (std::int64_t i = 0; i < in.credits; ++i) {
    const std::int64_t rupiah = in.one_price ? price : drawn(stage, in.amount);
    const std::uint32_t payer = in.payers[static_cast<std::size_t>(i) % in.payers.size()];
    const int day = static_cast<int>(random.between(0, last_day));
    const event::Instant when = stage.at(day, stage.between_hours(in.from_hour, in.to_hour));
    pay(stage, payer, in.to == kNobody ? stage.subject() : in.to, rupiah, when,
        in.notes.empty() ? std::string_view{} : random.pick(in.notes));
    credits.push_back({when, rupiah, payer});
  }
  std::ranges::sort(credits, {}, &Credit::time);
  return credits;
}

void pass_on(Stage& stage, std::span<const Credit> credits, const Onward& onward) {
  Random& random = stage.random();
  for (const Credit& credit : credits) {
    const std::int64_t share = random.between(onward.share_low, onward.share_high);
    const std::uint32_t receiver = random.pick(onward.receivers);
    pay(stage, stage.subject(), receiver, credit.rupiah * share / 1000 / 10'000 * 10'000,
        credit.time + event::Duration::minutes(random.between(onward.from_minutes, onward.to_minutes)),
        onward.note);
  }
}

void draw_cash_of(Stage& stage, std::span<const Credit> credits) {
  Random& random = stage.random();
  std::int64_t balance = 0;
  for (const Credit& credit : credits) {
    balance += credit.rupiah;
    if (balance < 1'000'000 || !random.chance(250)) continue;
    const std::int64_t cash = random.between(balance / 3, balance) / 50'000 * 50'000;
    stage.add(stage.payments().cash_out(random, stage.subject(), cash),
              credit.time + event::Duration::minutes(random.between(30, 40 * 60)));
    balance -= cash;
  }
}

std::vector<int> days_due(const Stage& stage, int due) {
  std::vector<int> days;
  for (int day = 0; day < stage.days(); ++day) {
    if (stage.day_of_month(day) == due) days.push_back(day);
  }
  return days;
}

}  // namespace suar::simulator
