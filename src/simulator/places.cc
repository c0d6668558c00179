#include "simulator/places.h"

#include <array>
#include <cstddef>

#include "simulator/random.h"

namespace suar::simulator {
namespace {

constexpr auto kProvinces = std::to_array<Province>({
    {"ID-11", "Aceh"},
    {"ID-12", "Sumatera Utara"},
    {"ID-13", "Sumatera Barat"},
    {"ID-14", "Riau"},
    {"ID-15", "Jambi"},
    {"ID-16", "Sumatera Selatan"},
    {"ID-18", "Lampung"},
    {"ID-21", "Kepulauan Riau"},
    {"ID-31", "DKI Jakarta"},
    {"ID-32", "Jawa Barat"},
    {"ID-33", "Jawa Tengah"},
    {"ID-34", "DI Yogyakarta"},
    {"ID-35", "Jawa Timur"},
    {"ID-36", "Banten"},
    {"ID-51", "Bali"},
    {"ID-52", "Nusa Tenggara Barat"},
    {"ID-53", "Nusa Tenggara Timur"},
    {"ID-61", "Kalimantan Barat"},
    {"ID-63", "Kalimantan Selatan"},
    {"ID-64", "Kalimantan Timur"},
    {"ID-65", "Kalimantan Utara"},
    {"ID-71", "Sulawesi Utara"},
    {"ID-72", "Sulawesi Tengah"},
    {"ID-73", "Sulawesi Selatan"},
    {"ID-74", "Sulawesi Tenggara"},
    {"ID-81", "Maluku"},
    {"ID-82", "Maluku Utara"},
    {"ID-91", "Papua"},
    {"ID-93", "Papua Selatan"},
});

constexpr auto kPlaces = std::to_array<Place>({
    {"ID-1171", "Banda Aceh", "ID-11", "5.55", "95.32", "port", 7, 2},
    {"ID-1103", "Aceh Timur", "ID-11", "4.63", "97.64", "", 7, 2},
    {"ID-1107", "Pidie", "ID-11", "5.07", "96.00", "", 7, 2},
    {"ID-1172", "Sabang", "ID-11", "5.89", "95.32", "port;remote", 7, 1},
    {"ID-1173", "Lhokseumawe", "ID-11", "5.18", "97.15", "port", 7, 2},
    {"ID-1271", "Medan", "ID-12", "3.59", "98.67", "port", 7, 9},
    {"ID-1207", "Deli Serdang", "ID-12", "3.64", "98.88", "airport", 7, 6},
    {"ID-1274", "Tanjung Balai", "ID-12", "2.97", "99.80", "border;port", 7, 2},
    {"ID-1371", "Padang", "ID-13", "-0.95", "100.35", "port", 7, 4},
    {"ID-1471", "Pekanbaru", "ID-14", "0.51", "101.45", "airport", 7, 4},
    {"ID-1472", "Dumai", "ID-14", "1.67", "101.45", "border;port", 7, 2},
    {"ID-1571", "Jambi", "ID-15", "-1.61", "103.61", "", 7, 3},
    {"ID-1671", "Palembang", "ID-16", "-2.98", "104.76", "port", 7, 6},
    {"ID-1871", "Bandar Lampung", "ID-18", "-5.43", "105.26", "port", 7, 5},
    {"ID-1807", "Lampung Timur", "ID-18", "-5.11", "105.68", "", 7, 4},
    {"ID-2171", "Batam", "ID-21", "1.13", "104.05", "border;port", 7, 5},
    {"ID-2172", "Tanjungpinang", "ID-21", "0.92", "104.45", "border;port", 7, 2},
    {"ID-2101", "Bintan", "ID-21", "1.05", "104.50", "border;port", 7, 1},
    {"ID-2102", "Karimun", "ID-21", "1.00", "103.42", "border;port", 7, 1},
    {"ID-3171", "Jakarta Pusat", "ID-31", "-6.18", "106.83", "", 7, 12},
    {"ID-3172", "Jakarta Utara", "ID-31", "-6.14", "106.87", "port", 7, 10},
    {"ID-3174", "Jakarta Selatan", "ID-31", "-6.26", "106.81", "", 7, 12},
    {"ID-3209", "Cirebon", "ID-32", "-6.76", "108.48", "port", 7, 6},
    {"ID-3212", "Indramayu", "ID-32", "-6.33", "108.32", "", 7, 6},
    {"ID-3203", "Cianjur", "ID-32", "-6.82", "107.14", "", 7, 5},
    {"ID-3273", "Bandung", "ID-32", "-6.91", "107.61", "", 7, 11},
    {"ID-3301", "Cilacap", "ID-33", "-7.73", "109.01", "port", 7, 5},
    {"ID-3302", "Banyumas", "ID-33", "-7.52", "109.29", "", 7, 5},
    {"ID-3374", "Semarang", "ID-33", "-6.97", "110.42", "port", 7, 7},
    {"ID-3471", "Yogyakarta", "ID-34", "-7.80", "110.37", "", 7, 5},
    {"ID-3504", "Tulungagung", "ID-35", "-8.07", "111.90", "", 7, 5},
    {"ID-3507", "Malang", "ID-35", "-8.17", "112.57", "", 7, 7},
    {"ID-3509", "Jember", "ID-35", "-8.17", "113.70", "", 7, 6},
    {"ID-3578", "Surabaya", "ID-35", "-7.25", "112.75", "port", 7, 12},
    {"ID-3671", "Tangerang", "ID-36", "-6.18", "106.63", "airport", 7, 9},
    {"ID-5103", "Badung", "ID-51", "-8.58", "115.18", "airport", 8, 3},
    {"ID-5171", "Denpasar", "ID-51", "-8.67", "115.21", "port", 8, 5},
    {"ID-5202", "Lombok Tengah", "ID-52", "-8.70", "116.27", "airport", 8, 5},
    {"ID-5203", "Lombok Timur", "ID-52", "-8.65", "116.53", "", 8, 6},
    {"ID-5271", "Mataram", "ID-52", "-8.58", "116.11", "port", 8, 3},
    {"ID-5302", "Timor Tengah Selatan", "ID-53", "-9.83", "124.40", "", 8, 4},
    {"ID-5304", "Belu", "ID-53", "-9.11", "124.89", "border;remote", 8, 2},
    {"ID-5314", "Rote Ndao", "ID-53", "-10.73", "123.12", "border;remote", 8, 1},
    {"ID-5371", "Kupang", "ID-53", "-10.18", "123.61", "port", 8, 3},
    {"ID-6101", "Sambas", "ID-61", "1.36", "109.30", "border;port", 7, 2},
    {"ID-6103", "Sanggau", "ID-61", "0.86", "110.45", "border", 7, 2},
    {"ID-6171", "Pontianak", "ID-61", "-0.02", "109.34", "port", 7, 4},
    {"ID-6371", "Banjarmasin", "ID-63", "-3.32", "114.59", "port", 8, 4},
    {"ID-6471", "Balikpapan", "ID-64", "-1.24", "116.85", "port;airport", 8, 3},
    {"ID-6472", "Samarinda", "ID-64", "-0.50", "117.15", "port", 8, 4},
    {"ID-6503", "Nunukan", "ID-65", "4.14", "117.66", "border;port;remote", 8, 2},
    {"ID-6571", "Tarakan", "ID-65", "3.30", "117.63", "border;port", 8, 2},
    {"ID-7103", "Kepulauan Sangihe", "ID-71", "3.50", "125.55", "border;remote", 8, 1},
    {"ID-7171", "Manado", "ID-71", "1.47", "124.84", "port;airport", 8, 4},
    {"ID-7271", "Palu", "ID-72", "-0.90", "119.87", "port", 8, 3},
    {"ID-7371", "Makassar", "ID-73", "-5.15", "119.43", "port", 8, 8},
    {"ID-7302", "Bulukumba", "ID-73", "-5.43", "120.20", "", 8, 3},
    {"ID-7471", "Kendari", "ID-74", "-3.97", "122.51", "port", 8, 3},
    {"ID-8171", "Ambon", "ID-81", "-3.70", "128.18", "port", 9, 3},
    {"ID-8207", "Pulau Morotai", "ID-82", "2.32", "128.40", "border;remote", 9, 1},
    {"ID-8271", "Ternate", "ID-82", "0.79", "127.38", "port", 9, 2},
    {"ID-9171", "Jayapura", "ID-91", "-2.53", "140.72", "border;port", 9, 3},
    {"ID-9301", "Merauke", "ID-93", "-8.50", "140.40", "border;port;remote", 9, 2},
});

constexpr auto kCountries = std::to_array<Country>({
    {"MY", "Malaysia", "MYR", 391'500},
    {"SG", "Singapore", "SGD", 1'272'000},
    {"BD", "Bangladesh", "BDT", 13'640},
    {"SA", "Saudi Arabia", "SAR", 437'000},
    {"HK", "Hong Kong", "HKD", 211'000},
    {"TW", "Taiwan", "TWD", 53'500},
    {"AE", "United Arab Emirates", "AED", 446'500},
    {"AU", "Australia", "AUD", 1'085'000},
    {"TH", "Thailand", "THB", 50'800},
    {"IN", "India", "INR", 18'900},
    {"GB", "United Kingdom", "GBP", 2'200'000},
    {"US", "United States", "USD", 1'640'000},
});

constexpr PlaceIndex index_of(std::string_view code) {
  for (std::size_t i = 0; i < kPlaces.size(); ++i) {
    if (kPlaces[i].code == code) return static_cast<PlaceIndex>(i);
  }
  return kNoPlace;
}

constexpr auto kPorts = std::to_array<PlaceIndex>({
    index_of("ID-2171"),
    index_of("ID-2171"),
    index_of("ID-2171"),
    index_of("ID-2172"),
    index_of("ID-2101"),
    index_of("ID-2102"),
    index_of("ID-1472"),
    index_of("ID-1274"),
    index_of("ID-6503"),
    index_of("ID-6101"),
});

constexpr auto kCoast = std::to_array<PlaceIndex>({
    index_of("ID-1103"),
    index_of("ID-1107"),
    index_of("ID-1171"),
    index_of("ID-1173"),
    index_of("ID-1271"),
    index_of("ID-1274"),
    index_of("ID-1471"),
});

constexpr auto kAnywhere = [] {
  std::array<PlaceIndex, kPlaces.size()> all{};
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = static_cast<PlaceIndex>(i);
  return all;
}();

}  // namespace

std::span<const Province> provinces() {
  return kProvinces;
}
std::span<const Place> places() {
  return kPlaces;
}
std::span<const Country> countries() {
  return kCountries;
}

std::span<const PlaceIndex> places_of(Region region) {
  switch (region) {
    case Region::kPort:
      return kPorts;
    case Region::kCoast:
      return kCoast;
    case Region::kAnywhere:
      break;
  }
  return kAnywhere;
}

CountryIndex country(std::string_view code) {
  CountryIndex i = 0;
  while (i + 1U < kCountries.size() && kCountries[i].code != code) ++i;
  return i;
}

std::int64_t rupiah_per_100(CountryIndex country, std::int64_t month) {
  const std::int64_t base = kCountries[country].rupiah_per_100;
  const auto move = static_cast<std::int64_t>(draw(country, static_cast<std::uint64_t>(month), 17) % 21) - 10;
  return base + base * move / 1000;
}

}  // namespace suar::simulator
