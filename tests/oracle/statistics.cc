#include "oracle/statistics.h"

#include <algorithm>
#include <cmath>

namespace suar::oracle {
namespace {

using boost::multiprecision::cpp_int;
using rules::Type;

Value in_unit(const rules::Window& window, Number number) {
  return window.type == Type::kMoney ? Value::money(std::move(number), window.currency)
                                     : Value::of(std::move(number));
}

double as_double(const Number& number) {
  return numerator(number).convert_to<double>() / denominator(number).convert_to<double>();
}

std::vector<double> as_doubles(const std::vector<Number>& numbers) {
  std::vector<double> result;
  std::ranges::transform(numbers, std::back_inserter(result), as_double);
  return result;
}

// To the nearest whole number; of two equally near ones, the even one.
Number nearest(const Number& number) {
  const Number size = abs(number);
  cpp_int whole = numerator(size) / denominator(size);
  const Number rest = size - Number(whole);
  const Number half = Number(1) / 2;
  if (rest > half || (rest == half && whole % 2 == 1)) ++whole;
  return number < 0 ? Number(-whole) : Number(whole);
}

Value rounded(Type type, event::Currency currency, double result) {
  const Number exact(result);
  if (type == Type::kMoney) return Value::money(nearest(exact), currency);
  return Value::of(nearest(exact * 1'000'000) / 1'000'000);
}

double average(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum = sum + value;
  return sum / static_cast<double>(values.size());
}

double standard_deviation(const std::vector<double>& values) {
  const double middle = average(values);
  std::vector<double> squares;
  for (const double value : values) squares.push_back((value - middle) * (value - middle));
  return std::sqrt(average(squares));
}

// One half to the power of age / half-life.
double weight(event::Duration age, event::Duration half_life) {
  cpp_int exponent = cpp_int(age.micros) * 1024 / half_life.micros;
  double result = 1;
  double root = 0.5;
  for (cpp_int place = 512; place >= 1; place /= 2) {
    root = std::sqrt(root);
    if (exponent / place % 2 == 1) result = result * root;
  }
  for (; exponent >= 1024 && result > 0; exponent -= 1024) result = result / 2;
  return result;
}

}  // namespace

Value median(const rules::Window& window, std::vector<Value> values) {
  if (values.empty()) return Value::absent(window.type);
  std::ranges::sort(values, {}, &Value::number);
  const Number& upper = values[values.size() / 2].number;
  const Number& lower = values[(values.size() - 1) / 2].number;
  return in_unit(window, Number((lower + upper) / 2));
}

Value percentile(const rules::Window& window, const std::vector<Value>& values) {
  const Number share = number_of(window.rank);
  Value smallest = Value::absent(window.type);
  for (const Value& candidate : values) {
    const auto covered =
        std::ranges::count_if(values, [&](const Value& value) { return value.number <= candidate.number; });
    const bool enough = Number(covered) >= share * Number(values.size());
    if (enough && (!smallest.present || candidate.number < smallest.number)) smallest = candidate;
  }
  return smallest;
}

Value deviation(const rules::Window& window, const std::vector<Value>& values) {
  if (values.empty()) return Value::absent(window.type);
  std::vector<Number> numbers;
  for (const Value& value : values) numbers.push_back(value.number);
  return rounded(window.type, window.currency, standard_deviation(as_doubles(numbers)));
}

Value moving_average(const rules::Window& window, const std::vector<Number>& days) {
  if (days.empty()) return Value::absent(window.type);
  double sums = 0, weights = 0;
  for (std::size_t age = 0; age < days.size(); ++age) {
    const double w = weight(event::Duration::days(static_cast<std::int64_t>(age)), window.half_life);
    sums = sums + w * as_double(days[age]);
    weights = weights + w;
  }
  return rounded(window.type, window.currency, sums / weights);
}

Value zscore(const std::vector<Number>& days) {
  const std::vector<double> sums = as_doubles(days);
  if (sums.size() < 2) return Value::absent(Type::kNumber);
  const std::vector<double> earlier(sums.begin() + 1, sums.end());
  const double deviation = standard_deviation(earlier);
  if (deviation == 0) return Value::absent(Type::kNumber);
  return rounded(Type::kNumber, {}, (sums[0] - average(earlier)) / deviation);
}

Value decayed(const Value& age, event::Duration half_life) {
  if (!age.present) return Value::absent(Type::kNumber);
  event::Duration exact = age.duration;
  if (age.type == Type::kNumber) {
    const Number micros = age.number * event::Duration::days(1).micros;
    exact.micros = static_cast<std::int64_t>(cpp_int(numerator(micros) / denominator(micros)));
  }
  if (exact.micros < 0) exact.micros = 0;
  return rounded(Type::kNumber, {}, weight(exact, half_life));
}

}  // namespace suar::oracle
