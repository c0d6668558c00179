#include "simulator/world.h"

#include <algorithm>
#include <array>

namespace suar::simulator {
namespace {

// Salts of the fixed draws, one for each question.
enum Salt : std::uint64_t { kHome = 1, kOffice, kAgency, kPart, kSuspect };

constexpr std::array<std::string_view, 10> kAgencyTypes = {
    "p3mi",     "visa_bureau", "travel",     "p3mi",         "outsourcing", "language_school",
    "training", "visa_bureau", "remittance", "money_changer"};

std::uint32_t count_of(std::span<const Casting> castings, Casting::Role role) {
  return static_cast<std::uint32_t>(std::ranges::count(castings, role, &Casting::role));
}

constexpr std::array<std::string_view, 3> kStoryAgencyTypes = {"p3mi", "visa_bureau", "travel"};

bool wants_firm(const Casting& casting) {
  return casting.firm != Casting::Firm::kNone;
}

bool wants_office(const Casting& casting) {
  return casting.with_office || casting.role == Casting::Role::kOfficial ||
         casting.role == Casting::Role::kOffice;
}

}  // namespace

World::World(const Options& options, std::span<const Casting> castings) : options_(options) {
  options_.accounts = std::clamp(options.accounts, kFewestAccounts, kMostAccounts);
  for (PlaceIndex i = 0; i < places().size(); ++i) {
    homes_.insert(homes_.end(), static_cast<std::size_t>(places()[i].weight), i);
  }
  number_accounts(castings);
  open_agencies(static_cast<std::uint32_t>(std::ranges::count_if(castings, wants_firm)));
  give_parts(castings);
}

void World::number_accounts(std::span<const Casting> castings) {
  const std::uint32_t people_cast = count_of(castings, Casting::Role::kPerson);
  const auto offices_cast = static_cast<std::uint32_t>(std::ranges::count_if(castings, wants_office));
  std::uint32_t companion_count = 0;
  for (const Casting& casting : castings) companion_count += casting.companions;
  const auto next = [this](std::uint32_t count) {
    const Range range{accounts, count};
    accounts += count;
    return range;
  };
  const std::uint32_t n = std::max(options_.accounts, people_cast * 2);
  const std::uint32_t agency_count =
      12 + n / 2'000 + static_cast<std::uint32_t>(std::ranges::count_if(castings, wants_firm));
  companion_count += 2 * agency_count;
  ordinary = next(n + companion_count);
  extras = {0, n - people_cast};
  companions = {n, companion_count};
  const std::uint32_t office_count = offices_cast + 4 + n / 20'000;
  offices_.resize(office_count);
  open_offices();
  officials = {ordinary.end(), static_cast<std::uint32_t>(office_of_official_.size())};
  accounts = officials.end();
  people = {0, accounts};
  employers = next(8 + n / 60);
  merchants = next(20 + n / 50);
  billers = next(6);
  hubs = next(5);
  lenders = next(4 + n / 20'000);
  marine_dealers = next(3 + n / 50'000);
  hospitals = next(3 + n / 50'000);
  treasuries = next(1);
  ad_sites = next(3);
  agency_accounts =
      next(12 + n / 2'000 + static_cast<std::uint32_t>(std::ranges::count_if(castings, wants_firm)));
  office_accounts = next(office_count);
  companies = next(count_of(castings, Casting::Role::kCompany));
  for (std::uint32_t i = 0; i < office_count; ++i) offices_[i].account = office_accounts.first + i;
}

void World::open_offices() {
  for (std::uint32_t i = 0; i < offices_.size(); ++i) {
    Random random(fixed(i, kOffice));
    Office& office = offices_[i];
    office.ministry = static_cast<int>(random.below(3));
    office.place = homes_[random.below(homes_.size())];
    // Most local offices are small; the one known to have been paid as a whole had some 85 people.
    const auto staff =
        static_cast<std::uint32_t>(random.chance(250) ? random.wide(14, 85) : random.wide(10, 24));
    office.staff = {ordinary.end() + static_cast<std::uint32_t>(office_of_official_.size()), staff};
    office_of_official_.insert(office_of_official_.end(), staff, i);
  }
}

void World::open_agencies(std::uint32_t of_stories) {
  const std::uint32_t of_all = agency_accounts.count - of_stories;
  for (std::uint32_t i = 0; i < agency_accounts.count; ++i) {
    Random random(fixed(i, kAgency));
    AgencyFirm firm;
    firm.account = agency_accounts.first + i;
    firm.type = i < of_all ? kAgencyTypes[i % kAgencyTypes.size()] : random.pick(kStoryAgencyTypes);
    firm.place = homes_[random.below(homes_.size())];
    firm.director = companions.end() - 1 - 2 * i;
    firm.clerk = firm.director - 1;
    firm.suspended = i < of_all && random.chance(60);
    agencies_.push_back(firm);
  }
}

void World::give_parts(std::span<const Casting> castings) {
  std::uint32_t person = extras.end();
  std::uint32_t company = companies.first;
  std::uint32_t office = 0;
  std::uint32_t companion = companions.first;
  std::uint32_t firm =
      agency_accounts.count - static_cast<std::uint32_t>(std::ranges::count_if(castings, wants_firm));
  for (const Casting& casting : castings) {
    Random random(draw(options_.seed, cast_.size(), kPart));
    CastMember member{.casting = &casting};
    if (wants_office(casting)) member.office = office++;
    if (wants_firm(casting)) member.firm = firm++;
    if (casting.companions > 0) member.first_companion = companion;
    companion += casting.companions;
    const auto part = static_cast<std::uint32_t>(cast_.size());
    const std::span<const PlaceIndex> candidates = places_of(casting.home);
    member.home =
        casting.home == Region::kAnywhere ? homes_[random.below(homes_.size())] : random.pick(candidates);
    switch (casting.role) {
      case Casting::Role::kPerson:
        member.account = person++;
        part_of_person_.push_back(part);
        break;
      case Casting::Role::kCompany:
        member.account = company++;
        part_of_company_.push_back(part);
        break;
      case Casting::Role::kOfficial:
        // The head of the office has no part, so that everybody has a superior.
        member.account = offices_[member.office].staff.first + 1 +
                         static_cast<std::uint32_t>(random.below(offices_[member.office].staff.count - 1));
        member.home = offices_[member.office].place;
        break;
      case Casting::Role::kOffice:
        member.account = offices_[member.office].account;
        member.home = offices_[member.office].place;
        break;
    }
    cast_.push_back(member);
  }
}

const Office& World::office_of(std::uint32_t official) const {
  return offices_[office_of_official_[official - officials.first]];
}

std::uint32_t World::suspect(std::uint32_t nth) const {
  return extras.at(fixed(nth, kSuspect));
}

bool World::quiet(std::uint32_t account) const {
  if (!ordinary.contains(account) || account < extras.end()) return false;
  const CastMember* part = part_of(account);
  return part == nullptr || part->casting->quiet;
}

const CastMember* World::part_of(std::uint32_t account) const {
  if (ordinary.contains(account)) {
    const std::uint32_t nth = account - extras.end();
    return account < extras.end() || nth >= part_of_person_.size() ? nullptr : &cast_[part_of_person_[nth]];
  }
  return companies.contains(account) ? &cast_[part_of_company_[account - companies.first]] : nullptr;
}

PlaceIndex World::home(std::uint32_t account) const {
  if (account >= extras.end()) {
    if (const CastMember* part = part_of(account)) return part->home;
    if (officials.contains(account)) return office_of(account).place;
    if (office_accounts.contains(account)) return offices_[account - office_accounts.first].place;
    if (agency_accounts.contains(account)) return agencies_[account - agency_accounts.first].place;
  }
  return homes_[fixed(account, kHome) % homes_.size()];
}

}  // namespace suar::simulator
