// Windows: aggregate(...) over LENGTH [before DURATION] [same VALUE] [where CONDITION].
//
// `growth` is written like an aggregate and is two of them: what the window holds against what stood before
// it.
#include <fmt/format.h>

#include <algorithm>

#include "rules/check.h"
#include "rules/vocabulary.h"

namespace suar::rules {
namespace {

bool placed_well(const Syntax& syntax, RuleScope& scope) {
  if (!scope.one_event()) return true;
  const std::string_view where = scope.place == Place::kWindow   ? "inside a window"
                                 : scope.place == Place::kEvents ? "in `events`"
                                 : scope.place == Place::kStep   ? "in a step"
                                 : scope.place == Place::kUnless ? "in `unless`"
                                                                 : "in `trigger`";
  scope.set.findings.error(Code::kWindowMisplaced, syntax.at,
                           fmt::format("a window does not stand {}", where),
                           "give each window a name of its own under `let`, and compare in `when`");
  return false;
}

// `distinct`, `first_seen` and `days_since` compare values; the others compute with them.
bool takes(Aggregate aggregate, Type type) {
  const bool quantity = type == Type::kNumber || type == Type::kMoney;
  switch (aggregate) {
    case Aggregate::kSum:
    case Aggregate::kMin:
    case Aggregate::kMax:
    case Aggregate::kAvg:
    case Aggregate::kMedian:
    case Aggregate::kPercentile:
    case Aggregate::kStddev:
    case Aggregate::kEwma:
    case Aggregate::kZscore:
      return quantity;
    case Aggregate::kShare:
      return type == Type::kBool;
    case Aggregate::kUnitPrice:
      return type == Type::kMoney;
    default:
      return quantity || type == Type::kText;
  }
}

std::string_view wanted(Aggregate aggregate) {
  switch (aggregate) {
    case Aggregate::kShare:
      return "a condition";
    case Aggregate::kUnitPrice:
      return "money";
    case Aggregate::kDistinct:
    case Aggregate::kFirstSeen:
    case Aggregate::kDaysSince:
      return "a text, a party, a number or money";
    default:
      return "a number or money";
  }
}

bool check_value_of(const Syntax& syntax, std::string_view name, Window& window, RuleScope& scope) {
  window.value = check_value(syntax, scope);
  if (!window.value) return false;
  window.currency = window.value->currency;
  if (takes(window.aggregate, window.value->type)) return true;
  scope.set.findings.error(
      Code::kWrongType, syntax.at,
      fmt::format("`{}` takes {}, not {}", name, wanted(window.aggregate), described(*window.value)));
  window.value = nullptr;
  return false;
}

bool check_price_range(const Syntax& syntax, Window& window, RuleScope& scope) {
  if (syntax.kind != Syntax::Kind::kRange) {
    scope.set.findings.error(Code::kWrongArgument, syntax.at,
                             "the second argument of `unit_price` is a range",
                             "unit_price(amount, IDR 300_000 .. IDR 5_000_000)");
    return false;
  }
  ExpressionPtr ends[2];
  for (std::size_t i = 0; i < 2; ++i) {
    ends[i] = check_constant(Type::kMoney, *syntax.args[i], "an end of the range", scope);
    if (!ends[i]) return false;
    if (ends[i]->currency == window.currency) continue;
    report_mismatch(*window.value, *ends[i], syntax.args[i]->at, "compared with", scope);
    return false;
  }
  window.low = {static_cast<std::int64_t>(ends[0]->number.num), window.currency};
  window.high = {static_cast<std::int64_t>(ends[1]->number.num), window.currency};
  if (window.low.minor > 0 && window.low.minor <= window.high.minor) return true;
  scope.set.findings.error(
      Code::kBadWindow, syntax.at,
      "the range of a unit price begins above nothing and does not end before it begins");
  return false;
}

bool check_rhythm(const Syntax& call, Window& window, RuleScope& scope) {
  const ExpressionPtr period =
      check_constant(Type::kDuration, *call.args[0], "the period of a rhythm", scope);
  const ExpressionPtr tolerance =
      check_constant(Type::kDuration, *call.args[1], "the tolerance of a rhythm", scope);
  if (!period || !tolerance) return false;
  window.period = period->duration;
  window.tolerance = tolerance->duration;
  if (window.period.micros > 0 && window.tolerance.micros >= 0 && window.tolerance < window.period)
    return true;
  scope.set.findings.error(Code::kBadWindow, call.at,
                           "the period of a rhythm is longer than nothing and than its tolerance");
  return false;
}

bool check_rank(const Syntax& syntax, Window& window, RuleScope& scope) {
  const ExpressionPtr rank =
      check_constant(Type::kNumber, syntax, "the second argument of `percentile`", scope);
  if (!rank) return false;
  window.rank = rank->number;
  if (compare(window.rank, {0, 1}) > 0 && compare(window.rank, {1, 1}) <= 0) return true;
  scope.set.findings.error(Code::kBadWindow, syntax.at, "a percentile lies above 0 and is at most 100%",
                           "write it as a share: percentile(amount, 95%)");
  return false;
}

// ewma and zscore compare whole days.
bool check_days(const Syntax& syntax, const Window& window, RuleScope& scope) {
  const event::Duration day = event::Duration::days(1);
  const bool whole = window.calendar == CalendarUnit::kNone && window.length.micros % day.micros == 0;
  const event::Duration least = window.aggregate == Aggregate::kZscore ? event::Duration::days(3) : day;
  if (window.length.micros <= 0 || (whole && window.length >= least)) return true;
  scope.set.findings.error(
      Code::kBadWindow, syntax.args[1]->at,
      fmt::format("`{}` looks at whole days, {} at least, and not at a calendar's", syntax.args[0]->text,
                  least.micros / day.micros),
      fmt::format("{} over 28d", syntax.args[0]->text == "ewma" ? "ewma(amount, 7d)" : "zscore(amount)"));
  return false;
}

// ewma(half-life) counts events, ewma(x, half-life) adds up x.
bool check_half_life(const Syntax& syntax, Window& window, RuleScope& scope) {
  const ExpressionPtr half_life = check_constant(Type::kDuration, syntax, "the half-life", scope);
  if (!half_life) return false;
  window.half_life = half_life->duration;
  if (window.half_life.micros > 0 && window.half_life <= event::Duration::days(3660)) return true;
  scope.set.findings.error(Code::kBadWindow, syntax.at,
                           "a half-life is longer than nothing and at most 10 years long");
  return false;
}

struct Shape {
  std::size_t least, most;
  std::string_view usage;
};

Shape shape_of(Aggregate aggregate) {
  switch (aggregate) {
    case Aggregate::kCount:
      return {0, 0, "count() over 7d; different values are counted with distinct(other)"};
    case Aggregate::kDaysSince:
      return {0, 1, "days_since() over 90d or days_since(other) over 90d"};
    case Aggregate::kUnitPrice:
      return {2, 2, "unit_price(amount, IDR 300_000 .. IDR 5_000_000) over 60d"};
    case Aggregate::kRhythm:
      return {2, 2, "rhythm(14d, 2d) over 90d"};
    case Aggregate::kShare:
      return {1, 1, "share(channel == \"atm\") over 30d"};
    case Aggregate::kDistinct:
      return {1, 1, "distinct(other) over 14d"};
    case Aggregate::kFirstSeen:
      return {1, 1, "first_seen(other) over 90d"};
    case Aggregate::kPercentile:
      return {2, 2, "percentile(amount, 95%) over 90d"};
    case Aggregate::kEwma:
      return {1, 2, "ewma(amount, 7d) over 28d, or ewma(7d) over 28d for the number of events"};
    case Aggregate::kRecency:
      return {1, 1, "recency(30d) over 60d"};
    case Aggregate::kZscore:
      return {0, 1, "zscore(amount) over 28d, or zscore() over 28d for the number of events"};
    default:
      return {1, 1, "sum(amount) over 14d"};
  }
}

bool check_arguments(const Syntax& call, Window& window, RuleScope& scope) {
  const Shape shape = shape_of(window.aggregate);
  if (!count_arguments(call, 0, shape.least, shape.most, shape.usage, scope)) return false;
  if (window.aggregate == Aggregate::kRhythm) return check_rhythm(call, window, scope);
  if (call.args.empty()) return true;
  if (window.aggregate == Aggregate::kRecency ||
      (window.aggregate == Aggregate::kEwma && call.args.size() == 1))
    return check_half_life(*call.args[0], window, scope);
  if (!check_value_of(*call.args[0], call.text, window, scope)) return false;
  if (window.aggregate == Aggregate::kUnitPrice) return check_price_range(*call.args[1], window, scope);
  if (window.aggregate == Aggregate::kPercentile) return check_rank(*call.args[1], window, scope);
  if (window.aggregate == Aggregate::kEwma) return check_half_life(*call.args[1], window, scope);
  return true;
}

// Only with its value is the type of the window known.
bool needs_value(Aggregate aggregate) {
  switch (aggregate) {
    case Aggregate::kSum:
    case Aggregate::kMin:
    case Aggregate::kMax:
    case Aggregate::kAvg:
    case Aggregate::kUnitPrice:
    case Aggregate::kMedian:
    case Aggregate::kPercentile:
    case Aggregate::kStddev:
      return true;
    default:
      return false;
  }
}

// What is wrong with the parts is reported where they are; the window stands all the same, for those who use
// it.
Type type_of(const Window& window) {
  switch (window.aggregate) {
    case Aggregate::kSum:
    case Aggregate::kMin:
    case Aggregate::kMax:
    case Aggregate::kAvg:
    case Aggregate::kMedian:
    case Aggregate::kPercentile:
    case Aggregate::kStddev:
      return window.value->type;
    case Aggregate::kEwma:
      return window.value ? window.value->type : Type::kNumber;
    case Aggregate::kFirstSeen:
      return Type::kBool;
    case Aggregate::kUnitPrice:
      return Type::kUnitPrice;
    case Aggregate::kRhythm:
      return Type::kRhythm;
    default:
      return Type::kNumber;
  }
}

bool check_same(const Syntax& syntax, Window& window, RuleScope& scope) {
  window.same = check_value(syntax, scope);
  if (!window.same) return false;
  const Type type = window.same->type;
  if (type == Type::kText || type == Type::kNumber || type == Type::kMoney || type == Type::kBool)
    return true;
  scope.set.findings.error(
      Code::kWrongType, syntax.at,
      fmt::format("`same` takes a text, a party, a number, money or a bool, not {}", described(type)));
  return false;
}

ExpressionPtr check_where(const Syntax& syntax, RuleScope& scope) {
  scope.names_trigger = true;
  ExpressionPtr where = check_as(Type::kBool, syntax, "the condition after `where`", scope);
  scope.names_trigger = false;
  return where && check_bound_uses(*where, scope) ? std::move(where) : nullptr;
}

// The inside of a window: its value, `same` and `where` see one event.
bool check_inside(const Syntax& syntax, Window& window, RuleScope& scope) {
  const Place outside = scope.place;
  scope.place = Place::kWindow;
  bool good = check_arguments(*syntax.args[0], window, scope);
  if (window.aggregate == Aggregate::kEwma || window.aggregate == Aggregate::kZscore)
    good = check_days(syntax, window, scope) && good;
  if (syntax.same) good = check_same(*syntax.same, window, scope) && good;
  if (syntax.where) {
    window.where = check_where(*syntax.where, scope);
    good = good && window.where;
  }
  scope.place = outside;
  return good;
}

// The window as an expression, once it is checked. What is written alike means the same within a rule, since
// no let may stand in a window.
ExpressionPtr add_window(Window window, Span at, RuleScope& scope) {
  window.type = type_of(window);
  const bool money = window.type == Type::kMoney || window.type == Type::kUnitPrice;
  if (!money) window.currency = {};
  MutableExpression made = make(Op::kWindow, window.type, at, scope);
  made->currency = window.currency;
  const auto twin = std::ranges::find(scope.rule.windows, window.source, &Window::source);
  made->index = static_cast<int>(twin - scope.rule.windows.begin());
  if (twin != scope.rule.windows.end()) return made;
  scope.rule.longest_window = std::max(scope.rule.longest_window, window.reach());
  scope.rule.windows.push_back(std::move(window));
  return made;
}

ExpressionPtr binary(Op op, Type type, ExpressionPtr left, ExpressionPtr right, Span at, RuleScope& scope) {
  MutableExpression made = make(op, type, at, scope);
  made->args.push_back(std::move(left));
  made->args.push_back(std::move(right));
  return made;
}

// growth(x, HISTORY) over LENGTH: (the sum over LENGTH / LENGTH) / (the sum over HISTORY before it /
// HISTORY).
ExpressionPtr check_growth(const Syntax& syntax, RuleScope& scope) {
  const Syntax& call = *syntax.args[0];
  if (!placed_well(syntax, scope) || !count_arguments(call, 0, 2, 2, "growth(amount, 90d) over 7d", scope))
    return nullptr;
  Window recent, earlier;
  recent.aggregate = earlier.aggregate = Aggregate::kSum;
  check_span(syntax, recent, scope);
  const ExpressionPtr history = check_constant(Type::kDuration, *call.args[1], "the history", scope);
  if (!history) return nullptr;
  const bool plain = recent.calendar == CalendarUnit::kNone && recent.length.micros > 0;
  earlier.length = history->duration;
  earlier.before = recent.before + recent.length;
  if (!plain || earlier.length.micros <= 0 || earlier.length > event::Duration::days(3660)) {
    scope.set.findings.error(Code::kBadWindow, syntax.at,
                             "`growth` compares two lengths of time, each longer than nothing and at most 10 "
                             "years",
                             "growth(amount, 90d) over 7d");
    return nullptr;
  }
  const Place outside = scope.place;
  for (Window* const window : {&recent, &earlier}) {
    scope.place = Place::kWindow;
    bool good = check_value_of(*call.args[0], "growth", *window, scope);
    if (syntax.same) good = check_same(*syntax.same, *window, scope) && good;
    if (syntax.where) window->where = check_where(*syntax.where, scope);
    scope.place = outside;
    if (!good || (syntax.where && !window->where)) return nullptr;
  }
  recent.source = syntax.source + " (recent)";
  earlier.source = syntax.source + " (history)";
  MutableExpression per_time = make(Op::kNumber, Type::kNumber, syntax.at, scope);
  per_time->number = reduce({earlier.length.micros, recent.length.micros});
  ExpressionPtr now = add_window(std::move(recent), syntax.at, scope);
  ExpressionPtr then = add_window(std::move(earlier), syntax.at, scope);
  ExpressionPtr ratio = binary(Op::kDivide, Type::kNumber, std::move(now), std::move(then), syntax.at, scope);
  return binary(Op::kMultiply, Type::kNumber, std::move(ratio), std::move(per_time), syntax.at, scope);
}

}  // namespace

ExpressionPtr check_window(const Syntax& syntax, RuleScope& scope) {
  const Syntax& call = *syntax.args[0];
  if (call.text == "growth") return check_growth(syntax, scope);
  const auto aggregate = find_aggregate(call.text);
  if (!aggregate) {
    std::vector<std::string> names = function_names();
    scope.set.findings.error(Code::kUnknownFunction, call.name_at,
                             fmt::format("`{}` is no aggregate, so it has no window", call.text),
                             did_you_mean(call.text, names));
    return nullptr;
  }
  if (!placed_well(syntax, scope)) return nullptr;
  Window window;
  window.aggregate = *aggregate;
  window.source = syntax.source;
  check_span(syntax, window, scope);
  if (!check_inside(syntax, window, scope) && !window.value && needs_value(window.aggregate)) return nullptr;
  return add_window(std::move(window), syntax.at, scope);
}

}  // namespace suar::rules
