#include "engine/program.h"

#include <algorithm>
#include <map>
#include <set>

#include "engine/evaluator.h"
#include "engine/fingerprint.h"

namespace suar::engine {
namespace {

using rules::Aggregate;
using rules::Rule;

// Builds the layout of one kind, rule by rule.
class LayoutBuilder {
 public:
  LayoutBuilder(const rules::RuleSet& rules, const reference::Reference& reference, event::Duration lateness,
                NodePool& nodes, Layout& layout)
      : rules_(rules), reference_(reference), lateness_(lateness), nodes_(nodes), layout_(layout) {}

  void add(const Rule& rule, int index) {
    RulePlan plan;
    plan.rule = index;
    plan.longest = rule.longest_window;
    plan.calendar_windows = std::ranges::any_of(rule.windows, [](const rules::Window& window) {
      return window.calendar != rules::CalendarUnit::kNone;
    });
    if (!rule.steps.empty()) plan.fixed_reach = rule.sequence_reach + event::Duration{1};
    if (rule.unless) plan.fixed_reach = std::max(plan.fixed_reach, rule.unless->within);
    plan.events = compile(*rule.events, rule);
    plan.admits = nodes_.cheapest_first(*plan.events);
    plan.trigger = rule.trigger ? compile(*rule.trigger, rule) : nullptr;
    plan.when = compile(*rule.when, rule);
    plan.buckets = possible_buckets(*plan.events);
    for (const auto& let : rule.lets) plan.lets.push_back(compile(*let.value, rule));
    for (const auto& window : rule.windows) plan.windows.push_back(plan_window(window, rule, plan));
    plan_bounds(rule, plan);
    plan_sequence(rule, plan);
    plan_unless(rule, plan);
    for (const auto* pieces : {&rule.raise.because_en, &rule.raise.because_id}) {
      auto& values = pieces == &rule.raise.because_en ? plan.because_en : plan.because_id;
      for (const auto& piece : *pieces) {
        if (piece.value) values.push_back(compile(*piece.value, rule));
      }
    }
    const auto compile_if = [&](const rules::ExpressionPtr& e) { return e ? compile(*e, rule) : nullptr; };
    plan.score = compile_if(rule.raise.score_by);
    plan.severity = compile_if(rule.raise.severity_by);
    for (const auto& exception : rule.exceptions) plan.exceptions.push_back(compile_if(exception.when));
    for (const auto& suppression : rules_.suppressions) {
      if (suppression.rule == rule.id) plan.suppressions.emplace(suppression.subject, &suppression);
    }
    if (rule.weighing) {
      for (const auto& term : rule.weighing->terms) plan.points.push_back(compile(*term.points, rule));
      for (const auto& modifier : rule.weighing->modifiers)
        plan.modifiers.push_back(compile(*modifier.when, rule));
    }
    plan.asks.resize(rules_.rules.size());
    plan.marks_only.resize(rules_.rules.size());
    for (std::size_t i = 0; i < rules_.rules.size(); ++i) {
      const bool reaches = rule.mode == rules::Mode::kShadow || rules_.rules[i].mode == rules::Mode::kLive;
      plan.marks_only[i] = std::ranges::find(rule.marks, rules_.rules[i].id) != rule.marks.end();
      plan.asks[i] = reaches && std::ranges::find(rule.asks, rules_.rules[i].id) != rule.asks.end();
    }
    std::set<int> lets, windows, bounds;
    collect_reachable(*rule.when, rule, lets, windows, bounds);
    plan.windows_used.assign(windows.begin(), windows.end());
    for (const auto* grade : {&rule.raise.score_by, &rule.raise.severity_by}) {
      if (*grade) collect_reachable(**grade, rule, lets, windows, bounds);
    }
    for (const auto* pieces : {&rule.raise.because_en, &rule.raise.because_id}) {
      for (const auto& piece : *pieces) {
        if (piece.value) collect_reachable(*piece.value, rule, lets, windows, bounds);
      }
    }
    plan.evidence_lets.assign(lets.begin(), lets.end());
    for (const int bound : bounds) {
      const rules::Type type = rule.bound[static_cast<std::size_t>(bound)].value->type;
      if (type != rules::Type::kText && type != rules::Type::kParty) plan.evidence_bounds.push_back(bound);
    }
    layout_.rules.push_back(std::move(plan));
  }

