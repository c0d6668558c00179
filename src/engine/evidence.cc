#include "engine/evidence.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "rules/window_span.h"

namespace suar::engine {
namespace {

using rules::Expression;
using rules::Rule;
using rules::Type;

constexpr std::array<std::string_view, 3> kUnitPriceMembers = {"share", "price", "matching"};
constexpr std::array<std::string_view, 3> kRhythmMembers = {"occasions", "regular", "share"};

bool is_comparison(rules::Op op) {
  return op >= rules::Op::kEqual && op <= rules::Op::kGreaterEqual;
}

// The expression has one value for the whole rule: no field, let or window in it.
bool is_constant(const Expression& e) {
  switch (e.op) {
    case rules::Op::kNumber:
    case rules::Op::kMoney:
    case rules::Op::kText:
    case rules::Op::kDuration:
    case rules::Op::kBool:
    case rules::Op::kParam:
      return true;
    case rules::Op::kToHome:
    case rules::Op::kNegate:
    case rules::Op::kAdd:
    case rules::Op::kSubtract:
    case rules::Op::kMultiply:
    case rules::Op::kDivide:
      return std::ranges::all_of(e.args, [](const auto& arg) { return is_constant(*arg); });
    default:
      return false;
  }
}

// What a condition compares: "n", "unit.share", "got.amount" of a step, or a window's own text.
std::string name_of_operand(const Expression& e, const Rule& rule) {
  if (e.op == rules::Op::kLet) return rule.lets[static_cast<std::size_t>(e.index)].name;
  if (e.op == rules::Op::kWindow) return rule.windows[static_cast<std::size_t>(e.index)].source;
  if (e.op == rules::Op::kBound) return rule.bound[static_cast<std::size_t>(e.index)].source;
  if (e.op == rules::Op::kMember) {
    const std::string whole = name_of_operand(*e.args[0], rule);
    const auto& members = e.args[0]->type == Type::kUnitPrice ? kUnitPriceMembers : kRhythmMembers;
    return whole.empty() ? "" : whole + "." + std::string(members[static_cast<std::size_t>(e.index)]);
  }
  return "";
}

// The thresholds that a condition (and the lets it reads) compares each named value with: the first one met.
void collect_thresholds(const Node& node, const Rule& rule, const RulePlan& plan, Evaluator& evaluator,
                        std::map<std::string, Value>& thresholds) {
  const Expression& e = *node.source;
  if (node.op == Op::kCompare && is_comparison(e.op)) {
    for (const std::size_t side : {0U, 1U}) {
      const std::string name = name_of_operand(*e.args[side], rule);
      if (name.empty() || !is_constant(*e.args[1 - side])) continue;
      thresholds.try_emplace(name, to_value(evaluator.cell(*node.args[1 - side]), e.args[1 - side]->type));
    }
  }
  if (node.op == Op::kInRange) {
    const std::string name = name_of_operand(*e.args[0], rule);
    if (!name.empty()) thresholds.try_emplace(name, to_value(evaluator.cell(*node.args[1]), e.args[1]->type));
  }
  if (node.op == Op::kLet) {
    collect_thresholds(*plan.lets[static_cast<std::size_t>(node.index)], rule, plan, evaluator, thresholds);
  }
  for (const Node* arg : node.args) {
    if (arg != nullptr) collect_thresholds(*arg, rule, plan, evaluator, thresholds);
  }
}

// Lists that matched and paths that were found, wherever the rule asked about the trigger.
void collect_matches(const Node& node, const RulePlan& plan, Evaluator& evaluator,
                     const Occurrence& occurrence, std::set<std::string>& lists,
                     std::set<std::string>& paths) {
  using rules::Function;
  const reference::Reference& reference = occurrence.reference();
  if (node.op == Op::kCall) {
    const bool list = node.function == Function::kListedParty || node.function == Function::kListedText ||
                      node.function == Function::kMentions;
    const bool counted = node.function == Function::kMentionCount && evaluator.cell(node).number.num > 0;
    if (counted || (list && evaluator.truth(node))) lists.emplace(reference.name_of(node.list));
    if (node.function == Function::kLinked) {
      const reference::PartyRef a = evaluator.party(*node.args[0]);
      const reference::PartyRef b = evaluator.party(*node.args[1]);
      if (a.known() && b.known()) {
        const auto path = reference.linked(a, b, node.source->links, node.source->hops, occurrence.time());
        if (path) paths.insert(reference::to_string(*path));
      }
    }
  }
  if (node.op == Op::kLet) {
    collect_matches(*plan.lets[static_cast<std::size_t>(node.index)], plan, evaluator, occurrence, lists,
                    paths);
  }
  for (const Node* arg : node.args) {
    if (arg != nullptr) collect_matches(*arg, plan, evaluator, occurrence, lists, paths);
  }
}

// The longest window that a value rests on; null where it rests on none.
const rules::Window* window_behind(const Expression& e, const Rule& rule) {
  if (e.op == rules::Op::kWindow) return &rule.windows[static_cast<std::size_t>(e.index)];
  const rules::Window* longest = nullptr;
  const auto consider = [&longest](const rules::Window* window) {
    if (window != nullptr && (longest == nullptr || longest->length < window->length)) longest = window;
  };
  if (e.op == rules::Op::kLet)
    consider(window_behind(*rule.lets[static_cast<std::size_t>(e.index)].value, rule));
  for (const auto& arg : e.args) consider(window_behind(*arg, rule));
  return longest;
}

constexpr std::uint64_t kCarried = ~std::uint64_t{0};  // in place of a source: an event that a signal carries

// The events that the signals among these carry.
std::map<Position, std::string_view> carried_by(const HitContext& context,
                                                const std::map<Position, std::uint64_t>& events) {
  std::map<Position, std::string_view> carried;
  for (const auto& [position, source] : events) {
    if ((source & kSignalBit) == 0) continue;
    const Signal* trigger = context.occurrence.signal();
    const bool is_trigger = position == context.values.scope().trigger && trigger != nullptr;
    const Signal& signal = is_trigger ? *trigger : context.store.signal(source);
    for (const CarriedEvent& event : signal.carried) carried.emplace(event.at, event.event_id);
  }
  return carried;
}

void fill_values(HitContext& context, Hit& hit) {
  const Rule& rule = context.rule;
  const WindowScope& scope = context.values.scope();
  std::map<std::string, Value> thresholds;
  collect_thresholds(*context.plan.when, rule, context.plan, context.evaluator, thresholds);
  std::set<int> named;
  for (const int i : context.plan.evidence_lets) {
    const rules::Let& let = rule.lets[static_cast<std::size_t>(i)];
    if (let.value->op == rules::Op::kWindow) named.insert(let.value->index);
    append_values(let.name, context.values.let(i), let.value->type, window_behind(*let.value, rule), scope,
                  hit.values);
  }
  std::set<int> inside_lets;
  for (const int i : context.plan.evidence_lets) {
    const auto visit = [&](const auto& self, const Expression& e) -> void {
      if (e.op == rules::Op::kWindow) inside_lets.insert(e.index);
      for (const auto& arg : e.args) self(self, *arg);
    };
    visit(visit, *rule.lets[static_cast<std::size_t>(i)].value);
  }
  for (const int i : context.plan.windows_used) {
    if (inside_lets.contains(i)) continue;
    const rules::Window& window = rule.windows[static_cast<std::size_t>(i)];
    append_values(window.source, context.values.window(i), window.type, &window, scope, hit.values);
  }
  for (const int i : context.plan.evidence_bounds) {
    const rules::Bound& bound = rule.bound[static_cast<std::size_t>(i)];
    append_values(bound.source, context.values.bound(i), bound.value->type, nullptr, scope, hit.values);
  }
  for (EvidenceValue& value : hit.values) {
    if (const auto found = thresholds.find(value.name); found != thresholds.end())
      value.threshold = found->second;
  }
}

void fill_weighing(HitContext& context, Hit& hit) {
  const rules::Weighing& weighing = *context.rule.weighing;
  for (std::size_t i = 0; i < weighing.terms.size(); ++i) {
    const rules::Term& term = weighing.terms[i];
    const rules::Let& let = context.rule.lets[static_cast<std::size_t>(term.let)];
    const rules::Rational points = context.evaluator.cell(*context.plan.points[i]).number;
    hit.terms.push_back({let.name, to_value(context.values.let(term.let), let.value->type),
                         term.weight.value_or(points), points});
  }
  for (std::size_t i = 0; i < weighing.modifiers.size(); ++i) {
    if (context.evaluator.truth(*context.plan.modifiers[i]))
      hit.modifiers.push_back({weighing.modifiers[i].name, weighing.modifiers[i].factor});
  }
}

}  // namespace

void append_values(const std::string& name, const Cell& cell, Type type, const rules::Window* window,
                   const WindowScope& scope, std::vector<EvidenceValue>& values) {
  const auto add = [&](const std::string& full_name, Value value) {
    EvidenceValue evidence;
    evidence.name = full_name;
    evidence.value = std::move(value);
    if (window != nullptr) {
      const rules::WindowSpan span = rules::span_of(*window, scope.now);
      evidence.window_start = span.start;
      evidence.window_end = span.until;
    }
    values.push_back(std::move(evidence));
  };
  if (type == Type::kUnitPrice) {
    const UnitPrice& price = cell.unit_price;
    add(name + ".share", to_value(Cell::of(price.total == 0 ? rules::Rational{}
                                                            : rules::Rational{price.matching, price.total}),
                                  Type::kNumber));
    add(name + ".price",
        to_value(price.price == 0 ? Cell::absent() : Cell::money(price.price, cell.currency), Type::kMoney));
    add(name + ".matching", to_value(Cell::of(rules::Rational::of(price.matching)), Type::kNumber));
  } else if (type == Type::kRhythm) {
    const Rhythm& rhythm = cell.rhythm;
    add(name + ".occasions", to_value(Cell::of(rules::Rational::of(rhythm.occasions)), Type::kNumber));
    add(name + ".regular", to_value(Cell::of(rules::Rational::of(rhythm.regular)), Type::kNumber));
    add(name + ".share",
        to_value(rhythm.occasions < 2 ? Cell::absent()
                                      : Cell::of(rules::Rational{rhythm.regular, rhythm.occasions - 1}),
                 Type::kNumber));
  } else {
    add(name, to_value(cell, type));
  }
}

Value to_value(const Cell& cell, Type type) {
  Value value;
  value.type = type == Type::kParty ? Type::kText : type;
  value.present = cell.present;
  value.truth = cell.truth;
  value.number = cell.number;
  value.currency = cell.currency;
  value.text = std::string(cell.text);
  if (type == Type::kTime) value.time = {static_cast<std::int64_t>(cell.number.num)};
  if (type == Type::kDuration) value.duration = {static_cast<std::int64_t>(cell.number.num)};
  return value;
}

std::vector<std::uint64_t> fill_evidence(HitContext& context, Hit& hit) {
  fill_values(context, hit);
  if (context.rule.weighing) fill_weighing(context, hit);

  std::set<std::string> lists, paths;
  for (const Node* node : {context.plan.events, context.plan.trigger, context.plan.when}) {
    if (node != nullptr)
      collect_matches(*node, context.plan, context.evaluator, context.occurrence, lists, paths);
  }
  hit.lists.assign(lists.begin(), lists.end());
  hit.paths.assign(paths.begin(), paths.end());

  // Every event that the conditions used, the trigger included; a signal counts as the event that raised it.
  const WindowScope& scope = context.values.scope();
  hit.warming_up_since =
      context.store.coverage().warming_since(context.rule.watch, scope.layout, context.plan, scope.now);
  std::map<Position, std::uint64_t> events;
  for (const int i : context.plan.windows_used) {
    for_each_in_window(context.plan.windows[static_cast<std::size_t>(i)], scope,
                       [&](const LogEntry& entry) { events.emplace(entry.position(), entry.source()); });
  }
  for (const LogEntry& step : context.values.steps()) events.emplace(step.position(), step.source());
  events.emplace(scope.trigger, scope.entered.source());
  const std::map<Position, std::string_view> carried = carried_by(context, events);
  for (const auto& [position, id] : carried) events.emplace(position, kCarried);
  std::vector<std::uint64_t> orders;
  std::set<std::string_view> listed;
  for (auto newest = events.rbegin(); newest != events.rend(); ++newest) {
    const auto& [position, source] = *newest;
    std::string_view id;
    if (source == kCarried) {
      id = carried.at(position);
    } else if (position == scope.trigger) {
      id = context.occurrence.event_id();
    } else if ((source & kSignalBit) != 0) {
      id = context.store.signal(source).event_id;
    } else {
      id = context.payments.event_id(static_cast<Slot>(source));
    }
    if (source == kCarried) {
      orders.push_back(position.order);
    } else if ((source & kSignalBit) == 0) {
      orders.push_back(position.order);
      context.payments[static_cast<Slot>(source)].in_alert = true;
    } else if (const Signal* trigger = context.occurrence.signal();
               position == scope.trigger && trigger != nullptr) {
      orders.push_back(trigger->order);
    } else {
      orders.push_back(context.store.signal(source).order);
    }
    if (!listed.insert(id).second) continue;
    if (hit.event_ids.size() < context.max_event_ids) hit.event_ids.emplace_back(id);
  }
  hit.event_count = listed.size();

  const rules::Raise& raise = context.rule.raise;
  const auto fill_template = [&](const rules::Template& pieces, const std::vector<const Node*>& nodes,
                                 std::vector<Value>& out) {
    std::size_t next = 0;
    for (const auto& piece : pieces) {
      if (!piece.value) continue;
      out.push_back(to_value(context.evaluator.cell(*nodes[next++]), piece.value->type));
    }
  };
  fill_template(raise.because_en, context.plan.because_en, hit.because_en);
  fill_template(raise.because_id, context.plan.because_id, hit.because_id);
  return orders;
}

}  // namespace suar::engine
