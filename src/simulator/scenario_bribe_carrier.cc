// People between payer and official: an agent who keeps a margin (Rp15m charged, Rp1m kept a head; Rp5m to
// the teens of millions are usual), an account in a driver's name that is filled by applicants and emptied
// to a whole office, a relative on an agency's payroll.
//
// Look-alikes: an agent who pays the State's fees, somebody who collects rents for an official, a bureau that
// pays billing codes, a spouse with a job elsewhere.
#include <algorithm>
#include <array>

#include "simulator/moves.h"
#include "simulator/scenario.h"

namespace suar::simulator {
namespace {

constexpr std::array<std::string_view, 5> kClientNotes = {"", "", "pengurusan", "biaya dokumen", "pelunasan"};

void pass_a_bribe_for_each_client(Stage& stage) {
  Random& random = stage.random();
  const std::int64_t clients = std::max<std::int64_t>(5, stage.days() * random.between(200, 600) / 1000);
  const auto fees = fan_in(stage, {.payers = stage.strangers(clients),
                                   .credits = clients,
                                   .amount = {1'500'000, 25'000'000, 500'000},
                                   .notes = kClientNotes});
  const std::vector<std::uint32_t> officials = stage.office_staff(random.between(1, 2));
  const std::int64_t price = drawn(stage, {300'000, 3'700'000, 100'000});
  for (const Credit& fee : fees) {
    pay(stage, stage.subject(), random.pick(std::span(officials)), std::min(price, fee.rupiah * 7 / 10),
        fee.time + event::Duration::minutes(random.between(20, 20 * 60)));
  }
}

void pay_the_states_fees(Stage& stage) {
  Random& random = stage.random();
  constexpr std::array<std::int64_t, 4> kTariffs = {350'000, 500'000, 650'000, 2'000'000};
  const std::int64_t clients = random.between(4, 25);
  for (const Credit& fee : fan_in(stage, {.payers = stage.strangers(clients),
                                          .credits = clients,
                                          .amount = {500'000, 2'500'000, 50'000},
                                          .notes = kClientNotes})) {
    Draft draft = stage.payments().transfer(random, stage.subject(), stage.world().treasuries.first,
                                            std::min(random.pick(kTariffs), fee.rupiah));
    draft.note = "kode billing";
    draft.purpose = "GOVT";
    stage.add(draft, fee.time + event::Duration::minutes(random.between(30, 30 * 60)));
  }
}

void collect_rents_for_the_owner(Stage& stage) {
  Random& random = stage.random();
  const std::uint32_t owner = stage.office_staff(1).front();
  for (const std::uint32_t tenant : stage.strangers(random.between(2, 5))) {
    const std::int64_t rent = drawn(stage, {800'000, 3'500'000, 50'000});
    for (const int day : days_due(stage, static_cast<int>(random.between(1, 25)))) {
      const event::Instant when = stage.at(day, stage.between_hours(8, 20));
      pay(stage, tenant, stage.subject(), rent, when, "sewa");
      pay(stage, stage.subject(), owner, rent, when + event::Duration::hours(random.between(1, 60)), "sewa");
    }
  }
}

void park_and_hand_out(Stage& stage) {
  Random& random = stage.random();
  std::vector<std::uint32_t> payers = stage.strangers(random.between(6, 20));
  payers.push_back(stage.firm().director);
  const auto credits = fan_in(stage, {.payers = payers,
                                      .credits = std::ssize(payers) * random.between(1, 3),
                                      .amount = {1'500'000, 20'000'000, 100'000},
                                      .notes = kClientNotes});
  const std::vector<std::uint32_t> officials = stage.office_staff(random.between(4, 20));
  const auto to_officials = static_cast<int>(random.between(550, 1000));
  std::int64_t balance = 0;
  std::size_t turn = 0;
  for (const Credit& credit : credits) {
    balance += credit.rupiah * random.between(880, 990) / 1000;
    const std::int64_t parts = random.between(1, 4);
    for (std::int64_t i = 0; i < parts; ++i) {
      const event::Instant when = credit.time + event::Duration::minutes(random.between(60, 30 * 60));
      const std::int64_t part = std::max<std::int64_t>(300'000, balance / parts / 50'000 * 50'000);
      if (random.chance(to_officials)) {
        pay(stage, stage.subject(), officials[turn++ % officials.size()], part, when);
      } else {
        stage.add(stage.payments().cash_out(random, stage.subject(), part), when);
      }
    }
    balance = 0;
  }
}

void draw_wages_from(Stage& stage, std::uint32_t employer) {
  const std::int64_t wage = drawn(stage, {2'500'000, 9'000'000, 50'000});
  for (const int day : days_due(stage, stage.world().payday(employer))) {
    Draft draft = stage.payments().wage(employer, stage.subject(), wage);
    draft.note_first = stage.year_month(day);
    stage.add(draft, stage.at(day, stage.between_hours(7, 11)));
  }
}

void work_for_the_agency(Stage& stage) {
  draw_wages_from(stage, stage.firm().account);
}
void work_elsewhere(Stage& stage) {
  draw_wages_from(stage, stage.world().employers.at(stage.random().next()));
}

constexpr Casting kAgent{.occupation = "self-employed", .with_office = true};
constexpr Casting kDriver{.occupation = "driver", .with_office = true, .firm = Casting::Firm::kStranger};
constexpr Casting kSpouse{.occupation = "employee",
                          .with_office = true,
                          .established = true,
                          .tie = Casting::Tie::kSpouse,
                          .firm = Casting::Firm::kEmployer};

constexpr auto kScenarios = std::to_array<Scenario>({
    {"agent-with-a-margin", "bri-agent-chain", true, kAgent, 21, 60, pass_a_bribe_for_each_client},
    {"agent-of-fees", "bri-agent-chain", false, kAgent, 14, 80, pay_the_states_fees},
    {"rent-collector", "bri-agent-chain", false, kAgent, 28, kWholeStream, collect_rents_for_the_owner},
    {"parked-money", "bri-parking-account", true, kDriver, 14, 60, park_and_hand_out},
    {"paid-billing-codes", "bri-parking-account", false, kDriver, 14, 80, pay_the_states_fees},
    {"spouse-at-the-agency", "bri-family-on-agency-payroll", true, kSpouse, 62, kWholeStream,
     work_for_the_agency},
    {"spouse-with-a-job", "bri-family-on-agency-payroll", false, kSpouse, 28, kWholeStream, work_elsewhere},
});

}  // namespace

std::span<const Scenario> bribe_carrier_scenarios() {
  return kScenarios;
}

}  // namespace suar::simulator
