// The form of CSV files, seen through a watch list.
#include "reference/loaded.h"

namespace suar::reference {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

Reference::Loaded load_list(std::string bytes) {
  return load("lists/x.csv", std::move(bytes));
}

bool lists_account(const std::string& bytes, std::string_view account) {
  const auto reference = loaded("lists/x.csv", bytes);
  return reference->listed(reference->list("x"), ListKind::kAccount, account, at("2025-01-01"));
}

TEST(Csv, ReadsQuotesCommasAndLineEndsInACell) {
  EXPECT_TRUE(lists_account("value,kind\n\"a,\"\"b\"\"\nc\",account\n", "a,\"b\"\nc"));
}

TEST(Csv, ReadsWindowsLineEndsAndAByteOrderMark) {
  EXPECT_TRUE(lists_account("\xEF\xBB\xBFvalue,kind\r\n\r\n123,account\r\n", "123"));
  EXPECT_TRUE(lists_account("kind,value\r\n\"account\",\"123\"\r\n", "123"));
}

TEST(Csv, NeedsNoLineEndAtTheEndOfTheFile) {
  EXPECT_TRUE(lists_account("value,kind\n123,account", "123"));
}

TEST(Csv, BlanksAroundACellAreNotPartOfItUnlessQuoted) {
  EXPECT_TRUE(lists_account("value, kind\n 123 , account \n", "123"));
  EXPECT_TRUE(lists_account("value,kind\n\" 123\",account\n", " 123"));
}

TEST(Csv, CountsTheLinesInsideQuotedCells) {
  const auto result = load_list("value,kind,reason\n1,account,\"two\r\nlines\"\n2,acount,x\n");
  EXPECT_THAT(places_of_errors(result), ElementsAre("4:3 SUAR-D023"));
  EXPECT_EQ(errors_of(result)[0].snippet, "2,acount,x");
}

TEST(Csv, LocatesAMistakeAfterAQuotedLineEndInTheSameRow) {
  EXPECT_THAT(places_of_errors(load_list("reason,value,kind\n\"a\nb\",1,acount\n")),
              ElementsAre("3:6 SUAR-D023"));
}

TEST(Csv, LocatesAMistakeInTheFirstLineBehindAByteOrderMark) {
  const auto warnings = warnings_of(load_list("\xEF\xBB\xBFvalue,kind,sorce\n"), "lists/x.csv");
  ASSERT_THAT(warnings, SizeIs(1));
  EXPECT_EQ(warnings[0].column, 15);
  EXPECT_THAT(warnings[0].suggestion, HasSubstr("`source`"));
}

TEST(Csv, AMissingRequiredColumnIsAnError) {
  EXPECT_THAT(places_of_errors(load_list("value,sort\n1,account\n")), ElementsAre("1:1 SUAR-D012"));
}

TEST(Csv, AColumnThatStandsTwiceIsAnError) {
  EXPECT_THAT(places_of_errors(load_list("value,kind,kind\n1,account,account\n")),
              ElementsAre("1:12 SUAR-D013"));
}

TEST(Csv, AFileWithoutAHeaderIsAnError) {
  EXPECT_THAT(errors_of(load_list("")), SizeIs(1));
  EXPECT_THAT(errors_of(load_list("\n\n")), SizeIs(1));
}

TEST(Csv, RowsOfAnotherWidthAreErrorsAndTheRestIsRead) {
  EXPECT_THAT(places_of_errors(load_list("value,kind\n1\n1,account,x\n2,acount\n")),
              ElementsAre("2:1 SUAR-D014", "3:1 SUAR-D014", "4:3 SUAR-D023"));
}

TEST(Csv, BrokenQuotingIsLocated) {
  EXPECT_THAT(places_of_errors(load_list("value,kind\na\"b,account\n")), ElementsAre("2:2 SUAR-D010"));
  EXPECT_THAT(places_of_errors(load_list("value,kind\n\"a\"b,account\n3,x\n")),
              ElementsAre("2:4 SUAR-D010", "3:3 SUAR-D023"));
  EXPECT_THAT(places_of_errors(load_list("value,kind\n1,account\n2,\"account\n3,account\n")),
              ElementsAre("3:3 SUAR-D010"));
}

TEST(Csv, BytesThatAreNotUtf8AreLocated) {
  EXPECT_THAT(places_of_errors(load_list("value,kind\n1\xC3\xA9,account\n12\xFF,account\n")),
              ElementsAre("3:3 SUAR-D003"));
}

TEST(Csv, AHeaderAloneIsAnEmptyList) {
  const auto result = load_list("value,kind,source,valid_from,valid_to,reason\n");
  EXPECT_TRUE(result.reference);
  EXPECT_THAT(warnings_of(result, "lists/x.csv"), IsEmpty());
}

}  // namespace
}  // namespace suar::reference
