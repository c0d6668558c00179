// What several rules find together: a collector who pays the officials of a port, a recruiter who sells a
// crossing as well, a collector about whom somebody has told. Amounts as in scenario_port_collector.cc, and
// Rp0.8m to Rp3.7m a head for officials.
//
// Look-alikes: a trader at the port who rents a room from an official, a busy online shop, a trader about
// whom somebody has told for nothing.
#include <algorithm>
#include <array>

#include "simulator/moves.h"
#include "simulator/scenario.h"

namespace suar::simulator {
namespace {

constexpr std::array<Amount, 3> kPrices = {
    {{5'000'000, 6'000'000, 250'000}, {10'000'000, 11'000'000, 250'000}, {15'000'000, 17'000'000, 500'000}}};
constexpr std::array<std::string_view, 4> kRecruitNotes = {"biaya penempatan", "pendaftaran kerja",
                                                           "calling visa", "kontrak kerja"};

std::vector<Credit> take_the_price(Stage& stage, std::span<const std::string_view> notes) {
  const std::vector<std::uint32_t> payers = stage.strangers_from_afar(stage.random().wide(10, 50));
  return fan_in(stage, {.payers = payers,
                        .credits = std::ssize(payers),
                        .amount = stage.random().pick(kPrices),
                        .one_price = true,
                        .notes = notes});
}

void collect_and_bribe(Stage& stage) {
  Random& random = stage.random();
  const auto fees = take_the_price(stage, {});
  draw_cash_of(stage, fees);
  const std::vector<std::uint32_t> officials = stage.office_staff(random.between(1, 4));
  const std::int64_t price = drawn(stage, {800'000, 3'700'000, 100'000});
  for (const Credit& fee : fees) {
    if (random.chance(500)) continue;
    pay(stage, stage.subject(), random.pick(std::span(officials)), price,
        fee.time + event::Duration::minutes(random.between(30, 48 * 60)));
  }
}

void recruit_and_ship(Stage& stage) {
  draw_cash_of(stage, take_the_price(stage, kRecruitNotes));
}

void collect_and_be_told_of(Stage& stage) {
  draw_cash_of(stage, take_the_price(stage, {}));
}

void trade(Stage& stage) {
  constexpr std::array<std::string_view, 2> kNotes = {"pesanan", ""};
  const std::vector<std::uint32_t> customers = stage.strangers(stage.random().between(30, 120));
  static_cast<void>(fan_in(stage, {.payers = customers,
                                   .credits = stage.days() * stage.random().between(1, 4),
                                   .amount = {25'000, 4'000'000, 500},
                                   .notes = kNotes}));
}

void trade_and_rent_from_an_official(Stage& stage) {
  trade(stage);
  const std::uint32_t landlord = stage.office_staff(1).front();
  const std::int64_t rent = drawn(stage, {800'000, 4'000'000, 50'000});
  for (const int day : days_due(stage, 5)) {
    pay(stage, stage.subject(), landlord, rent, stage.at(day, stage.between_hours(8, 20)), "sewa");
  }
}

constexpr Casting kCollector{.home = Region::kPort, .occupation = "self-employed", .with_office = true};
constexpr Casting kRecruiter{.occupation = "self-employed"};
constexpr Casting kToldOf{.home = Region::kPort, .occupation = "self-employed", .tipped = true};
constexpr Casting trader() {
  return {.home = Region::kPort, .segment = "merchant", .occupation = "trader", .established = true};
}
constexpr Casting kTenant = [] {
  Casting casting = trader();
  casting.with_office = true;
  return casting;
}();
constexpr Casting kTrader = trader();
constexpr Casting kSlandered = [] {
  Casting casting = trader();
  casting.tipped = true;
  return casting;
}();

constexpr auto kScenarios = std::to_array<Scenario>({
    {"bribed-passage", "joint-bribed-passage", true, kCollector, 10, 30, collect_and_bribe},
    {"officials-tenant", "joint-bribed-passage", false, kTenant, 28, kWholeStream,
     trade_and_rent_from_an_official},
    {"recruiter-and-smuggler", "joint-two-crimes", true, kRecruiter, 10, 30, recruit_and_ship},
    {"busy-shop", "joint-two-crimes", false, kTrader, 14, kWholeStream, trade},
    {"told-of", "joint-tip-and-finding", true, kToldOf, 10, 30, collect_and_be_told_of},
    {"slandered", "joint-tip-and-finding", false, kSlandered, 14, kWholeStream, trade},
});

}  // namespace

std::span<const Scenario> joint_scenarios() {
  return kScenarios;
}

}  // namespace suar::simulator
