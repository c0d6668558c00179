// Tariffs, the calendar, exchange rates.
#include "reference/loaded.h"

namespace suar::reference {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

const std::string kTariffs = "service,provider_type,currency,amount,valid_from,valid_to\n";

TEST(Tariffs, AreTheFeeOfTheTimeAndTheProvider) {
  const auto reference = loaded("tariffs.csv", kTariffs +
                                                   "passport,,IDR,350000,,2024-12-16\n"
                                                   "passport,,IDR,650000,2024-12-17,\n"
                                                   "passport,visa_bureau,USD,40.50,2025-01-01,\n");
  const auto fee = [&](std::string_view provider, const std::string& when) {
    return reference->tariff("passport", provider, at(when));
  };
  EXPECT_EQ(fee("", "2024-12-16"), (event::Money{35000000, rupiah()}));
  EXPECT_EQ(fee("", "2024-12-17"), (event::Money{65000000, rupiah()}));
  EXPECT_EQ(fee("visa_bureau", "2024-12-31"), (event::Money{65000000, rupiah()}))
      << "the row for every provider";
  EXPECT_EQ(fee("visa_bureau", "2025-01-01"), (event::Money{4050, currency("USD")}));
  EXPECT_EQ(reference->tariff("visa", "", at("2025-01-01")), std::nullopt);
}

TEST(Tariffs, OverlapsAndBadValuesAreErrors) {
  const auto result = load("tariffs.csv", kTariffs +
                                              "visa,,IDR,1,,\n"
                                              "visa,,IDR,2,2025-01-01,\n"
                                              "visa,travel,JPY,1.5,,\n"
                                              ",,rp,,2025-02-01,2025-01-01\n");
  EXPECT_THAT(places_of_errors(result), ElementsAre("3:1 SUAR-D026", "4:17 SUAR-D022", "5:1 SUAR-D020",
                                                    "5:3 SUAR-D024", "5:6 SUAR-D020", "5:18 SUAR-D025"));
}

TEST(Calendar, KnowsDaysAndPeriodsByName) {
  const auto reference = loaded("calendar.yaml", R"(days:
  - {date: 2025-03-31, name: eid}
  - {date: "2024-04-10", name: eid}
periods:
  - {name: ramadan, from: 2025-03-01, to: 2025-03-30}
  - {name: ramadan, from: 2024-03-12, to: 2024-04-09}
)");
  EXPECT_TRUE(reference->is_day("eid", day("2025-03-31")));
  EXPECT_TRUE(reference->is_day("eid", day("2024-04-10")));
  EXPECT_FALSE(reference->is_day("eid", day("2025-04-01")));
  EXPECT_FALSE(reference->is_day("payday", day("2025-03-31")));
  EXPECT_TRUE(reference->in_period("ramadan", day("2025-03-01")));
  EXPECT_TRUE(reference->in_period("ramadan", day("2025-03-30")));
  EXPECT_TRUE(reference->in_period("ramadan", day("2024-03-20")));
  EXPECT_FALSE(reference->in_period("ramadan", day("2025-03-31")));
  EXPECT_FALSE(reference->in_period("crisis", day("2025-03-31")));
}

TEST(Calendar, BadDatesAndReversedPeriodsAreErrors) {
  const auto result = load("calendar.yaml", R"(days:
  - {date: 2025-02-29, name: leap}
  - {date: 2025-02-28}
periods:
  - {name: crisis, from: 2025-03-02, to: 2025-03-01}
)");
  EXPECT_THAT(places_of_errors(result), ElementsAre("2:12 SUAR-D021", "3:5 SUAR-D042", "5:12 SUAR-D025"));
}

const std::string kRates = "date,currency,rate_to_home\n";

TEST(ExchangeRates, HoldUntilTheNextOne) {
  const auto reference =
      loaded("fx.csv", kRates + "2025-02-01,USD,16300.5\n2025-01-01,USD,16000\n2025-01-01,BDT,135.25\n");
  const auto usd = currency("USD");
  const auto rate = [&](event::Currency of, std::string_view when) -> std::string {
    const auto found = reference->rate(of, day(when));
    return found ? std::to_string(found->digits) + "e-" + std::to_string(found->scale) : "none";
  };
  EXPECT_EQ(rate(usd, "2024-12-31"), "none");
  EXPECT_EQ(rate(usd, "2025-01-31"), "16000e-0");
  EXPECT_EQ(rate(usd, "2025-02-01"), "163005e-1");
  EXPECT_EQ(rate(usd, "2030-01-01"), "163005e-1");
  EXPECT_EQ(rate(currency("EUR"), "2025-02-01"), "none");
  EXPECT_EQ(rate(rupiah(), "1990-01-01"), "1e-0");
}

TEST(ExchangeRates, RepeatedDatesAndBadRatesAreErrors) {
  const auto result = load("fx.csv", kRates +
                                         "2025-01-01,USD,16000\n2025-01-01,USD,16001\n2025-01-01,EUR,0\n2025-"
                                         "01-02,EUR,-1\n,usd,\n2025-01-01,IDR,1\n");
  EXPECT_THAT(places_of_errors(result), ElementsAre("3:1 SUAR-D026", "4:16 SUAR-D022", "5:16 SUAR-D022",
                                                    "6:1 SUAR-D020", "6:2 SUAR-D024", "6:6 SUAR-D020"));
  EXPECT_THAT(warnings_of(result, "fx.csv"), SizeIs(1)) << "the home currency needs no rate";
}

const std::string kPeers = "segment,region,figure,value,currency,valid_from,valid_to\n";

TEST(Peers, AreFoundByRegionOrElseWithout) {
  const auto reference = loaded("peers.csv", kPeers +
                                                 "retail,,monthly_in,6000000.00,IDR,2025-01-01,2025-06-30\n"
                                                 "retail,ID-21,monthly_in,9000000.00,IDR,2025-03-01,\n"
                                                 "retail,,credits,12.5,,,\n");
  const auto figure = [&](std::string_view name, std::string_view region,
                          std::string_view when) -> std::string {
    const auto found = reference->peer(name, "retail", region, event::start_of(day(when), 7 * 60));
    if (!found) return "none";
    return std::to_string(found->digits) + "e-" + std::to_string(found->scale) +
           (found->currency ? " " + found->currency->text() : "");
  };
  EXPECT_EQ(figure("monthly_in", "ID-31", "2025-06-30"), "600000000e-0 IDR");
  EXPECT_EQ(figure("monthly_in", "ID-31", "2025-07-01"), "none");
  EXPECT_EQ(figure("monthly_in", "ID-21", "2025-02-01"), "600000000e-0 IDR");
  EXPECT_EQ(figure("monthly_in", "ID-21", "2025-03-01"), "900000000e-0 IDR");
  EXPECT_EQ(figure("credits", "", "1990-01-01"), "125e-1");
  EXPECT_EQ(figure("debits", "", "2025-03-01"), "none");
  EXPECT_THAT(reference->peer_figures(), ElementsAre("credits", "monthly_in"));
}

TEST(Peers, BadValuesAndOverlapsAreErrors) {
  const auto result = load("peers.csv", kPeers +
                                            "retail,,a,1,,2025-01-01,\nretail,,a,2,,2025-02-01,\n,,b,1,,,\n"
                                            "retail,,c,-1,,,\nretail,,d,1,rp,,\nretail,,e,1.001,IDR,,\n");
  EXPECT_THAT(places_of_errors(result), ElementsAre("3:9 SUAR-D026", "4:1 SUAR-D020", "5:11 SUAR-D022",
                                                    "6:13 SUAR-D024", "7:11 SUAR-D022"));
}

}  // namespace
}  // namespace suar::reference
