// Signals and marks: what a hit leaves on its subject and on others (semantics 7).
#include <algorithm>
#include <tuple>
#include <utility>

#include "oracle/oracle.h"

namespace suar::oracle {

using rules::EntityKind;
using rules::Rule;

namespace {

// Marks end when a chain of them has become this long.
constexpr int kMaxHops = 6;

}  // namespace

Event Oracle::signal_of(const Rule& rule, const Entity& entity, const Sighting& trigger) {
  Event signal;
  signal.id = trigger.event->id;
  signal.time = trigger.event->time;
  signal.signal_of = &rule;
  signal.hops = trigger.event->hops;
  signal.origin = trigger.event->signal_of == nullptr ? trigger.event : trigger.event->origin;
  const Scope scope{world_, rule, trigger, Moment::kOnArrival, &entity};
  for (const int let : rule.raise.signal_values) {
    signal.signal_values.push_back(evaluate(scope, *rule.lets[static_cast<std::size_t>(let)].value));
  }
  ++tally_["signals"];
  return signal;
}

void Oracle::mark(const Rule& rule, const Entity& entity, const Sighting& trigger, const Event& signal) {
  std::set<std::string> targets;
  for (const rules::Side side : rule.raise.marks) {
    const event::Party* party = trigger.party(side);
    if (party == nullptr) continue;
    const std::string target = account_or_party_key(world_, *trigger.event, *party);
    if (target.empty() || target == entity.key || !targets.insert(target).second) continue;
    if (signal.hops + 1 > kMaxHops) continue;

    Event copy = signal;
    ++copy.hops;
    marks_.push_back(
        {&rule, party->account.empty() ? EntityKind::kParty : EntityKind::kAccount, target, copy});
  }
}

void Oracle::deliver_marks() {
  while (!marks_.empty()) {
    std::vector<Mark> wave = std::exchange(marks_, {});
    std::ranges::stable_sort(wave, [](const Mark& a, const Mark& b) {
      return std::tie(a.rule->id, a.target) < std::tie(b.rule->id, b.target);
    });
    for (Mark& mark : wave) {
      ++tally_["marks"];
      mark.signal.order = ++order_;
      Entity& target = entity(mark.kind, mark.target);
      evaluate_on(target, see(target, std::make_shared<const Event>(mark.signal), Direction::kSignal));
    }
  }
}

}  // namespace suar::oracle
