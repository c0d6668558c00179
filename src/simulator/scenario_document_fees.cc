// An official is credited a fixed price per document, by agents and by applicants, often outside office
// hours: the officer who extended visas in 101 passports. Seen prices run from Rp0.3m to Rp5m a head, 18
// heads in a quarter to a hundred; dealt with in batches as the agents bring them.
//
// Look-alikes: an official with a boarding house (the same tenants each month), and one who collects for a
// colleague (many at once, then all of it to one).
#include <algorithm>
#include <array>

#include "simulator/scenario.h"

namespace suar::simulator {
namespace {

constexpr std::string_view kRule = "bri-fee-per-document";

constexpr std::array<std::string_view, 10> kFeeNotes = {
    "", "", "", "", "titipan", "urus paspor", "perpanjangan", "berkas", "sesuai janji", "terima kasih pak"};
constexpr std::array<std::string_view, 5> kRentNotes = {"sewa kamar", "bayar kos", "kos bulanan", "uang sewa",
                                                        ""};
constexpr std::array<std::string_view, 3> kGiftNotes = {"sumbangan", "untuk rekan sakit", ""};

std::int64_t office_or_other_hour(Stage& stage, int day, int off_hours_per_mille) {
  const bool weekend = stage.weekday(day) == 0 || stage.weekday(day) == 6;
  if (stage.random().chance(off_hours_per_mille)) {
    return weekend ? stage.between_hours(7, 23) : stage.between_hours(18, 29) % kDay;
  }
  return stage.between_hours(8, 16);
}

void take_fees(Stage& stage) {
  Random& random = stage.random();
  const World& world = stage.world();
  const std::int64_t unit = random.wide(300'000, 5'000'000, 50'000);
  const std::int64_t credits = std::min<std::int64_t>(random.wide(18, 101), stage.days() * 3);
  const int from_agents = static_cast<int>(random.between(200, 600));
  const int off_hours = static_cast<int>(random.between(300, 800));
  const int in_cash = static_cast<int>(random.between(0, 150));

  std::vector<std::uint32_t> agents = stage.strangers(random.between(1, 4));
  for (std::uint32_t& agent : agents) {
    const AgencyFirm& firm = random.pick(world.agencies());
    if (random.chance(500)) agent = random.chance(500) ? firm.clerk : firm.director;
  }
  std::vector<int> busy_days;
  for (std::int64_t i = 0; i < std::max<std::int64_t>(5, credits / 2); ++i) {
    busy_days.push_back(static_cast<int>(random.below(static_cast<std::uint64_t>(stage.days()))));
  }

  constexpr std::array<std::int64_t, 12> kBatches = {1, 1, 1, 1, 2, 2, 3, 3, 4, 5, 6, 10};
  constexpr std::array<std::int64_t, 10> kFamilies = {1, 1, 1, 1, 1, 1, 1, 1, 2, 3};
  std::int64_t taken = 0;
  for (std::int64_t i = 0; i < credits; ++i) {
    const int day = busy_days[random.below(busy_days.size())];
    const bool agent = random.chance(from_agents);
    const std::uint32_t payer = agent ? agents[random.below(agents.size())] : stage.stranger();
    const std::int64_t documents =
        std::min(agent ? random.pick(kBatches) : random.pick(kFamilies), 50'000'000 / unit);
    const std::int64_t amount = unit * documents;
    Draft draft = random.chance(in_cash)
                      ? stage.payments().cash_in(random, stage.subject(), amount, stage.home())
                      : stage.payments().transfer(random, payer, stage.subject(), amount);
    draft.note = random.pick(kFeeNotes);
    stage.add(draft, stage.at(day, office_or_other_hour(stage, day, off_hours)));
    taken += amount;
    if (taken > 4'000'000 && random.chance(120)) {
      const std::int64_t cash = random.between(taken / 4, taken) / 50'000 * 50'000;
      stage.add(stage.payments().cash_out(random, stage.subject(), cash),
                stage.at(day + 1, stage.between_hours(6, 21)));
      taken -= cash;
    }
  }
}

void let_rooms(Stage& stage) {
  Random& random = stage.random();
  auto [tenants, rent] = stage.world().rooms(stage.subject());
  if (tenants == 0) {
    tenants = random.between(4, 16);
    rent = random.wide(600'000, 3'500'000, 50'000);
  }
  const int advance = static_cast<int>(random.between(0, 60));
  for (std::uint32_t tenant : stage.strangers(tenants)) {
    const int due = static_cast<int>(random.between(1, 10));
    int paid_until = -1;
    for (int day = 0; day < stage.days(); ++day) {
      if (stage.day_of_month(day) != due || day < paid_until) continue;
      const std::int64_t months = random.chance(advance) ? random.between(2, 3) : 1;
      Draft draft = stage.payments().transfer(random, tenant, stage.subject(), rent * months);
      draft.note = random.pick(kRentNotes);
      if (random.chance(850)) draft.place = stage.home();  // a tenant is where the room is
      stage.add(draft, stage.at(day + static_cast<int>(random.between(0, 2)), stage.between_hours(7, 23)));
      paid_until = day + static_cast<int>(months) * 28;
      if (random.chance(40)) tenant = stage.stranger();
    }
  }
}

void collect_for_a_colleague(Stage& stage) {
  Random& random = stage.random();
  constexpr std::array<std::int64_t, 6> kGifts = {50'000, 100'000, 100'000, 150'000, 200'000, 500'000};
  std::int64_t collected = 0;
  for (const std::uint32_t colleague : stage.office_staff(random.between(8, 40))) {
    const std::int64_t amount = random.pick(kGifts);
    Draft draft = stage.payments().transfer(random, colleague, stage.subject(), amount);
    draft.note = random.pick(kGiftNotes);
    const int day = static_cast<int>(random.below(static_cast<std::uint64_t>(stage.days() - 1)));
    stage.add(draft, stage.at(day, stage.between_hours(7, 22)));
    collected += amount;
  }
  Draft draft = stage.payments().transfer(random, stage.subject(), stage.office_staff(1).front(), collected);
  draft.note = "sumbangan rekan kantor";
  stage.add(draft, stage.at(stage.days() - 1, stage.between_hours(9, 20)));
}

constexpr Casting kOfficial{
    .role = Casting::Role::kOfficial, .segment = "civil_servant", .established = true};

constexpr Casting kLandlord{
    .role = Casting::Role::kOfficial, .segment = "civil_servant", .lets_rooms = true, .established = true};

constexpr Casting kRelative{
    .occupation = "homemaker", .with_office = true, .established = true, .tie = Casting::Tie::kSpouse};
constexpr Casting kFriend{.occupation = "driver", .with_office = true, .tie = Casting::Tie::kFriend};
constexpr std::string_view kFamilyRule = "bri-family-receives-fees";

constexpr auto kScenarios = std::to_array<Scenario>({
    {"document-fees", kRule, true, kOfficial, 14, 84, take_fees},
    {"boarding-house", kRule, false, kLandlord, 28, kWholeStream, let_rooms},
    {"colleague-collection", kRule, false, kOfficial, 3, 7, collect_for_a_colleague},
    {"fees-to-the-spouse", kFamilyRule, true, kRelative, 20, 84, take_fees},
    {"fees-to-a-friend", kFamilyRule, true, kFriend, 20, 84, take_fees},
    {"spouse-lets-rooms", kFamilyRule, false, kRelative, 28, kWholeStream, let_rooms},
});

}  // namespace

std::span<const Scenario> document_fee_scenarios() {
  return kScenarios;
}

}  // namespace suar::simulator
