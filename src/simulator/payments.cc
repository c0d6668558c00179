#include "simulator/payments.h"

#include <algorithm>

namespace suar::simulator {
namespace {

constexpr std::int64_t kSwitchLimit = 50'000'000;
constexpr std::int64_t kBiFastLimit = 250'000'000;
constexpr std::int64_t kSknLimit = 1'000'000'000;
constexpr std::int64_t kMachineLimit = 10'000'000;  // what a teller machine gives in a day

std::string_view rail_for(Random& random, std::int64_t rupiah, bool same_bank) {
  if (same_bank) return "book";
  if (rupiah <= kSwitchLimit) return random.chance(250) ? "online" : "bifast";
  if (rupiah <= kBiFastLimit) return "bifast";
  return rupiah <= kSknLimit ? "skn" : "rtgs";
}

}  // namespace

Draft Payments::transfer(Random& random, std::uint32_t from, std::uint32_t to, std::int64_t rupiah) const {
  Draft draft;
  draft.debtor = home_side(from);
  draft.creditor = home_side(to);
  draft.rupiah = rupiah;
  draft.channel = random.chance(60)    ? event::Channel::kAtm
                  : random.chance(100) ? event::Channel::kInternet
                                       : event::Channel::kMobile;
  draft.rail = rail_for(random, rupiah, world_.bank(from) == world_.bank(to));
  draft.place = world_.home(from);
  return draft;
}

Draft Payments::batch_transfer(std::uint32_t from, std::uint32_t to, std::int64_t rupiah) const {
  Draft draft;
  draft.debtor = home_side(from);
  draft.creditor = home_side(to);
  draft.rupiah = rupiah;
  draft.channel = event::Channel::kApi;
  draft.rail = world_.bank(from) == world_.bank(to) ? "book" : "bifast";
  draft.place = world_.home(from);
  return draft;
}

Draft Payments::wage(std::uint32_t employer, std::uint32_t to, std::int64_t rupiah) const {
  Draft draft = batch_transfer(employer, to, rupiah);
  draft.tx_type = event::TxType::kSalary;
  draft.purpose = "SALA";
  draft.note = "GAJI";
  return draft;
}

Draft Payments::purchase(Random& random, std::uint32_t from, std::uint32_t merchant,
                         std::int64_t rupiah) const {
  Draft draft;
  draft.debtor = home_side(from);
  draft.creditor = home_side(merchant);
  draft.rupiah = rupiah;
  draft.tx_type = event::TxType::kCardPurchase;
  draft.channel = random.chance(600) ? event::Channel::kQris : event::Channel::kEdc;
  draft.rail = draft.channel == event::Channel::kQris ? "other" : "card";
  draft.place = world_.home(from);
  return draft;
}

Draft Payments::qr_payment(std::uint32_t from, std::uint32_t to, std::int64_t rupiah) const {
  Draft draft;
  draft.debtor = home_side(from);
  draft.creditor = home_side(to);
  draft.rupiah = rupiah;
  draft.channel = event::Channel::kQris;
  draft.rail = "other";
  draft.place = world_.home(from);
  return draft;
}

Draft Payments::top_up(std::uint32_t from, std::uint32_t hub, std::int64_t rupiah) const {
  Draft draft;
  draft.debtor = home_side(from);
  draft.creditor = home_side(hub);
  draft.rupiah = rupiah;
  draft.tx_type = event::TxType::kTopup;
  draft.rail = "ewallet";
  draft.place = world_.home(from);
  return draft;
}

Draft Payments::cash_out(Random& random, std::uint32_t from, std::int64_t rupiah) const {
  Draft draft;
  draft.debtor = home_side(from);
  draft.rupiah = rupiah;
  draft.tx_type = event::TxType::kCashOut;
  draft.channel =
      rupiah > kMachineLimit || random.chance(80) ? event::Channel::kTeller : event::Channel::kAtm;
  draft.place = world_.home(from);
  return draft;
}

Draft Payments::cash_in(Random& random, std::uint32_t to, std::int64_t rupiah, PlaceIndex place) const {
  Draft draft;
  draft.creditor = home_side(to);
  draft.rupiah = rupiah;
  draft.tx_type = event::TxType::kCashIn;
  draft.channel = rupiah > kMachineLimit || random.chance(400) ? event::Channel::kTeller
                  : random.chance(350)                         ? event::Channel::kAgent
                                                               : event::Channel::kAtm;
  draft.place = place;
  return draft;
}

Draft Payments::from_abroad(CountryIndex country, std::uint32_t sender, std::uint32_t to, std::int64_t minor,
                            CountryIndex currency_of, std::int64_t month) const {
  Draft draft;
  draft.debtor = side_abroad(country, sender);
  draft.creditor = home_side(to);
  draft.foreign = currency_of;
  draft.foreign_minor = minor;
  draft.foreign_rate = rupiah_per_100(currency_of, month);
  draft.rupiah = std::max<std::int64_t>(1, minor * draft.foreign_rate / 10'000);
  draft.channel = event::Channel::kCrossborder;
  draft.rail = "swift";
  return draft;
}

Draft Payments::to_abroad(std::uint32_t from, CountryIndex country, std::uint32_t receiver,
                          std::int64_t minor, std::int64_t month) const {
  Draft draft = from_abroad(country, receiver, from, minor, country, month);
  std::swap(draft.debtor, draft.creditor);
  draft.place = world_.home(from);
  return draft;
}

}  // namespace suar::simulator
