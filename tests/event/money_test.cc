#include "event/money.h"

#include <gtest/gtest.h>

#include <limits>
#include <random>
#include <string>

namespace suar::event {
namespace {

Currency currency(std::string_view code) {
  return parse_currency(code).value();
}

const Currency kIdr = currency("IDR");
const Currency kJpy = currency("JPY");
const Currency kKwd = currency("KWD");

TEST(Currency, IsThreeCapitalLetters) {
  EXPECT_EQ(currency("IDR").text(), "IDR");
  EXPECT_EQ(Currency{}.text(), "");
  EXPECT_TRUE(parse_currency("QQQ"));
  for (const char* text : {"", "ID", "IDRX", "idr", "IdR", "I1R", "ID ", "\xC3\x84R"}) {
    EXPECT_FALSE(parse_currency(text)) << text;
  }
}

TEST(Currency, HasTheDecimalsOfIso4217) {
  EXPECT_EQ(kIdr.digits(), 2);
  EXPECT_EQ(currency("BDT").digits(), 2);
  EXPECT_EQ(kJpy.digits(), 0);
  EXPECT_EQ(currency("VND").digits(), 0);
  EXPECT_EQ(kKwd.digits(), 3);
  EXPECT_EQ(currency("CLF").digits(), 4);
  EXPECT_EQ(currency("QQQ").digits(), 2);
}

TEST(Amount, IsReadExactly) {
  EXPECT_EQ(parse_amount("3500000.00", kIdr), 350'000'000);
  EXPECT_EQ(parse_amount("90071992547409.93", kIdr), 9'007'199'254'740'993);
  EXPECT_EQ(parse_amount("0", kIdr), 0);
  EXPECT_EQ(parse_amount("0.01", kIdr), 1);
  EXPECT_EQ(parse_amount("1.5", kIdr), 150);
  EXPECT_EQ(parse_amount("007.5", kIdr), 750);
  EXPECT_EQ(parse_amount("12", kJpy), 12);
  EXPECT_EQ(parse_amount("12.00", kJpy), 12);
  EXPECT_EQ(parse_amount("1.234", kKwd), 1234);
  EXPECT_EQ(parse_amount("1.500000000000000000000000000000", kIdr), 150);
  EXPECT_EQ(parse_amount("000000000000000000000000000000000001", kIdr), 100);
}

TEST(Amount, IsDigitsWithAnOptionalFractionAndNothingElse) {
  for (const char* text : {"", ".", "-1", "+1", "1e3", "1,000.00", "1.", ".5", "1.0.0", " 1", "1 ", "0x10",
                           "1'000", "NaN", "٣", "1.-5", "--"}) {
    const auto amount = parse_amount(text, kIdr);
    ASSERT_FALSE(amount) << text;
    EXPECT_EQ(amount.error(), AmountError::kNotADecimal) << text;
  }
}

TEST(Amount, HasNoMoreDecimalsThanItsCurrencyUnlessTheyAreZeros) {
  EXPECT_EQ(parse_amount("1.005", kIdr).error(), AmountError::kTooManyDecimals);
  EXPECT_EQ(parse_amount("1.0001", kKwd).error(), AmountError::kTooManyDecimals);
  EXPECT_EQ(parse_amount("1.5", kJpy).error(), AmountError::kTooManyDecimals);
  EXPECT_TRUE(parse_amount("1.000", kIdr));
  EXPECT_TRUE(parse_amount("1.0", kJpy));
}

TEST(Amount, EndsAtNineTimesTenToTheEighteenMinorUnits) {
  EXPECT_EQ(parse_amount("90000000000000000.00", kIdr), kMaxMinorUnits);
  EXPECT_EQ(parse_amount("90000000000000000", kIdr), kMaxMinorUnits);
  EXPECT_EQ(parse_amount("9000000000000000000", kJpy), kMaxMinorUnits);
  for (const char* text : {"90000000000000000.01", "90000000000000001", "9000000000000000000",
                           "99999999999999999999999999999999999999"}) {
    EXPECT_EQ(parse_amount(text, kIdr).error(), AmountError::kTooLarge) << text;
  }
  EXPECT_EQ(parse_amount("9000000000000000001", kJpy).error(), AmountError::kTooLarge);
}

TEST(Amount, IsWrittenWithExactlyItsCurrencysDecimals) {
  EXPECT_EQ(format_amount(350'000'000, kIdr), "3500000.00");
  EXPECT_EQ(format_amount(9'007'199'254'740'993, kIdr), "90071992547409.93");
  EXPECT_EQ(format_amount(0, kIdr), "0.00");
  EXPECT_EQ(format_amount(5, kIdr), "0.05");
  EXPECT_EQ(format_amount(-5, kIdr), "-0.05");
  EXPECT_EQ(format_amount(-12345, kIdr), "-123.45");
  EXPECT_EQ(format_amount(7, kJpy), "7");
  EXPECT_EQ(format_amount(7, kKwd), "0.007");
  EXPECT_EQ(format_amount(static_cast<Int128>(kMaxMinorUnits) * 1'000'000'000, kIdr),
            "90000000000000000000000000.00");
}

TEST(Amount, SurvivesBeingWrittenAndReadAgain) {
  std::mt19937_64 random(1);
  for (int i = 0; i < 20'000; ++i) {
    const auto minor = static_cast<std::int64_t>((random() >> (random() % 64)) % (kMaxMinorUnits + 1ULL));
    for (const Currency c : {kIdr, kJpy, kKwd, currency("CLF")}) {
      ASSERT_EQ(parse_amount(format_amount(minor, c), c), minor);
    }
  }
}

TEST(Amount, ItsSumsAreWrittenInFull) {
  EXPECT_EQ(to_string(Int128{0}), "0");
  EXPECT_EQ(to_string(Int128{-42}), "-42");
  const Int128 smallest = static_cast<Int128>(1) << 126;
  EXPECT_EQ(to_string(smallest), "85070591730234615865843651857942052864");
  EXPECT_EQ(to_string(-smallest - smallest), "-170141183460469231731687303715884105728");
}

TEST(Rate, IsADecimalAboveZero) {
  EXPECT_EQ(parse_rate("16250.5")->digits, 162505);
  EXPECT_EQ(parse_rate("16250.5")->scale, 1);
  EXPECT_EQ(parse_rate("0.00650")->digits, 65);
  EXPECT_EQ(parse_rate("0.00650")->scale, 4);
  EXPECT_EQ(parse_rate("136")->scale, 0);
  for (const char* text :
       {"", "0", "0.000", "-1", "1e4", "1,5", "99999999999999999999", "0.0000000000000000001"}) {
    EXPECT_FALSE(parse_rate(text)) << text;
  }
}

TEST(Conversion, RoundsHalfToEven) {
  const Rate one_and_a_half{.digits = 15, .scale = 1};
  EXPECT_EQ(convert(1, kIdr, kIdr, one_and_a_half), 2);  // 1.5
  EXPECT_EQ(convert(3, kIdr, kIdr, one_and_a_half), 4);  // 4.5
  EXPECT_EQ(convert(5, kIdr, kIdr, one_and_a_half), 8);  // 7.5
  EXPECT_EQ(convert(-3, kIdr, kIdr, one_and_a_half), -4);
  EXPECT_EQ(convert_back(5, kIdr, kIdr, {.digits = 2, .scale = 0}), 2);  // 2.5
  EXPECT_EQ(convert_back(7, kIdr, kIdr, {.digits = 2, .scale = 0}), 4);  // 3.5
}

TEST(Conversion, KnowsTheMinorUnitsOfBothCurrencies) {
  EXPECT_EQ(convert(1000, kJpy, kIdr, {.digits = 10825, .scale = 2}),
            10'825'000);  // 1000 JPY = 108,250.00 IDR
  EXPECT_EQ(convert(1500, kKwd, kIdr, {.digits = 53'000, .scale = 0}),
            7'950'000);  // 1.500 KWD = 79,500.00 IDR
  EXPECT_EQ(convert_back(7'950'000, kIdr, kKwd, {.digits = 53'000, .scale = 0}), 1500);
  EXPECT_EQ(convert_back(10'825'000, kIdr, kJpy, {.digits = 10825, .scale = 2}), 1000);
  EXPECT_EQ(convert(9'007'199'254'740'993, kIdr, kIdr, {.digits = 1, .scale = 0}), 9'007'199'254'740'993);
}

TEST(Conversion, IsAbsentWhereTheResultDoesNotFit) {
  EXPECT_FALSE(convert(kMaxMinorUnits, kIdr, kIdr, {.digits = 2, .scale = 0}));
  EXPECT_FALSE(convert(kMaxMinorUnits, kJpy, kKwd, {.digits = 1, .scale = 0}));
  EXPECT_FALSE(convert_back(kMaxMinorUnits, kJpy, kKwd, {.digits = 1, .scale = 18}));
  EXPECT_FALSE(convert(1, kIdr, kIdr, {.digits = 0, .scale = 0}));
  EXPECT_FALSE(convert_back(1, kIdr, kIdr, {.digits = 0, .scale = 0}));
  EXPECT_EQ(convert(std::numeric_limits<std::int64_t>::max(), kIdr, kIdr, {.digits = 1, .scale = 0}),
            std::numeric_limits<std::int64_t>::max());
}

// The same by school arithmetic on decimal strings, for any size of number.
class SchoolNumber {
 public:
  explicit SchoolNumber(std::string digits) : digits_(std::move(digits)) { trim(); }

  [[nodiscard]] SchoolNumber times(const SchoolNumber& other) const {
    std::string product(digits_.size() + other.digits_.size(), '\0');
    for (std::size_t i = digits_.size(); i-- > 0;) {
      int carry = 0;
      for (std::size_t j = other.digits_.size(); j-- > 0;) {
        const int value = (digits_[i] - '0') * (other.digits_[j] - '0') + product[i + j + 1] + carry;
        product[i + j + 1] = static_cast<char>(value % 10);
        carry = value / 10;
      }
      product[i] = static_cast<char>(product[i] + carry);
    }
    for (char& c : product) c = static_cast<char>(c + '0');
    return SchoolNumber(product);
  }
  [[nodiscard]] SchoolNumber shifted(int zeros) const {
    return SchoolNumber(digits_ + std::string(static_cast<std::size_t>(zeros), '0'));
  }
  [[nodiscard]] SchoolNumber minus(const SchoolNumber& other) const {  // other <= *this
    std::string result = digits_;
    int borrow = 0;
    for (std::size_t i = 0; i < result.size(); ++i) {
      char& c = result[result.size() - 1 - i];
      const int taken = i < other.digits_.size() ? other.digits_[other.digits_.size() - 1 - i] - '0' : 0;
      int value = (c - '0') - taken - borrow;
      borrow = value < 0 ? 1 : 0;
      if (value < 0) value += 10;
      c = static_cast<char>('0' + value);
    }
    return SchoolNumber(result);
  }
  [[nodiscard]] bool less_than(const SchoolNumber& other) const {
    if (digits_.size() != other.digits_.size()) return digits_.size() < other.digits_.size();
    return digits_ < other.digits_;
  }
  // this / divisor, half to even.
  [[nodiscard]] std::string rounded_quotient(const SchoolNumber& divisor) const {
    std::string quotient;
    SchoolNumber rest("0");
    for (const char c : digits_) {
      rest = SchoolNumber(rest.digits_ + c);
      char digit = '0';
      while (!rest.less_than(divisor)) {
        rest = rest.minus(divisor);
        ++digit;
      }
      quotient.push_back(digit);
    }
    const SchoolNumber missing = divisor.minus(rest);
    const bool odd = (quotient.back() - '0') % 2 != 0;
    if (missing.less_than(rest) || (odd && !rest.less_than(missing))) {
      std::size_t i = quotient.size();
      while (i > 0 && quotient[i - 1] == '9') quotient[--i] = '0';
      if (i > 0) {
        ++quotient[i - 1];
      } else {
        quotient.insert(0, "1");
      }
    }
    return SchoolNumber(quotient).digits_;
  }

 private:
  void trim() {
    digits_.erase(0, digits_.find_first_not_of('0'));
    if (digits_.empty()) digits_ = "0";
  }
  std::string digits_;
};

std::string text_or_none(std::optional<std::int64_t> value) {
  return value ? std::to_string(*value) : "none";
}

std::string expected_text(const std::string& digits) {
  const std::string limit = std::to_string(std::numeric_limits<std::int64_t>::max());
  const bool fits = digits.size() < limit.size() || (digits.size() == limit.size() && digits <= limit);
  return fits ? digits : "none";
}

TEST(Conversion, AgreesWithSchoolArithmetic) {
  std::mt19937_64 random(7);
  const auto some = [&random](std::uint64_t limit) {
    const std::uint64_t value = (random() >> (random() % 64)) % (limit + 1);
    return value == 0 ? 1 : value;
  };
  const std::array currencies{kIdr, kJpy, kKwd, currency("CLF")};
  for (int i = 0; i < 20'000; ++i) {
    // Every third case is built to end in an exact half.
    std::uint64_t minor = some(kMaxMinorUnits);
    Rate rate{.digits = static_cast<std::int64_t>(some(std::numeric_limits<std::int64_t>::max())),
              .scale = static_cast<std::int16_t>(random() % 19)};
    if (i % 3 == 0) {
      minor = some(100'000'000) * 2 + 1;
      rate = {.digits = 5, .scale = 1};
    }
    const Currency from = currencies[random() % currencies.size()];
    const Currency to = currencies[random() % currencies.size()];
    const SchoolNumber amount(std::to_string(minor));
    const SchoolNumber digits(std::to_string(rate.digits));

    const std::string forward = amount.times(digits)
                                    .shifted(to.digits())
                                    .rounded_quotient(SchoolNumber("1").shifted(rate.scale + from.digits()));
    ASSERT_EQ(text_or_none(convert(static_cast<std::int64_t>(minor), from, to, rate)), expected_text(forward))
        << minor << ' ' << from.text() << ' ' << to.text() << ' ' << rate.digits << "/10^" << rate.scale;

    const std::string backward =
        amount.shifted(rate.scale + to.digits()).rounded_quotient(digits.shifted(from.digits()));
    ASSERT_EQ(text_or_none(convert_back(static_cast<std::int64_t>(minor), from, to, rate)),
              expected_text(backward))
        << minor << ' ' << from.text() << ' ' << to.text() << ' ' << rate.digits << "/10^" << rate.scale;
  }
}

}  // namespace
}  // namespace suar::event
