// What the sources say of each crime, asked of the planted stories.
#include <algorithm>
#include <map>
#include <set>

#include "stream.h"

namespace suar::simulator {
namespace {

struct Payment {
  std::string id, debtor, creditor, stated_name, purpose, place, country, text;
  event::Instant time;
  int offset_minutes = 0;
  event::TxType type = event::TxType::kNone;
  std::int64_t rupiah = 0, taka = 0;
};

// Several seeds, so that the widths of the ranges are reached.
class Scenarios : public testing::Test {
 protected:
  struct Story {
    Label label;
    std::string account;
    std::vector<Payment> in, out;
  };

  static void SetUpTestSuite() {
    stories_ = new std::vector<Story>;
    for (std::uint64_t seed = 1; seed <= 4; ++seed) read(seed);
  }
  static void TearDownTestSuite() {
    delete stories_;
    stories_ = nullptr;
  }

  static void read(std::uint64_t seed) {
    Simulator simulator({.seed = seed, .days = 180, .accounts = 400, .daily_events_per_mille = 50});
    event::Decoder decoder;
    std::map<std::string, Payment> payments;
    for (const std::string& line : lines_of(simulator)) {
      const event::Transaction event = decode(decoder, line);
      Payment payment{std::string(event.event_id),
                      std::string(event.debtor.account),
                      std::string(event.creditor.account),
                      std::string(event.creditor.name),
                      std::string(event.purpose_code),
                      std::string(event.place_code),
                      std::string(event.place_country),
                      std::string(event.remittance_info),
                      event.event_time.instant,
                      event.event_time.offset_minutes,
                      event.tx_type,
                      event.amount.minor / 100,
                      event.has_instructed_amount && event.instructed_amount.currency.text() == "BDT"
                          ? event.instructed_amount.minor / 100
                          : 0};
      payments.emplace(payment.id, payment);
    }
    for (const Label& label : labels_of(simulator)) {
      Story story{label, label.subject.substr(8), {}, {}};
      for (const std::string& id : label.event_ids) {
        const auto found = payments.find(id);
        ASSERT_NE(found, payments.end()) << label.scenario << " " << id;
        if (found->second.creditor == story.account) story.in.push_back(found->second);
        if (found->second.debtor == story.account) story.out.push_back(found->second);
      }
      stories_->push_back(story);
    }
  }

  static std::vector<Story> all(const std::string& scenario) {
    std::vector<Story> found;
    for (const Story& story : *stories_) {
      if (story.label.scenario == scenario) found.push_back(story);
    }
    EXPECT_FALSE(found.empty()) << scenario;
    return found;
  }

  static std::set<std::string> payers(const Story& story) {
    std::set<std::string> found;
    for (const Payment& payment : story.in) {
      if (!payment.debtor.empty()) found.insert(payment.debtor);
    }
    return found;
  }

