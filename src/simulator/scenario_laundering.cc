// How takings are moved on: through an account within a day, round and back, spread over many and gathered
// again, to and from somebody on a list. Amounts are those of the crimes (Rp10m and more, up to what one
// financier sent or a whole boat brought in).
//
// Look-alikes: a sweep to one's own account elsewhere, a loan paid straight back, tenants of one landlord who
// work for one firm, a customer of a listed person, a small debt.
#include <algorithm>
#include <array>

#include "simulator/moves.h"
#include "simulator/scenario.h"

namespace suar::simulator {
namespace {

constexpr Amount kLarge{10'000'000, 300'000'000, 500'000};

void pass_through(Stage& stage) {
  Random& random = stage.random();
  const std::vector<std::uint32_t> payers = stage.strangers(random.between(3, 10));
  const auto credits =
      fan_in(stage, {.payers = payers,
                     .credits = std::max<std::int64_t>(6, stage.days() * random.between(400, 900) / 1000),
                     .amount = kLarge});
  pass_on(stage, credits, {.receivers = stage.strangers(random.between(1, 4)), .share_low = 920});
}

void sweep_to_ones_own_account(Stage& stage) {
  Random& random = stage.random();
  const std::vector<std::uint32_t> own = stage.strangers(1);
  const std::uint32_t payer = stage.stranger();
  for (int day = 1; day + 1 < stage.days(); day += static_cast<int>(random.between(2, 6))) {
    const std::int64_t rupiah = drawn(stage, {10'000'000, 60'000'000, 500'000});
    const event::Instant when = stage.at(day, stage.between_hours(8, 16));
    pay(stage, payer, stage.subject(), rupiah, when, "pembayaran faktur");
    Draft draft = stage.payments().transfer(random, stage.subject(), own.front(),
                                            rupiah * random.between(930, 1000) / 1000);
    draft.creditor.stated_name = stage.subject();
    stage.add(draft, when + event::Duration::minutes(random.between(10, 600)));
  }
}

// Three to six payments until the money is back.
void go_round(Stage& stage) {
  Random& random = stage.random();
  std::vector<std::uint32_t> ring = stage.strangers(random.between(2, 5));
  ring.push_back(stage.subject());
  std::int64_t rupiah = drawn(stage, kLarge);
  std::uint32_t from = stage.subject();
  event::Instant when = stage.at(0, stage.between_hours(8, 20));
  for (const std::uint32_t to : ring) {
    pay(stage, from, to, rupiah, when);
    rupiah = rupiah * random.between(930, 1000) / 1000 / 10'000 * 10'000;
    when = when + event::Duration::minutes(random.between(30, 48 * 60));
    from = to;
  }
}

void lend_and_be_repaid(Stage& stage) {
  const std::uint32_t debtor = stage.stranger();
  const std::int64_t rupiah = drawn(stage, kLarge);
  pay(stage, stage.subject(), debtor, rupiah, stage.at(0, stage.between_hours(8, 20)), "pinjaman");
  pay(stage, debtor, stage.subject(), rupiah, stage.at(stage.days() - 1, stage.between_hours(8, 20)),
      "lunas");
}

void scatter_and_gather(Stage& stage) {
  Random& random = stage.random();
  const std::uint32_t source = stage.stranger();
  for (const std::uint32_t middle : stage.strangers(random.between(6, 16))) {
    const std::int64_t rupiah = drawn(stage, {3'000'000, 45'000'000, 100'000});
    const event::Instant when = stage.at(static_cast<int>(random.between(0, 1)), stage.between_hours(8, 21));
    pay(stage, source, middle, rupiah, when);
    pay(stage, middle, stage.subject(), rupiah * random.between(880, 1000) / 1000 / 10'000 * 10'000,
        when + event::Duration::minutes(random.between(60, 72 * 60)));
  }
}

void let_to_a_firms_workers(Stage& stage) {
  Random& random = stage.random();
  const std::uint32_t employer = stage.world().employers.at(random.next());
  const std::int64_t rent = drawn(stage, {2'000'000, 4'000'000, 50'000});
  for (const std::uint32_t tenant : stage.strangers(random.between(5, 15))) {
    for (const int day : days_due(stage, 25)) {
      Draft wage = stage.payments().wage(employer, tenant, rent * random.between(1100, 2500) / 1000);
      stage.add(wage, stage.at(day, stage.between_hours(7, 10)));
      Draft draft = stage.payments().transfer(random, tenant, stage.subject(), rent);
      draft.note = "sewa";
      draft.place = stage.home();  // a tenant is where the house is
      stage.add(draft, stage.at(day + 1, stage.between_hours(8, 21)));
    }
  }
}

void deal_although_listed(Stage& stage) {
  Random& random = stage.random();
  const std::vector<std::uint32_t> others = stage.strangers(random.between(2, 8));
  draw_cash_of(stage, fan_in(stage, {.payers = others,
                                     .credits = random.between(3, 20),
                                     .amount = {500'000, 50'000'000, 50'000}}));
}

void sell_to_a_listed_person(Stage& stage) {
  Random& random = stage.random();
  const std::uint32_t listed =
      stage.world().suspect(static_cast<std::uint32_t>(random.below(stage.world().suspects())));
  pay(stage, listed, stage.subject(), drawn(stage, {50'000, 450'000, 5'000}),
      stage.at(1, stage.between_hours(8, 20)));
}

// From a listed person, by one in the middle.
void be_paid_round_a_corner(Stage& stage) {
  Random& random = stage.random();
  const std::uint32_t listed =
      stage.world().suspect(static_cast<std::uint32_t>(random.below(stage.world().suspects())));
  const std::uint32_t middle = stage.stranger();
  for (std::int64_t n = random.between(1, 4); n > 0; --n) {
    const std::int64_t rupiah = drawn(stage, {7'000'000, 100'000'000, 500'000});
    const event::Instant when = stage.at(static_cast<int>(random.between(0, 3)), stage.between_hours(8, 20));
    pay(stage, listed, middle, rupiah, when);
    pay(stage, middle, stage.subject(), rupiah * random.between(800, 1000) / 1000,
        when + event::Duration::minutes(random.between(60, 96 * 60)));
  }
}

void be_repaid_a_small_debt(Stage& stage) {
  Random& random = stage.random();
  const std::uint32_t listed =
      stage.world().suspect(static_cast<std::uint32_t>(random.below(stage.world().suspects())));
  const std::uint32_t middle = stage.stranger();
  pay(stage, listed, middle, drawn(stage, {100'000, 3'000'000, 50'000}),
      stage.at(0, stage.between_hours(8, 20)));
  pay(stage, middle, stage.subject(), drawn(stage, {100'000, 2'000'000, 50'000}),
      stage.at(1, stage.between_hours(8, 20)), "bayar utang");
}

constexpr Casting kAnybody{.occupation = "self-employed"};
constexpr Casting kHousehold{.occupation = "employee", .established = true};
constexpr Casting kListed{.occupation = "self-employed", .listed = true};

constexpr auto kScenarios = std::to_array<Scenario>({
    {"passed-through", "ml-pass-through", true, kAnybody, 10, 40, pass_through},
    {"own-account-elsewhere", "ml-pass-through", false, kHousehold, 14, kWholeStream,
     sweep_to_ones_own_account},
    {"round-trip", "ml-cycle", true, kAnybody, 14, 20, go_round},
    {"loan-repaid", "ml-cycle", false, kHousehold, 5, 14, lend_and_be_repaid},
    {"scattered-and-gathered", "ml-scatter-gather", true, kAnybody, 7, 10, scatter_and_gather},
    {"tenants-of-one-firm", "ml-scatter-gather", false, kHousehold, 28, kWholeStream, let_to_a_firms_workers},
    {"listed", "ml-listed-party", true, kListed, 5, 60, deal_although_listed},
    {"sold-to-a-listed-person", "ml-listed-party", false, kHousehold, 3, 10, sell_to_a_listed_person},
    {"one-hop-from-a-list", "ml-listed-one-hop", true, kAnybody, 10, 30, be_paid_round_a_corner},
    {"small-debt", "ml-listed-one-hop", false, kHousehold, 3, 10, be_repaid_a_small_debt},
});

}  // namespace

std::span<const Scenario> laundering_scenarios() {
  return kScenarios;
}

}  // namespace suar::simulator
