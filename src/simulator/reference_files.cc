#include "simulator/reference_files.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace suar::simulator {
namespace {

enum Salt : std::uint64_t { kBorn = 901, kIncome, kTipped };

constexpr std::string_view kListHeader = "value,kind,source,valid_from,valid_to,reason\n";

constexpr std::string_view kCorridors = R"(# Prices a head as the press and the authorities reported them.
corridors:
  - id: id-my
    from: ID
    to: MY
    via: [ID-2171, ID-2172, ID-2101, ID-2102, ID-1472, ID-1274, ID-6101, ID-6503]
    currency: IDR
    fee_bands:
      - {min: "5000000", max: "6000000", note: by sea without a passport}
      - {min: "10000000", max: "11000000", note: with a passport}
      - {min: "15000000", max: "17000000", note: arranged by a broker}
  - id: my-id
    from: MY
    to: ID
    via: [ID-2171, ID-1472]
    currency: IDR
    fee_bands:
      - {min: "10000000", max: "15000000", note: return by boat}
  - id: bd-id
    from: BD
    to: ID
    via: [MY, TH]
    currency: BDT
    fee_bands:
      - {min: "20000", max: "100000", note: passage by boat}
)";

// The dates of Eid are those announced or computed for Indonesia.
constexpr std::string_view kCalendar = R"(days:
  - {date: 2025-01-01, name: new_year}
  - {date: 2025-03-31, name: eid}
  - {date: 2025-04-01, name: eid}
  - {date: 2025-08-17, name: independence_day}
  - {date: 2025-12-25, name: christmas}
  - {date: 2026-01-01, name: new_year}
  - {date: 2026-03-20, name: eid}
  - {date: 2026-03-21, name: eid}
  - {date: 2026-08-17, name: independence_day}
  - {date: 2026-12-25, name: christmas}
  - {date: 2027-01-01, name: new_year}
  - {date: 2027-03-10, name: eid}
  - {date: 2027-03-11, name: eid}
  - {date: 2027-08-17, name: independence_day}
periods:
  - {name: ramadan, from: 2025-03-01, to: 2025-03-30}
  - {name: ramadan, from: 2026-02-18, to: 2026-03-19}
  - {name: ramadan, from: 2027-02-08, to: 2027-03-09}
)";

constexpr std::string_view kTariffs = R"(service,provider_type,currency,amount,valid_from,valid_to
passport,,IDR,350000,2024-01-01,
passport_electronic,,IDR,650000,2024-01-01,
visa_on_arrival,,IDR,500000,2024-01-01,
stay_permit_extension,,IDR,2000000,2024-01-01,
travel_document,,IDR,150000,2024-01-01,
placement,p3mi,IDR,0,2020-07-15,
)";

constexpr std::array<std::string_view, 14> kKeywords = {
    "paspor",  "visa", "perpanjangan", "kitas",     "uang jalur", "setoran", "jatah",
    "titipan", "calo", "kapal",        "berangkat", "tebusan",    "amplop",  "tekong"};

std::string places_file() {
  std::string out = "place_code,name,level,parent,lat,lon,tags\nID,Indonesia,country,,,,\n";
  for (const Country& country : countries())
    out += fmt::format("{},{},country,,,,\n", country.code, country.name);
  for (const Province& province : provinces()) {
    out += fmt::format("{},{},province,ID,,,\n", province.code, province.name);
  }
  for (const Place& place : places()) {
    out += fmt::format("{},{},regency,{},{},{},{}\n", place.code, place.name, place.province, place.latitude,
                       place.longitude, place.tags);
  }
  return out;
}

std::string exchange_file(const World& world) {
  std::string out = "date,currency,rate_to_home\n";
  const auto month_of = [](event::Instant t) {
    const event::Date date = event::date_of(t, 540);
    return event::year_of(date) * 12LL + event::month_of(date) - 1;
  };
  const std::int64_t last = month_of(world.options().end());
  for (std::int64_t month = month_of(world.options().start) - 1; month <= last; ++month) {
    for (CountryIndex i = 0; i < countries().size(); ++i) {
      const std::int64_t rate = rupiah_per_100(i, month);
      out += fmt::format("{}-{:02}-01,{},{}.{:02}\n", month / 12, month % 12 + 1, countries()[i].currency,
                         rate / 100, rate % 100);
    }
  }
  return out;
}

std::string list_of(const World& world, Range accounts, std::string_view reason) {
  std::string out(kListHeader);
  for (std::uint32_t i = accounts.first; i < accounts.end(); ++i) {
    out += fmt::format("{},account,simulation,,,{}\n", world.account_text(i), reason);
  }
  return out;
}

std::string humanitarian_list(const World& world) {
  std::string out(kListHeader);
  for (const CastMember& part : world.cast()) {
    if (!part.casting->humanitarian) continue;
    out +=
        fmt::format("{},account,simulation,,,humanitarian organisation\n", world.account_text(part.account));
    out += fmt::format("{},party,simulation,,,humanitarian organisation\n", world.party_id(part.account));
  }
  return out;
}

std::string keyword_list() {
  std::string out(kListHeader);
  for (const std::string_view word : kKeywords) out += fmt::format("{},keyword,simulation,,,\n", word);
  return out;
}

