#include "simulator/agenda.h"

#include <algorithm>
#include <array>

namespace suar::simulator {
namespace {

enum Salt : std::uint64_t { kHabits = 401, kTime, kBatch, kAmount, kLandlord, kSender, kLender };

constexpr int kOffset = 420;  // minutes; days begin at western Indonesian midnight
constexpr std::int64_t kHour = 3600;

constexpr std::array<std::string_view, 12> kWorkCountries = {"MY", "MY", "MY", "MY", "SA", "SA",
                                                             "HK", "HK", "TW", "TW", "SG", "AE"};

std::uint32_t year_month(event::Date date) {
  return static_cast<std::uint32_t>(event::year_of(date) * 100 + event::month_of(date));
}

std::int64_t month(event::Date date) {
  return event::year_of(date) * 12LL + event::month_of(date) - 1;
}

}  // namespace

void Agenda::open(event::Date date) {
  date_ = date;
  dues_.clear();
  taken_ = 0;
  const int day = event::day_of_month(date);
  for (std::uint32_t person = 0; person < world_.people.end(); ++person) note_dues(person, day);
  std::ranges::sort(dues_, [](const Due& a, const Due& b) {
    if (a.time != b.time) return a.time < b.time;
    return a.person != b.person ? a.person < b.person : a.kind < b.kind;
  });
}

void Agenda::note_dues(std::uint32_t person, int day_of_month) {
  if (world_.quiet(person)) return;
  if (world_.employed(person) && world_.payday(world_.employer(person)) == day_of_month) {
    // A batch runs through within minutes, each employer's at its own hour.
    const std::int64_t begin =
        6 * kHour + static_cast<std::int64_t>(world_.fixed(world_.employer(person), kBatch) % (3 * kHour));
    add(person, Kind::kWage, begin, begin + 120);
  }
  const std::uint64_t habits = world_.fixed(person, kHabits);
  const auto has = [&](int shift, std::uint64_t per_cent) {
    return (habits >> shift & 127) % 100 < per_cent;
  };
  const auto due = [&](int shift, std::uint64_t days) {
    return static_cast<int>((habits >> shift & 31) % days) + 1 == day_of_month;
  };
  if (due(0, 10) && has(5, 15)) add(person, Kind::kRent, 7 * kHour, 22 * kHour);
  if (due(12, 28) && has(17, 12)) add(person, Kind::kLoan, kHour, 5 * kHour);
  if (due(24, 28) && has(29, 4)) add(person, Kind::kRemittance, 7 * kHour, 21 * kHour);
  if (due(36, 20) && has(41, 50)) add(person, Kind::kElectricity, 6 * kHour, 22 * kHour);
  if (due(48, 28) && world_.officials.contains(person) && world_.married(person)) {
    add(person, Kind::kFamily, 8 * kHour, 22 * kHour);
  }
}

void Agenda::add(std::uint32_t person, Kind kind, std::int64_t from_second, std::int64_t to_second) {
  const auto span = static_cast<std::uint64_t>(to_second - from_second) * 1000;
  const std::uint64_t drawn = draw(world_.fixed(person, kTime + 100 * static_cast<std::uint64_t>(kind)),
                                   static_cast<std::uint64_t>(date_.days), kTime);
  const auto millis = static_cast<std::int64_t>(drawn % span);
  dues_.push_back(
      {{event::start_of(date_, kOffset).micros + from_second * 1'000'000 + millis * 1000}, person, kind});
}

void Agenda::take_until(event::Instant end, Random& random, std::vector<Draft>& out) {
  for (; taken_ < dues_.size() && dues_[taken_].time < end; ++taken_) {
    out.push_back(draft_of(dues_[taken_], random));
    out.back().time = dues_[taken_].time;
  }
}

Draft Agenda::draft_of(const Due& due, Random& random) const {
  const std::uint32_t person = due.person;
  Random usual(world_.fixed(person, kAmount + 100 * static_cast<std::uint64_t>(due.kind)));
  switch (due.kind) {
    case Kind::kWage: {
      Draft draft = payments_.wage(world_.employer(person), person, world_.monthly_wage(person));
      draft.note_first = year_month(date_);
      draft.note_second = static_cast<std::uint32_t>(usual.between(10'000, 99'999));
      return draft;
    }
    case Kind::kRent: {
      // Neighbours in number share a landlord and his price.
      Random house(world_.fixed(person / 8, kLandlord));
      const std::uint32_t landlord = world_.extras.at(house.next());
      Draft draft = payments_.transfer(random, person, landlord, house.wide(400'000, 4'000'000, 50'000));
      draft.note = random.chance(600) ? "sewa" : "";
      if (random.chance(850)) draft.place = world_.home(landlord);  // a tenant is where the house is
      return draft;
    }
    case Kind::kLoan: {
      Draft draft = payments_.batch_transfer(person, world_.lenders.at(world_.fixed(person, kLender)),
                                             usual.wide(150'000, 4'000'000, 100));
      draft.tx_type = event::TxType::kLoanRepay;
      draft.note = "angsuran";
      return draft;
    }
    case Kind::kRemittance: {
      const CountryIndex from = country(usual.pick(kWorkCountries));
      const auto sender = static_cast<std::uint32_t>(world_.fixed(person, kSender) % 400'000'000) + 1;
      const std::int64_t rupiah = usual.wide(800'000, 8'000'000) * random.between(800, 1200) / 1000;
      const std::int64_t units =
          std::max<std::int64_t>(1, rupiah * 100 / rupiah_per_100(from, month(date_)) / 10) * 10;
      return payments_.from_abroad(from, sender, person, units * 100, from, month(date_));
    }
    case Kind::kElectricity: {
      Draft draft = payments_.transfer(random, person, world_.billers.at(usual.next()),
                                       usual.wide(50'000, 1'200'000) * random.between(850, 1150) / 1000);
      draft.note = "tagihan";
      return draft;
    }
    case Kind::kFamily:
      break;
  }
  Draft draft =
      payments_.transfer(random, world_.spouse(person), person, usual.wide(300'000, 4'000'000, 50'000));
  draft.note = random.chance(300) ? "belanja" : "";
  return draft;
}

}  // namespace suar::simulator
