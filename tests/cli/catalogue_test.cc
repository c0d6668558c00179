// `suar rules`: the rules as a document, their conditions read aloud in both languages.
#include "cli/catalogue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/temporary_directory.h"

namespace suar::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kRule = R"(rule: fee-fan-in
version: 3
title: {en: Many <small> fees, id: Banyak biaya kecil}
description: {en: What it is about., id: Tentang apa.}
crimes: [bribery]
basis: [A report]
look_alikes: [rent]
watch: account
params: {payers_min: 8, fee: {default: IDR 5_000_000, student: IDR 1_000_000}}
events: >-
  direction == "in" && !kin(self, other) && other.official && (channel == "atm" || purpose_code != "SALA")
let:
  payers: distinct(other) over 14d
  night: share(event_time.getHours("WIB") < 6) over 60d where amount in IDR 1_000 .. IDR 5_000
when: payers >= payers_min && night > 50% && sum(amount) over 7d > fee
raise:
  severity: high
  score: 70
  quiet: 7d
  because: {en: "{payers} payers", id: "{payers} pembayar"}
  recommended_action: Look at the payers.
)";

constexpr const char* kWeighing = R"(rule: typology
version: 1
title: {en: Typology, id: Tipologi}
crimes: [bribery]
look_alikes: [rent]
watch: account
mode: shadow
events: amount >= IDR 1_000_000
let:
  payers: distinct(other) over 14d
weigh:
  terms:
    fan_in: {value: payers, bands: [{from: 2, weight: 5}, {from: 5, weight: 10}]}
    official: {value: self.official, weight: 40}
    fresh: {value: 'decay(listed_days("tips", self), 90d)', weight: 20}
  modifiers:
    at_border: {when: self.post_category == "border", factor: 1.5}
  threshold: 50
exceptions:
  - {name: notary, reason: Notaries hold deposits, when: 'listed("notaries", self)'}
  - {name: known, reason: Visited in March, subjects: ["account:123", "account:456"]}
raise:
  by: payers
  bands: [{from: 3, severity: medium}, {from: 8, severity: high}, {from: 20, severity: critical}]
  quiet: 7d
  step: 10
  max_alerts_per_day: 50
  because: {en: "{payers} payers", id: "{payers} pembayar"}
)";

class CatalogueOfRules : public ::testing::Test {
 protected:
  std::string print(const std::string& format, const std::string& language, const char* rule = kRule) {
    CatalogueOptions options;
    options.paths = {directory_.write("a.yaml", rule)};
    options.format = format;
    options.language = language;
    ::testing::internal::CaptureStdout();
    EXPECT_EQ(print_catalogue(options), 0);
    return ::testing::internal::GetCapturedStdout();
  }
  TemporaryDirectory directory_;
};

TEST_F(CatalogueOfRules, ReadsConditionsAloudInEnglish) {
  EXPECT_THAT(
      print("md", "en"),
      AllOf(
          HasSubstr("- The payment comes in.\n"
                    "- The account and the counterparty are not family.\n"
                    "- The counterparty is an official.\n"
                    "- The channel is “atm” or the purpose code is not “SALA”.\n"),
          HasSubstr("- “payers” is at least 8 (payers\\_min).\n"
                    "- “night” is more than 0.5.\n"
                    "- The sum of the amount within 7 days is more than IDR 5,000,000 (fee, by segment).\n"),
          HasSubstr("| payers | the number of different counterparties within 14 days |"),
          HasSubstr("| night | the share of transactions for which the time's hour is less than 6 within 60 "
                    "days, of "
                    "those where the amount lies between IDR 1,000 and IDR 5,000 |"),
          HasSubstr("| fee | IDR 5\\_000\\_000 | student: IDR 1\\_000\\_000 |"), HasSubstr("- rent\n"),
          HasSubstr("Look at the payers."), HasSubstr("- A report\n"), HasSubstr("\\[payers\\] payers")));
}

TEST_F(CatalogueOfRules, ReadsConditionsAloudInIndonesian) {
  EXPECT_THAT(print("md", "id"),
              AllOf(HasSubstr("## Banyak biaya kecil"), HasSubstr("Tentang apa."),
                    HasSubstr("- Pembayaran masuk.\n"
                              "- Rekening ini dan pihak lawan tidak sekeluarga.\n"
                              "- Pihak lawan adalah pejabat.\n"),
                    HasSubstr("- Total dari nilai transaksi dalam 7 hari lebih dari Rp5.000.000"),
                    Not(HasSubstr("What it is about"))));
}

TEST_F(CatalogueOfRules, TellsOfModeBandsWeighingAndExceptions) {
  const std::string text = print("md", "en", kWeighing);
  EXPECT_THAT(text,
              AllOf(HasSubstr("medium to critical severity"), HasSubstr("shadow mode"),
                    HasSubstr("- “score” is at least 50.\n"),
                    HasSubstr("- notary: the account is on the list “notaries”. Notaries hold deposits\n"),
                    HasSubstr("- known: it is one of 2 named subjects. Visited in March\n"),
                    Not(HasSubstr("account:123"))));
  EXPECT_THAT(text, AllOf(HasSubstr("| fan\\_in | “payers” | from 2: 5; from 5: 10 |"),
                          HasSubstr("| official | the account is an official | 40 |"),
                          HasSubstr("| 20 × the value |"),
                          HasSubstr("- at\\_border: × 1.5 where the account's category of post is “border”"),
                          Not(HasSubstr("| score |"))));
  EXPECT_THAT(
      text, AllOf(HasSubstr("| from 3 | medium |\n| from 8 | high |\n| from 20 | critical |"),
                  HasSubstr("score has grown by 10"), HasSubstr("at most: 50"), HasSubstr("Score “score”")));
}

TEST_F(CatalogueOfRules, IsOneHtmlFileWithoutAnythingFromElsewhere) {
  const std::string html = print("html", "en");
  EXPECT_THAT(html, AllOf(HasSubstr("<html lang=\"en\">"),
                          HasSubstr("<h2 id=\"fee-fan-in\">Many &lt;small&gt; fees</h2>"),
                          HasSubstr("<a href=\"#fee-fan-in\">"), HasSubstr("@media print")));
  EXPECT_THAT(html, AllOf(Not(HasSubstr("http")), Not(HasSubstr("<script")), Not(HasSubstr("url("))));
  std::size_t opened = 0, closed = 0;
  for (std::size_t at = 0; (at = html.find("<section>", at)) != std::string::npos; ++at) ++opened;
  for (std::size_t at = 0; (at = html.find("</section>", at)) != std::string::npos; ++at) ++closed;
  EXPECT_EQ(opened, closed);
}

}  // namespace
}  // namespace suar::cli
