#include "rules/conditions.h"

#include <algorithm>
#include <tuple>

namespace suar::rules {
namespace {

bool is_fixed(const Expression& condition) {
  return condition.op == Op::kBool || condition.op == Op::kParam;
}

void collect(const Expression& expression, const Window* window, std::vector<Condition>& out) {
  if (expression.type != Type::kBool || is_fixed(expression)) return;
  const bool composed = expression.op == Op::kAnd || expression.op == Op::kOr || expression.op == Op::kNot ||
                        expression.op == Op::kConditional;
  if (!composed) {
    out.push_back({&expression, window});
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
  const auto& [id, version, title, description, crimes, offence_codes, indicator_codes, basis, look_alikes,
               watch, mode, params, lets, windows, events, trigger, when, weighing, exceptions, raise, asks,
               longest_window, at] = rule;
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
