// Which time a window spans: `over 7d`, `over 7d before 30d`, `over month("WIB")`.
#include <fmt/format.h>

#include <array>
#include <utility>

#include "rules/check.h"
#include "rules/vocabulary.h"

namespace suar::rules {
namespace {

constexpr event::Duration kLongest = event::Duration::days(3660);

struct Unit {
  std::string_view name;
  CalendarUnit unit;
  int days;  // at most
};
constexpr std::array kUnits{Unit{"day", CalendarUnit::kDay, 1}, Unit{"week", CalendarUnit::kWeek, 7},
                            Unit{"month", CalendarUnit::kMonth, 31}};

const Unit* find_unit(const Syntax& syntax, const RuleScope& scope) {
  const bool name = syntax.kind == Syntax::Kind::kName && !scope.params.contains(syntax.text);
  if (!name && syntax.kind != Syntax::Kind::kCall) return nullptr;
  for (const Unit& unit : kUnits) {
    if (unit.name == syntax.text) return &unit;
  }
  return nullptr;
}

void check_calendar(const Unit& unit, const Syntax& syntax, Window& window, RuleScope& scope) {
  window.calendar = unit.unit;
  window.length = event::Duration::days(unit.days);
  const std::string usage = fmt::format("count() over {}(\"WIB\")", unit.name);
  if (syntax.kind == Syntax::Kind::kName) {
    scope.set.findings.error(Code::kWrongArgumentCount, syntax.at,
                             fmt::format("a {} begins at midnight of some zone", unit.name),
                             fmt::format("name the zone: {}", usage));
    return;
  }
  if (!count_arguments(syntax, 0, 1, 1, usage, scope)) return;
  if (const auto offset = check_zone(*syntax.args[0], scope)) window.offset_minutes = *offset;
}

}  // namespace

std::optional<int> check_zone(const Syntax& syntax, RuleScope& scope) {
  const ExpressionPtr zone = check_constant(Type::kText, syntax, "a time zone", scope);
  if (!zone) return std::nullopt;
  const auto offset = parse_zone(zone->text);
  if (!offset)
    scope.set.findings.error(Code::kWrongArgument, syntax.at,
                             fmt::format("there is no time zone \"{}\"", zone->text),
                             suggest(zone->text, zone_names()) + ", or an offset such as `+07:00`");
  return offset;
}

void check_span(const Syntax& syntax, Window& window, RuleScope& scope) {
  const Syntax& written = *syntax.args[1];
  if (const Unit* const unit = find_unit(written, scope)) {
    check_calendar(*unit, written, window, scope);
  } else if (const auto length = check_constant(Type::kDuration, written, "a window's length", scope)) {
    window.length = length->duration;
    if (window.length.micros <= 0 || window.length > kLongest)
      scope.set.findings.error(Code::kBadWindow, written.at,
                               "a window is longer than nothing and at most 10 years long");
  }
  if (!syntax.before) return;
  const auto before =
      check_constant(Type::kDuration, *syntax.before, "the time that a window stands before", scope);
  if (!before) return;
  window.before = before->duration;
  if (window.before.micros <= 0 || window.before > kLongest)
    scope.set.findings.error(Code::kBadWindow, syntax.before->at,
                             "a window stands before by more than nothing and at most 10 years");
}

}  // namespace suar::rules
