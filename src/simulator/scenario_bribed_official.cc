// Officials who are paid. What is known of amounts: Rp0.8m a head in Batam, Rp3.2-3.7m a head at an airport
// of which Rp1.5m went on to colleagues, Rp1m and more for a passport or permit; fees are drawn from Rp0.3m
// to Rp5m. Rhythms and numbers of payers are not known and drawn wide.
//
// Look-alikes: a fee for a seminar, a refund, the sale of a car, lessons, a bill that colleagues share, a
// debt paid back, relatives who go on paying.
#include <algorithm>
#include <array>

#include "simulator/moves.h"
#include "simulator/scenario.h"

namespace suar::simulator {
namespace {

constexpr Amount kFee{300'000, 5'000'000, 50'000};
constexpr std::array<std::string_view, 6> kVagueNotes = {
    "", "", "titipan", "terima kasih", "sesuai janji", "uang rokok"};

void be_paid_by_an_agency(Stage& stage) {
  const AgencyFirm& firm = stage.firm();
  const std::array<std::uint32_t, 3> payers = {firm.account, firm.director, firm.clerk};
  draw_cash_of(stage, fan_in(stage, {.payers = payers,
                                     .credits = stage.random().wide(4, 24),
                                     .amount = {300'000, 10'000'000, 50'000},
                                     .notes = kVagueNotes}));
}

void speak_at_a_seminar(Stage& stage) {
  pay(stage, stage.firm().account, stage.subject(), drawn(stage, {1'000'000, 5'000'000, 100'000}),
      stage.at(1, stage.between_hours(9, 17)), "honor narasumber");
}

void be_refunded_a_ticket(Stage& stage) {
  const std::int64_t fare = drawn(stage, {400'000, 3'000'000, 1'000});
  pay(stage, stage.subject(), stage.firm().account, fare, stage.at(0, stage.between_hours(8, 21)), "tiket");
  pay(stage, stage.firm().account, stage.subject(), fare * 3 / 4,
      stage.at(stage.days() - 1, stage.between_hours(9, 17)), "refund tiket");
}

// The income of the story's days, several times over, from strangers and firms.
void live_beyond_means(Stage& stage) {
  Random& random = stage.random();
  const std::int64_t quarter = stage.world().monthly_wage(stage.subject()) * 3;
  const std::int64_t credits = random.between(12, 40);
  const std::int64_t usual =
      std::max<std::int64_t>(1'200'000, quarter * random.between(1'500, 5'000) / 1000 / credits);
  std::vector<std::uint32_t> payers = stage.strangers(random.between(5, 12));
  payers.push_back(stage.world().employers.at(random.next()));
  draw_cash_of(stage, fan_in(stage, {.payers = payers,
                                     .credits = credits,
                                     .amount = {usual * 9 / 10, usual * 3 / 2, 10'000},
                                     .notes = kVagueNotes}));
}

void sell_a_car(Stage& stage) {
  const std::uint32_t buyer = stage.stranger();
  const std::int64_t price = drawn(stage, {60'000'000, 400'000'000, 1'000'000});
  pay(stage, buyer, stage.subject(), price / 10, stage.at(0, stage.between_hours(9, 20)), "DP mobil");
  pay(stage, buyer, stage.subject(), price - price / 10,
      stage.at(stage.days() - 1, stage.between_hours(9, 20)), "pelunasan mobil");
}

// Part of each head's price goes to a colleague on the same day.
void share_with_colleagues(Stage& stage) {
  Random& random = stage.random();
  const std::int64_t heads = random.between(stage.days() / 5 + 4, stage.days() / 2 + 4);
  const std::vector<std::uint32_t> payers = stage.strangers(heads);
  const auto credits = fan_in(stage, {.payers = payers,
                                      .credits = heads,
                                      .amount = {800'000, 5'000'000, 100'000},
                                      .one_price = true,
                                      .notes = kVagueNotes});
  const auto share = static_cast<int>(random.between(250, 600));
  pass_on(stage, credits,
          {.receivers = stage.office_staff(random.between(1, 4)),
           .share_low = share,
           .share_high = share,
           .to_minutes = 600});
}

void share_restaurant_bills(Stage& stage) {
  Random& random = stage.random();
  const std::vector<std::uint32_t> colleagues = stage.office_staff(random.between(3, 8));
  for (int day = static_cast<int>(random.between(0, 6)); day < stage.days();
       day += static_cast<int>(random.between(3, 14))) {
    const std::uint32_t payer = random.chance(500) ? stage.subject() : colleagues.front();
    const std::int64_t part = drawn(stage, {25'000, 250'000, 5'000});
    for (const std::uint32_t one : colleagues) {
      if (payer == one || random.chance(300)) continue;
      pay(stage, payer == stage.subject() ? one : stage.subject(), payer, part,
          stage.at(day, stage.between_hours(13, 22)), "makan");
      if (payer != stage.subject()) break;
    }
  }
}

void be_paid_by_ever_new_people(Stage& stage) {
  Random& random = stage.random();
  const std::vector<std::uint32_t> payers = stage.strangers(stage.days() * random.between(250, 900) / 1000);
  draw_cash_of(stage, fan_in(stage, {.payers = payers,
                                     .credits = std::ssize(payers),
                                     .amount = {300'000, 5'000'000, 50'000},
                                     .notes = kVagueNotes}));
}

void give_lessons(Stage& stage) {
  Random& random = stage.random();
  const std::int64_t fee = drawn(stage, {200'000, 1'000'000, 50'000});
  for (const std::uint32_t pupil : stage.strangers(random.between(3, 12))) {
    for (const int day : days_due(stage, static_cast<int>(random.between(1, 28)))) {
      pay(stage, pupil, stage.subject(), fee, stage.at(day, stage.between_hours(8, 21)), "les");
    }
  }
}

// To the head of the office, a share of what came in within the last days.
void pay_the_superior(Stage& stage) {
  Random& random = stage.random();
  const std::int64_t heads = random.between(stage.days() / 3, stage.days());
  const auto credits = fan_in(stage, {.payers = stage.strangers(std::max<std::int64_t>(4, heads / 2)),
                                      .credits = heads,
                                      .amount = kFee,
                                      .notes = kVagueNotes});
  const std::uint32_t head = stage.office().staff.first;
  const std::int64_t each = random.between(3, 9);  // so many days apart
  std::int64_t since = 0;
  event::Instant next = credits.front().time;
  for (const Credit& credit : credits) {
    since += credit.rupiah;
    if (credit.time < next) continue;
    pay(stage, stage.subject(), head,
        std::max<std::int64_t>(200'000, since * random.between(150, 500) / 1000 / 50'000 * 50'000),
        credit.time + event::Duration::minutes(random.between(30, 48 * 60)), random.pick(kVagueNotes));
    since = 0;
    next = credit.time + event::Duration::days(each);
  }
}

void repay_the_superior(Stage& stage) {
  const std::uint32_t head = stage.office().staff.first;
  const std::int64_t loan = drawn(stage, {300'000, 5'000'000, 100'000});
  pay(stage, head, stage.subject(), loan, stage.at(0, stage.between_hours(8, 20)), "pinjaman");
  pay(stage, stage.subject(), head, loan, stage.at(stage.days() - 1, stage.between_hours(8, 20)),
      "bayar utang");
}

// The same payers before the middle of the stream and after it; the predecessor's before, the successor's
// after, where somebody else was in the post.
void keep_the_payers(Stage& stage, std::span<const std::uint32_t> payers, std::uint32_t before) {
  Random& random = stage.random();
  const int middle = stage.days() / 2;
  for (const std::uint32_t payer : payers) {
    const std::int64_t usual = drawn(stage, kFee);
    for (int half = 0; half < 2; ++half) {
      const int last = half == 0 ? middle - 1 : std::min(middle + 85, stage.days() - 1);
      for (std::int64_t n = random.between(1, 4); n > 0; --n) {
        pay(stage, payer, half == 0 ? before : stage.subject(), usual,
            stage.at(
                static_cast<int>(random.between(half == 0 ? std::max(0, middle - 85) : middle + 1, last)),
                stage.between_hours(8, 21)),
            random.pick(kVagueNotes));
      }
    }
  }
}

void be_paid_beyond_the_post(Stage& stage) {
  keep_the_payers(stage, stage.strangers(stage.random().between(3, 12)), stage.subject());
}

void inherit_payers(Stage& stage) {
  keep_the_payers(stage, stage.strangers(stage.random().between(4, 12)),
                  predecessor_of(stage.office(), stage.subject()));
}

void leave_with_a_lodger(Stage& stage) {
  const std::uint32_t lodger = stage.stranger();
  const std::int64_t rent = drawn(stage, {600'000, 3'500'000, 50'000});
  for (const int day : days_due(stage, 5)) {
    pay(stage, lodger, stage.subject(), rent, stage.at(day, stage.between_hours(8, 20)), "sewa kamar");
  }
}

void be_welcomed_by_colleagues(Stage& stage) {
  const std::vector<std::uint32_t> colleagues = stage.office_staff(stage.random().between(5, 15));
  const std::uint32_t before = predecessor_of(stage.office(), stage.subject());
  for (const std::uint32_t colleague : colleagues) {
    if (colleague == before) continue;
    const std::int64_t gift = drawn(stage, {50'000, 500'000, 50'000});
    pay(stage, colleague, before, gift, stage.at(stage.days() / 2 - 3, stage.between_hours(8, 20)), "kado");
    pay(stage, colleague, stage.subject(), gift, stage.at(stage.days() / 2 + 3, stage.between_hours(8, 20)),
        "iuran");
  }
}

constexpr Casting official() {
  return {.role = Casting::Role::kOfficial, .segment = "civil_servant", .established = true};
}
constexpr Casting official_and(Casting::Firm firm) {
  Casting casting = official();
  casting.firm = firm;
  return casting;
}
constexpr Casting official_who(Casting::Post post) {
  Casting casting = official();
  casting.post = post;
  return casting;
}

constexpr Casting kApproached = official_and(Casting::Firm::kStranger);
constexpr Casting kOwner = official_and(Casting::Firm::kOwn);
constexpr Casting kLeaver = official_who(Casting::Post::kLeavesMidway);
constexpr Casting kSuccessor = official_who(Casting::Post::kTakesOverMidway);

constexpr auto kScenarios = std::to_array<Scenario>({
    {"agency-pays-official", "bri-agency-pays-official", true, kApproached, 20, 80, be_paid_by_an_agency},
    {"seminar-fee", "bri-agency-pays-official", false, kApproached, 3, 5, speak_at_a_seminar},
    {"ticket-refund", "bri-agency-pays-official", false, kApproached, 5, 20, be_refunded_a_ticket},
    {"beyond-means", "bri-credits-above-income", true, official(), 30, 85, live_beyond_means},
    {"car-sale", "bri-credits-above-income", false, official(), 3, 20, sell_a_car},
    {"shared-takings", "bri-forwards-to-colleagues", true, official(), 20, 60, share_with_colleagues},
    {"shared-bills", "bri-forwards-to-colleagues", false, official(), 20, 90, share_restaurant_bills},
    {"ever-new-payers", "bri-many-strangers-pay-official", true, official(), 75, 120,
     be_paid_by_ever_new_people},
    {"lessons", "bri-many-strangers-pay-official", false, official(), 28, kWholeStream, give_lessons},
    {"agency-of-ones-own", "bri-official-behind-agency", true, kOwner, 14, 80, be_paid_by_an_agency},
    {"superior-paid", "bri-upstream-payments", true, official(), 28, 60, pay_the_superior},
    {"superior-repaid", "bri-upstream-payments", false, official(), 5, 40, repay_the_superior},
    {"paid-beyond-the-post", "bri-payments-outlast-the-post", true, kLeaver, 50, kWholeStream,
     be_paid_beyond_the_post},
    {"leaver-with-a-lodger", "bri-payments-outlast-the-post", false, kLeaver, 50, kWholeStream,
     leave_with_a_lodger},
    {"inherited-payers", "bri-successor-inherits-payers", true, kSuccessor, 50, kWholeStream, inherit_payers},
    {"welcomed-successor", "bri-successor-inherits-payers", false, kSuccessor, 50, kWholeStream,
     be_welcomed_by_colleagues},
});

}  // namespace

std::span<const Scenario> bribed_official_scenarios() {
  return kScenarios;
}

}  // namespace suar::simulator
