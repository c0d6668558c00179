// Cash that is to leave no trace: brought in under the reporting threshold of Rp500m, split between tellers,
// brought in all over the country and taken out elsewhere, wired on to countries on the routes.
//
// Look-alikes: a wholesaler whose good days exceed the threshold, a shop whose two clerks bring what is far
// below it, a student whose parents pay in, a worker who supports one family abroad.
#include <algorithm>
#include <array>

#include "simulator/moves.h"
#include "simulator/scenario.h"

namespace suar::simulator {
namespace {

void deposit(Stage& stage, std::int64_t rupiah, event::Instant when, std::uint32_t teller = 0) {
  Draft draft = stage.payments().cash_in(stage.random(), stage.subject(), rupiah, stage.home());
  draft.channel = event::Channel::kTeller;
  draft.teller = teller;
  stage.add(draft, when);
}

// Three fifths of the threshold and more, on consecutive days but for a day now and then.
void stay_under_the_threshold(Stage& stage) {
  Random& random = stage.random();
  const int pause = static_cast<int>(random.between(0, 200));
  for (int day = 0; day < stage.days(); ++day) {
    if (day >= 4 && random.chance(pause)) continue;
    deposit(stage, random.between(3'050, 4'990) * 100'000, stage.at(day, stage.between_hours(9, 15)));
  }
}

void split_between_tellers(Stage& stage) {
  Random& random = stage.random();
  for (int day = 0; day < stage.days(); ++day) {
    if (day > 0 && random.chance(500)) continue;
    const std::int64_t whole = drawn(stage, {560'000'000, 2'000'000'000, 10'000'000});
    const std::int64_t parts = whole / 450'000'000 + random.between(1, 2);
    const std::int64_t begin = stage.between_hours(9, 11);
    for (std::int64_t i = 0; i < parts; ++i) {
      deposit(stage, whole / parts / 50'000 * 50'000,
              stage.at(day, begin + i * random.between(10, 60) * kMinute),
              1 + static_cast<std::uint32_t>(i % 5));
    }
  }
}

// A shop's takings follow the day and know no threshold. It is an old shop: it has had its good days before
// the other ones are looked at.
void bring_takings(Stage& stage) {
  Random& random = stage.random();
  for (int day = 0; day < stage.days(); ++day) {
    if (day > 0 && stage.weekday(day) == 0) continue;
    const bool good = day == 0 || random.chance(150);
    const std::int64_t takings = good ? random.between(5'010, 9'500) : random.between(1'500, 5'400);
    deposit(stage, takings * 100'000 + random.between(0, 99) * 1'000,
            stage.at(day, stage.between_hours(14, 16)));
  }
}

void bring_takings_twice_a_day(Stage& stage) {
  for (int day = 0; day < stage.days(); ++day) {
    deposit(stage, drawn(stage, {10'000'000, 150'000'000, 1'000}), stage.at(day, stage.between_hours(9, 11)),
            1);
    deposit(stage, drawn(stage, {10'000'000, 150'000'000, 1'000}), stage.at(day, stage.between_hours(13, 16)),
            2);
  }
}

void collect_all_over_the_country(Stage& stage) {
  Random& random = stage.random();
  for (int wave = 0; wave + 4 < stage.days(); wave += static_cast<int>(random.between(5, 9))) {
    std::int64_t collected = 0;
    for (const std::uint32_t depositor : stage.strangers_from_afar(random.between(5, 12))) {
      const std::int64_t rupiah = drawn(stage, {2'000'000, 30'000'000, 100'000});
      Draft draft = stage.payments().cash_in(random, stage.subject(), rupiah, stage.world().home(depositor));
      draft.conductor = depositor;
      stage.add(draft, stage.at(wave + static_cast<int>(random.between(0, 1)), stage.between_hours(8, 16)));
      collected += rupiah;
    }
    const std::int64_t parts = random.between(1, 3);
    const std::int64_t taken = collected * random.between(880, 1000) / 1000 / parts / 50'000 * 50'000;
    for (std::int64_t i = 0; i < parts; ++i) {
      stage.add(stage.payments().cash_out(random, stage.subject(), taken),
                stage.at(wave + 2, stage.between_hours(9, 17)));
    }
  }
}

void study_away(Stage& stage) {
  Random& random = stage.random();
  const std::vector<std::uint32_t> parents = stage.strangers(random.between(1, 2));
  for (int day = 0; day < stage.days(); day += static_cast<int>(random.between(5, 20))) {
    const std::int64_t rupiah = drawn(stage, {300'000, 3'000'000, 50'000});
    const std::uint32_t parent = random.pick(std::span(parents));
    Draft draft = stage.payments().cash_in(random, stage.subject(), rupiah, stage.world().home(parent));
    draft.conductor = parent;
    stage.add(draft, stage.at(day, stage.between_hours(8, 16)));
    stage.add(stage.payments().cash_out(random, stage.subject(),
                                        std::max<std::int64_t>(50'000, rupiah * 8 / 10 / 50'000 * 50'000)),
              stage.at(day + 1, stage.between_hours(8, 21)));
  }
}

std::uint32_t somebody_abroad(Random& random) {
  return static_cast<std::uint32_t>(random.between(1, 400'000'000));
}

void wire(Stage& stage, CountryIndex where, std::uint32_t receiver, std::int64_t rupiah, int day,
          std::int64_t second) {
  const std::int64_t units =
      std::max<std::int64_t>(10, rupiah * 100 / rupiah_per_100(where, stage.month(day)));
  stage.add(stage.payments().to_abroad(stage.subject(), where, receiver, units * 100, stage.month(day)),
            stage.at(day, second));
}

void wire_cash_to_the_routes(Stage& stage) {
  Random& random = stage.random();
  const CountryIndex where =
      country(random.pick(std::array<std::string_view, 5>{"MY", "SG", "AU", "TH", "BD"}));
  for (int day = 0; day + 2 < stage.days(); day += static_cast<int>(random.between(3, 7))) {
    const std::int64_t receivers = random.between(2, 5);
    const std::int64_t each = drawn(stage, {6'000'000, 40'000'000, 100'000});
    deposit(stage, each * receivers * random.between(900, 1100) / 1000,
            stage.at(day, stage.between_hours(8, 12)));
    for (std::int64_t i = 0; i < receivers; ++i) {
      wire(stage, where, somebody_abroad(random), each, day + static_cast<int>(random.between(0, 1)),
           stage.between_hours(13, 20));
    }
  }
}

void support_one_family(Stage& stage) {
  Random& random = stage.random();
  const CountryIndex where = country(random.pick(std::array<std::string_view, 3>{"BD", "IN", "TH"}));
  const std::vector<std::uint32_t> family = {somebody_abroad(random), somebody_abroad(random)};
  for (int day = static_cast<int>(random.between(0, 20)); day < stage.days(); day += 30) {
    deposit(stage, drawn(stage, {1'000'000, 3'000'000, 50'000}), stage.at(day, stage.between_hours(8, 12)));
    wire(stage, where, random.pick(std::span(family)), drawn(stage, {700'000, 2'500'000, 50'000}), day,
         stage.between_hours(13, 20));
  }
}

constexpr Casting kDepositor{.occupation = "self-employed"};
constexpr Casting kFunnel{.occupation = "self-employed", .quiet = true};
constexpr Casting kStudent{.segment = "student", .occupation = "student"};
constexpr Casting kWholesaler{.segment = "cash_intensive", .occupation = "trader", .established = true};
constexpr Casting kWorker{.occupation = "labourer", .established = true};

constexpr auto kScenarios = std::to_array<Scenario>({
    {"cash-under-the-threshold", "som-cash-under-threshold", true, kDepositor, 5, 14,
     stay_under_the_threshold},
    {"wholesaler", "som-cash-under-threshold", false, kWholesaler, 7, kWholeStream, bring_takings},
    {"cash-between-tellers", "som-cash-split-between-tellers", true, kDepositor, 2, 10,
     split_between_tellers},
    {"two-clerks", "som-cash-split-between-tellers", false, kWholesaler, 7, kWholeStream,
     bring_takings_twice_a_day},
    {"funnel", "som-funnel-account", true, kFunnel, 7, 30, collect_all_over_the_country},
    {"student-away", "som-funnel-account", false, kStudent, 14, kWholeStream, study_away},
    {"cash-to-the-routes", "som-cash-to-corridor", true, kDepositor, 10, 40, wire_cash_to_the_routes},
    {"family-abroad", "som-cash-to-corridor", false, kWorker, 28, kWholeStream, support_one_family},
});

}  // namespace

std::span<const Scenario> cash_scenarios() {
  return kScenarios;
}

}  // namespace suar::simulator