// Each account once.
std::string accounts_list(const World& world, std::vector<std::uint32_t> accounts, std::string_view since) {
  std::string out(kListHeader);
  std::ranges::sort(accounts);
  const auto repeated = std::ranges::unique(accounts);
  accounts.erase(repeated.begin(), repeated.end());
  for (const std::uint32_t account : accounts) {
    out += fmt::format("{},account,simulation,{},,\n", world.account_text(account), since);
  }
  return out;
}

// Some ordinary accounts, and those of the stories.
std::string suspects_list(const World& world) {
  std::vector<std::uint32_t> accounts;
  for (std::uint32_t i = 0; i < world.suspects(); ++i) accounts.push_back(world.suspect(i));
  for (const CastMember& part : world.cast()) {
    if (part.casting->listed) accounts.push_back(part.account);
  }
  return accounts_list(world, accounts, "");
}

std::string tips_list(const World& world) {
  std::vector<std::uint32_t> accounts;
  for (std::uint32_t i = 0; i < world.suspects(); ++i) {
    accounts.push_back(world.extras.at(world.fixed(i, kTipped)));
  }
  for (const CastMember& part : world.cast()) {
    if (part.casting->tipped) accounts.push_back(part.account);
  }
  return accounts_list(world, accounts, event::to_string(event::date_of(world.options().start, 420)));
}

}  // namespace

std::string customers_file(const World& world) {
  std::string out = "party_id,kind,segment,occupation,birth_date,declared_income_month,region,opened\n";
  const std::int32_t today = event::date_of(world.options().start, 420).days;
  for (std::uint32_t i = 0; i < world.accounts; ++i) {
    if (!world.customer(i)) continue;
    world.append_party_id(out, i);
    const std::string_view place = places()[world.home(i)].code;
    const std::string opened = event::to_string(world.opened(i));
    if (!world.person(i)) {
      fmt::format_to(std::back_inserter(out), ",entity,{},,,,{},{}\n", world.segment(i), place, opened);
      continue;
    }
    const auto age = static_cast<std::int32_t>(17 * 366 + world.fixed(i, kBorn) % (50 * 365));
    const auto [tenants, rent] = world.rooms(i);
    // Who has a part works, at the minimum wage or above; others may study or keep house.
    const std::int64_t least = world.extras.contains(i) ? 500'000 : 2'200'000;
    const std::int64_t income =
        tenants * rent + (world.employed(i)
                              ? world.monthly_wage(i)
                              : least + static_cast<std::int64_t>(world.fixed(i, kIncome) % 7'500'000));
    fmt::format_to(std::back_inserter(out), ",person,{},{},{},{}.00,{},{}\n", world.segment(i),
                   world.occupation(i), event::to_string(event::Date{today - age}),
                   income / 100'000 * 100'000, place, opened);
  }
  return out;
}

std::string agencies_file(const World& world) {
  std::string out = "party_id,licence_no,name,type,status,valid_from,valid_to,destinations\n";
  const auto row = [&](std::uint32_t account, std::string_view type, std::string_view status,
                       std::string_view from, std::string_view to) {
    const std::string_view destinations = type == "p3mi" ? "MY;SG;HK;TW" : type == "travel" ? "SA;MY;SG" : "";
    out += fmt::format("{},LIC-{},{},{},{},{},{},{}\n", world.party_id(account), world.shown_number(account),
                       world.name(account), type, status, from, to, destinations);
  };
  const std::int32_t today = event::date_of(world.options().start, 420).days;
  for (const AgencyFirm& firm : world.agencies()) {
    const std::string last = event::to_string(event::Date{today - 21});
    row(firm.account, firm.type, "active", "2019-01-01", firm.suspended ? last : "");
    if (firm.suspended)
      row(firm.account, firm.type, "suspended", event::to_string(event::Date{today - 20}), "");
  }
  for (const CastMember& part : world.cast()) {
    const std::string_view type = part.casting->agency_type;
    if (type.empty()) continue;
    const auto day = [today](std::int32_t days) { return event::to_string(event::Date{today + days}); };
    switch (part.casting->licence) {
      case Casting::Licence::kActive:
        row(part.account, type, "active", "2019-01-01", "");
        break;
      case Casting::Licence::kSuspended:
        row(part.account, type, "active", "2019-01-01", day(-21));
        row(part.account, type, "suspended", day(-20), "");
        break;
      case Casting::Licence::kRenewed:
        row(part.account, type, "active", "2019-01-01", day(14));
        row(part.account, type, "expired", day(15), day(21));
        row(part.account, type, "active", day(22), "");
        break;
    }
  }
  return out;
}

std::vector<reference::File> files_of(const World& world) {
  return {
      {"agencies.csv", agencies_file(world)},
      {"calendar.yaml", std::string(kCalendar)},
      {"corridors.yaml", std::string(kCorridors)},
      {"customers.csv", customers_file(world)},
      {"entities.ftm.ndjson", entities_file(world)},
      {"fx.csv", exchange_file(world)},
      {"lists/hubs.csv", list_of(world, world.hubs, "e-wallet top-up account")},
      {"lists/humanitarian.csv", humanitarian_list(world)},
      {"lists/keywords_smuggling.csv", keyword_list()},
      {"lists/suspected_accounts.csv", suspects_list(world)},
      {"lists/tips.csv", tips_list(world)},
      {"places.csv", places_file()},
      {"tariffs.csv", std::string(kTariffs)},
  };
}

}  // namespace suar::simulator