  static std::vector<Story>* stories_;
};
std::vector<Scenarios::Story>* Scenarios::stories_ = nullptr;

TEST_F(Scenarios, EveryOneIsPlantedAndLabelledWithItsRule) {
  std::map<std::string, std::set<std::string>> crimes, look_alikes;
  for (const Story& story : *stories_) {
    (story.label.plant ? crimes : look_alikes)[story.label.rule].insert(story.label.scenario);
    const bool of_an_account = story.label.subject.starts_with("account:");
    EXPECT_TRUE(!of_an_account || !story.in.empty() || !story.out.empty()) << story.label.scenario;
    EXPECT_EQ(story.label.first_event, story.label.event_ids.front());
    EXPECT_EQ(story.label.last_event, story.label.event_ids.back());
  }
  for (const auto& [rule, scenarios] : look_alikes) EXPECT_TRUE(crimes.contains(rule)) << rule;
  for (const char* rule : {"bri-fee-per-document", "som-corridor-collector", "bri-office-payout",
                           "tip-wages-into-one-account", "som-boat-passage-collector"}) {
    EXPECT_GE(look_alikes[rule].size(), 2U) << rule;
  }
}

TEST_F(Scenarios, EveryStoryHasASubjectOfItsOwn) {
  Simulator simulator({.seed = 3, .days = 180, .accounts = 400, .daily_events_per_mille = 50});
  lines_of(simulator);
  std::set<std::string> seen;
  for (const Label& label : labels_of(simulator))
    EXPECT_TRUE(label.subject.starts_with("corridor:") || seen.insert(label.subject).second) << label.subject;
}

TEST_F(Scenarios, AnOfficerTakesMultiplesOfOnePricePartlyOutsideOfficeHours) {
  std::set<std::int64_t> prices;
  for (const Story& story : all("document-fees")) {
    ASSERT_GE(story.in.size(), 18U);
    ASSERT_LE(story.in.size(), 101U);
    const std::int64_t unit = std::ranges::min(story.in, {}, &Payment::rupiah).rupiah;
    prices.insert(unit);
    EXPECT_GE(unit, 300'000);
    EXPECT_LE(unit, 5'000'000);
    EXPECT_GE(payers(story).size(), 5U);
    int outside = 0;
    for (const Payment& payment : story.in) {
      EXPECT_EQ(payment.rupiah % unit, 0);
      const int hour = event::hour_of(payment.time, payment.offset_minutes);
      outside += hour < 8 || hour >= 16 ? 1 : 0;
    }
    EXPECT_GT(outside, 0);
  }
  EXPECT_GE(prices.size(), 6U);
}

TEST_F(Scenarios, TenantsPayTheSameRentEachMonth) {
  for (const Story& story : all("boarding-house")) {
    EXPECT_LE(payers(story).size() * 3, story.in.size()) << "the same people come again";
    const std::int64_t rent = std::ranges::min(story.in, {}, &Payment::rupiah).rupiah;
    for (const Payment& payment : story.in) EXPECT_EQ(payment.rupiah % rent, 0);
  }
}

TEST_F(Scenarios, ACollectorTakesAReportedPriceFromManyProvincesAndKeepsLittle) {
  for (const Story& story : all("port-collector")) {
    ASSERT_GE(story.in.size(), 8U);
    std::set<std::string> provinces;
    std::int64_t taken = 0;
    int in_band = 0;
    for (const Payment& payment : story.in) {
      provinces.insert(payment.place.substr(0, 5));
      taken += payment.rupiah;
      const std::int64_t m = payment.rupiah;
      in_band += (m >= 5'000'000 && m <= 6'000'000) || (m >= 10'000'000 && m <= 11'000'000) ||
                         (m >= 15'000'000 && m <= 17'000'000)
                     ? 1
                     : 0;
    }
    EXPECT_GE(provinces.size(), 4U);
    EXPECT_GE(in_band * 10, std::ssize(story.in) * 6);
    std::int64_t gone = 0;
    for (const Payment& payment : story.out) {
      gone += payment.rupiah;
      EXPECT_LE(payment.time, story.in.back().time + event::Duration::days(3));
    }
    EXPECT_GE(gone * 100, taken * 80);
    EXPECT_LE(gone, taken);
  }
}

TEST_F(Scenarios, AnOfficeIsPaidEveryTwoWeeksWithinTwoHours) {
  for (const Story& story : all("office-payout")) {
    std::vector<std::pair<event::Instant, int>> rounds;
    for (const Payment& payment : story.out) {
      if (rounds.empty() || payment.time - rounds.back().first > event::Duration::hours(2)) {
        rounds.emplace_back(payment.time, 0);
      }
      ++rounds.back().second;
    }
    ASSERT_GE(rounds.size(), 3U);
    for (std::size_t i = 0; i < rounds.size(); ++i) {
      EXPECT_GE(rounds[i].second, 8);
      if (i == 0) continue;
      const event::Duration gap = rounds[i].first - rounds[i - 1].first;
      EXPECT_GE(gap, event::Duration::hours(11 * 24 + 12));
      EXPECT_LE(gap, event::Duration::hours(16 * 24 + 12));
    }
  }
}

TEST_F(Scenarios, ADividendComesOnceAYear) {
  for (const Story& story : all("cooperative-dividend")) {
    ASSERT_FALSE(story.out.empty());
    EXPECT_LT(story.out.back().time - story.out.front().time, event::Duration::hours(2));
  }
}

TEST_F(Scenarios, WagesOfThreeOrMoreNamedWorkersReachOneAccount) {
  for (const Story& story : all("shared-wages")) {
    std::set<std::string> workers;
    for (const Payment& payment : story.in) {
      EXPECT_EQ(payment.purpose, "SALA");
      workers.insert(payment.stated_name);
    }
    EXPECT_GE(workers.size(), 3U);
    EXPECT_FALSE(story.out.empty());
  }
  for (const Story& story : all("joint-account")) {
    std::set<std::string> workers;
    for (const Payment& payment : story.in) workers.insert(payment.stated_name);
    EXPECT_LE(workers.size(), 2U);
  }
}

TEST_F(Scenarios, APassageCostsTwentyToAHundredThousandTakaAHeadFromSeveralCountries) {
  for (const Story& story : all("boat-passage")) {
    ASSERT_GE(story.in.size(), 10U);
    std::set<std::string> countries;
    for (const Payment& payment : story.in) {
      countries.insert(payment.country);
      EXPECT_GE(payment.taka, 20'000);
      EXPECT_LE(payment.taka, 200'000) << "two adults at most";
      EXPECT_EQ(payment.taka % 5'000, 0);
    }
    EXPECT_GE(countries.size(), 3U);
  }
  for (const Story& story : all("camp-support")) {
    EXPECT_LE(payers(story).size(), 5U);
    for (const Payment& payment : story.out) EXPECT_LE(payment.taka, 15'000);
  }
}

}  // namespace
}  // namespace suar::simulator
