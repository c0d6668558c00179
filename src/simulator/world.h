// Who lives in the simulated country: people, officials in their offices, employers, merchants, agencies.
// Nothing is stored for an ordinary account; what it is follows from its number and the seed, so that a
// million of them cost nothing. Only those with a part in a scenario, officials and agencies have a record.
//
// Accounts within the country are numbered from 0 without gaps: people first (ordinary, then officials), then
// entities. The numbers never show; what shows is made from them by a permutation.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "simulator/casting.h"
#include "simulator/options.h"
#include "simulator/places.h"
#include "simulator/random.h"

namespace suar::simulator {

struct Range {
  std::uint32_t first = 0, count = 0;

  [[nodiscard]] bool contains(std::uint32_t i) const { return i - first < count; }
  [[nodiscard]] constexpr std::uint32_t end() const { return first + count; }
  [[nodiscard]] std::uint32_t at(std::uint64_t drawn) const {
    return first + static_cast<std::uint32_t>(drawn % count);
  }
};

struct Office {
  std::uint32_t account = 0;  // pays the wages of its staff
  Range staff;
  PlaceIndex place = 0;
  int ministry = 0;  // 0 immigration, 1 manpower, 2 harbour
};

// Whose post somebody takes over who has such a part.
[[nodiscard]] constexpr std::uint32_t predecessor_of(const Office& office, std::uint32_t successor) {
  const std::uint32_t last = office.staff.end() - 1;
  return successor == last ? last - 1 : last;
}
// Whose spouse or friend somebody is who has such a part.
[[nodiscard]] constexpr std::uint32_t relative_of(const Office& office) {
  return office.staff.first + 2;
}

struct AgencyFirm {
  std::uint32_t account = 0;
  std::string_view type;
  PlaceIndex place = 0;
  // Companions: some hundreds of agencies are licensed in the whole country, so that hardly anybody's friend
  // works for one. In a world full of stories about agencies their people have no friends.
  std::uint32_t director = 0, clerk = 0;
  bool suspended = false;  // since shortly before the stream begins
};

class World {
 public:
  World(const Options& options, std::span<const Casting> castings);

  [[nodiscard]] const Options& options() const { return options_; }

  // --- ranges of account numbers
  Range ordinary;   // people, those with a part in a scenario last
  Range extras;     // the part of `ordinary` without those
  Range officials;  // of all offices, office by office
  Range people;     // ordinary and officials
  Range employers, merchants, billers, hubs, lenders, marine_dealers, hospitals, treasuries, ad_sites;
  Range companies;   // entities with a part in a scenario
  Range companions;  // the last of `ordinary`
  Range agency_accounts, office_accounts;
  std::uint32_t accounts = 0;  // how many there are in all

  [[nodiscard]] std::span<const Office> offices() const { return offices_; }
  [[nodiscard]] std::span<const AgencyFirm> agencies() const { return agencies_; }
  [[nodiscard]] const Office& office_of(std::uint32_t official) const;
  [[nodiscard]] std::span<const CastMember> cast() const {
    return cast_;
  }  // one for each casting, in their order

  // --- what an account is
  [[nodiscard]] bool person(std::uint32_t account) const { return people.contains(account); }
  // Has no payments but those of a story.
  [[nodiscard]] bool quiet(std::uint32_t account) const;
  [[nodiscard]] PlaceIndex home(std::uint32_t account) const;
  // Known to the reporting institution: its events name the party and customers.csv has a row.
  [[nodiscard]] bool customer(std::uint32_t account) const;
  [[nodiscard]] std::string_view segment(std::uint32_t account) const;
  [[nodiscard]] std::string_view occupation(std::uint32_t account) const;
  [[nodiscard]] std::string_view merchant_category(std::uint32_t account) const;  // four digits, or empty
  [[nodiscard]] event::Date opened(std::uint32_t account) const;
  // Who pays the wage of a person; false where nobody does.
  [[nodiscard]] bool employed(std::uint32_t person) const;
  [[nodiscard]] std::uint32_t employer(std::uint32_t person) const;
  [[nodiscard]] int payday(std::uint32_t employer) const;               // a day of the month
  [[nodiscard]] std::int64_t monthly_wage(std::uint32_t person) const;  // rupiah
  struct Rooms {
    std::int64_t tenants = 0, rent = 0;  // rupiah a month
  };
  [[nodiscard]] Rooms rooms(std::uint32_t account) const;  // none unless a part of it is to let them
  [[nodiscard]] std::uint32_t spouse(std::uint32_t official) const;  // an ordinary person
  // One official in ten has declared a family: declarations are owed from a certain rank upwards.
  [[nodiscard]] bool married(std::uint32_t official) const;
  [[nodiscard]] std::uint32_t suspects() const { return 1 + extras.count / 20'000; }
  [[nodiscard]] std::uint32_t suspect(std::uint32_t nth) const;  // an ordinary person on the list of suspects
  // The day on which officials with such a part take up or leave their post.
  [[nodiscard]] event::Date midway() const {
    return {event::date_of(options_.start, 420).days + options_.days / 2};
  }

  // --- what of it shows
  [[nodiscard]] std::uint32_t shown_number(std::uint32_t account) const;
  void append_account(std::string& out, std::uint32_t account) const;   // "9021234567890"
  void append_party_id(std::string& out, std::uint32_t account) const;  // "p1234567890"
  void append_name(std::string& out, std::uint32_t account) const;      // "Holder 1042"
  [[nodiscard]] std::string_view bank(std::uint32_t account) const;     // a BIC
  [[nodiscard]] std::string account_text(std::uint32_t account) const;
  [[nodiscard]] std::string party_id(std::uint32_t account) const;
  [[nodiscard]] std::string name(std::uint32_t account) const;

  [[nodiscard]] std::uint64_t fixed(std::uint32_t account, std::uint64_t salt) const {
    return draw(options_.seed, account, salt);
  }

 private:
  void number_accounts(std::span<const Casting> castings);
  void open_offices();
  void open_agencies(std::uint32_t of_stories);
  void give_parts(std::span<const Casting> castings);
  [[nodiscard]] const CastMember* part_of(std::uint32_t account) const;

  Options options_;
  std::vector<PlaceIndex> homes_;  // each place as often as its weight says
  std::vector<Office> offices_;
  std::vector<std::uint32_t> office_of_official_;
  std::vector<AgencyFirm> agencies_;
  std::vector<CastMember> cast_;
  std::vector<std::uint32_t> part_of_person_, part_of_company_;  // index into cast_
};

}  // namespace suar::simulator
