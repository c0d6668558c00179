#include "engine/node.h"

#include <re2/re2.h>

#include <algorithm>

namespace suar::engine {
namespace {

using rules::EventField;
using rules::Expression;

bool is_word_field(const Expression& e) {
  return e.op == rules::Op::kEventField &&
         (e.event_field == EventField::kTxType || e.event_field == EventField::kChannel ||
          e.event_field == EventField::kDirection);
}

// The bit of a word among the values of its field; 0 for a word that no event can have.
std::uint32_t word_bit(EventField field, std::string_view word) {
  if (field == EventField::kTxType) {
    if (word.empty()) return 1;
    const auto type = event::parse_tx_type(word);
    return type ? 1U << static_cast<unsigned>(*type) : 0;
  }
  if (field == EventField::kChannel) {
    if (word.empty()) return 1;
    const auto channel = event::parse_channel(word);
    return channel ? 1U << static_cast<unsigned>(*channel) : 0;
  }
  for (int i = 0; i <= static_cast<int>(Direction::kOnSignal); ++i) {
    if (name_of(static_cast<Direction>(i)) == word) return 1U << static_cast<unsigned>(i);
  }
  return 0;
}

Relation relation_of(rules::Op op) {
  switch (op) {
    case rules::Op::kEqual:
      return Relation::kEqual;
    case rules::Op::kNotEqual:
      return Relation::kNotEqual;
    case rules::Op::kLess:
      return Relation::kLess;
    case rules::Op::kLessEqual:
      return Relation::kLessEqual;
    case rules::Op::kGreater:
      return Relation::kGreater;
    default:
      return Relation::kGreaterEqual;
  }
}

Op plain_op(rules::Op op) {
  switch (op) {
    case rules::Op::kEventField:
      return Op::kEventField;
    case rules::Op::kPartyField:
      return Op::kPartyField;
    case rules::Op::kParty:
      return Op::kParty;
    case rules::Op::kLet:
      return Op::kLet;
    case rules::Op::kWindow:
      return Op::kWindow;
    case rules::Op::kBound:
      return Op::kBound;
    case rules::Op::kMember:
      return Op::kMember;
    case rules::Op::kNot:
      return Op::kNot;
    case rules::Op::kAnd:
      return Op::kAnd;
    case rules::Op::kOr:
      return Op::kOr;
    case rules::Op::kConditional:
      return Op::kConditional;
    case rules::Op::kInRange:
      return Op::kInRange;
    case rules::Op::kNegate:
      return Op::kNegate;
    case rules::Op::kAdd:
      return Op::kAdd;
    case rules::Op::kSubtract:
      return Op::kSubtract;
    case rules::Op::kMultiply:
      return Op::kMultiply;
    case rules::Op::kDivide:
      return Op::kDivide;
    case rules::Op::kToHome:
      return Op::kToHome;
    default:
      return Op::kConstant;
  }
}

}  // namespace

Node::Node() = default;
Node::~Node() = default;

std::string_view name_of(Direction direction) {
  constexpr std::string_view kNames[] = {"out", "in", "self", "none", ""};
  return kNames[static_cast<int>(direction)];
}

Node& NodePool::make(const Expression& expression) {
  Node& node = nodes_.emplace_back();
  node.type = expression.type;
  node.source = &expression;
  node.event_field = expression.event_field;
  node.party_field = expression.party_field;
  node.side = expression.side;
  node.function = expression.function;
  node.index = expression.index;
  return node;
}

const Node* NodePool::compile(const Expression& expression, const rules::Rule& rule,
                              const rules::RuleSet& rules) {
  Node& node = make(expression);
  for (std::size_t i = 0; i < expression.args.size() && i < node.args.size(); ++i) {
    node.args[i] = compile(*expression.args[i], rule, rules);
  }
  switch (expression.op) {
    case rules::Op::kEqual:
    case rules::Op::kNotEqual:
    case rules::Op::kLess:
    case rules::Op::kLessEqual:
    case rules::Op::kGreater:
    case rules::Op::kGreaterEqual:
      compile_comparison(node, expression);
      break;
    case rules::Op::kInList:
      node.op = Op::kInList;
      if (is_word_field(*expression.args[0])) {
        node.op = Op::kWordIn;
        node.event_field = expression.args[0]->event_field;
        for (const auto& word : expression.texts) node.bits |= word_bit(node.event_field, word);
      }
      break;
    case rules::Op::kParam: {
      const rules::Param& param = rule.params[static_cast<std::size_t>(expression.index)];
      node.op = Op::kParam;
      node.args[0] = compile(*param.value, rule, rules);
      for (const auto& [segment, value] : param.segments) {
        node.segments.emplace_back(segment, compile(*value, rule, rules));
      }
      break;
    }
    case rules::Op::kCall:
      compile_call(node, expression, rules);
      break;
    default:
      node.op = plain_op(expression.op);
  }
  return &node;
}

const Node* NodePool::conjoin(const std::vector<const Node*>& conditions) {
  const Node* all = nullptr;
  for (const Node* condition : conditions) {
    if (all == nullptr) {
      all = condition;
      continue;
    }
    Node& both = nodes_.emplace_back();
    both.op = Op::kAnd;
    both.source = all->source;
    both.args = {all, condition, nullptr};
    all = &both;
  }
  return all;
}

void NodePool::compile_comparison(Node& node, const Expression& expression) {
  node.op = Op::kCompare;
  node.relation = relation_of(expression.op);
  const bool equality = expression.op == rules::Op::kEqual || expression.op == rules::Op::kNotEqual;
  if (!equality) return;
  const bool of_step =
      std::ranges::any_of(expression.args, [](const auto& arg) { return arg->op == rules::Op::kBound; });
  if (of_step && expression.args[0]->type == rules::Type::kText) {
    node.op = Op::kSameText;
    node.negated = expression.op == rules::Op::kNotEqual;
    return;
  }
  for (const int constant : {1, 0}) {
    const Expression& text = *expression.args[static_cast<std::size_t>(constant)];
    const Expression& field = *expression.args[static_cast<std::size_t>(1 - constant)];
    if (text.op != rules::Op::kText) continue;
    if (is_word_field(field)) {
      node.op = Op::kWordIn;
      node.event_field = field.event_field;
      node.bits = word_bit(field.event_field, text.text);
      if (expression.op == rules::Op::kNotEqual) node.bits = ~node.bits;
      return;
    }
    if (field.type == rules::Type::kText && field.op != rules::Op::kText) {
      node.op = Op::kTextIs;
      node.negated = expression.op == rules::Op::kNotEqual;
      node.args[0] = node.args[static_cast<std::size_t>(1 - constant)];
      node.text = text.text;
      return;
    }
  }
}

void NodePool::compile_call(Node& node, const Expression& expression, const rules::RuleSet& rules) {
  using rules::Function;
  node.op = Op::kCall;
  switch (expression.function) {
    case Function::kListedParty:
    case Function::kListedText:
    case Function::kMentions:
    case Function::kListedDays:
    case Function::kMentionCount:
      node.list = reference_->list(expression.text);
      break;
    case Function::kInFeeBand: {
      const auto ids = expression.texts.empty() ? reference_->corridor_ids() : expression.texts;
      for (const auto& id : ids) {
        if (const auto corridor = reference_->corridor(id); corridor.known())
          node.corridors.push_back(corridor);
      }
      break;
    }
    case Function::kMatches:
      node.regex = std::make_unique<re2::RE2>(expression.text, re2::RE2::Quiet);
      break;
    case Function::kCrimeSignal:
      for (const rules::Rule& rule : rules.rules)
        node.rules.push_back(!rule.crimes.empty() && rule.crimes.front() == expression.text);
      break;
    case Function::kSignalAny:
      for (std::size_t i = 0; i < expression.texts.size(); ++i) {
        const auto found = std::ranges::find(rules.rules, expression.texts[i], &rules::Rule::id);
        node.signals.emplace_back(static_cast<std::uint32_t>(found - rules.rules.begin()),
                                  expression.indexes[i]);
      }
      break;
    case Function::kSignal:
    case Function::kMarked:
    case Function::kSignalValue: {
      const auto found = std::ranges::find(rules.rules, expression.text, &rules::Rule::id);
      node.bits = static_cast<std::uint32_t>(found - rules.rules.begin());
      break;
    }
    default:
      break;
  }
}

namespace {

int cost_of_call(rules::Function function) {
  using rules::Function;
  switch (function) {
    case Function::kKin:
    case Function::kSameUnit:
    case Function::kSupervises:
      return 30;
    case Function::kMentions:
    case Function::kMatches:
      return 200;
    case Function::kLinked:
      return 400;
    case Function::kHas:
    case Function::kSignal:
    case Function::kSignalValue:
      return 1;
    default:
      return 15;
  }
}

// Roughly, in nanoseconds.
int cost_of(const Node& node) {
  int cost = 1;
  if (node.op == Op::kCall) cost += cost_of_call(node.function);
  if (node.op == Op::kPartyField) {
    const bool tie = node.party_field == rules::PartyField::kOfficialTie ||
                     node.party_field == rules::PartyField::kAgencyTie;
    cost += tie ? 60 : 4;
  }
  for (const Node* arg : node.args) {
    if (arg != nullptr) cost += cost_of(*arg);
  }
  return cost;
}

void collect_conjuncts(const Node& node, std::vector<const Node*>& conjuncts) {
  if (node.op != Op::kAnd) return conjuncts.push_back(&node);
  collect_conjuncts(*node.args[0], conjuncts);
  collect_conjuncts(*node.args[1], conjuncts);
}

}  // namespace

const Node* NodePool::cheapest_first(const Node& condition) {
  std::vector<const Node*> conjuncts;
  collect_conjuncts(condition, conjuncts);
  std::ranges::stable_sort(conjuncts, {}, [](const Node* node) { return cost_of(*node); });
  const Node* all = conjuncts.back();
  for (std::size_t i = conjuncts.size() - 1; i-- > 0;) {
    Node& both = make(*condition.source);
    both.op = Op::kAnd;
    both.args = {conjuncts[i], all};
    all = &both;
  }
  return all;
}

std::uint64_t possible_buckets(const Node& condition) {
  constexpr std::uint64_t kAll = (std::uint64_t{1} << kBuckets) - 1;
  if (condition.op == Op::kAnd)
    return possible_buckets(*condition.args[0]) & possible_buckets(*condition.args[1]);
  if (condition.op == Op::kOr)
    return possible_buckets(*condition.args[0]) | possible_buckets(*condition.args[1]);
  if (condition.op == Op::kConstant && condition.type == rules::Type::kBool) {
    return condition.source->truth ? kAll : 0;
  }
  const bool on_signals = condition.op == Op::kCall && (condition.function == rules::Function::kSignal ||
                                                        condition.function == rules::Function::kMarked ||
                                                        condition.function == rules::Function::kCrimeSignal);
  if (on_signals) return 0;
  if (condition.op != Op::kWordIn || condition.event_field == EventField::kChannel) return kAll;
  std::uint64_t result = 0;
  for (int direction = 0; direction < 4; ++direction) {
    for (int type = 0; type < kTxTypes; ++type) {
      const int wanted = condition.event_field == EventField::kDirection ? direction : type;
      if ((condition.bits >> static_cast<unsigned>(wanted)) & 1U) {
        result |= std::uint64_t{1} << static_cast<unsigned>(direction * kTxTypes + type);
      }
    }
  }
  return result;
}

}  // namespace suar::engine
