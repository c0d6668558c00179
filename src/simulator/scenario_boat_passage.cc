// A collector takes the price of a refugee's passage by boat from relatives in several countries: 20,000 to
// 100,000 taka a head, half for a child. He buys boat and fuel; the rest is split.
//
// Look-alikes: a person who supports relatives in the camps (small odd sums, to many, from a few), a
// collection for a hospital bill (odd sums from a few relatives, then one payment to the hospital), a listed
// humanitarian organisation (gifts from everywhere, help to many).
#include <algorithm>
#include <array>

#include "simulator/scenario.h"

namespace suar::simulator {
namespace {

constexpr std::string_view kRule = "som-boat-passage-collector";
constexpr std::int64_t kTaka = 100;  // minor units

CountryIndex bangladesh() {
  return country("BD");
}

std::vector<CountryIndex> some_countries(Random& random, std::int64_t count) {
  std::vector<CountryIndex> all;
  for (const std::string_view code : {"MY", "BD", "SA", "AE", "AU", "TH", "IN", "GB", "US"})
    all.push_back(country(code));
  for (std::size_t i = all.size(); i > 1; --i) std::swap(all[i - 1], all[random.below(i)]);
  all.resize(static_cast<std::size_t>(count));
  return all;
}

std::uint32_t relative_abroad(Random& random) {
  return static_cast<std::uint32_t>(random.between(1, 400'000'000));
}

void send_off_a_boat(Stage& stage) {
  Random& random = stage.random();
  const std::vector<CountryIndex> countries_of_relatives = some_countries(random, random.between(3, 6));
  const std::int64_t price = random.wide(20'000, 100'000, 5'000);
  const int children = static_cast<int>(random.between(0, 350));
  const std::int64_t payments = random.wide(10, 70);
  const int last_fee = std::max(4, stage.days() - 6);
  std::int64_t takings = 0;
  for (std::int64_t i = 0; i < payments; ++i) {
    std::int64_t taka = price;
    if (random.chance(children)) taka = std::max<std::int64_t>(20'000, price / 2 / 5'000 * 5'000);
    if (random.chance(60)) taka *= 2;  // for two
    const int day = static_cast<int>(random.below(static_cast<std::uint64_t>(last_fee)));
    const CountryIndex from =
        countries_of_relatives[static_cast<std::size_t>(i) % countries_of_relatives.size()];
    const Draft draft = stage.payments().from_abroad(from, relative_abroad(random), stage.subject(),
                                                     taka * kTaka, bangladesh(), stage.month(day));
    stage.add(draft, stage.at(day, stage.between_hours(0, 24)));
    takings += draft.rupiah;
  }
  const std::int64_t boat =
      std::max<std::int64_t>(20'000'000, takings * random.between(300, 600) / 1000 / 500'000 * 500'000);
  Draft purchase = stage.payments().transfer(random, stage.subject(),
                                             stage.world().marine_dealers.at(random.next()), boat);
  stage.add(purchase, stage.at(last_fee, stage.between_hours(8, 17)));
  const std::vector<std::uint32_t> crew = stage.strangers(random.between(2, 5));
  const std::int64_t rest = std::max<std::int64_t>(0, takings - boat) * random.between(800, 980) / 1000;
  for (const std::uint32_t member : crew) {
    const std::int64_t part = rest / std::ssize(crew) / 50'000 * 50'000;
    if (part == 0) continue;
    stage.add(random.chance(300) ? stage.payments().cash_out(random, stage.subject(), part)
                                 : stage.payments().transfer(random, stage.subject(), member, part),
              stage.at(last_fee + static_cast<int>(random.between(0, 4)), stage.between_hours(7, 22)));
  }
}

void support_relatives(Stage& stage) {
  Random& random = stage.random();
  const std::vector<CountryIndex> from = some_countries(random, random.between(2, 4));
  std::vector<std::uint32_t> supporters, supported;
  for (std::int64_t i = random.between(2, 5); i > 0; --i) supporters.push_back(relative_abroad(random));
  for (std::int64_t i = random.between(6, 20); i > 0; --i) supported.push_back(relative_abroad(random));
  for (int day = 0; day < stage.days(); ++day) {
    if (random.chance(120)) {
      const std::size_t who = random.below(supporters.size());
      const std::int64_t taka = random.wide(3'000, 30'000) / 10 * 10;
      stage.add(stage.payments().from_abroad(from[who % from.size()], supporters[who], stage.subject(),
                                             taka * kTaka, bangladesh(), stage.month(day)),
                stage.at(day, stage.between_hours(6, 24)));
    }
    if (random.chance(250)) {
      stage.add(
          stage.payments().to_abroad(stage.subject(), bangladesh(), supported[random.below(supported.size())],
                                     random.wide(1'000, 15'000) / 10 * 10 * kTaka, stage.month(day)),
          stage.at(day, stage.between_hours(8, 22)));
    }
  }
}

void pay_a_hospital(Stage& stage) {
  Random& random = stage.random();
  const std::vector<CountryIndex> from = some_countries(random, random.between(2, 4));
  std::int64_t takings = 0;
  const std::int64_t relatives = random.between(4, 7);
  for (std::int64_t i = 0; i < relatives; ++i) {
    const int day = static_cast<int>(random.below(static_cast<std::uint64_t>(stage.days() - 1)));
    const Draft draft = stage.payments().from_abroad(
        from[static_cast<std::size_t>(i) % from.size()], relative_abroad(random), stage.subject(),
        random.wide(4'000, 60'000) * kTaka, bangladesh(), stage.month(day));
    stage.add(draft, stage.at(day, stage.between_hours(6, 24)));
    takings += draft.rupiah;
  }
  Draft bill = stage.payments().transfer(random, stage.subject(), stage.world().hospitals.at(random.next()),
                                         takings * random.between(700, 1000) / 1000);
  bill.note = "biaya rawat inap";
  stage.add(bill, stage.at(stage.days() - 1, stage.between_hours(8, 20)));
}

void give_aid(Stage& stage) {
  Random& random = stage.random();
  const std::vector<CountryIndex> from = some_countries(random, 7);
  const std::int64_t daily = random.wide(1, 8);
  const std::vector<std::uint32_t> families = stage.strangers(random.between(20, 60));
  const std::int64_t grant = random.wide(300'000, 1'500'000, 50'000);
  for (int day = 0; day < stage.days(); ++day) {
    for (std::int64_t gift = random.between(0, daily * 2); gift > 0; --gift) {
      const CountryIndex where = from[random.below(from.size())];
      const bool in_taka = random.chance(350);
      const std::int64_t minor =
          in_taka ? random.wide(5'000, 100'000, 5'000) * kTaka : random.wide(20, 2'000, 10) * 100;
      stage.add(stage.payments().from_abroad(where, relative_abroad(random), stage.subject(), minor,
                                             in_taka ? bangladesh() : where, stage.month(day)),
                stage.at(day, stage.between_hours(0, 24)));
    }
    if (day % 28 != 9) continue;
    for (const std::uint32_t family : families) {
      Draft draft = stage.payments().batch_transfer(stage.subject(), family, grant);
      draft.note = "bantuan tunai";
      stage.add(draft, stage.at(day, stage.between_hours(8, 16)));
    }
  }
}

constexpr Casting kCollector{.home = Region::kCoast, .occupation = "self-employed"};
constexpr Casting kRelative{.home = Region::kCoast, .occupation = "labourer", .established = true};
constexpr Casting kOrganisation{
    .role = Casting::Role::kCompany, .segment = "charity", .humanitarian = true, .established = true};

constexpr auto kScenarios = std::to_array<Scenario>({
    {"boat-passage", kRule, true, kCollector, 14, 60, send_off_a_boat},
    {"camp-support", kRule, false, kRelative, 7, kWholeStream, support_relatives},
    {"hospital-collection", kRule, false, kRelative, 5, 20, pay_a_hospital},
    {"humanitarian-organisation", kRule, false, kOrganisation, 3, kWholeStream, give_aid},
});

}  // namespace

std::span<const Scenario> boat_passage_scenarios() {
  return kScenarios;
}

}  // namespace suar::simulator
