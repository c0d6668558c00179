#include "engine/explanation.h"

#include <algorithm>
#include <array>
#include <ranges>
#include <span>

#include "engine/evidence.h"

namespace suar::engine {
namespace {

using rules::Type;

Seen see_value(const Node& node, Evaluator& evaluator) {
  Seen seen;
  seen.expression = node.source;
  if (node.op == Op::kParty) {
    Node key;
    key.op = Op::kPartyField;
    key.type = Type::kText;
    key.party_field = rules::PartyField::kKey;
    key.side = node.side;
    seen.value = to_value(evaluator.cell(key), Type::kText);
  } else if (node.type == Type::kBool) {
    seen.value = to_value(Cell::of(evaluator.truth(node)), Type::kBool);
  } else {
    seen.value = to_value(evaluator.cell(node), node.type);
  }
  return seen;
}

// The operands of a chain of one operator, however deep its tree is.
void see_chain(const Node& node, Op op, Evaluator& evaluator, std::vector<Seen>& parts) {
  for (const std::size_t side : {0U, 1U}) {
    const Node& part = *node.args[side];
    if (part.op == op)
      see_chain(part, op, evaluator, parts);
    else
      parts.push_back(see(part, evaluator));
  }
}

void mark_unasked(Seen& seen) {
  seen.asked = false;
  for (Seen& part : seen.parts) mark_unasked(part);
}

void mark_unasked_after(bool decisive, std::vector<Seen>& parts) {
  bool decided = false;
  for (Seen& part : parts) {
    if (decided) mark_unasked(part);
    decided = decided || part.value.truth == decisive;
  }
}

std::optional<Value> column_value(const WindowPlan& plan, const Layout& layout, const LogEntry& entry) {
  if (plan.column < 0) return std::nullopt;
  const Column& column = layout.columns[static_cast<std::size_t>(plan.column)];
  if (column.kind == Column::Kind::kIdentity) return std::nullopt;
  const auto first = static_cast<std::int64_t>(entry.word(column.word));
  Cell cell = Cell::absent();
  if (first != kAbsentNumber) {
    cell = Cell::of(first);
    if (column.kind == Column::Kind::kFraction)
      cell.number.den = static_cast<std::int64_t>(entry.word(column.word + 1));
    cell.currency = column.currency;
  }
  return to_value(cell, plan.window->value->type);
}

std::string event_id_of(const LogEntry& entry, const WindowScope& scope, std::string_view trigger_id,
                        const EntityStore& store, const Payments& payments) {
  const std::uint64_t source = entry.source();
  if (entry.position() == scope.trigger) return std::string(trigger_id);
  if ((source & kSignalBit) != 0) return store.signal(source).event_id;
  return std::string(payments.event_id(static_cast<Slot>(source)));
}

// The events that may be a step by themselves, as the search for sequences takes them, newest first.
std::vector<LogEntry> candidates(const SequencePlan& plan, std::uint32_t bit, const WindowScope& scope) {
  std::vector<LogEntry> found;
  for (std::uint32_t i = scope.log.size(); i > 0; --i) {
    const LogEntry entry = scope.log.entry(i - 1, scope.layout.shape);
    if (entry.position() >= scope.trigger) continue;
    if (entry.time() < scope.now.micros - plan.reach) break;
    if (entry.has(bit)) found.push_back(entry);
  }
  return found;
}

}  // namespace

std::string_view name_of(Verdict verdict) {
  constexpr std::array<std::string_view, 13> kNames = {
      "not_admitted", "late",  "not_triggered", "no_sequence", "not_met", "error", "excepted",
      "snoozed",      "quiet", "repeated",      "silent",      "alert",   "armed"};
  return kNames[static_cast<std::size_t>(verdict)];
}

Seen see(const Node& node, Evaluator& evaluator) {
  Seen seen = see_value(node, evaluator);
  switch (node.op) {
    case Op::kAnd:
    case Op::kOr:
      see_chain(node, node.op, evaluator, seen.parts);
      mark_unasked_after(node.op == Op::kOr, seen.parts);
      return seen;
    case Op::kNot:
      seen.parts.push_back(see(*node.args[0], evaluator));
      return seen;
    case Op::kConditional:
      for (const Node* arg : node.args) seen.parts.push_back(see(*arg, evaluator));
      mark_unasked(seen.parts[seen.parts[0].value.truth ? 2 : 1]);
      return seen;
    case Op::kConstant:
    case Op::kParam:
    case Op::kLet:
    case Op::kWindow:
      return seen;
    default:
      break;
  }
  if (node.type != Type::kBool) return seen;
  for (const Node* arg : node.args) {
    if (arg != nullptr) seen.parts.push_back(see_value(*arg, evaluator));
  }
  return seen;
}

void explain_conditions(const RulePlan& plan, Evaluator& evaluator, Explanation& explanation) {
  explanation.events = see(*plan.events, evaluator);
  for (const Predicate& predicate : plan.predicates) {
    if (!explanation.events->value.truth) break;
    if (predicate.where != nullptr) explanation.window_conditions.push_back(see(*predicate.where, evaluator));
    const bool admitted = predicate.where == nullptr || explanation.window_conditions.back().value.truth;
    if (predicate.share != nullptr && admitted)
      explanation.window_conditions.push_back(see(*predicate.share, evaluator));
  }
  if (plan.trigger != nullptr) explanation.trigger = see(*plan.trigger, evaluator);
  if (plan.trigger != nullptr && !explanation.trigger->value.truth) return;
  explanation.when = see(*plan.when, evaluator);
  for (const Node* modifier : plan.modifiers) explanation.modifiers.push_back(see(*modifier, evaluator));
  if (!explanation.when->value.truth) return;
  for (const Node* exception : plan.exceptions) {
    if (exception != nullptr) explanation.exceptions.push_back(see(*exception, evaluator));
  }
}

void explain_condition_lets(const RulePlan& plan, Evaluator& evaluator, Explanation& explanation) {
  if (!explanation.when) return;
  for (std::size_t i = 0; i < plan.lets.size(); ++i) {
    if (plan.lets[i]->type == Type::kBool)
      explanation.lets.push_back({&explanation.rule->lets[i], see(*plan.lets[i], evaluator), {}});
  }
}

void explain_values(const RulePlan& plan, Evaluator& evaluator, TriggerValues& values,
                    const EntityStore& store, const Payments& payments, std::string_view trigger_id,
                    std::size_t max_event_ids, Explanation& explanation) {
  const rules::Rule& rule = *explanation.rule;
  const WindowScope& scope = values.scope();
  const auto event_of = [&](const LogEntry& entry) {
    return WindowEvent{event_id_of(entry, scope, trigger_id, store, payments),
                       {entry.time()},
                       (entry.source() & kSignalBit) != 0,
                       std::nullopt};
  };
  for (std::size_t i = 0; i < rule.lets.size(); ++i) {
    LetSeen seen{&rule.lets[i], see(*plan.lets[i], evaluator), {}};
    append_values(seen.let->name, values.let(static_cast<int>(i)), seen.let->value->type, nullptr, scope,
                  seen.values);
    explanation.lets.push_back(std::move(seen));
  }
  for (std::size_t i = 0; i < rule.windows.size(); ++i) {
    WindowSeen seen;
    seen.window = &rule.windows[i];
    append_values(seen.window->source, values.window(static_cast<int>(i)), seen.window->type, seen.window,
                  scope, seen.values);
    std::vector<LogEntry> entries;
    for_each_in_window(plan.windows[i], scope, [&](const LogEntry& entry) { entries.push_back(entry); });
    seen.event_count = entries.size();
    for (auto entry = entries.rbegin(); entry != entries.rend() && seen.events.size() < max_event_ids;
         ++entry) {
      seen.events.push_back(event_of(*entry));
      seen.events.back().value = column_value(plan.windows[i], scope.layout, *entry);
    }
    explanation.windows.push_back(std::move(seen));
  }
  const std::span<const LogEntry> steps = values.steps();
  for (std::size_t k = 0; k + 1 < plan.sequence.steps.size(); ++k) {
    StepSeen seen{&rule.steps[k], {}, 0, {}};
    if (!steps.empty()) seen.found = event_of(steps[k]);
    const std::vector<LogEntry> entries = candidates(plan.sequence, plan.sequence.steps[k].bit, scope);
    seen.candidate_count = entries.size();
    for (const LogEntry& entry : entries | std::views::take(max_event_ids))
      seen.candidates.push_back(event_of(entry));
    explanation.steps.push_back(std::move(seen));
  }
}

}  // namespace suar::engine
