// peer(): a customer's figures against those of its segment and region.
#include <gmock/gmock.h>

#include "stream.h"

namespace suar::engine {
namespace {

TEST(Peer, IsTheFigureOfTheSegmentOfSelf) {
  const auto home = *event::parse_currency("IDR");
  const std::string rules =
      rule_text("r",
                "watch: account\nevents: direction == \"in\"\n"
                "when: amount > 2 * peer(\"payment\", IDR) && peer(\"credits\") == 2.5");
  const auto loaded = rules::load_rules(std::vector<rules::File>{{"test.yaml", rules}}, home);
  ASSERT_NE(loaded.rules, nullptr);
  const auto reference = reference::Reference::load(
      std::vector<reference::File>{{"peers.csv",
                                    "segment,region,figure,value,currency,valid_from,valid_to\n"
                                    "retail,,payment,40.00,IDR,,\nretail,,credits,2.5,,,\n"
                                    "student,,payment,60.00,IDR,,\nstudent,,credits,2.5,,,\n"}},
      home);
  ASSERT_NE(reference.reference, nullptr);
  Engine engine({}, loaded.rules, reference.reference);
  event::Decoder decoder;
  const auto hits = [&](const std::string& id, const std::string& segment) {
    const std::string record = fmt::format(
        R"({{"event_id":"{}","event_time":"2025-03-01T09:00:00+07:00","amount":"100.00","currency":"IDR",)"
        R"("tx_type":"transfer","channel":"mobile","debtor":{{"account":"A"}},"creditor":{{"account":"B{}","segment":"{}"}}}})",
        id, id, segment);
    EXPECT_EQ(engine.process(*decoder.decode(record), record).outcome, Outcome::kCounted);
    return engine.hits().size();
  };
  EXPECT_EQ(hits("e1", "retail"), 1U);
  EXPECT_EQ(hits("e2", "student"), 0U);
  EXPECT_EQ(hits("e3", "corporate"), 0U) << "there is no figure, so no comparison holds";
}

}  // namespace
}  // namespace suar::engine
