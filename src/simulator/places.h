// Where things happen: provinces and regencies of Indonesia with their time zone and how many live there, and
// the countries that money comes from and goes to. Codes are shaped like the official ones and good for
// simulation only.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace suar::simulator {

using PlaceIndex = std::uint16_t;
inline constexpr PlaceIndex kNoPlace = UINT16_MAX;

struct Province {
  std::string_view code, name;
};

struct Place {
  std::string_view code, name, province;
  std::string_view latitude, longitude;
  std::string_view tags;  // joined by ';'
  int offset_hours;       // 7, 8 or 9
  int weight;             // share of the population
};

[[nodiscard]] std::span<const Province> provinces();
[[nodiscard]] std::span<const Place> places();

// Regions that a person's home may be asked to lie in.
enum class Region : std::uint8_t {
  kAnywhere,
  kPort,   // a port at the border, whence boats cross
  kCoast,  // where refugee boats have landed
};
[[nodiscard]] std::span<const PlaceIndex> places_of(Region region);

using CountryIndex = std::uint8_t;

struct Country {
  std::string_view code, name;
  std::string_view currency;    // ISO 4217
  std::int64_t rupiah_per_100;  // about what 100 units of the currency cost, in rupiah
};
[[nodiscard]] std::span<const Country> countries();
[[nodiscard]] CountryIndex country(std::string_view code);  // the code must be one of countries()

// What 100 units of the country's currency cost in the given month (months since year 0), in rupiah. The rate
// moves by up to about one per cent from month to month.
[[nodiscard]] std::int64_t rupiah_per_100(CountryIndex country, std::int64_t month);

}  // namespace suar::simulator
