#include "simulator/background.h"

#include <algorithm>
#include <array>

namespace suar::simulator {
namespace {

enum Salt : std::uint64_t { kStream = 501, kFriend, kOfficialFriend = 520 };

constexpr int kOffset = 420;

// How busy each hour of the day is, of 1000.
constexpr std::array<std::int64_t, 24> kHourWeights = {6,  4,  3,  3,  6,  17, 33, 48, 56, 60, 62, 65,
                                                       68, 62, 58, 57, 60, 64, 67, 68, 58, 40, 23, 12};

constexpr std::array<std::string_view, 12> kFriendNotes = {
    "", "", "", "", "", "makan", "patungan", "bayar utang", "arisan", "uang saku", "kado", "titip beli"};

// Fees by official tariff that an office's billing code carries.
constexpr std::array<std::int64_t, 5> kStateFees = {350'000, 650'000, 500'000, 2'000'000, 150'000};

}  // namespace

Background::Background(const World& world)
    : world_(world),
      payments_(world),
      agenda_(world),
      random_(draw(world.options().seed, 0, kStream)),
      minute_(world.options().start),
      open_day_{INT32_MIN} {}

const Draft* Background::peek() {
  while (taken_ == drafts_.size()) {
    if (minute_ >= world_.options().end()) return nullptr;
    fill_minute();
  }
  return &drafts_[taken_];
}

void Background::fill_minute() {
  drafts_.clear();
  taken_ = 0;
  const event::Instant end = std::min(minute_ + event::Duration::minutes(1), world_.options().end());
  if (const event::Date day = event::date_of(minute_, kOffset); day != open_day_) {
    agenda_.open(day);
    open_day_ = day;
  }
  agenda_.take_until(end, random_, drafts_);
  std::erase_if(drafts_, [&](const Draft& draft) { return draft.time < minute_; });
  for (std::int64_t n = payments_this_minute(); n > 0; --n) {
    drafts_.push_back(spontaneous());
    drafts_.back().time = {minute_.micros + random_.between(0, (end - minute_).micros / 1000 - 1) * 1000};
  }
  std::ranges::stable_sort(drafts_, {}, &Draft::time);
  minute_ = end;
}

std::int64_t Background::payments_this_minute() {
  const std::int64_t per_mille = world_.options().daily_events_per_mille * world_.people.count;
  const std::int64_t weight = kHourWeights[static_cast<std::size_t>(event::hour_of(minute_, kOffset))];
  constexpr std::int64_t kPart =
      1000LL * 1000 * 60;  // thousandths of an event, of a day, in an hour's minutes
  const std::int64_t whole = per_mille * weight / kPart;
  const std::int64_t rest = per_mille * weight % kPart;
  const auto drawn = static_cast<std::int64_t>(random_.below(static_cast<std::uint64_t>(kPart)));
  return random_.between(whole / 2, whole + (whole + 1) / 2) + (drawn < rest ? 1 : 0);
}

// A fifth of the people make half of the payments.
std::uint32_t Background::somebody() {
  for (;;) {
    const std::uint32_t count = random_.chance(400) ? world_.people.count / 5 : world_.people.count;
    const auto person = static_cast<std::uint32_t>(random_.below(count));
    if (!world_.quiet(person)) return person;
  }
}

// Of nine friends two are close. The last few may be anybody, those with a part in a story too, whose
// accounts are not free of ordinary payments either. Officials are among them as often as in the country,
// where some two of a hundred adults are civil servants, and not as often as in a world full of stories about
// them.
std::uint32_t Background::friend_of(std::uint32_t person) {
  const std::uint64_t which = random_.chance(600) ? random_.below(2) : random_.below(9);
  const bool official = which >= 6 && world_.fixed(person, kOfficialFriend + which) % 100 < 2;
  const Range circle = which < 6 ? world_.extras : official ? world_.officials : world_.ordinary;
  const std::uint32_t found = circle.at(world_.fixed(person, kFriend + which));
  if (found != person && !world_.quiet(found)) return found;
  return world_.extras.at(world_.fixed(person, kFriend) + (found == person ? 1 : 0));
}

Draft Background::spontaneous() {
  const std::uint32_t person = somebody();
  const std::uint64_t what = random_.below(1000);
  if (what < 430)
    return payments_.purchase(random_, person, world_.merchants.at(random_.next()),
                              random_.wide(8'000, 1'500'000, 500));
  if (what < 670) return between_friends(person);
  if (what < 790)
    return payments_.top_up(person, world_.hubs.at(random_.next()), random_.wide(10'000, 1'000'000, 10'000));
  if (what < 880) return payments_.cash_out(random_, person, random_.wide(50'000, 3'000'000, 50'000));
  if (what < 935) {
    const bool shop = world_.segment(person) == "cash_intensive";
    const std::int64_t most = shop ? 40'000'000 : 5'000'000;
    return payments_.cash_in(random_, person, random_.wide(50'000, most, shop ? 1'000 : 50'000),
                             world_.home(person));
  }
  if (what < 960) return with_an_agency_or_the_state(person);
  return rarely(person);
}

Draft Background::between_friends(std::uint32_t person) {
  std::int64_t amount = random_.wide(10'000, 3'000'000, 5'000);
  if (random_.chance(25)) amount = random_.wide(3'000'000, 30'000'000, 50'000);
  Draft draft = payments_.transfer(random_, person, friend_of(person), amount);
  draft.note = random_.pick(kFriendNotes);
  if (draft.channel == event::Channel::kMobile && random_.chance(10)) draft.purpose = "GIFT";
  return draft;
}

Draft Background::with_an_agency_or_the_state(std::uint32_t person) {
  const AgencyFirm* open = &random_.pick(world_.agencies());
  while (open->suspended) open = &random_.pick(world_.agencies());
  const AgencyFirm& firm = *open;
  const std::int64_t fee = random_.pick(kStateFees);
  const std::uint64_t what = random_.below(3);
  if (what == 2) {
    // Placement is free by law; what workers pay is for medical checks and documents.
    const std::int64_t price = random_.wide(200'000, firm.type == "p3mi" ? 1'500'000 : 4'000'000, 50'000);
    Draft draft = payments_.transfer(random_, person, firm.account, price);
    draft.note = firm.type == "language_school" ? "biaya kursus"
                 : firm.type == "travel"        ? "tiket"
                                                : "biaya layanan";
    return draft;
  }
  const std::uint32_t payer = what == 0 ? firm.account : person;
  Draft draft = payments_.transfer(random_, payer, world_.treasuries.first,
                                   what == 0 ? fee * random_.between(1, 12) : fee);
  draft.note = "kode billing";
  draft.note_first = static_cast<std::uint32_t>(random_.between(100'000'000, 999'999'999));
  draft.purpose = "GOVT";
  return draft;
}

Draft Background::rarely(std::uint32_t person) {
  Draft draft = payments_.cash_out(random_, person, random_.wide(200'000, 20'000'000, 10'000));
  switch (random_.below(8)) {
    case 0:
      draft = payments_.batch_transfer(world_.lenders.at(random_.next()), person,
                                       random_.wide(1'000'000, 60'000'000, 500'000));
      draft.tx_type = event::TxType::kLoanIn;
      break;
    case 1:
      draft.tx_type = random_.chance(600) ? event::TxType::kFxBuy : event::TxType::kFxSell;
      draft.channel = event::Channel::kBranch;
      break;
    case 2:
      draft.tx_type = event::TxType::kNoteExchange;
      draft.channel = event::Channel::kTeller;
      break;
    case 3:
    case 4:
      draft.tx_type = event::TxType::kFee;
      draft.channel = event::Channel::kOther;
      draft.rupiah = random_.between(13, 30) * 500;
      break;
    default:  // a merchant pays a supplier
      draft =
          payments_.batch_transfer(world_.merchants.at(random_.next()), world_.employers.at(random_.next()),
                                   random_.wide(500'000, 80'000'000, 1'000));
      draft.note = "pembayaran faktur";
      draft.note_first = static_cast<std::uint32_t>(random_.between(1'000, 99'999));
  }
  return draft;
}

}  // namespace suar::simulator
