#include "rules/conditions.h"

#include <algorithm>
#include <tuple>

namespace suar::rules {
namespace {

bool is_fixed(const Expression& condition) {
  return condition.op == Op::kBool || condition.op == Op::kParam;
}

// A value of the trigger in a window: asked of pairs of events, not of one.
bool names_other_event(const Expression& expression) {
  return expression.op == Op::kBound ||
         std::ranges::any_of(expression.args, [](const auto& arg) { return names_other_event(*arg); });
}

void collect(const Expression& expression, const Window* window, std::vector<Condition>& out) {
  if (expression.type != Type::kBool || is_fixed(expression)) return;
  const bool composed = expression.op == Op::kAnd || expression.op == Op::kOr || expression.op == Op::kNot ||
                        expression.op == Op::kConditional;
  if (!composed) {
    if (!names_other_event(expression)) out.push_back({&expression, window});
    return;
  }
  for (const ExpressionPtr& part : expression.args) collect(*part, window, out);
}

void collect(const ExpressionPtr& expression, const Window* window, std::vector<Condition>& out) {
  if (expression) collect(*expression, window, out);
}

}  // namespace

std::vector<Condition> conditions_of(const Rule& rule) {
  // Names every member, so that a new one stops the compiler here: does it hold conditions?
  // Those of steps and of `unless` are decided event by event and are not among them.
  const auto& [id, version, title, description, crimes, offence_codes, indicator_codes, basis, look_alikes,
               watch, mode, params, lets, windows, steps, bound, events, trigger, when, unless, weighing,
               exceptions, raise, asks, marks, sequence_reach, longest_window, at] = rule;
  std::vector<Condition> found;
  collect(events, nullptr, found);
  collect(trigger, nullptr, found);
  for (const Let& let : lets) collect(let.value, nullptr, found);
  for (const Window& window : windows) {
    collect(window.where, &window, found);
    if (window.aggregate == Aggregate::kShare) collect(window.value, &window, found);
  }
  collect(when, nullptr, found);

  const auto place = [](const Condition& condition) {
    const Location& l = condition.expression->at;
    return std::tuple(l.file, l.begin, l.end);
  };
  std::ranges::stable_sort(found, {}, place);
  const auto repeated = std::ranges::unique(found, {}, place);
  found.erase(repeated.begin(), repeated.end());
  return found;
}

}  // namespace suar::rules
