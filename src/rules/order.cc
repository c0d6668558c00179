#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "rules/parsed.h"

namespace suar::rules {
namespace {

// A rule's rank is the length of the longest chain of rules behind it. Ranks are given level by level, to the
// rules whose last unranked one has just got its own; what is left at the end waits for itself.
class Ranking {
 public:
  explicit Ranking(const std::vector<ParsedRule>& rules, bool with_marks = false) {
    for (const ParsedRule& rule : rules) by_id_.emplace(rule.definition->id.value, &rule);
    std::map<const ParsedRule*, std::size_t> waits_for;
    std::map<const ParsedRule*, std::vector<const ParsedRule*>> askers;
    std::vector<const ParsedRule*> level;
    for (const auto& [id, rule] : by_id_) {
      std::size_t& count = waits_for[rule];
      const auto wait_for = [&](const Located<std::string>& ask) {
        const auto asked = by_id_.find(ask.value);
        if (asked == by_id_.end()) return;
        ++count;
        askers[asked->second].push_back(rule);
      };
      std::ranges::for_each(rule->asks, wait_for);
      if (with_marks) std::ranges::for_each(rule->marks, wait_for);
      if (count == 0) level.push_back(rule);
    }
    for (; !level.empty(); ++levels_) {
      std::vector<const ParsedRule*> next;
      for (const ParsedRule* rule : level) {
        ranks_.emplace(rule->definition->id.value, levels_);
        for (const ParsedRule* asker : askers[rule]) {
          if (--waits_for[asker] == 0) next.push_back(asker);
        }
      }
      level = std::move(next);
    }
  }

  [[nodiscard]] bool ranked(const ParsedRule& rule) const {
    return ranks_.contains(rule.definition->id.value);
  }
  [[nodiscard]] int rank_of(const ParsedRule& rule) const {
    const auto found = ranks_.find(rule.definition->id.value);
    return found == ranks_.end() ? levels_ : found->second;
  }

  // From `rule` along rules without rank, back to one that was passed before.
  [[nodiscard]] std::vector<const ParsedRule*> circle_from(const ParsedRule& rule) const {
    std::vector<const ParsedRule*> path;
    const ParsedRule* at = &rule;
    while (std::ranges::find(path, at) == path.end()) {
      path.push_back(at);
      at = next_unranked(*at);
    }
    path.erase(path.begin(), std::ranges::find(path, at));
    return path;
  }

 private:
  [[nodiscard]] const ParsedRule* next_unranked(const ParsedRule& rule) const {
    for (const Located<std::string>& ask : rule.asks) {
      const auto asked = by_id_.find(ask.value);
      if (asked != by_id_.end() && !ranked(*asked->second)) return asked->second;
    }
    return &rule;
  }

  std::map<std::string, const ParsedRule*> by_id_;
  std::map<std::string, int> ranks_;
  int levels_ = 0;
};

void report_circle(const std::vector<const ParsedRule*>& circle, Findings& findings) {
  std::string names;
  for (const ParsedRule* rule : circle) names += fmt::format("`{}` asks ", rule->definition->id.value);
  names += fmt::format("`{}`", circle.front()->definition->id.value);
  const std::string& next = circle[circle.size() > 1 ? 1 : 0]->definition->id.value;
  Span at = circle.front()->definition->id.at;
  for (const Located<std::string>& ask : circle.front()->asks) {
    if (ask.value == next) at = ask.at;
  }
  findings.error(Code::kSignalCycle, at, fmt::format("rules wait for one another's signals: {}", names),
                 "take one signal(...) out of the `events` of one of them");
}

}  // namespace

std::vector<const ParsedRule*> checking_order(const std::vector<ParsedRule>& rules) {
  const Ranking with_marks(rules, true), by_signals(rules);
  std::vector<const ParsedRule*> order;
  order.reserve(rules.size());
  for (const ParsedRule& rule : rules) order.push_back(&rule);
  std::ranges::stable_sort(order, {}, [&](const ParsedRule* rule) {
    return std::pair(with_marks.rank_of(*rule), by_signals.rank_of(*rule));
  });
  return order;
}

std::vector<const ParsedRule*> evaluation_order(const std::vector<ParsedRule>& rules, Findings& findings) {
  const Ranking ranking(rules);
  std::vector<const ParsedRule*> order;
  order.reserve(rules.size());
  for (const ParsedRule& rule : rules) order.push_back(&rule);
  std::ranges::stable_sort(order, [&](const ParsedRule* a, const ParsedRule* b) {
    return std::pair(ranking.rank_of(*a), a->definition->id.value) <
           std::pair(ranking.rank_of(*b), b->definition->id.value);
  });
  std::set<const ParsedRule*> reported;
  for (const ParsedRule* rule : order) {
    if (ranking.ranked(*rule) || reported.contains(rule)) continue;
    std::vector<const ParsedRule*> circle = ranking.circle_from(*rule);
    if (!reported.contains(circle.front())) report_circle(circle, findings);
    reported.insert(rule);
    reported.insert(circle.begin(), circle.end());
  }
  return order;
}

}  // namespace suar::rules