  void finish() {
    layout_.shape.head = LogShape::kBeforeMask + static_cast<std::uint32_t>((layout_.reach.size() + 63) / 64);
    std::uint32_t word = LogShape::kBeforeColumns;
    for (Column& column : layout_.columns) {
      column.word = word;
      word += column.kind == Column::Kind::kFraction ? 2 : 1;
    }
    layout_.shape.body = word;
    layout_.windows = static_cast<std::uint32_t>(window_ids_.size());
    // The rules of a bit admit the same events, so an entry that has it was filled for all of them.
    layout_.filled.resize(layout_.reach.size());
    for (const RulePlan& plan : layout_.rules) {
      for (const Predicate& predicate : plan.predicates) {
        auto& filled = layout_.filled[predicate.bit];
        filled.insert(filled.end(), plan.columns.begin(), plan.columns.end());
      }
    }
    for (auto& filled : layout_.filled) {
      std::ranges::sort(filled);
      const auto repeated = std::ranges::unique(filled);
      filled.erase(repeated.begin(), repeated.end());
    }
    for (std::uint32_t i = 0; i < layout_.rules.size(); ++i) {
      for (unsigned bucket = 0; bucket < kBuckets; ++bucket) {
        if ((layout_.rules[i].buckets >> bucket) & 1U) layout_.by_bucket[bucket].push_back(i);
      }
    }
  }

 private:
  const Node* compile(const rules::Expression& expression, const Rule& rule) {
    return nodes_.compile(expression, rule, rules_);
  }

  WindowPlan plan_window(const rules::Window& window, const Rule& rule, RulePlan& plan) {
    WindowPlan result;
    result.window = &window;
    std::vector<const rules::Expression*> where;
    std::string with_trigger;
    if (window.where) {
      std::vector<const rules::Expression*> conjuncts;
      append_conjuncts(*window.where, conjuncts);
      const CorrelationCompiler correlate = correlations(rule, plan);
      for (const rules::Expression* conjunct : conjuncts) {
        if (!names_other_event(*conjunct)) {
          where.push_back(conjunct);
          continue;
        }
        result.correlations.push_back(correlate.compile(*conjunct, 0, [](int) { return 1; }));
        append_fingerprint(*conjunct, rule, with_trigger);
      }
    }
    result.bit = bit_for(where, nullptr, lasting(window.reach()), rule, plan);
    if (window.aggregate == Aggregate::kShare) {
      result.share_bit = bit_for(where, window.value.get(), lasting(window.reach()), rule, plan);
    } else if (window.value) {
      result.column = column_for(*window.value, rule, plan);
    }
    if (window.same) result.same = column_for(*window.same, rule, plan);
    const std::string key =
        std::to_string(static_cast<int>(window.aggregate)) + ' ' + std::to_string(result.bit) + ' ' +
        std::to_string(result.share_bit) + ' ' + std::to_string(result.column) + ' ' +
        std::to_string(result.same) + ' ' + std::to_string(window.length.micros) + ' ' +
        std::to_string(window.before.micros) + ' ' + std::to_string(static_cast<int>(window.calendar)) + ' ' +
        std::to_string(window.offset_minutes) + ' ' + event::to_string(window.rank.num) + '/' +
        event::to_string(window.rank.den) + ' ' + std::to_string(window.half_life.micros) + ' ' +
        std::to_string(window.low.minor) + ' ' + std::to_string(window.high.minor) + ' ' +
        std::to_string(window.period.micros) + ' ' + std::to_string(window.tolerance.micros) + ' ' +
        with_trigger;
    result.id = window_ids_.try_emplace(key, static_cast<std::uint32_t>(window_ids_.size())).first->second;
    return result;
  }

  // How long a bit's entries are kept, and for how much of that a window holds them.
  struct Keep {
    event::Duration reach, held;
  };
  static Keep lasting(event::Duration reach) { return {reach, reach}; }

  // The bit of the rule's events for which all of `where` and `share` (if any) hold.
  std::uint32_t bit_for(const std::vector<const rules::Expression*>& where, const rules::Expression* share,
                        Keep keep, const Rule& rule, RulePlan& plan) {
    if (&rule != fingerprinted_) {
      events_fingerprint_.clear();
      append_fingerprint(*rule.events, rule, events_fingerprint_);
      fingerprinted_ = &rule;
    }
    std::string key = events_fingerprint_;
    // Signals are admitted only by a rule that asks for them, so the same text means the same events; but a
    // shadow rule is told more of them.
    if (!rule.asks.empty() && rule.mode == rules::Mode::kShadow) key += " in shadow";
    key += " where ";
    for (const rules::Expression* condition : where) append_fingerprint(*condition, rule, key);
    key += " share ";
    if (share != nullptr) append_fingerprint(*share, rule, key);
    const auto [found, is_new] = bits_.try_emplace(key, static_cast<std::uint32_t>(layout_.reach.size()));
    if (is_new) {
      layout_.reach.push_back({});
      layout_.held.push_back({});
      layout_.definitions.push_back(identity_of(key));
    }
    layout_.reach[found->second] = std::max(layout_.reach[found->second], keep.reach);
    layout_.held[found->second] = std::max(layout_.held[found->second], keep.held);
    const bool known =
        std::ranges::any_of(plan.predicates, [&](const Predicate& p) { return p.bit == found->second; });
    if (!known)
      plan.predicates.push_back(
          {found->second, all_of(where, rule), share != nullptr ? compile(*share, rule) : nullptr});
    return found->second;
  }

