// Places and the corridors between them.
#include "reference/loaded.h"

namespace suar::reference {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

const std::string kHeader = "place_code,name,level,parent,lat,lon,tags\n";
const std::string kPlaces = kHeader +
                            "ID-KR,Kepulauan Riau,province,ID,,,border\n"
                            "ID-BTM,Batam,city,ID-KR,1.08,104.03,\n"
                            "ID-BTM-SKP,Sekupang,district,ID-BTM,,,port;remote\n";

TEST(Places, HaveTheirParentsTagsAndBelongToThem) {
  const auto reference = loaded("places.csv", kPlaces);
  ASSERT_NE(reference->place("ID-BTM"), nullptr);
  EXPECT_EQ(reference->place("ID-BTM")->name, "Batam");
  EXPECT_DOUBLE_EQ(reference->place("ID-BTM")->lat.value(), 1.08);
  EXPECT_THAT(reference->place("ID-BTM-SKP")->tags, ElementsAre("port", "remote"));
  EXPECT_TRUE(reference->tagged("ID-BTM-SKP", "port"));
  EXPECT_TRUE(reference->tagged("ID-BTM-SKP", "border"));
  EXPECT_FALSE(reference->tagged("ID-BTM", "port"));
  EXPECT_FALSE(reference->tagged("elsewhere", "port"));
  EXPECT_TRUE(reference->within("ID-BTM-SKP", "ID-KR"));
  EXPECT_TRUE(reference->within("ID-BTM-SKP", "ID")) << "a country needs no row";
  EXPECT_TRUE(reference->within("elsewhere", "elsewhere"));
  EXPECT_FALSE(reference->within("ID-KR", "ID-BTM"));
  EXPECT_FALSE(reference->within("ID-KR", ""));
  EXPECT_FALSE(reference->within("", ""));
}

TEST(Places, ParentsThatAreUnknownOrCyclicAreErrors) {
  const auto result = load("places.csv", kHeader +
                                             "A1,,,A2,,,\n"
                                             "A2,,,A3,,,\n"
                                             "A3,,,A1,,,\n"
                                             "B1,,,A1,,,\n"
                                             "SELF,,,SELF,,,\n"
                                             "C1,,,B11,,,\n");
  EXPECT_THAT(places_of_errors(result), ElementsAre("4:6 SUAR-D028", "6:8 SUAR-D028", "7:6 SUAR-D027"));
  EXPECT_EQ(errors_of(result)[2].suggestion, "did you mean `B1`?");
}

TEST(Places, BadRowsAreErrors) {
  const auto result = load("places.csv", kHeader + "A1,,,,91,x,prot\nA1,,,,,,\n,,,,,,\n");
  EXPECT_THAT(places_of_errors(result),
              ElementsAre("2:7 SUAR-D022", "2:10 SUAR-D022", "3:1 SUAR-D026", "4:1 SUAR-D020"));
  const auto warnings = warnings_of(result, "places.csv");
  ASSERT_THAT(warnings, SizeIs(1));
  EXPECT_EQ(warnings[0].suggestion, "did you mean `port`?");
}

const std::string kCorridors = R"(corridors:
  - {id: id-my, from: ID-KR, to: MY, via: [ID-BTM, SG], currency: IDR,
     fee_bands: [{min: "5000000.00", max: "15000000.00", note: a boat}, {min: 20000000, max: 20000000}]}
  - id: bd-id
    from: BD
    to: ID-KR
    currency: BDT
    fee_bands:
      - min: "1000.50"
        max: "2000"
  - {id: bare, from: ID, to: MY}
)";

TEST(Corridors, AreFoundThroughTheParentsOfPlaces) {
  const auto reference = loaded({{"places.csv", kPlaces}, {"corridors.yaml", kCorridors}});
  EXPECT_THAT(reference->corridor_ids(), ElementsAre("bare", "bd-id", "id-my"));
  const auto between = [&](std::string_view from, std::string_view to) {
    std::vector<std::string> ids;
    for (const CorridorRef corridor : reference->corridors_between(from, to))
      ids.emplace_back(reference->id_of(corridor));
    return ids;
  };
  EXPECT_THAT(between("ID-BTM-SKP", "MY"), ElementsAre("bare", "id-my"));
  EXPECT_THAT(between("ID", "MY"), ElementsAre("bare"));
  EXPECT_THAT(between("BD", "ID-BTM"), ElementsAre("bd-id"));
  EXPECT_THAT(between("BD", "ID"), IsEmpty()) << "a country is not in its province";
  EXPECT_THAT(between("MY", "ID"), IsEmpty());
  EXPECT_THAT(between("", ""), IsEmpty());
}

