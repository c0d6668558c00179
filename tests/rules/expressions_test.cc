// What an expression becomes: precedence, constants, types and the rewriting that the checker does.
#include <gtest/gtest.h>

#include "draft.h"

namespace suar::rules {
namespace {

// The condition of a rule that has the parts a condition may use.
std::string checked(const std::string& when) {
  Draft draft;
  draft.params =
      "{limit: 8, fee: {default: IDR 500, student: IDR 100}, zone: WIB, taka: BDT 20, takas: {default: BDT "
      "20, student: BDT 5}, span: 14d}";
  draft.let =
      "\n  n: count() over 7d\n  total: sum(amount) over span\n  unit: unit_price(amount, IDR 5 .. IDR 9) "
      "over 60d\n"
      "  often: rhythm(span, 2d) over 90d";
  draft.when = "'" + when + "'";
  const LoadResult result = load(draft);
  for (const Diagnostic& finding : result.findings) {
    if (finding.severity == Severity::kError) return render(finding);
  }
  return to_text(*result.rules->rules[0].when);
}

TEST(Expression, BindsAsCelDoes) {
  EXPECT_EQ(checked("n > 1 && n < 5 || n == 7"), "(((let0 > 1) && (let0 < 5)) || (let0 == 7))");
  EXPECT_EQ(checked("1 + 2 * n - 3 > 4 / 2"), "(((1 + (2 * let0)) - 3) > (4 / 2))");
  EXPECT_EQ(checked("!(n > 1) && -n < 2"), "(!(let0 > 1) && (-let0 < 2))");
  EXPECT_EQ(checked("(n > 1 ? 2 : n > 3 ? 4 : 5) > 0"), "(((let0 > 1) ? 2 : ((let0 > 3) ? 4 : 5)) > 0)");
}

TEST(Expression, ReadsConstantsExactly) {
  EXPECT_EQ(checked("n > 1_000"), "(let0 > 1000)");
  EXPECT_EQ(checked("n > 0.8"), "(let0 > 4/5)");
  EXPECT_EQ(checked("n > 80%"), "(let0 > 4/5)");
  EXPECT_EQ(checked("n > -2"), "(let0 > -2)");
  EXPECT_EQ(checked("amount > IDR 300_000"), "(amount > IDR 30000000)");
  EXPECT_EQ(checked("amount_in(BDT) == BDT 20_000.50"), "(amount_in(BDT) == BDT 2000050)");
  EXPECT_EQ(checked("event_time - event_time > 2w"), "((event_time - event_time) > 1209600s)");
  EXPECT_EQ(checked("channel == \"atm\""), "(channel == 'atm')");
  EXPECT_EQ(checked("purpose_code == \"\\u0041\\x42\\103\\n\""), "(purpose_code == 'ABC\n')");
  EXPECT_EQ(checked("purpose_code == r\"\\d\""), "(purpose_code == '\\d')");
}

TEST(Expression, ConvertsForeignConstantsAgainstHomeMoney) {
  EXPECT_EQ(checked("amount > BDT 20"), "(amount > home(BDT 2000))");
  EXPECT_EQ(checked("BDT 20 < amount"), "(home(BDT 2000) < amount)");
  EXPECT_EQ(checked("amount > taka"), "(amount > home(BDT 2000))");
  EXPECT_EQ(checked("amount > takas"),
            "(amount > ((self.segment == 'student') ? home(BDT 500) : home(BDT 2000)))");
  EXPECT_EQ(checked("amount in BDT 1 .. BDT 2"), "(amount in home(BDT 100) .. home(BDT 200))");
  EXPECT_EQ(checked("amount_in(BDT) > BDT 20"), "(amount_in(BDT) > BDT 2000)");
}

TEST(Expression, AsksWhetherAValueIsInAListOrRange) {
  EXPECT_EQ(checked("purpose_code in [\"SALA\", \"BONU\"]"), "(purpose_code in [SALA, BONU])");
  EXPECT_EQ(checked("n in 2 .. 5"), "(let0 in 2 .. 5)");
  EXPECT_EQ(checked("n in [2, 5]"), "((let0 == 2) || (let0 == 5))");
}

TEST(Expression, TakesAPartyAsItsKeyWhereAValueStands) {
  EXPECT_EQ(checked("other == \"account:1\""), "(other.key == 'account:1')");
  EXPECT_EQ(checked("kin(self, other)"), "kin(self, other)");
  EXPECT_EQ(checked("has(other)"), "has(other.key)");
}

TEST(Expression, KnowsMembersOfWindows) {
  EXPECT_EQ(checked("unit.share > 50% && unit.price > IDR 1 && unit.matching > 2"),
            "((let2.0 > 1/2) && ((let2.1 > IDR 100) && (let2.2 > 2)))");
  EXPECT_EQ(checked("often.occasions > often.regular"), "(let3.0 > let3.1)");
}

TEST(Expression, MultipliesMoneyFromEitherSide) {
  EXPECT_EQ(checked("2 * total > fee"), "((let1 * 2) > param1)");
  EXPECT_EQ(checked("total / fee > 2"), "((let1 / param1) > 2)");
}

TEST(Expression, CallsFunctionsAndMethods) {
  EXPECT_EQ(checked("event_time.getHours(\"WIB\") < 5"), "(hours(event_time) < 5)");
  EXPECT_EQ(checked("event_time.getHours(zone) < 5"), "(hours(event_time) < 5)");
  EXPECT_EQ(checked("listed(\"hubs\", other)"), "listed_party(other; hubs)");
  EXPECT_EQ(checked("listed(\"hubs\", mcc)"), "listed_text(mcc; hubs)");
  EXPECT_EQ(checked("in_fee_band(\"a\", \"b\")"), "fee_band(; a, b)");
  EXPECT_EQ(checked("remittance_info.matches(\"^x+$\")"), "matches(remittance_info; ^x+$)");
  EXPECT_EQ(checked("mentions(\"keywords_visa\", remittance_info)"),
            "mentions(remittance_info; keywords_visa)");
  EXPECT_EQ(checked("tagged(place_code, \"port\")"), "tagged(place_code; port)");
  EXPECT_EQ(checked("amount > tariff(\"passport\", \"immigration\")"),
            "(amount > tariff(; passport, immigration))");
  EXPECT_EQ(checked("multiple_of(amount, IDR 100)"), "multiple_of(amount, IDR 10000)");
  EXPECT_EQ(checked("serves(other, \"SA\")"), "serves(other, 'SA')");
  EXPECT_EQ(checked("linked(self, other, [\"family\"], 2)"), "linked(self, other)");
  EXPECT_EQ(checked("remittance_info.size() > 3"), "(size(remittance_info) > 3)");
}

}  // namespace
}  // namespace suar::rules
