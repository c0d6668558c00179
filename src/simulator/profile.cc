// What an account is and how it shows: the part of World that is computed from the account's number alone.
#include <algorithm>
#include <array>

#include "simulator/world.h"

namespace suar::simulator {
namespace {

enum Salt : std::uint64_t {
  kBank = 101,
  kSegment,
  kOpened,
  kEmployer,
  kWage,
  kSpouse,
  kCategory,
  kShown,
  kPayday,
  kRooms
};

// Banks of the reporting institutions; the customers of the last are strangers to them.
constexpr std::array<std::string_view, 6> kBanks = {"SMAAIDJA", "SMABIDJA", "SMACIDJA",
                                                    "SMADIDJA", "SMAEIDJA", "SMAFIDJA"};

constexpr std::array<std::string_view, 12> kMerchantCategories = {
    "5411", "5812", "5814", "5541", "5912", "5311", "5499", "5732", "7011", "4121", "5651", "5200"};

// A permutation of 32 bits, so that neighbours do not look like neighbours.
std::uint32_t scramble(std::uint32_t x, std::uint64_t seed) {
  x ^= static_cast<std::uint32_t>(mix(seed));
  x ^= x >> 16;
  x *= 0x85EBCA6BU;
  x ^= x >> 13;
  x *= 0xC2B2AE35U;
  return x ^ (x >> 16);
}

void append_digits(std::string& out, std::uint64_t value, int width) {
  char digits[20];
  for (int i = width - 1; i >= 0; --i) {
    digits[i] = static_cast<char>('0' + value % 10);
    value /= 10;
  }
  out.append(digits, static_cast<std::size_t>(width));
}

}  // namespace

bool World::customer(std::uint32_t account) const {
  return !extras.contains(account) || fixed(account, kBank) % kBanks.size() + 1 != kBanks.size();
}

std::string_view World::bank(std::uint32_t account) const {
  const std::uint64_t drawn = fixed(account, kBank) % kBanks.size();
  return kBanks[extras.contains(account) ? drawn : drawn % (kBanks.size() - 1)];
}

std::string_view World::segment(std::uint32_t account) const {
  if (const CastMember* part = part_of(account)) return part->casting->segment;
  if (companions.contains(account)) return "retail";
  if (ordinary.contains(account)) {
    const std::uint64_t drawn = fixed(account, kSegment) % 100;
    return drawn < 8 ? "student" : drawn < 10 ? "fisheries" : drawn < 13 ? "cash_intensive" : "retail";
  }
  if (officials.contains(account)) return "civil_servant";
  if (merchants.contains(account)) return "merchant";
  if (ad_sites.contains(account)) return "classified_ads";
  if (hubs.contains(account)) return "ewallet_hub";
  if (lenders.contains(account)) return "licensed_lender";
  if (marine_dealers.contains(account)) return "marine_dealer";
  if (office_accounts.contains(account) || treasuries.contains(account)) return "public_body";
  if (agency_accounts.contains(account)) {
    const std::string_view type = agencies_[account - agency_accounts.first].type;
    return type == "travel" || type == "money_changer" ? type : "agency";
  }
  return "corporate";
}

std::string_view World::occupation(std::uint32_t account) const {
  if (const CastMember* part = part_of(account)) return part->casting->occupation;
  if (officials.contains(account)) return "civil servant";
  if (!person(account)) return "";
  if (companions.contains(account)) return "labourer";
  if (employed(account)) return "employee";
  return segment(account) == "student" ? "student" : "self-employed";
}

std::string_view World::merchant_category(std::uint32_t account) const {
  if (marine_dealers.contains(account)) return "5551";
  if (hospitals.contains(account)) return "8062";
  if (ad_sites.contains(account)) return "7311";
  if (billers.contains(account)) return "4900";
  if (merchants.contains(account))
    return kMerchantCategories[fixed(account, kCategory) % kMerchantCategories.size()];
  return "";
}

event::Date World::opened(std::uint32_t account) const {
  const CastMember* part = part_of(account);
  const bool established = part == nullptr || part->casting->established;
  const std::uint64_t drawn = fixed(account, kOpened);
  const std::uint64_t age = established     ? 400 + drawn % 4000
                            : drawn % 5 < 3 ? 5 + drawn % 120
                                            : 120 + drawn % 2500;
  return {event::date_of(options_.start, 420).days - static_cast<std::int32_t>(age)};
}

bool World::employed(std::uint32_t person) const {
  if (officials.contains(person)) return true;
  return extras.contains(person) && fixed(person, kEmployer) % 10 < 6;
}

std::uint32_t World::employer(std::uint32_t person) const {
  if (officials.contains(person)) return office_of(person).account;
  return employers.at(fixed(person, kEmployer) >> 8);
}

int World::payday(std::uint32_t employer) const {
  constexpr std::array<int, 8> kPaydays = {25, 25, 25, 26, 27, 28, 1, 5};
  return kPaydays[fixed(employer, kPayday) % kPaydays.size()];
}

std::int64_t World::monthly_wage(std::uint32_t person) const {
  Random random(fixed(person, kWage));
  return random.wide(2'200'000, 18'000'000, 10'000);
}

World::Rooms World::rooms(std::uint32_t account) const {
  const auto lets = [&](const CastMember& part) {
    return part.account == account && part.casting->lets_rooms;
  };
  if (!people.contains(account) || std::ranges::none_of(cast_, lets)) return {};
  Random random(fixed(account, kRooms));
  const std::int64_t rent = random.wide(600'000, 3'500'000, 50'000);
  return {random.between(4, 16), rent};
}

bool World::married(std::uint32_t official) const {
  return fixed(official, kSpouse) % 10 == 0;
}

std::uint32_t World::spouse(std::uint32_t official) const {
  return extras.at(fixed(official, kSpouse) >> 8);
}

std::uint32_t World::shown_number(std::uint32_t account) const {
  constexpr std::uint64_t kStep = 2'654'435'761;  // prime, so every number comes once
  const Range range = person(account) ? people : Range{people.end(), accounts - people.end()};
  const std::uint64_t place = account - range.first;
  return static_cast<std::uint32_t>((place * kStep + options_.seed % range.count) % range.count) + 1;
}

void World::append_account(std::string& out, std::uint32_t account) const {
  out += "90";
  append_digits(out, fixed(account, kBank) % 10, 1);
  append_digits(out, scramble(account, options_.seed), 10);
}

void World::append_party_id(std::string& out, std::uint32_t account) const {
  out += person(account) ? 'p' : 'c';
  append_digits(out, scramble(account, options_.seed + kShown), 10);
}

void World::append_name(std::string& out, std::uint32_t account) const {
  std::string_view word = "Company ";
  if (person(account)) {
    word = "Holder ";
  } else if (agency_accounts.contains(account)) {
    word = "Agency ";
  } else if (merchants.contains(account)) {
    word = "Merchant ";
  } else if (office_accounts.contains(account)) {
    word = "Office ";
  } else if (treasuries.contains(account)) {
    word = "State Treasury ";
  }
  out += word;
  char digits[12];
  char* end = digits + sizeof digits;
  char* first = end;
  for (std::uint32_t n = shown_number(account); n != 0; n /= 10) *--first = static_cast<char>('0' + n % 10);
  out.append(first, end);
}

std::string World::account_text(std::uint32_t account) const {
  std::string text;
  append_account(text, account);
  return text;
}

std::string World::party_id(std::uint32_t account) const {
  std::string text;
  append_party_id(text, account);
  return text;
}

std::string World::name(std::uint32_t account) const {
  std::string text;
  append_name(text, account);
  return text;
}

}  // namespace suar::simulator
