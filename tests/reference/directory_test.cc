#include "reference/loaded.h"

namespace suar::reference {
namespace {

using testing::AllOf;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

TEST(Directory, WarnsOfEachMissingFileAndLoads) {
  const auto result = load(std::vector<File>{});
  ASSERT_TRUE(result.reference);
  EXPECT_THAT(result.findings, SizeIs(9));
  for (const Diagnostic& finding : result.findings) {
    EXPECT_EQ(finding.severity, Severity::kWarning);
    EXPECT_EQ(finding.code, "SUAR-D001");
    EXPECT_EQ(finding.line, 0);
  }
}

TEST(Directory, WarnsOfAnUnknownFileAndSuggestsTheKnownOne) {
  const auto result = load("costumers.csv", "party_id\np1\n");
  ASSERT_TRUE(result.reference);
  const auto warnings = warnings_of(result, "costumers.csv");
  ASSERT_THAT(warnings, SizeIs(1));
  EXPECT_THAT(warnings[0].suggestion, HasSubstr("customers.csv"));
}

TEST(Directory, TellsWhereAStrayListBelongs) {
  const auto result = load("hubs.csv", "value,kind\n1,account\n");
  const auto warnings = warnings_of(result, "hubs.csv");
  ASSERT_THAT(warnings, SizeIs(1));
  EXPECT_THAT(warnings[0].suggestion, HasSubstr("lists/hubs.csv"));
}

TEST(Directory, SaysNothingOfHiddenFiles) {
  EXPECT_THAT(warnings_of(load(".fx.csv.swp", "x"), ".fx.csv.swp"), IsEmpty());
}

TEST(Directory, HashDependsOnNamesAndBytesAndNotOnOrder) {
  const File a{"lists/a.csv", "value,kind\n1,account\n"};
  const File b{"lists/b.csv", "value,kind\n2,account\n"};
  const File renamed{"lists/c.csv", b.bytes};
  const std::string hash = loaded({a, b})->hash();
  EXPECT_THAT(hash, SizeIs(32));
  EXPECT_EQ(loaded({b, a})->hash(), hash);
  EXPECT_NE(loaded({a, renamed})->hash(), hash);
  EXPECT_NE(loaded({a})->hash(), hash);
  EXPECT_NE(Reference::empty(rupiah())->hash(), hash);
}

TEST(Directory, OneBadFileRefusesAllAndEveryFileIsStillReported) {
  const auto result = load({{"fx.csv", "date,currency,rate_to_home\n2025-01-01,USD,0\n"},
                            {"lists/hubs.csv", "value,kind\n1,acount\n"},
                            {"customers.csv", "party_id,birth_date\np1,1990-02-30\n"},
                            {"places.csv", "place_code\nID-BT\n"}});
  EXPECT_FALSE(result.reference);
  const auto errors = errors_of(result);
  ASSERT_THAT(errors, SizeIs(3));
  EXPECT_THAT(errors, testing::UnorderedElementsAre(
                          AllOf(Field(&Diagnostic::file, "fx.csv"), Field(&Diagnostic::line, 2),
                                Field(&Diagnostic::column, 16)),
                          AllOf(Field(&Diagnostic::file, "lists/hubs.csv"), Field(&Diagnostic::line, 2),
                                Field(&Diagnostic::column, 3),
                                Field(&Diagnostic::suggestion, HasSubstr("`account`"))),
                          AllOf(Field(&Diagnostic::file, "customers.csv"), Field(&Diagnostic::line, 2),
                                Field(&Diagnostic::column, 4))));
}

TEST(Directory, MessagesNeverShowWhatMayBePersonal) {
  const auto result =
      load({{"customers.csv", "party_id,kind,birth_date,declared_income_month\np1,SECRET,SECRET,SECRET\n"},
            {"lists/tips.csv", "value,kind,valid_from\nSECRET,SECRET,SECRET\n"},
            {"entities.ftm.ndjson",
             R"({"id":"p1","schema":"Occupancy","properties":{"startDate":["SECRET"],"holder":"SECRET"}})"}});
  EXPECT_THAT(errors_of(result), SizeIs(testing::Ge(7U)));
  for (const Diagnostic& finding : result.findings) {
    EXPECT_THAT(headline(finding), testing::Not(HasSubstr("SECRET")));
    EXPECT_THAT(finding.suggestion, testing::Not(HasSubstr("SECRET")));
  }
}

TEST(Directory, AFileThatIsWrongAllThroughIsCutShortWithACount) {
  std::string bytes = "date,currency,rate_to_home\n";
  for (int i = 0; i < 5000; ++i) bytes += "x,y,z\n";
  const auto errors = errors_of(load("fx.csv", bytes));
  EXPECT_THAT(errors, SizeIs(1001));
  EXPECT_THAT(errors.back().message, HasSubstr("more errors"));
}

}  // namespace
}  // namespace suar::reference
