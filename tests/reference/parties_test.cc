// Customers, agencies and account holders.
#include "reference/loaded.h"

namespace suar::reference {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

TEST(Customers, KeepWhatTheInstitutionKnows) {
  const auto reference =
      loaded("customers.csv",
             "party_id,kind,segment,occupation,birth_date,declared_income_month,region,opened\n"
             "p1,person,student,\"nurse, night\",1999-12-31,4500000.50,ID-BT,2020-01-02\n"
             "p2,,,,,,,\n");
  const auto customer = reference->customer(reference->party("p1"));
  ASSERT_TRUE(customer);
  EXPECT_EQ(customer->kind, "person");
  EXPECT_EQ(customer->segment, "student");
  EXPECT_EQ(customer->occupation, "nurse, night");
  EXPECT_EQ(customer->birth_date, day("1999-12-31"));
  EXPECT_EQ(customer->declared_income_month, 450000050);
  EXPECT_EQ(customer->region, "ID-BT");
  EXPECT_EQ(customer->opened, day("2020-01-02"));
  EXPECT_FALSE(reference->customer(reference->party("p2"))->declared_income_month);
  EXPECT_FALSE(reference->party("p3").known());
  EXPECT_FALSE(reference->customer(reference->party("p3")));
}

TEST(Customers, AnUnlikelySegmentDrawsAWarningOnce) {
  const auto result = load("customers.csv", "party_id,segment\np1,studnet\np2,studnet\np3,astronauts\n");
  EXPECT_TRUE(result.reference);
  const auto warnings = warnings_of(result, "customers.csv");
  ASSERT_THAT(warnings, SizeIs(1));
  EXPECT_EQ(warnings[0].suggestion, "did you mean `student`?");
}

TEST(Customers, BadValuesAndRepeatedPartiesAreErrors) {
  const auto result = load("customers.csv",
                           "party_id,kind,birth_date,declared_income_month\n"
                           "p1,human,1999-02-29,-5\n"
                           ",person,,1.234\n"
                           "p1,person,,\"1,000\"\n");
  EXPECT_THAT(places_of_errors(result),
              ElementsAre("2:4 SUAR-D023", "2:10 SUAR-D021", "2:21 SUAR-D022", "3:1 SUAR-D020",
                          "3:10 SUAR-D022", "4:1 SUAR-D026", "4:12 SUAR-D022"));
}

const std::string kAgencies = "party_id,licence_no,name,type,status,valid_from,valid_to,destinations\n";

TEST(Agencies, AreLookedUpAsOfTheTime) {
  const auto reference = loaded("agencies.csv", kAgencies +
                                                    "a1,L1,Karya,p3mi,active,2024-01-01,2024-12-31,MY;SG\n"
                                                    "a1,L2,Karya,p3mi,revoked,2025-03-01,,\n");
  const PartyRef party = reference->party("a1");
  ASSERT_TRUE(party.known());
  EXPECT_EQ(reference->name_of(party), "Karya");
  EXPECT_EQ(reference->agency(party, at("2023-12-31")), nullptr);
  const Agency* early = reference->agency(party, at("2024-12-31"));
  ASSERT_NE(early, nullptr);
  EXPECT_EQ(early->status, "active");
  EXPECT_THAT(early->destinations, ElementsAre("MY", "SG"));
  EXPECT_EQ(reference->agency(party, at("2025-01-01")), nullptr);
  EXPECT_EQ(reference->agency(party, at("2025-03-01"))->status, "revoked");
}

TEST(Agencies, OverlappingPeriodsOfOnePartyAreAnError) {
  const auto result = load("agencies.csv", kAgencies +
                                               "a1,,,p3mi,active,2024-01-01,2024-12-31,\n"
                                               "a2,,,p3mi,active,2024-06-01,,\n"
                                               "a1,,,p3mi,expired,2024-12-31,,MY;Malaysia\n");
  EXPECT_THAT(places_of_errors(result), ElementsAre("4:1 SUAR-D026", "4:31 SUAR-D024"));
}

TEST(Accounts, HaveTheHolderOfThatTime) {
  const auto reference = loaded(
      "entities.ftm.ndjson",
      R"({"id":"p1","schema":"Person","properties":{"name":["A"]}})"
      "\n"
      R"({"id":"p2","schema":"Person","properties":{}})"
      "\n"
      R"({"id":"b1","schema":"BankAccount","properties":{"accountNumber":["111"],"holder":["p1"],"closingDate":["2024-12-31"]}})"
      "\n"
      R"({"id":"b2","schema":"BankAccount","properties":{"accountNumber":["111"],"holder":["p2"],"openingDate":["2025-02"]}})"
      "\n"
      R"({"id":"b3","schema":"BankAccount","properties":{"accountNumber":["222"],"iban":["GB33"],"holder":["p2","p1"]}})"
      "\n");
  const auto holder = [&](std::string_view account, const std::string& when) {
    return reference->id_of(reference->holder(account, at(when)));
  };
  EXPECT_EQ(holder("111", "2024-12-31"), "p1");
  EXPECT_EQ(holder("111", "2025-01-15"), "");
  EXPECT_EQ(holder("111", "2025-02-01"), "p2");
  EXPECT_EQ(holder("222", "2025-02-01"), "p1") << "of two holders, the first by id";
  EXPECT_EQ(holder("GB33", "2025-02-01"), "p1");
  EXPECT_EQ(holder("999", "2025-02-01"), "");
}

TEST(Accounts, MayBelongToACustomerThatNoEntityDescribes) {
  const auto reference =
      loaded({{"customers.csv", "party_id\np9\n"},
              {"entities.ftm.ndjson",
               R"({"id":"b","schema":"BankAccount","properties":{"accountNumber":["1"],"holder":["p9"]}})"}});
  EXPECT_EQ(reference->holder("1", at("2025-01-01")), reference->party("p9"));
  EXPECT_TRUE(reference->party("p9").known());
}

}  // namespace
}  // namespace suar::reference
