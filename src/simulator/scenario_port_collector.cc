// A collector at a port takes the price of a crossing from many people who do not know each other, in many
// provinces, and empties the account within days. Prices as reported: Rp5-6m by sea without a passport,
// Rp10-11m with one, Rp15-17m where a broker arranges all of it.
//
// Look-alikes at the same ports: an online seller (scattered amounts, refunds, suppliers, years of it), a
// savings club (the same members each month, one of them takes the pot), a mosque's collector (small gifts,
// most on Fridays).
#include <algorithm>
#include <array>

#include "simulator/scenario.h"

namespace suar::simulator {
namespace {

constexpr std::string_view kRule = "som-corridor-collector";

constexpr std::array<std::string_view, 10> kPassageNotes = {
    "", "", "", "", "titipan", "ongkos", "biaya berangkat", "untuk adik", "transport", "pelunasan"};

struct Price {
  std::int64_t low, high, step;
};
constexpr std::array<Price, 5> kPrices = {{{5'000'000, 6'000'000, 100'000},
                                           {5'000'000, 6'000'000, 250'000},
                                           {10'000'000, 11'000'000, 250'000},
                                           {15'000'000, 15'000'000, 500'000},
                                           {15'000'000, 17'000'000, 500'000}}};

struct Taking {
  event::Instant time;
  std::int64_t rupiah = 0;
};

void collect(Stage& stage, std::vector<Taking>& takings) {
  Random& random = stage.random();
  const Price price = random.pick(kPrices);
  const int haggled = static_cast<int>(random.between(0, 400));
  const int in_cash = static_cast<int>(random.between(0, 200));
  const int instalments = static_cast<int>(random.between(0, 150));
  const std::int64_t asked = random.between(price.low / price.step, price.high / price.step) * price.step;
  for (const std::uint32_t payer : stage.strangers_from_afar(random.wide(8, 60))) {
    std::int64_t amount = asked;
    if (random.chance(haggled))
      amount = random.between(price.low / price.step, price.high / price.step) * price.step;
    if (random.chance(instalments)) amount /= 2;
    if (random.chance(60)) amount *= 2;  // for two
    Draft draft = random.chance(in_cash)
                      ? stage.payments().cash_in(random, stage.subject(), amount, stage.world().home(payer))
                      : stage.payments().transfer(random, payer, stage.subject(), amount);
    draft.note = random.pick(kPassageNotes);
    const int day = static_cast<int>(random.below(static_cast<std::uint64_t>(std::max(1, stage.days() - 3))));
    const event::Instant time = stage.at(day, stage.between_hours(6, 23));
    stage.add(draft, time);
    takings.push_back({time, amount});
  }
  std::ranges::sort(takings, {}, &Taking::time);
}

void empty_within_days(Stage& stage, const std::vector<Taking>& takings) {
  Random& random = stage.random();
  const std::vector<std::uint32_t> partners = stage.strangers(random.between(1, 3));
  const int in_cash = static_cast<int>(random.between(200, 900));
  const std::int64_t longest_hours = random.between(4, 72);
  std::int64_t balance = 0;
  event::Instant due = event::Instant::min();
  const auto pay_out = [&] {
    const std::int64_t out = balance * random.between(850, 1000) / 1000 / 50'000 * 50'000;
    Draft draft = random.chance(in_cash)
                      ? stage.payments().cash_out(random, stage.subject(), out)
                      : stage.payments().transfer(random, stage.subject(),
                                                  partners[random.below(partners.size())], out);
    draft.place = stage.home();
    stage.add(draft, due);
    balance -= out;
  };
  for (const Taking& taking : takings) {
    if (balance > 0 && due < taking.time && due > event::Instant::min()) {
      pay_out();
      due = event::Instant::min();
    }
    if (due == event::Instant::min()) {
      due = taking.time + event::Duration::minutes(random.between(60, longest_hours * 60));
    }
    balance += taking.rupiah;
  }
  if (balance > 0) pay_out();
}

void run_crossings(Stage& stage) {
  std::vector<Taking> takings;
  collect(stage, takings);
  empty_within_days(stage, takings);
}

void sell_online(Stage& stage) {
  Random& random = stage.random();
  const std::int64_t daily = random.wide(2, 16);
  const std::vector<std::uint32_t> suppliers = stage.strangers(random.between(2, 5));
  std::int64_t takings = 0;
  for (int day = 0; day < stage.days(); ++day) {
    for (std::int64_t order = random.between(0, daily * 2); order > 0; --order) {
      const std::uint32_t buyer = stage.world().extras.at(random.next());
      std::int64_t amount = random.wide(25'000, 3'500'000, 500);
      if (random.chance(30)) amount = random.wide(3'500'000, 12'000'000, 1'000);
      if (random.chance(400)) amount = std::max<std::int64_t>(25'900, amount / 10'000 * 10'000 - 100);
      Draft draft = random.chance(450) ? stage.payments().qr_payment(buyer, stage.subject(), amount)
                                       : stage.payments().transfer(random, buyer, stage.subject(), amount);
      draft.note = "pesanan";
      draft.note_first = static_cast<std::uint32_t>(random.between(10'000, 99'999));
      const std::int64_t second = stage.between_hours(7, 23);
      stage.add(draft, stage.at(day, second));
      takings += amount;
      if (random.chance(30)) {
        Draft refund = stage.payments().transfer(random, stage.subject(), buyer, amount);
        refund.note = "refund pesanan";
        refund.note_first = draft.note_first;
        stage.add(refund, stage.at(day, second + random.between(kHour, 4 * kDay)));
        takings -= amount;
      }
    }
    if (day % 7 == 3 && takings > 1'000'000) {
      Draft draft =
          stage.payments().transfer(random, stage.subject(), suppliers[random.below(suppliers.size())],
                                    takings * random.between(500, 800) / 1000);
      draft.note = "stok barang";
      stage.add(draft, stage.at(day, stage.between_hours(9, 17)));
      takings = takings / 4;
    }
  }
}

void run_savings_club(Stage& stage) {
  Random& random = stage.random();
  const std::int64_t share = random.chance(330) ? random.wide(1'000'000, 5'000'000, 500'000)
                                                : random.wide(100'000, 1'000'000, 50'000);
  const std::vector<std::uint32_t> members = stage.strangers(random.between(8, 25));
  const auto some_day = static_cast<int>(random.below(static_cast<std::uint64_t>(stage.days() - 2)));
  const int due = std::min(28, stage.day_of_month(some_day));
  const int local = static_cast<int>(random.between(700, 1000));
  std::size_t turn = 0;
  for (int day = 0; day < stage.days(); ++day) {
    if (stage.day_of_month(day) != due) continue;
    for (const std::uint32_t member : members) {
      Draft draft = stage.payments().transfer(random, member, stage.subject(), share);
      draft.note = random.chance(600) ? "arisan" : "";
      if (static_cast<int>(draw(member, 0, 1) % 1000) < local) draft.place = stage.home();
      stage.add(draft, stage.at(day - static_cast<int>(random.between(0, 2)), stage.between_hours(6, 20)));
    }
    Draft pot = stage.payments().transfer(random, stage.subject(), members[turn++ % members.size()],
                                          share * std::ssize(members));
    pot.note = "arisan";
    stage.add(pot, stage.at(day + 1, stage.between_hours(8, 21)));
  }
}

void collect_for_the_mosque(Stage& stage) {
  Random& random = stage.random();
  const std::vector<std::uint32_t> givers = stage.strangers(random.between(20, 80));
  const std::uint32_t builder = stage.stranger();
  std::int64_t collected = 0;
  for (int day = 0; day < stage.days(); ++day) {
    for (std::int64_t gift = random.between(0, stage.weekday(day) == 5 ? 14 : 3); gift > 0; --gift) {
      const std::uint32_t giver =
          random.chance(150) ? stage.world().extras.at(random.next()) : givers[random.below(givers.size())];
      std::int64_t amount = random.wide(10'000, 1'000'000, 10'000);
      if (random.chance(10)) amount = random.wide(1'000'000, 10'000'000, 1'000'000);
      Draft draft = random.chance(500) ? stage.payments().qr_payment(giver, stage.subject(), amount)
                                       : stage.payments().transfer(random, giver, stage.subject(), amount);
      if (random.chance(600)) draft.place = stage.home();
      draft.note = random.chance(500) ? "infaq" : "sedekah jumat";
      stage.add(draft, stage.at(day, stage.between_hours(5, 22)));
      collected += amount;
    }
    if (day % 30 == 20 && collected > 0) {
      Draft draft = stage.payments().transfer(random, stage.subject(), builder,
                                              collected * random.between(300, 900) / 1000);
      draft.note = "renovasi masjid";
      stage.add(draft, stage.at(day, stage.between_hours(9, 16)));
      collected /= 3;
    }
  }
}

constexpr Casting kCollector{.home = Region::kPort, .occupation = "self-employed"};
constexpr Casting kSeller{
    .home = Region::kPort, .segment = "merchant", .occupation = "online seller", .established = true};
constexpr Casting kClub{.home = Region::kPort, .occupation = "homemaker", .established = true};
constexpr Casting kMosque{
    .home = Region::kPort, .segment = "charity", .occupation = "treasurer", .established = true};

constexpr auto kScenarios = std::to_array<Scenario>({
    {"port-collector", kRule, true, kCollector, 6, 30, run_crossings},
    {"online-seller", kRule, false, kSeller, 3, kWholeStream, sell_online},
    {"savings-club", kRule, false, kClub, 28, kWholeStream, run_savings_club},
    {"mosque-collector", kRule, false, kMosque, 3, kWholeStream, collect_for_the_mosque},
});

}  // namespace

std::span<const Scenario> port_collector_scenarios() {
  return kScenarios;
}

}  // namespace suar::simulator