  const Node* all_of(const std::vector<const rules::Expression*>& conditions, const Rule& rule) {
    std::vector<const Node*> nodes;
    nodes.reserve(conditions.size());
    for (const rules::Expression* condition : conditions) nodes.push_back(compile(*condition, rule));
    return nodes_.conjoin(nodes);
  }

  CorrelationCompiler correlations(const Rule& rule, RulePlan& plan) {
    return {rule, layout_.columns, reference_,
            [this, &rule, &plan](const rules::Expression& value) { return column_for(value, rule, plan); }};
  }

  // Steps' values that `when`, the lets and the narratives name; what conditions of steps compare has its
  // columns from them.
  void plan_bounds(const Rule& rule, RulePlan& plan) {
    std::set<int> lets, windows, named;
    collect_reachable(*rule.when, rule, lets, windows, named);
    for (const auto& let : rule.lets) collect_reachable(*let.value, rule, lets, windows, named);
    for (const auto* pieces : {&rule.raise.because_en, &rule.raise.because_id}) {
      for (const auto& piece : *pieces) {
        if (piece.value) collect_reachable(*piece.value, rule, lets, windows, named);
      }
    }
    for (const auto& exception : rule.exceptions) {
      if (exception.when) collect_reachable(*exception.when, rule, lets, windows, named);
    }
    for (const auto* graded : {&rule.raise.score_by, &rule.raise.severity_by}) {
      if (*graded) collect_reachable(**graded, rule, lets, windows, named);
    }
    plan.bounds.resize(rule.bound.size());
    for (const int index : named) {
      const rules::Bound& bound = rule.bound[static_cast<std::size_t>(index)];
      plan.bounds[static_cast<std::size_t>(index)] = {bound.step, column_for(*bound.value, rule, plan)};
    }
  }

  // What a step asks of its own event alone decides, when that arrives, whether it may be the step. What it
  // asks of others as well is asked when the earliest of them is bound.
  void plan_sequence(const Rule& rule, RulePlan& plan) {
    if (rule.steps.empty()) return;
    plan.sequence.reach = rule.sequence_reach.micros;
    plan.sequence.steps.resize(rule.steps.size());
    const CorrelationCompiler correlate = correlations(rule, plan);
    for (std::size_t k = 0; k < rule.steps.size(); ++k) {
      const rules::Step& step = rule.steps[k];
      plan.sequence.steps[k].within = step.within.micros;
      plan.sequence.steps[k].of = step.of;
      std::vector<const rules::Expression*> conjuncts, own;
      append_conjuncts(*step.condition, conjuncts);
      for (const rules::Expression* conjunct : conjuncts) {
        if (!names_other_event(*conjunct)) {
          own.push_back(conjunct);
          continue;
        }
        auto condition = correlate.compile(*conjunct, static_cast<int>(k), [](int of) { return of; });
        plan.sequence.steps[earliest_step(*conjunct, rule, k)].conditions.push_back(std::move(condition));
      }
      if (k + 1 < rule.steps.size())
        plan.sequence.steps[k].bit =
            bit_for(own, nullptr, lasting(rule.sequence_reach + event::Duration{1}), rule, plan);
      else
        plan.trigger = all_of(own, rule);
    }
    for (std::size_t k = 0; k + 1 < rule.steps.size(); ++k) {
      const std::uint32_t bit = plan.sequence.steps[k].bit;
      auto& words = plan.sequence.before_trigger;
      auto word = std::ranges::find(words, bit / 64, &SequencePlan::MaskWord::word);
      if (word == words.end()) word = words.insert(words.end(), {bit / 64, 0});
      word->bits |= std::uint64_t{1} << (bit % 64);
    }
  }

  static std::size_t earliest_step(const rules::Expression& e, const Rule& rule, std::size_t own) {
    std::size_t earliest = own;
    if (e.op == rules::Op::kBound)
      earliest =
          std::min(earliest, static_cast<std::size_t>(rule.bound[static_cast<std::size_t>(e.index)].step));
    for (const auto& arg : e.args) earliest = std::min(earliest, earliest_step(*arg, rule, own));
    return earliest;
  }

