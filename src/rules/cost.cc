#include "rules/cost.h"

#include <algorithm>
#include <set>
#include <string>

#include "rules/words.h"

namespace suar::rules {
namespace {

constexpr double kPlain = 2;            // a comparison, a field
constexpr double kLookUp = 40;          // in reference data: a party, a list, a place
constexpr double kPath = 400;           // a search for relations
constexpr double kSearch = 200;         // in a text
constexpr double kWindow = 20;          // a window, however little it holds
constexpr double kWindowEntry = 1.5;    // for each event that it holds
constexpr std::size_t kEntryWords = 4;  // time, order, source, mask

double own_nanos(Function function) {
  switch (function) {
    case Function::kHas:
    case Function::kIsDay:
    case Function::kInPeriod:
    case Function::kAmountIn:
    case Function::kMultipleOf:
    case Function::kStartsWith:
    case Function::kEndsWith:
    case Function::kHours:
    case Function::kMinutes:
    case Function::kDayOfWeek:
    case Function::kDate:
    case Function::kMonth:
    case Function::kSignal:
    case Function::kSignalValue:
      return kPlain;
    case Function::kListedParty:
    case Function::kListedText:
    case Function::kInFeeBand:
    case Function::kTagged:
    case Function::kWithin:
    case Function::kServes:
    case Function::kTariff:
    case Function::kSameUnit:
    case Function::kSupervises:
    case Function::kPeer:
    case Function::kListedDays:
      return kLookUp;
    case Function::kKin:
    case Function::kLinked:
      return kPath;
    case Function::kMentions:
    case Function::kContains:
    case Function::kMatches:
    case Function::kSize:
      return kSearch;
    default:
      return kPlain;
  }
}

// Every part, though evaluation stops where the result is known: an upper estimate.
double nanos_of(const Expression& expression) {
  double sum = expression.op == Op::kCall ? own_nanos(expression.function) : kPlain;
  if (expression.op == Op::kPartyField && expression.party_field >= PartyField::kOccupation) sum = kLookUp;
  for (const ExpressionPtr& part : expression.args) sum += nanos_of(*part);
  return sum;
}

double nanos_of(const ExpressionPtr& expression) {
  return expression ? nanos_of(*expression) : 0;
}

// The direction that every event has that the condition admits; empty where it may be either.
std::string direction_of(const Expression& condition) {
  if (condition.op == Op::kAnd) {
    for (const ExpressionPtr& part : condition.args) {
      if (std::string found = direction_of(*part); !found.empty()) return found;
    }
  }
  if (condition.op != Op::kEqual) return {};
  for (const std::size_t side : {0U, 1U}) {
    const Expression& field = *condition.args[side];
    if (field.op == Op::kEventField && field.event_field == EventField::kDirection)
      return condition.args[1 - side]->text;
  }
  return {};
}

}  // namespace

double RuleCost::entries(const Traffic& traffic) const {
  const double days =
      static_cast<double>(longest.micros) / static_cast<double>(event::Duration::days(1).micros);
  return traffic.events_per_day * days / std::max(traffic.entities, 1.0);
}

double RuleCost::bytes_per_entity(const Traffic& traffic) const {
  return entries(traffic) * static_cast<double>(entry_bytes);
}

double RuleCost::bytes(const Traffic& traffic) const {
  return bytes_per_entity(traffic) * traffic.entities;
}

double RuleCost::nanos(const Traffic& traffic) const {
  return trigger_nanos + static_cast<double>(windows) * (kWindow + kWindowEntry * entries(traffic));
}

RuleCost cost_of(const Rule& rule) {
  RuleCost cost;
  std::set<std::string> columns;
  cost.event_nanos = nanos_of(rule.events);
  for (const Window& window : rule.windows) {
    cost.event_nanos += nanos_of(window.where);
    if (window.aggregate == Aggregate::kShare)
      cost.event_nanos += nanos_of(window.value);
    else if (window.value)
      columns.insert(std::to_string(window.value->at.begin) + " " + std::to_string(window.value->at.end));
    if (window.same)
      columns.insert(std::to_string(window.same->at.begin) + " " + std::to_string(window.same->at.end));
  }
  cost.trigger_nanos = nanos_of(rule.trigger) + nanos_of(rule.when);
  for (const Let& let : rule.lets) cost.trigger_nanos += nanos_of(let.value);
  for (const Exception& exception : rule.exceptions) cost.trigger_nanos += nanos_of(exception.when);
  cost.trigger_nanos += nanos_of(rule.raise.score_by) + nanos_of(rule.raise.severity_by);
  cost.windows = rule.windows.size();
  cost.longest = rule.longest_window;
  if (!rule.windows.empty()) cost.entry_bytes = 8 * (kEntryWords + columns.size());
  return cost;
}

int sides_admitted(const Rule& rule) {
  return has_sides(rule.watch) && direction_of(*rule.events).empty() ? 2 : 1;
}

}  // namespace suar::rules