TEST(Corridors, FeeBandsIncludeBothEnds) {
  const auto reference = loaded({{"places.csv", kPlaces}, {"corridors.yaml", kCorridors}});
  const CorridorRef corridor = reference->corridor("bd-id");
  ASSERT_TRUE(corridor.known());
  EXPECT_EQ(reference->currency_of(corridor), currency("BDT"));
  EXPECT_FALSE(reference->in_fee_band(corridor, 100049));
  EXPECT_TRUE(reference->in_fee_band(corridor, 100050));
  EXPECT_TRUE(reference->in_fee_band(corridor, 200000));
  EXPECT_FALSE(reference->in_fee_band(corridor, 200001));
  EXPECT_TRUE(reference->in_fee_band(reference->corridor("id-my"), 2'000'000'000));
  EXPECT_FALSE(reference->in_fee_band(reference->corridor("bare"), 0));
  EXPECT_FALSE(reference->corridor("id").known());
  EXPECT_FALSE(reference->in_fee_band(reference->corridor("id"), 0));
}

TEST(Corridors, EveryMistakeIsLocated) {
  const auto result = load("corridors.yaml", R"(corridors:
  - id: a
    from: ID
    to: [MY]
    fee_bands: [{min: 1, max: 2}]
  - id: a
    from: ID
    currency: idr
    fee_bands: []
  - id: b
    from: ID
    to: MY
    to: SG
    currency: IDR
    fee_bands:
      - {min: 10, max: 9}
      - {min: 100, max: 200}
      - {min: 200, max: 300}
      - {min: "1,000", max: 1.234}
      - {min: 7}
      - 8
  - just text
)");
  EXPECT_THAT(
      places_of_errors(result),
      ElementsAre("2:5 SUAR-D042", "4:5 SUAR-D043", "6:5 SUAR-D042", "6:9 SUAR-D026", "8:15 SUAR-D024",
                  "13:5 SUAR-D026", "16:24 SUAR-D025", "18:15 SUAR-D026", "19:15 SUAR-D022",
                  "19:29 SUAR-D022", "20:9 SUAR-D042", "21:9 SUAR-D043", "22:5 SUAR-D043"));
}

TEST(Corridors, UnknownKeysAndCodesAreWarnings) {
  const auto result = load("corridors.yaml", "corridors: [{id: a, from: ID, to: nowhere, vai: [MY]}]\n");
  EXPECT_TRUE(result.reference);
  const auto warnings = warnings_of(result, "corridors.yaml");
  ASSERT_THAT(warnings, SizeIs(2));
  EXPECT_EQ(warnings[0].code, "SUAR-D027");
  EXPECT_EQ(warnings[1].suggestion, "did you mean `via`?");
}

TEST(Yaml, ThatIsBrokenOrOfAnotherShapeIsAnError) {
  EXPECT_THAT(places_of_errors(load("corridors.yaml", "corridors:\n  - {id: a\n")), SizeIs(1));
  EXPECT_THAT(places_of_errors(load("corridors.yaml", "corridors:\n\t- x\n")), ElementsAre("2:2 SUAR-D040"));
  EXPECT_THAT(places_of_errors(load("corridors.yaml", "- a\n")), ElementsAre("1:1 SUAR-D043"));
  EXPECT_THAT(places_of_errors(load("corridors.yaml", "corridors: {a: b}\n")), ElementsAre("1:1 SUAR-D043"));
  EXPECT_THAT(places_of_errors(load("calendar.yaml", "days: \xFF\n")), ElementsAre("1:7 SUAR-D003"));
}

TEST(Yaml, NestedWithoutEndIsAnError) {
  const std::string open(200'000, '[');
  EXPECT_THAT(places_of_errors(load("corridors.yaml", "corridors: " + open)), SizeIs(1));
  std::string blocks;
  for (int i = 0; i < 100'000; ++i) blocks += "- ";
  EXPECT_THAT(places_of_errors(load("corridors.yaml", blocks)), SizeIs(1));
}

TEST(Yaml, OfNothingIsAWarning) {
  EXPECT_TRUE(load("corridors.yaml", "# nothing yet\n").reference);
  EXPECT_TRUE(load("corridors.yaml", "corridors:\n").reference);
  EXPECT_TRUE(load("corridors.yaml", "").reference);
}

TEST(Yaml, ColumnsCountBytesAlsoBehindAByteOrderMark) {
  EXPECT_THAT(places_of_errors(load("calendar.yaml",
                                    "\xEF\xBB\xBF"
                                    "days: [{name: \xC3\xA9, date: x}]\n")),
              ElementsAre("1:28 SUAR-D021"));
}

}  // namespace
}  // namespace suar::reference
