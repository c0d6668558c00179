#include "rules/conditions.h"

#include <algorithm>
#include <tuple>

namespace suar::rules {
namespace {

bool is_fixed(const Expression& condition) {
  return condition.op == Op::kBool || condition.op == Op::kParam;
}

// A value of another step, or of the trigger in a window: asked of pairs of events, not of one.
bool names_other_event(const Expression& expression) {
  return expression.op == Op::kBound ||
         std::ranges::any_of(expression.args, [](const auto& arg) { return names_other_event(*arg); });
}

void collect(const Expression& expression, bool of_each_event, std::vector<Condition>& out) {
  if (expression.type != Type::kBool || is_fixed(expression)) return;
  const bool composed = expression.op == Op::kAnd || expression.op == Op::kOr || expression.op == Op::kNot ||
                        expression.op == Op::kConditional;
  if (!composed) {
    out.push_back({&expression, of_each_event});
    return;
  }
  for (const ExpressionPtr& part : expression.args) collect(*part, of_each_event, out);
}

void collect(const ExpressionPtr& expression, std::vector<Condition>& out) {
  if (expression) collect(*expression, false, out);
}

// Of a condition on one event among others, what that event decides alone.
void collect_own(const ExpressionPtr& expression, bool of_each_event, std::vector<Condition>& out) {
  if (!expression) return;
  if (expression->op == Op::kAnd) {
    for (const ExpressionPtr& part : expression->args) collect_own(part, of_each_event, out);
  } else if (!names_other_event(*expression)) {
    collect(*expression, of_each_event, out);
  }
}

}  // namespace

std::vector<Condition> conditions_of(const Rule& rule) {
  // Names every member, so that a new one stops the compiler here: does it hold conditions?
  const auto& [id, version, title, description, crimes, offence_codes, indicator_codes, basis, look_alikes,
               watch, mode, params, lets, windows, steps, bound, events, trigger, when, unless, weighing,
               exceptions, raise, asks, marks, sequence_reach, longest_window, at] = rule;
  std::vector<Condition> found;
  collect(events, found);
  collect(trigger, found);
  for (const Let& let : lets) collect(let.value, found);
  for (const Window& window : windows) {
    collect_own(window.where, true, found);
    if (window.aggregate == Aggregate::kShare) collect_own(window.value, true, found);
  }
  // The last step is the trigger.
  for (std::size_t k = 0; k < steps.size(); ++k) collect_own(steps[k].condition, k + 1 < steps.size(), found);
  if (unless) collect_own(unless->condition, true, found);
  collect(when, found);
  for (const Exception& exception : exceptions) collect(exception.when, found);
  if (weighing) {
    for (const Modifier& modifier : weighing->modifiers) collect(modifier.when, found);
  }

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
