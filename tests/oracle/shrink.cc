// Makes a case that differs smaller while it still differs. Every step takes something away; a step after
// which the rules are refused, or nothing differs any more, is not taken.
#include <algorithm>
#include <functional>

#include "oracle/differential.h"

namespace suar::oracle {
namespace {

bool differs(const Case& c) {
  const Comparison comparison = compare(c);
  return comparison.runs && !comparison.difference.empty();
}

// Tries to do without each element of a list, the last first, runs of many before single ones.
template <typename T>
bool without_elements(Case& c, const std::function<std::vector<T>&(Case&)>& list) {
  bool smaller = false;
  for (std::size_t run = std::max<std::size_t>(1, list(c).size() / 2);; run /= 2) {
    for (std::size_t end = list(c).size(); end >= run && end > 0; --end) {
      if (end > list(c).size()) continue;
      Case candidate = c;
      std::vector<T>& from = list(candidate);
      from.erase(from.begin() + static_cast<std::ptrdiff_t>(end - run),
                 from.begin() + static_cast<std::ptrdiff_t>(end));
      if (!differs(candidate)) continue;
      c = std::move(candidate);
      smaller = true;
    }
    if (run == 1) return smaller;
  }
}

bool with(Case& c, const std::function<void(Case&)>& change) {
  Case candidate = c;
  change(candidate);
  if (to_yaml(candidate) == to_yaml(c) && candidate.with_reference == c.with_reference) return false;
  if (!differs(candidate)) return false;
  c = std::move(candidate);
  return true;
}

bool smaller_rules(Case& c) {
  bool smaller = without_elements<RuleText>(c, [](Case& x) -> auto& { return x.rules; });
  for (std::size_t r = 0; r < c.rules.size(); ++r) {
    smaller |= without_elements<std::string>(c, [r](Case& x) -> auto& { return x.rules[r].when; });
    smaller |= without_elements<std::string>(c, [r](Case& x) -> auto& { return x.rules[r].signal; });
    smaller |= without_elements<LetText>(c, [r](Case& x) -> auto& { return x.rules[r].lets; });
    smaller |= without_elements<std::string>(c, [r](Case& x) -> auto& { return x.rules[r].events; });
    smaller |= without_elements<std::string>(c, [r](Case& x) -> auto& { return x.rules[r].mark; });
    smaller |= without_elements<std::string>(c, [r](Case& x) -> auto& { return x.rules[r].exceptions; });
    smaller |= without_elements<std::string>(c, [r](Case& x) -> auto& { return x.rules[r].bands; });
    smaller |= with(c, [r](Case& x) { x.rules[r].step = 0; });
    smaller |= with(c, [r](Case& x) { x.rules[r].shadow = false; });
    smaller |= without_elements<std::pair<std::string, std::string>>(
        c, [r](Case& x) -> auto& { return x.rules[r].params; });
    for (std::size_t l = 0; l < c.rules[r].lets.size(); ++l) {
      smaller |=
          without_elements<std::string>(c, [r, l](Case& x) -> auto& { return x.rules[r].lets[l].where; });
      smaller |= with(c, [r, l](Case& x) { x.rules[r].lets[l].same.clear(); });
    }
    for (std::size_t s = 0; s < c.rules[r].steps.size(); ++s) {
      smaller |= without_elements<std::string>(
          c, [r, s](Case& x) -> auto& { return x.rules[r].steps[s].condition; });
    }
    smaller |= without_elements<StepText>(c, [r](Case& x) -> auto& { return x.rules[r].steps; });
    smaller |= without_elements<std::string>(c, [r](Case& x) -> auto& { return x.rules[r].unless; });
    smaller |= with(c, [r](Case& x) { x.rules[r].unless_within.clear(); });
    smaller |= with(c, [r](Case& x) { x.rules[r].each = false; });
    smaller |= with(c, [r](Case& x) { x.rules[r].trigger.clear(); });
    smaller |= with(c, [r](Case& x) { x.rules[r].quiet.clear(); });
    smaller |= with(c, [r](Case& x) { x.rules[r].silent = false; });
  }
  smaller |= without_elements<std::string>(c, [](Case& x) -> auto& { return x.suppressions; });
  return smaller | with(c, [](Case& x) { x.with_reference = false; });
}

bool smaller_stream(Case& c) {
  bool smaller = without_elements<Line>(c, [](Case& x) -> auto& { return x.lines; });
  for (std::size_t i = 0; i < c.lines.size(); ++i) {
    smaller |= without_elements<std::pair<std::string, std::string>>(
        c, [i](Case& x) -> auto& { return x.lines[i].fields; });
  }
  return smaller;
}

}  // namespace

Case shrink(Case c) {
  while (without_elements<Line>(c, [](Case& x) -> auto& { return x.lines; }) | smaller_rules(c) |
         smaller_stream(c)) {
  }
  return c;
}

}  // namespace suar::oracle
