#include "reference/loaded.h"

namespace suar::reference {
namespace {

using testing::ElementsAre;

const std::string kHeader = "value,kind,source,valid_from,valid_to,reason\n";

struct List {
  explicit List(const std::string& rows)
      : reference(loaded("lists/x.csv", kHeader + rows)), ref(reference->list("x")) {}
  bool has(ListKind kind, std::string_view value, const std::string& when = "2025-06-01") const {
    return reference->listed(ref, kind, value, at(when));
  }
  bool mentions(std::string_view text, const std::string& when = "2025-06-01") const {
    return reference->mentions(ref, text, at(when));
  }
  bool mentions_similar(std::string_view text, int letters) const {
    return reference->mentions_similar(ref, text, at("2025-06-01"), letters);
  }
  int count(std::string_view text) const { return reference->mention_count(ref, text, at("2025-06-01")); }
  std::shared_ptr<const Reference> reference;
  ListRef ref;
};

TEST(WatchList, IsFoundByItsName) {
  const auto reference =
      loaded({{"lists/a-b.csv", kHeader}, {"lists/a.csv", kHeader}, {"lists/tips.csv", kHeader}});
  EXPECT_THAT(reference->list_names(), ElementsAre("a", "a-b", "tips"));
  for (const std::string& name : reference->list_names()) {
    ASSERT_TRUE(reference->list(name).known());
    EXPECT_EQ(reference->name_of(reference->list(name)), name);
  }
  EXPECT_FALSE(reference->list("tip").known());
  EXPECT_FALSE(reference->listed(reference->list("tip"), ListKind::kAccount, "1", at("2025-01-01")));
}

TEST(WatchList, KeepsKindsApart) {
  const List list("123,account,,,,\n123,phone,,,,\n7995,mcc,,,,\nMY,country,,,,\n");
  EXPECT_TRUE(list.has(ListKind::kAccount, "123"));
  EXPECT_TRUE(list.has(ListKind::kPhone, "123"));
  EXPECT_FALSE(list.has(ListKind::kParty, "123"));
  EXPECT_TRUE(list.has(ListKind::kMcc, "7995"));
  EXPECT_TRUE(list.has(ListKind::kCountry, "MY"));
}

TEST(WatchList, ValuesAreExactAndDomainsOfAnyCase) {
  const List list("Ab1,merchant,,,,\nKerja.Example,domain,,,,\n");
  EXPECT_TRUE(list.has(ListKind::kMerchant, "Ab1"));
  EXPECT_FALSE(list.has(ListKind::kMerchant, "ab1"));
  EXPECT_TRUE(list.has(ListKind::kDomain, "KERJA.example"));
  EXPECT_FALSE(list.has(ListKind::kDomain, ""));
}

TEST(WatchList, HoldsFromTheFirstDayToTheLastInJakarta) {
  const List list("1,account,,2025-03-01,2025-03-31,\n");
  EXPECT_FALSE(list.has(ListKind::kAccount, "1", "2025-02-28T23:59:59+07:00"));
  EXPECT_TRUE(list.has(ListKind::kAccount, "1", "2025-03-01T00:00:00+07:00"));
  EXPECT_TRUE(list.has(ListKind::kAccount, "1", "2025-02-28T17:00:00Z"));
  EXPECT_TRUE(list.has(ListKind::kAccount, "1", "2025-03-31T23:59:59+07:00"));
  EXPECT_FALSE(list.has(ListKind::kAccount, "1", "2025-04-01T00:00:00+07:00"));
}

TEST(WatchList, AValueMayStandForSeveralPeriods) {
  const List list("1,account,a,,2025-01-31,\n1,account,b,2025-03-01,,\n");
  EXPECT_TRUE(list.has(ListKind::kAccount, "1", "2025-01-31"));
  EXPECT_FALSE(list.has(ListKind::kAccount, "1", "2025-02-15"));
  EXPECT_TRUE(list.has(ListKind::kAccount, "1", "2030-01-01"));
}

TEST(WatchList, FindsWordsThatDifferByALetterOrTwo) {
  const List list(
      "paspor,keyword,,,,\nongkos jalan,keyword,,,,\ncap,keyword,,,,\nvisa,keyword,,2025-07-01,,\n");
  EXPECT_TRUE(list.mentions_similar("urus PASPORT cepat", 1)) << "one put in";
  EXPECT_TRUE(list.mentions_similar("paspr", 1)) << "one left out";
  EXPECT_TRUE(list.mentions_similar("pa\u015Fpar", 1)) << "one replaced, diacritics folded";
  EXPECT_FALSE(list.mentions_similar("passpport", 1));
  EXPECT_FALSE(list.mentions_similar("passpport", 2)) << "three put in";
  EXPECT_TRUE(list.mentions_similar("passport", 2));
  EXPECT_FALSE(list.mentions_similar("pasport", 0));
  EXPECT_TRUE(list.mentions_similar("onkos jalam", 1)) << "word for word";
  EXPECT_FALSE(list.mentions_similar("onks jalan", 1));
  EXPECT_FALSE(list.mentions_similar("onkos untuk jalan", 1));
  EXPECT_FALSE(list.mentions_similar("cop", 2)) << "three letters are too few";
  EXPECT_FALSE(list.mentions_similar("jaln ongkos jbbn", 2)) << "five letters differ by one at most";
  EXPECT_FALSE(list.mentions_similar("visa", 1)) << "not valid yet";
  EXPECT_FALSE(list.mentions_similar("", 2));
}

TEST(WatchList, CountsTheKeywordsInAText) {
  const List list("paspor,keyword,,,,\nongkos jalan,keyword,,,,\nongkos,keyword,,,,\n");
  EXPECT_EQ(list.count("paspor paspor"), 1);
  EXPECT_EQ(list.count("ongkos jalan, Paspor"), 3);
  EXPECT_EQ(list.count("jalan"), 0);
  EXPECT_EQ(list.count(""), 0);
}

TEST(WatchList, FindsKeywordsAsWholeWords) {
  const List list("kapal,keyword,,,,\nongkos jalan,keyword,,,,\n");
  EXPECT_TRUE(list.mentions("sewa kapal 2 hari"));
  EXPECT_TRUE(list.mentions("KAPAL"));
  EXPECT_TRUE(list.mentions("bayar-ongkos/jalan."));
  EXPECT_FALSE(list.mentions("perkapalan"));
  EXPECT_FALSE(list.mentions("kapal2"));
  EXPECT_FALSE(list.mentions("ongkos untuk jalan"));
  EXPECT_FALSE(list.mentions("ongkos"));
  EXPECT_FALSE(list.mentions("ongkos jalanan"));
  EXPECT_FALSE(list.mentions(""));
}

TEST(WatchList, FindsTheSecondOfTwoKeywordsThatBeginAlike) {
  const List list("ongkos jalan,keyword,,,,\nongkos perahu,keyword,,,,\n");
  EXPECT_TRUE(list.mentions("ongkos ongkos perahu"));
}

TEST(WatchList, FoldsCaseAndDiacriticsOfKeywords) {
  const List list(
      "passeport "
      "b\xC3\xA9lizien,keyword,,,,\nvisa,keyword,,,,\n\xC4\x91\xC6\xB0\xE1\xBB\x9Dng,keyword,,,,\n");
  EXPECT_TRUE(list.mentions("PASSEPORT BELIZIEN"));
  EXPECT_TRUE(list.mentions("Passep\xC3\x96rt") == false);
  EXPECT_TRUE(list.mentions("v\xC3\xADs\xC3\xA1"));
  EXPECT_TRUE(list.mentions("v\x69\xCC\x81sa"));                                   // a combining accent
  EXPECT_TRUE(list.mentions("\xEF\xBC\xB6\xEF\xBC\xA9\xEF\xBC\xB3\xEF\xBC\xA1"));  // full-width letters
  EXPECT_TRUE(list.mentions("vi\xE2\x80\x8Bsa"));                                  // a zero-width space
  EXPECT_FALSE(list.mentions("vi sa"));
}

TEST(WatchList, MentionsDomainsToo) {
  const List list("kerja-cepat.example,domain,,,,\n");
  EXPECT_TRUE(list.mentions("daftar di https://Kerja-Cepat.example/daftar"));
  EXPECT_FALSE(list.mentions("kerja cepat"));
}

TEST(WatchList, KeywordsHaveTheirTimesToo) {
  const List list("visa,keyword,,2025-03-01,,\n");
  EXPECT_FALSE(list.mentions("visa", "2025-02-01"));
  EXPECT_TRUE(list.mentions("visa", "2025-03-01"));
}

TEST(WatchList, SurvivesTextThatIsNotUtf8) {
  const List list("visa,keyword,,,,\n");
  EXPECT_TRUE(list.mentions("\xFF\xC3 visa \xF0\x9F"));
  EXPECT_FALSE(list.mentions("vi\xFFsa"));
}

TEST(WatchList, EveryMistakeOfEveryRowIsLocated) {
  const auto result = load("lists/x.csv", kHeader +
                                              ",account,,,,\n"
                                              "1,,,,,\n"
                                              "indonesia,country,,2025-13-01,2025-02-29,\n"
                                              "77,mcc,,2025-03-02,2025-03-01,\n"
                                              "***,keyword,,,,\n");
  EXPECT_THAT(places_of_errors(result),
              ElementsAre("2:1 SUAR-D020", "3:3 SUAR-D020", "4:1 SUAR-D024", "4:20 SUAR-D021",
                          "4:31 SUAR-D021", "5:1 SUAR-D024", "5:20 SUAR-D025", "6:1 SUAR-D020"));
}

}  // namespace
}  // namespace suar::reference
