// One account pays a whole office on a fixed rhythm outside its payroll. As prosecuted in 2025: money of
// permit applicants parked in another person's account and paid out every two weeks to some 85 people, about
// Rp0.8m a head on average, more to those higher up.
//
// Look-alikes: a co-operative's dividend (once a year, odd amounts), and an office that refunds its own
// staff's travel (a public body, no rhythm).
#include <algorithm>
#include <array>

#include "simulator/scenario.h"

namespace suar::simulator {
namespace {

constexpr std::string_view kRule = "bri-office-payout";
constexpr std::size_t kFewestInARound = 8;

// Agencies and applicants fill the account between two rounds.
void fill(Stage& stage, std::int64_t needed, int from_day, int to_day) {
  Random& random = stage.random();
  const std::int64_t credits = random.between(3, 12);
  for (std::int64_t i = 0; i < credits; ++i) {
    const AgencyFirm& firm = random.pick(stage.world().agencies());
    const std::uint32_t payer = random.chance(500)   ? firm.account
                                : random.chance(500) ? firm.director
                                                     : stage.stranger();
    const std::int64_t amount = std::max<std::int64_t>(
        500'000, needed * random.between(900, 1300) / 1000 / credits / 100'000 * 100'000);
    stage.add(stage.payments().transfer(random, payer, stage.subject(), amount),
              stage.at(static_cast<int>(random.between(from_day, to_day)), stage.between_hours(8, 20)));
  }
}

void share_out(Stage& stage) {
  Random& random = stage.random();
  struct Share {
    std::uint32_t official;
    std::int64_t rupiah;
  };
  std::vector<Share> shares;
  std::int64_t total = 0;
  for (const std::uint32_t official : stage.office_staff(random.between(9, 85))) {
    shares.push_back({official, random.chance(120) ? random.wide(2'000'000, 10'000'000, 500'000)
                                                   : random.wide(300'000, 1'500'000, 50'000)});
    total += shares.back().rupiah;
  }
  const std::int64_t minutes = random.between(8, 110);
  const int absent = static_cast<int>(random.between(0, 80));
  // Fourteen days more or less, and three rounds at least.
  const int longest_gap = std::clamp((stage.days() - 3) / 2, 12, 16);
  int previous = 0;
  for (int day = static_cast<int>(random.between(1, 2)); day < stage.days();
       day += static_cast<int>(random.between(12, longest_gap))) {
    fill(stage, total, previous, day - 1);
    const std::int64_t begin = stage.between_hours(12, 21);
    std::size_t spare = shares.size() - kFewestInARound;
    for (const Share& share : shares) {
      if (spare > 0 && random.chance(absent)) {
        --spare;
        continue;
      }
      Draft draft = stage.payments().transfer(random, stage.subject(), share.official, share.rupiah);
      draft.note = random.chance(200) ? "jatah" : "";
      stage.add(draft, stage.at(day, begin + random.between(0, minutes * kMinute)));
    }
    previous = day;
  }
}

void pay_dividend(Stage& stage) {
  Random& random = stage.random();
  std::vector<std::uint32_t> members = stage.office_staff(random.between(12, 85));
  for (const std::uint32_t other : stage.strangers(random.between(0, 20))) members.push_back(other);
  const int due = static_cast<int>(random.between(1, 28));
  const std::int64_t saving = random.wide(50'000, 300'000, 10'000);
  for (int day = 0; day < stage.days(); ++day) {
    if (stage.day_of_month(day) != due) continue;
    for (const std::uint32_t member : members) {
      Draft draft = stage.payments().transfer(random, member, stage.subject(), saving);
      draft.note = "simpanan wajib";
      stage.add(draft, stage.at(day, stage.between_hours(8, 18)));
    }
  }
  const int first_day =
      static_cast<int>(random.below(static_cast<std::uint64_t>(std::min(365, stage.days()))));
  for (int day = first_day; day < stage.days(); day += 365) {
    const std::int64_t begin = stage.between_hours(9, 14);
    for (const std::uint32_t member : members) {
      Draft draft =
          stage.payments().batch_transfer(stage.subject(), member, random.wide(150'000, 6'000'000, 1));
      draft.note = "SHU";
      draft.note_first = stage.year_month(day) / 100 - 1;
      stage.add(draft, stage.at(day, begin + random.between(0, 100 * kMinute)));
    }
  }
}

void refund_travel(Stage& stage) {
  Random& random = stage.random();
  const std::int64_t per_day = random.between(30, 60) * 10'000;
  for (int day = static_cast<int>(random.between(1, 10)); day < stage.days();
       day += static_cast<int>(random.between(4, 40))) {
    const std::int64_t begin = stage.between_hours(9, 15);
    for (const std::uint32_t official : stage.office_staff(random.between(3, 25))) {
      Draft draft = stage.payments().batch_transfer(
          stage.subject(), official, per_day * random.between(1, 6) + random.wide(50'000, 3'000'000, 100));
      draft.note = "SPPD";
      draft.note_first = static_cast<std::uint32_t>(random.between(100, 9'999));
      stage.add(draft, stage.at(day, begin + random.between(0, 60 * kMinute)));
    }
  }
}

constexpr Casting kParkingAccount{.occupation = "driver", .with_office = true};
constexpr Casting kCooperative{
    .role = Casting::Role::kCompany, .segment = "cooperative", .with_office = true, .established = true};
constexpr Casting kOffice{.role = Casting::Role::kOffice, .segment = "public_body", .established = true};

constexpr auto kScenarios = std::to_array<Scenario>({
    {"office-payout", kRule, true, kParkingAccount, 30, 180, share_out},
    {"cooperative-dividend", kRule, false, kCooperative, 7, kWholeStream, pay_dividend},
    {"travel-allowance", kRule, false, kOffice, 14, kWholeStream, refund_travel},
});

}  // namespace

std::span<const Scenario> office_payout_scenarios() {
  return kScenarios;
}

}  // namespace suar::simulator
