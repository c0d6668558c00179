// The form of entities.ftm.ndjson, and officials.
#include <fmt/format.h>

#include "reference/loaded.h"

namespace suar::reference {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

Reference::Loaded load_ftm(std::string bytes) {
  return load("entities.ftm.ndjson", std::move(bytes));
}

const std::string kOffice =
    R"({"id":"body","schema":"PublicBody","caption":"Immigration","properties":{"name":["Imigrasi"]}})"
    "\n"
    R"({"id":"desk","schema":"Position","properties":{"name":["Officer"],"organization":["body"],"subnationalArea":["Batam"],"topics":["role.pep","gov.security"]}})"
    "\n"
    R"({"id":"chief","schema":"Position","properties":{"name":["Chief"],"organization":["body"],"subnationalArea":["Batam"],"description":["head of office"]}})"
    "\n"
    R"({"id":"far","schema":"Position","properties":{"name":["Officer"],"organization":["body"],"subnationalArea":["Bali"]}})"
    "\n"
    R"({"id":"loose","schema":"Position","properties":{"name":["Adviser"]}})"
    "\n"
    R"({"id":"p1","schema":"Person","properties":{"name":["One","Uno"]}})"
    "\n"
    R"({"id":"p2","schema":"Person","properties":{"name":["Two"]}})"
    "\n"
    R"({"id":"p3","schema":"Person","properties":{}})"
    "\n";

std::string occupancy(const std::string& holder, const std::string& post, const std::string& more = "") {
  static int number = 0;
  return fmt::format(R"({{"id":"o{}","schema":"Occupancy","properties":{{"holder":["{}"],"post":["{}"]{}}}}})"
                     "\n",
                     ++number, holder, post, more);
}

TEST(Ftm, KnowsPartiesByIdAndName) {
  const auto reference = loaded("entities.ftm.ndjson", kOffice);
  EXPECT_EQ(reference->name_of(reference->party("p1")), "One");
  EXPECT_EQ(reference->name_of(reference->party("body")), "Immigration");
  EXPECT_EQ(reference->name_of(reference->party("p3")), "");
  EXPECT_TRUE(reference->public_body(reference->party("body")));
  EXPECT_FALSE(reference->public_body(reference->party("p1")));
  EXPECT_FALSE(reference->party("desk").known()) << "a position is nobody";
  EXPECT_FALSE(reference->party("nobody").known());
}

TEST(Ftm, UnknownSchemasAreIgnored) {
  const auto result = load_ftm(R"({"id":"s","schema":"Sanction","properties":{"startDate":["yesterday"]}})"
                               "\n");
  EXPECT_TRUE(result.reference);
  EXPECT_THAT(warnings_of(result, "entities.ftm.ndjson"), IsEmpty());
}

TEST(Ftm, AnEmptyFileAndEmptyLinesAreLegal) {
  EXPECT_TRUE(load_ftm("").reference);
  EXPECT_TRUE(load_ftm("\r\n\n").reference);
}

TEST(Ftm, EveryBrokenLineIsLocated) {
  const auto result = load_ftm(R"({"id":"a","schema":"Person","properties":{"name":[}})"
                               "\n"
                               R"(["id"])"
                               "\n"
                               R"({"schema":"Person"})"
                               "\n"
                               R"({"id":"","schema":"Person"})"
                               "\n"
                               R"({"id":"b","schema":7})"
                               "\n"
                               R"({"id":"c","schema":"Person","properties":[]})"
                               "\n"
                               R"({"id":"d","schema":"Person","properties":{"name":"plain"}})"
                               "\n"
                               R"({"id":"e","schema":"Person","properties":{"name":[1]}})"
                               "\n"
                               R"({"id":"f","schema":"Person"} trailing)"
                               "\n"
                               R"({"id":"g","schema":"Person")"
                               "\n"
                               "{\"id\":\"h\",\"schema\":\"Pers\xFFon\"}\n");
  EXPECT_THAT(places_of_errors(result),
              ElementsAre("1:51 SUAR-D030", "2:1 SUAR-D031", "3:1 SUAR-D031", "4:2 SUAR-D031",
                          "5:11 SUAR-D031", "6:29 SUAR-D031", "7:43 SUAR-D032", "8:43 SUAR-D032",
                          "9:30 SUAR-D030", "10:28 SUAR-D030", "11:25 SUAR-D030"));
}

TEST(Ftm, AnIdThatStandsTwiceIsAnError) {
  const auto result = load_ftm(kOffice + R"({"id":"p1","schema":"Company"})");
  ASSERT_THAT(places_of_errors(result), ElementsAre("9:2 SUAR-D026"));
  EXPECT_THAT(errors_of(result)[0].message, HasSubstr("line 6"));
}

TEST(Ftm, BadDatesAndMissingEndsAreErrors) {
  const auto result = load_ftm(
      R"({"id":"o1","schema":"Occupancy","properties":{"holder":["p"],"post":["x"],"startDate":["2024-02-30"]}})"
      "\n"
      R"({"id":"o2","schema":"Occupancy","properties":{"holder":["p"],"startDate":["2025"],"endDate":["2024"]}})"
      "\n"
      R"({"id":"f1","schema":"Family","properties":{"person":["p"],"endDate":[2024]}})"
      "\n");
  EXPECT_THAT(places_of_errors(result), ElementsAre("1:88 SUAR-D021", "2:1 SUAR-D032", "2:83 SUAR-D025",
                                                    "3:1 SUAR-D032", "3:59 SUAR-D032"));
}

TEST(Ftm, RelationsToNobodyAreCountedInOneWarningForEachSchema) {
  const auto result =
      load_ftm(kOffice +
               R"({"id":"f1","schema":"Family","properties":{"person":["p1"],"relative":["gone"]}})"
               "\n" +
               R"({"id":"f2","schema":"Family","properties":{"person":["gone"],"relative":["p1"]}})"
               "\n" +
               occupancy("p1", "gone"));
  EXPECT_TRUE(result.reference);
  const auto warnings = warnings_of(result, "entities.ftm.ndjson");
  ASSERT_THAT(warnings, SizeIs(2));
  EXPECT_THAT(warnings[0].message, HasSubstr("2 references of Family"));
  EXPECT_EQ(warnings[0].line, 9);
  EXPECT_THAT(warnings[1].message, HasSubstr("1 references of Occupancy"));
  EXPECT_FALSE(result.reference->official(result.reference->party("p1"), at("2025-01-01")));
}

TEST(Officials, HoldTheirPostAsOfTheEvent) {
  const auto reference =
      loaded("entities.ftm.ndjson",
             occupancy("p1", "desk", R"(,"startDate":["2024-02"],"endDate":["2025-03-15"])") + kOffice);
  const PartyRef p1 = reference->party("p1");
  EXPECT_FALSE(reference->official(p1, at("2024-01-31")));
  ASSERT_TRUE(reference->official(p1, at("2024-02-01")));
  EXPECT_TRUE(reference->official(p1, at("2025-03-15T23:59:59+07:00")));
  EXPECT_FALSE(reference->official(p1, at("2025-03-16T00:00:00+07:00")));
  const Post post = *reference->post(p1, at("2025-02-01"));
  EXPECT_EQ(post.title, "Officer");
  EXPECT_EQ(post.organisation, "Immigration");
  EXPECT_EQ(post.area, "Batam");
  EXPECT_EQ(post.category, "gov.security");
  EXPECT_FALSE(reference->official(reference->party("p2"), at("2025-02-01")));
  EXPECT_FALSE(reference->official(kNone, at("2025-02-01")));
}

TEST(Officials, AnEndYearMeansItsLastDay) {
  const auto reference =
      loaded("entities.ftm.ndjson", kOffice + occupancy("p1", "desk", R"(,"endDate":["2024"])"));
  EXPECT_TRUE(reference->official(reference->party("p1"), at("2024-12-31")));
  EXPECT_FALSE(reference->official(reference->party("p1"), at("2025-01-01")));
}

TEST(Officials, AStatusEndsAPostThatHasNoEndDate) {
  const auto reference = loaded(
      "entities.ftm.ndjson", kOffice + occupancy("p1", "desk", R"(,"status":["Suspended"])") +
                                 occupancy("p2", "desk", R"(,"status":["current"])") +
                                 occupancy("p3", "desk", R"(,"status":["ended"],"endDate":["2024-06-30"])"));
  EXPECT_FALSE(reference->official(reference->party("p1"), at("2024-06-01")));
  EXPECT_TRUE(reference->official(reference->party("p2"), at("2024-06-01")));
  EXPECT_TRUE(reference->official(reference->party("p3"), at("2024-06-01")));
  EXPECT_FALSE(reference->official(reference->party("p3"), at("2024-07-01")));
}

TEST(Officials, OfSeveralPostsTheLatestIsShown) {
  const auto reference =
      loaded("entities.ftm.ndjson",
             kOffice + occupancy("p1", "chief", R"(,"startDate":["2025"])") + occupancy("p1", "desk"));
  EXPECT_EQ(reference->post(reference->party("p1"), at("2024-06-01"))->title, "Officer");
  EXPECT_EQ(reference->post(reference->party("p1"), at("2025-06-01"))->title, "Chief");
  EXPECT_EQ(reference->post(reference->party("p1"), at("2025-06-01"))->category, "head of office");
}

TEST(Officials, OfOneUnitShareOrganisationAndArea) {
  const auto reference =
      loaded("entities.ftm.ndjson",
             kOffice + occupancy("p1", "desk") + occupancy("p2", "chief", R"(,"endDate":["2024-12-31"])") +
                 occupancy("p2", "far", R"(,"startDate":["2025-01-01"])") + occupancy("p3", "loose"));
  const auto p = [&](std::string_view id) { return reference->party(id); };
  EXPECT_TRUE(reference->same_unit(p("p1"), p("p2"), at("2024-12-31")));
  EXPECT_FALSE(reference->same_unit(p("p1"), p("p2"), at("2025-01-01"))) << "transferred to another area";
  EXPECT_FALSE(reference->same_unit(p("p3"), p("p3"), at("2025-01-01"))) << "no organisation is named";
  EXPECT_FALSE(reference->same_unit(p("p1"), kNone, at("2025-01-01")));
}

TEST(Officials, TheAssociateOfASupervisorRelationIsTheSenior) {
  const auto reference = loaded(
      "entities.ftm.ndjson",
      kOffice +
          R"({"id":"s","schema":"Associate","properties":{"person":["p1"],"associate":["p2"],"relationship":["Supervisor"],"startDate":["2025"]}})"
          "\n"
          R"({"id":"t","schema":"Associate","properties":{"person":["p1"],"associate":["p3"],"relationship":["friend"]}})"
          "\n");
  const auto p = [&](std::string_view id) { return reference->party(id); };
  EXPECT_TRUE(reference->supervises(p("p2"), p("p1"), at("2025-01-01")));
  EXPECT_FALSE(reference->supervises(p("p1"), p("p2"), at("2025-01-01")));
  EXPECT_FALSE(reference->supervises(p("p2"), p("p1"), at("2024-12-31")));
  EXPECT_FALSE(reference->supervises(p("p3"), p("p1"), at("2025-01-01")));
}

}  // namespace
}  // namespace suar::reference
