// Semantics 3: who sees an event, and how.
#include <gmock/gmock.h>

#include "oracle/stream.h"

namespace suar::oracle {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

RuleByHand seen_by(const std::string& watch, const std::string& events = "true") {
  return {.id = watch,
          .watch = watch,
          .events = events,
          .lets = "n: count() over 1d",
          .when = "n >= 1 && has(amount)"};
}

TEST(Entities, SeeAnEventInTheOrderOfSidesThenKinds) {
  std::vector<RuleByHand> rules;
  for (const char* kind : {"account", "party", "pair", "device", "merchant", "place", "corridor",
                           "institution", "phone", "address"}) {
    rules.push_back(seen_by(kind));
  }
  Stream s(rules);
  EXPECT_THAT(
      s.alerts(record("e1", 0, R"("amount":"1","currency":"IDR","tx_type":"transfer","channel":"mobile",
        "device_id":"d1","merchant_id":"m1","place_code":"ID-21",
        "debtor":{"account":"x","party_id":"px","country":"ID","agent":"B1","phone_hash":"h1","address_hash":"s1"},
        "creditor":{"account":"y","party_id":"py","country":"MY","agent":"B2","phone_hash":"h2","address_hash":"s2"})")),
      ElementsAre("account account:x n=1 e1", "party party:px n=1 e1", "account account:y n=1 e1",
                  "party party:py n=1 e1", "pair pair:x>y n=1 e1", "device device:d1 n=1 e1",
                  "merchant merchant:m1 n=1 e1", "place place:ID-21 n=1 e1", "corridor corridor:c1 n=1 e1",
                  "corridor corridor:c2 n=1 e1", "institution institution:B1 n=1 e1",
                  "institution institution:B2 n=1 e1", "phone phone:h1 n=1 e1", "phone phone:h2 n=1 e1",
                  "address address:s1 n=1 e1", "address address:s2 n=1 e1"));
}

TEST(Sides, AreOutForTheDebtorAndInForTheCreditor) {
  Stream s({RuleByHand{.events = "direction == \"in\" && other == \"account:x\""}});
  EXPECT_THAT(s.alerts(pay("e1", 0, "x", "y")), ElementsAre("r account:y n=1 e1"));
}

TEST(SelfPayment, IsSeenOnceWithDirectionSelf) {
  Stream s({RuleByHand{.events = "direction == \"self\" && other == self"}});
  EXPECT_THAT(s.alerts(pay("e1", 0, "x", "x")), ElementsAre("r account:x n=1 e1"));
}

TEST(SelfPayment, CanBeTheSamePartyOverTwoAccounts) {
  Stream s({seen_by("party", "direction == \"self\""), seen_by("account", "direction == \"self\"")});
  EXPECT_THAT(s.alerts(pay("e1", 0, "a1", "a5")), ElementsAre("party party:p1 n=1 e1"))
      << "a1 and a5 are of p1";
}

TEST(CashDeposit, HasNoOther) {
  Stream s({RuleByHand{.lets = "d: distinct(other) over 1d",
                       .when = "d == 0 && !has(other) && other == \"\" && has(amount)"}});
  EXPECT_THAT(s.alerts(pay("e1", 0, "", "y")), ElementsAre("r account:y d=0 e1"));
}

TEST(Party, IsTheHolderOfTheAccountAsOfTheEvent) {
  Stream s({seen_by("party")});
  EXPECT_THAT(s.alerts(pay("e1", 0, "a3", "")), IsEmpty()) << "p3 holds a3 from the second of March on";
  EXPECT_THAT(s.alerts(pay("e2", 24, "a3", "")), ElementsAre("party party:p3 n=1 e2"));
  EXPECT_THAT(s.alerts(pay("e3", 24, "unheard-of", "")), IsEmpty());
}

TEST(Party, IsThePartyIdEvenWhereTheAccountHasAnotherHolder) {
  Stream s({seen_by("party")});
  EXPECT_THAT(
      s.alerts(record("e1", 0, R"("amount":"1","currency":"IDR","tx_type":"transfer","channel":"mobile",
        "debtor":{"account":"a1","party_id":"p9"})")),
      ElementsAre("party party:p9 n=1 e1"));
}

TEST(Official, IsOneAsOfTheEvent) {
  Stream s({RuleByHand{.events = "self.official"}});
  EXPECT_THAT(s.alerts(pay("e1", 0, "a1", "")), IsEmpty()) << "p1's post begins on the second of March";
  EXPECT_THAT(s.alerts(pay("e2", 24, "a1", "")), ElementsAre("r account:a1 n=1 e2"));
}

TEST(Tenant, KeepsEntitiesApart) {
  Stream s({RuleByHand{}});
  (void)s.send(pay("e1", 0, "x", "", "100", R"("tenant":"t1")"));
  EXPECT_THAT(s.alerts(pay("e2", 0, "x", "")), ElementsAre("r account:x n=1 e2"));
  EXPECT_THAT(s.alerts(pay("e3", 0, "x", "", "100", R"("tenant":"t1")")),
              ElementsAre("r t1/account:x n=2 e3 e1"));
}

}  // namespace
}  // namespace suar::oracle
