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
  LayoutBuilder(const rules::RuleSet& rules, NodePool& nodes, Layout& layout)
      : rules_(rules), nodes_(nodes), layout_(layout) {}

  void add(const Rule& rule, int index) {
    RulePlan plan;
    plan.rule = index;
    plan.longest = rule.longest_window;
    plan.calendar_windows = std::ranges::any_of(rule.windows, [](const rules::Window& window) {
      return window.calendar != rules::CalendarUnit::kNone;
    });
    plan.events = compile(*rule.events, rule);
    plan.admits = nodes_.cheapest_first(*plan.events);
    plan.trigger = rule.trigger ? compile(*rule.trigger, rule) : nullptr;
    plan.when = compile(*rule.when, rule);
    plan.buckets = possible_buckets(*plan.events);
    for (const auto& let : rule.lets) plan.lets.push_back(compile(*let.value, rule));
    for (const auto& window : rule.windows) plan.windows.push_back(plan_window(window, rule, plan));
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
    for (std::size_t i = 0; i < rules_.rules.size(); ++i) {
      const bool reaches = rule.mode == rules::Mode::kShadow || rules_.rules[i].mode == rules::Mode::kLive;
      plan.asks[i] = reaches && std::ranges::find(rule.asks, rules_.rules[i].id) != rule.asks.end();
    }
    std::set<int> lets, windows;
    collect_reachable(*rule.when, rule, lets, windows);
    plan.windows_used.assign(windows.begin(), windows.end());
    for (const auto* grade : {&rule.raise.score_by, &rule.raise.severity_by}) {
      if (*grade) collect_reachable(**grade, rule, lets, windows);
    }
    for (const auto* pieces : {&rule.raise.because_en, &rule.raise.because_id}) {
      for (const auto& piece : *pieces) {
        if (piece.value) collect_reachable(*piece.value, rule, lets, windows);
      }
    }
    plan.evidence_lets.assign(lets.begin(), lets.end());
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
    const Node* where = window.where ? compile(*window.where, rule) : nullptr;
    result.bit = bit_for(window, rule, where, nullptr, plan);
    if (window.aggregate == Aggregate::kShare) {
      result.share_bit = bit_for(window, rule, where, compile(*window.value, rule), plan);
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
        std::to_string(window.period.micros) + ' ' + std::to_string(window.tolerance.micros);
    result.id = window_ids_.try_emplace(key, static_cast<std::uint32_t>(window_ids_.size())).first->second;
    return result;
  }

  std::uint32_t bit_for(const rules::Window& window, const Rule& rule, const Node* where, const Node* share,
                        RulePlan& plan) {
    std::string key;
    append_fingerprint(*rule.events, rule, key);
    // Signals are admitted only by a rule that asks for them, so the same text means the same events; but a
    // shadow rule is told more of them.
    if (!rule.asks.empty() && rule.mode == rules::Mode::kShadow) key += " in shadow";
    key += " where ";
    if (window.where) append_fingerprint(*window.where, rule, key);
    key += " share ";
    if (share != nullptr) append_fingerprint(*window.value, rule, key);
    const auto [found, is_new] = bits_.try_emplace(key, static_cast<std::uint32_t>(layout_.reach.size()));
    if (is_new) {
      layout_.reach.push_back({});
      layout_.definitions.push_back(identity_of(key));
    }
    layout_.reach[found->second] = std::max(layout_.reach[found->second], window.reach());
    const bool known =
        std::ranges::any_of(plan.predicates, [&](const Predicate& p) { return p.bit == found->second; });
    if (!known) plan.predicates.push_back({found->second, where, share});
    return found->second;
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
    if (value.op == rules::Op::kCall && value.function == rules::Function::kAmountIn)
      return Column::Kind::kAmount;
    if (value.op == rules::Op::kCall && value.function == rules::Function::kSignalValue &&
        value.type != rules::Type::kText) {
      return Column::Kind::kFraction;
    }
    return value.type == rules::Type::kText || value.type == rules::Type::kParty ? Column::Kind::kIdentity
                                                                                 : Column::Kind::kNumber;
  }

  static void collect_reachable(const rules::Expression& expression, const Rule& rule, std::set<int>& lets,
                                std::set<int>& windows) {
    if (expression.op == rules::Op::kWindow) windows.insert(expression.index);
    if (expression.op == rules::Op::kLet && lets.insert(expression.index).second) {
      collect_reachable(*rule.lets[static_cast<std::size_t>(expression.index)].value, rule, lets, windows);
    }
    for (const auto& arg : expression.args) collect_reachable(*arg, rule, lets, windows);
  }

  const rules::RuleSet& rules_;
  NodePool& nodes_;
  Layout& layout_;
  std::map<std::string, std::uint32_t> bits_, window_ids_;
  std::map<std::string, int> columns_;
};

}  // namespace

Program::Program(std::shared_ptr<const rules::RuleSet> rules,
                 std::shared_ptr<const reference::Reference> reference)
    : rules_(std::move(rules)), reference_(std::move(reference)), nodes_(*reference_) {
  asked_for_.resize(rules_->rules.size());
  for (int kind = 0; kind < rules::kEntityKinds; ++kind) {
    Layout& layout = layouts_[static_cast<std::size_t>(kind)];
    LayoutBuilder builder(*rules_, nodes_, layout);
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
