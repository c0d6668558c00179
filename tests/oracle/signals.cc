// Signals and marks: what a hit leaves on its subject and on others (semantics 7).
#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>

#include "oracle/oracle.h"

namespace suar::oracle {

using rules::EntityKind;
using rules::Rule;

namespace {

// Marks end when a chain of them has become this long.
constexpr int kMaxHops = 6;

// So many events of sequences travel with a signal.
constexpr std::size_t kMostCarried = 12;

using Events = std::vector<std::shared_ptr<const Event>>;

// The latest signal among the steps; null where there is none.
const Event* latest_signal(const Steps& steps) {
  const Event* latest = nullptr;
  for (const Sighting& step : steps) {
    const bool is_signal = step.event->signal_of != nullptr;
    if (is_signal && (latest == nullptr || before(*latest, *step.event))) latest = step.event.get();
  }
  return latest;
}

Events carried_by(const Scope& scope) {
  if (scope.rule.steps.empty()) return scope.sighting.event->carried;
  Events all;
  for (const Sighting& step : *scope.steps) {
    all.push_back(step.event);
    std::ranges::copy(step.event->carried, std::back_inserter(all));
  }
  std::ranges::sort(all, [](const auto& a, const auto& b) { return before(*b, *a); });
  Events newest;
  for (const auto& event : all) {
    const bool told = std::ranges::any_of(newest, [&](const auto& other) { return other->id == event->id; });
    if (!told && newest.size() < kMostCarried) newest.push_back(event);
  }
  return newest;
}

std::string without_tenant(const std::string& key, const Event& trigger) {
  const std::size_t tenant = (*trigger.content)->tenant.size();
  return tenant == 0 ? key : key.substr(tenant + 1);
}

}  // namespace

Event Oracle::signal_of(const Scope& scope) {
  const Event& trigger = *scope.sighting.event;
  Event signal;
  signal.id = trigger.id;
  signal.time = trigger.time;
  signal.signal_of = &scope.rule;
  signal.origin = trigger.signal_of == nullptr ? scope.sighting.event : trigger.origin;
  signal.carried = carried_by(scope);

  const Event* continued = trigger.signal_of != nullptr ? &trigger : latest_signal(*scope.steps);
  signal.hops = continued == nullptr ? 0 : continued->hops;
  signal.chain_began = continued == nullptr ? trigger.time.instant : continued->chain_began;
  signal.chain_origin =
      continued == nullptr ? without_tenant(scope.entity->key, trigger) : continued->chain_origin;
  for (const int let : scope.rule.raise.signal_values) {
    signal.signal_values.push_back(evaluate(scope, *scope.rule.lets[static_cast<std::size_t>(let)].value));
  }
  return signal;
}

std::vector<Oracle::Mark> Oracle::marks_of(const Scope& scope, const Event& signal) const {
  std::vector<Mark> marks;
  std::set<std::string> targets;
  for (const rules::Side side : scope.rule.raise.marks) {
    const event::Party* party = scope.sighting.party(side);
    if (party == nullptr) continue;
    const std::string target = account_or_party_key(world_, *scope.sighting.event, *party);
    if (target.empty() || target == scope.entity->key || !targets.insert(target).second) continue;
    if (signal.hops + 1 > kMaxHops) continue;

    Event copy = signal;
    copy.is_mark = true;
    ++copy.hops;
    marks.push_back(
        {&scope.rule, party->account.empty() ? EntityKind::kParty : EntityKind::kAccount, target, copy});
  }
  return marks;
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