  // The opener and what may disarm it are kept until stream time is at the deadline: until then no event is
  // newer than that by more than the lateness.
  void plan_unless(const Rule& rule, RulePlan& plan) {
    if (!rule.unless) return;
    plan.unless.present = true;
    const event::Duration reach =
        std::max(rule.longest_window, rule.unless->within + lateness_ + event::Duration{1});
    const CorrelationCompiler correlate = correlations(rule, plan);
    std::vector<const rules::Expression*> conjuncts, own;
    append_conjuncts(*rule.unless->condition, conjuncts);
    for (const rules::Expression* conjunct : conjuncts) {
      if (names_other_event(*conjunct))
        plan.unless.conditions.push_back(correlate.compile(*conjunct, 0, [](int) { return 1; }));
      else
        own.push_back(conjunct);
    }
    plan.unless.bit = bit_for(own, nullptr, {reach, rule.unless->within}, rule, plan);
    std::string definition = std::to_string(layout_.definitions[plan.unless.bit]) + " within " +
                             std::to_string(rule.unless->within.micros) + ' ';
    append_fingerprint(*rule.unless->condition, rule, definition);
    plan.unless.definition = identity_of(definition);
    (void)bit_for({}, nullptr, {reach, {}}, rule,
                  plan);  // the opener: until one is armed, no window holds it
  }

  int column_for(const rules::Expression& value, const Rule& rule, RulePlan& plan) {
    std::string key;
    append_fingerprint(value, rule, key);
    const auto [found, is_new] = columns_.try_emplace(key, static_cast<int>(layout_.columns.size()));
    if (is_new) {
      Column column;
      column.value = compile(value, rule);
      column.currency = value.currency;
      column.kind = column_kind(value);
      column.definition = identity_of(key);
      layout_.columns.push_back(column);
    }
    if (std::ranges::find(plan.columns, found->second) == plan.columns.end())
      plan.columns.push_back(found->second);
    return found->second;
  }

  static Column::Kind column_kind(const rules::Expression& value) {
    if (value.op == rules::Op::kEventField && value.event_field == rules::EventField::kAmount) {
      return Column::Kind::kAmount;
    }
    if (value.type == rules::Type::kBool) return Column::Kind::kTruth;
    if (value.type == rules::Type::kParty) return Column::Kind::kParty;
    const bool number = value.type == rules::Type::kNumber || value.type == rules::Type::kMoney;
    if (value.op == rules::Op::kParam && number) return Column::Kind::kFraction;
    if (value.op == rules::Op::kCall && value.function == rules::Function::kAmountIn)
      return Column::Kind::kAmount;
    const bool of_signal = value.op == rules::Op::kCall && (value.function == rules::Function::kSignalValue ||
                                                            value.function == rules::Function::kSignalAny);
    if (of_signal && value.type != rules::Type::kText) {
      return Column::Kind::kFraction;
    }
    return value.type == rules::Type::kText ? Column::Kind::kIdentity : Column::Kind::kNumber;
  }

  static void collect_reachable(const rules::Expression& expression, const Rule& rule, std::set<int>& lets,
                                std::set<int>& windows, std::set<int>& bounds) {
    if (expression.op == rules::Op::kWindow) windows.insert(expression.index);
    if (expression.op == rules::Op::kBound) bounds.insert(expression.index);
    if (expression.op == rules::Op::kLet && lets.insert(expression.index).second) {
      collect_reachable(*rule.lets[static_cast<std::size_t>(expression.index)].value, rule, lets, windows,
                        bounds);
    }
    for (const auto& arg : expression.args) collect_reachable(*arg, rule, lets, windows, bounds);
  }

  const rules::RuleSet& rules_;
  const reference::Reference& reference_;
  event::Duration lateness_;
  NodePool& nodes_;
  Layout& layout_;
  std::map<std::string, std::uint32_t> bits_, window_ids_;
  const Rule* fingerprinted_ = nullptr;  // whose `events` this is
  std::string events_fingerprint_;
  std::map<std::string, int> columns_;
};

}  // namespace

Program::Program(std::shared_ptr<const rules::RuleSet> rules,
                 std::shared_ptr<const reference::Reference> reference, event::Duration lateness)
    : rules_(std::move(rules)), reference_(std::move(reference)), nodes_(*reference_) {
  asked_for_.resize(rules_->rules.size());
  for (int kind = 0; kind < rules::kEntityKinds; ++kind) {
    Layout& layout = layouts_[static_cast<std::size_t>(kind)];
    LayoutBuilder builder(*rules_, *reference_, lateness, nodes_, layout);
    for (std::size_t i = 0; i < rules_->rules.size(); ++i) {
      if (static_cast<int>(rules_->rules[i].watch) == kind)
        builder.add(rules_->rules[i], static_cast<int>(i));
    }
    builder.finish();
    for (const RulePlan& plan : layout.rules) {
      for (std::size_t i = 0; i < plan.asks.size(); ++i) {
        if (plan.asks[i]) asked_for_[i] = true;
      }
    }
  }
}

}  // namespace suar::engine
