#include "simulator/world.h"

#include <algorithm>
#include <array>

namespace suar::simulator {
namespace {

// Salts of the fixed draws, one for each question.
enum Salt : std::uint64_t { kHome = 1, kOffice, kAgency, kPart };

constexpr std::array<std::string_view, 10> kAgencyTypes = {
    "p3mi",     "visa_bureau", "travel",     "p3mi",         "outsourcing", "language_school",
    "training", "visa_bureau", "remittance", "money_changer"};

std::uint32_t count_of(std::span<const Casting> castings, Casting::Role role) {
  return static_cast<std::uint32_t>(std::ranges::count(castings, role, &Casting::role));
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
  number_accounts(count_of(castings, Casting::Role::kPerson), count_of(castings, Casting::Role::kCompany),
                  static_cast<std::uint32_t>(std::ranges::count_if(castings, wants_office)));
  open_agencies();
  give_parts(castings);
}

void World::number_accounts(std::uint32_t people_cast, std::uint32_t companies_cast,
                            std::uint32_t offices_cast) {
  const auto next = [this](std::uint32_t count) {
    const Range range{accounts, count};
    accounts += count;
    return range;
  };
  const std::uint32_t n = std::max(options_.accounts, people_cast * 2);
  ordinary = next(n);
  extras = {0, n - people_cast};
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
  agency_accounts = next(12 + n / 2'000);
  office_accounts = next(office_count);
  companies = next(companies_cast);
  for (std::uint32_t i = 0; i < office_count; ++i) offices_[i].account = office_accounts.first + i;
}

void World::open_offices() {
  for (std::uint32_t i = 0; i < offices_.size(); ++i) {
    Random random(fixed(i, kOffice));
    Office& office = offices_[i];
    office.ministry = static_cast<int>(random.below(3));
    office.place = homes_[random.below(homes_.size())];
    const auto staff = static_cast<std::uint32_t>(random.wide(14, 85));
    office.staff = {ordinary.end() + static_cast<std::uint32_t>(office_of_official_.size()), staff};
    office_of_official_.insert(office_of_official_.end(), staff, i);
  }
}

void World::open_agencies() {
  for (std::uint32_t i = 0; i < agency_accounts.count; ++i) {
    Random random(fixed(i, kAgency));
    AgencyFirm firm;
    firm.account = agency_accounts.first + i;
    firm.type = kAgencyTypes[i % kAgencyTypes.size()];
    firm.place = homes_[random.below(homes_.size())];
    firm.director = extras.at(random.next());
    firm.clerk = extras.at(random.next());
    firm.suspended = random.chance(60);
    agencies_.push_back(firm);
  }
}

void World::give_parts(std::span<const Casting> castings) {
  std::uint32_t person = extras.end();
  std::uint32_t company = companies.first;
  std::uint32_t office = 0;
  for (const Casting& casting : castings) {
    Random random(draw(options_.seed, cast_.size(), kPart));
    CastMember member{&casting, kNobody, kNoPlace, kNobody};
    if (wants_office(casting)) member.office = office++;
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
        member.account = offices_[member.office].staff.at(random.next());
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

const CastMember* World::part_of(std::uint32_t account) const {
  if (ordinary.contains(account)) {
    return account < extras.end() ? nullptr : &cast_[part_of_person_[account - extras.end()]];
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
