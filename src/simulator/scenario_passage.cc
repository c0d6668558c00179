// Passages by other ways than the plain collector at a port: the price of a route to somebody inland, sums of
// any size near the border, the same word in every text, a boat bought afterwards, dozens of small credits
// that are settled in a few sums, and a wave on a whole corridor. Prices as in scenario_port_collector.cc.
//
// Look-alikes: a licensed travel firm that takes pilgrims' deposits, a fisher who buys a boat, a bureau that
// writes invoices, a remitter with a licence, a pay-day on which a whole corridor is busy once.
#include <algorithm>
#include <array>

#include "simulator/moves.h"
#include "simulator/scenario.h"

namespace suar::simulator {
namespace {

constexpr std::array<Amount, 3> kPrices = {
    {{5'000'000, 6'000'000, 250'000}, {10'000'000, 11'000'000, 250'000}, {15'000'000, 17'000'000, 500'000}}};

std::vector<Credit> take_the_price(Stage& stage, int last_day) {
  Random& random = stage.random();
  const std::vector<std::uint32_t> payers = stage.strangers_from_afar(random.wide(10, 50));
  return fan_in(stage, {.payers = payers,
                        .credits = std::ssize(payers),
                        .amount = random.pick(kPrices),
                        .one_price = random.chance(600),
                        .last_day = last_day});
}

void take_the_price_of_a_route(Stage& stage) {
  draw_cash_of(stage, take_the_price(stage, stage.days() - 1));
}

void buy_a_boat(Stage& stage, std::int64_t rupiah, int day, std::string_view note) {
  pay(stage, stage.subject(), stage.world().marine_dealers.at(stage.random().next()), rupiah,
      stage.at(day, stage.between_hours(8, 17)), note);
}

void collect_and_buy_a_boat(Stage& stage) {
  Random& random = stage.random();
  const int after = static_cast<int>(random.between(1, 12));
  const auto fees = take_the_price(stage, std::max(3, stage.days() - after - 1));
  std::int64_t taken = 0;
  for (const Credit& fee : fees) taken += fee.rupiah;
  buy_a_boat(stage,
             std::max<std::int64_t>(20'000'000, taken * random.between(300, 700) / 1000 / 500'000 * 500'000),
             stage.days() - 1, random.chance(500) ? "kapal" : "mesin tempel");
}

void fish(Stage& stage) {
  Random& random = stage.random();
  const std::vector<std::uint32_t> buyers = stage.strangers(random.between(3, 8));
  for (int day = 0; day < stage.days(); day += static_cast<int>(random.between(1, 4))) {
    pay(stage, random.pick(std::span(buyers)), stage.subject(), drawn(stage, {200'000, 4'000'000, 10'000}),
        stage.at(day, stage.between_hours(5, 12)), "ikan");
    if (random.chance(100))
      buy_a_boat(stage, drawn(stage, {1'000'000, 30'000'000, 50'000}), day, "suku cadang");
  }
}

void collect_near_the_border(Stage& stage) {
  Random& random = stage.random();
  const std::vector<std::uint32_t> payers = stage.strangers_from_afar(random.wide(12, 50));
  draw_cash_of(stage, fan_in(stage, {.payers = payers,
                                     .credits = std::ssize(payers),
                                     .amount = {1'500'000, 12'000'000, 100'000}}));
}

void take_money_for_one_word(Stage& stage) {
  Random& random = stage.random();
  constexpr std::array<std::string_view, 7> kWords = {
      "urus paspor", "visa", "uang jalur", "kapal", "biaya berangkat", "tekong", "perpanjangan kitas"};
  const std::array<std::string_view, 1> note = {random.pick(kWords)};
  const std::vector<std::uint32_t> payers = stage.strangers(random.wide(4, 24));
  draw_cash_of(stage, fan_in(stage, {.payers = payers,
                                     .credits = std::ssize(payers),
                                     .amount = {500'000, 9'000'000, 100'000},
                                     .notes = note}));
}

void arrange_visas(Stage& stage) {
  Random& random = stage.random();
  constexpr std::array<std::string_view, 3> kNotes = {"invoice visa", "invoice paspor", "biaya layanan visa"};
  const std::vector<std::uint32_t> clients = stage.strangers(random.wide(6, 40));
  static_cast<void>(fan_in(stage, {.payers = clients,
                                   .credits = std::ssize(clients),
                                   .amount = {700'000, 3'500'000, 50'000},
                                   .notes = kNotes}));
}

void take_pilgrims_deposits(Stage& stage) {
  Random& random = stage.random();
  constexpr std::array<std::string_view, 2> kNotes = {"DP umroh", "pelunasan umroh"};
  const std::vector<std::uint32_t> pilgrims = stage.strangers(random.wide(10, 60));
  static_cast<void>(fan_in(stage, {.payers = pilgrims,
                                   .credits = std::ssize(pilgrims),
                                   .amount = {5'000'000, 30'000'000, 500'000},
                                   .notes = kNotes}));
}

// Days of collecting, then what came in goes on in a few sums, less a margin.
void collect_and_settle(Stage& stage) {
  Random& random = stage.random();
  const std::vector<std::uint32_t> payers = stage.strangers(random.wide(30, 120));
  const std::vector<std::uint32_t> partners = stage.strangers(random.between(1, 3));
  const auto credits = fan_in(stage, {.payers = payers,
                                      .credits = std::max<std::int64_t>(35, std::ssize(payers)),
                                      .amount = {100'000, 4'000'000, 10'000},
                                      .last_day = stage.days() - 2});
  std::int64_t taken = 0;
  for (const Credit& credit : credits) taken += credit.rupiah;
  const std::int64_t parts = random.between(1, 4);
  const std::int64_t margin = random.between(5, 60);
  for (std::int64_t i = 0; i < parts; ++i) {
    pay(stage, stage.subject(), random.pick(std::span(partners)), taken * (1000 - margin) / 1000 / parts,
        stage.at(stage.days() - 1, 8 * kHour + i * random.between(10, 150) * kMinute));
  }
}

// After some weeks of the usual, and, from the usual start, before Ramadan, when all corridors are busy.
void send_a_wave(Stage& stage, std::string_view from, int first, int days) {
  Random& random = stage.random();
  const CountryIndex where = country(from);
  for (int day = first; day < std::min(first + days, stage.days()); ++day) {
    for (std::int64_t n = random.wide(60, 200); n > 0; --n) {
      const std::int64_t units = std::max<std::int64_t>(
          10, drawn(stage, {1'000'000, 9'000'000, 10'000}) * 100 / rupiah_per_100(where, stage.month(day)));
      stage.add(stage.payments().from_abroad(
                    where, static_cast<std::uint32_t>(random.between(1, 400'000'000)),
                    stage.world().extras.at(random.next()), units * 100, where, stage.month(day)),
                stage.at(day, stage.between_hours(0, 23)));
    }
  }
}

void shift_a_corridor(Stage& stage) {
  stage.name_subject("corridor:bd-id");
  send_a_wave(stage, "BD", static_cast<int>(stage.random().between(35, 41)),
              static_cast<int>(stage.random().between(3, 6)));
}

void be_busy_once(Stage& stage) {
  stage.name_subject("corridor:my-id");
  // No two of these days stand side by side.
  send_a_wave(stage, "MY", 32 + 4 * static_cast<int>(stage.subject() % 4), 1);
}

constexpr Casting kInland{.occupation = "self-employed"};
constexpr Casting kAtTheBorder{.home = Region::kPort, .occupation = "self-employed"};
constexpr Casting kSettler{.occupation = "self-employed", .quiet = true};
constexpr Casting kFisher{
    .home = Region::kPort, .segment = "fisheries", .occupation = "fisher", .established = true};
constexpr Casting kTravelFirm{
    .role = Casting::Role::kCompany, .segment = "travel", .agency_type = "travel", .established = true};
constexpr Casting kBureau{
    .role = Casting::Role::kCompany, .segment = "agency", .agency_type = "visa_bureau", .established = true};
constexpr Casting kRemitter{
    .role = Casting::Role::kCompany, .segment = "agency", .agency_type = "remittance", .established = true};

constexpr auto kScenarios = std::to_array<Scenario>({
    {"price-of-a-route", "som-fee-band-collector", true, kInland, 6, 30, take_the_price_of_a_route},
    {"pilgrims", "som-fee-band-collector", false, kTravelFirm, 14, kWholeStream, take_pilgrims_deposits},
    {"boat-after-fees", "som-boat-after-fees", true, kAtTheBorder, 14, 30, collect_and_buy_a_boat},
    {"fisher", "som-boat-after-fees", false, kFisher, 14, kWholeStream, fish},
    {"payers-near-the-border", "som-many-payers-near-border", true, kAtTheBorder, 6, 14,
     collect_near_the_border},
    {"one-word", "som-words-of-the-trade", true, kInland, 5, 28, take_money_for_one_word},
    {"visa-bureau", "som-words-of-the-trade", false, kBureau, 14, kWholeStream, arrange_visas},
    {"settled-credits", "som-collect-and-settle", true, kSettler, 4, 7, collect_and_settle},
    {"licensed-remitter", "som-collect-and-settle", false, kRemitter, 4, 7, collect_and_settle},
    {"corridor-wave", "som-corridor-shift", true, kInland, 48, kWholeStream, shift_a_corridor},
    {"busy-day", "som-corridor-shift", false, kInland, 48, kWholeStream, be_busy_once},
});

}  // namespace

std::span<const Scenario> passage_scenarios() {
  return kScenarios;
}

}  // namespace suar::simulator
