#include "engine/correlation.h"

#include <algorithm>

#include "engine/entity_log.h"
#include "engine/evaluator.h"
#include "engine/program.h"

namespace suar::engine {
namespace {

using rules::Expression;
using rules::Function;
using rules::Rational;
using rules::Type;

bool is_text(Type type) {
  return type == Type::kText || type == Type::kParty;
}

Relation relation_of(rules::Op op) {
  return static_cast<Relation>(static_cast<int>(op) - static_cast<int>(rules::Op::kEqual));
}
static_assert(static_cast<int>(rules::Op::kGreaterEqual) - static_cast<int>(rules::Op::kEqual) ==
              static_cast<int>(Relation::kGreaterEqual));

bool relates_parties(Function function) {
  return function == Function::kKin || function == Function::kLinked || function == Function::kSameUnit ||
         function == Function::kSupervises;
}

bool stands_in(Relation relation, std::strong_ordering order) {
  switch (relation) {
    case Relation::kEqual:
      return order == 0;
    case Relation::kNotEqual:
      return order != 0;
    case Relation::kLess:
      return order < 0;
    case Relation::kLessEqual:
      return order <= 0;
    case Relation::kGreater:
      return order > 0;
    case Relation::kGreaterEqual:
      return order >= 0;
  }
  return false;
}

}  // namespace

Cell column_cell(const Column& column, const LogEntry& entry, Type type) {
  const std::uint64_t word = entry.word(column.word);
  switch (column.kind) {
    case Column::Kind::kIdentity:
    case Column::Kind::kParty: {
      Cell cell = Cell::of(Rational::of(rules::Int128{word}));
      cell.present = word != 0;
      return cell;
    }
    case Column::Kind::kTruth:
      return Cell::of(word != 0);
    default:
      break;
  }
  const auto number = static_cast<std::int64_t>(word);
  if (number == kAbsentNumber) return Cell::absent();
  Cell cell = Cell::of(number);
  if (column.kind == Column::Kind::kFraction)
    cell.number.den = static_cast<std::int64_t>(entry.word(column.word + 1));
  if (type == Type::kMoney) cell.currency = column.currency;
  return cell;
}

bool Correlation::holds(Events events, bool& overflow) const {
  return truth(root_, events, overflow);
}

bool Correlation::truth(const Term& term, Events events, bool& overflow) const {
  switch (term.op) {
    case Op::kNot:
      return !truth(term.args[0], events, overflow);
    case Op::kAnd:
      return truth(term.args[0], events, overflow) && truth(term.args[1], events, overflow);
    case Op::kOr:
      return truth(term.args[0], events, overflow) || truth(term.args[1], events, overflow);
    case Op::kConditional:
      return truth(term.args[truth(term.args[0], events, overflow) ? 1 : 2], events, overflow);
    case Op::kCompare: {
      const Cell a = cell(term.args[0], events, overflow);
      const Cell b = cell(term.args[1], events, overflow);
      if (term.args[0].type == Type::kBool)
        return stands_in(term.relation, (a.present && a.truth) <=> (b.present && b.truth));
      if (!is_text(term.args[0].type) && (!a.present || !b.present)) return false;
      return stands_in(term.relation, rules::compare(a.number, b.number));
    }
    case Op::kInRange: {
      const Cell value = cell(term.args[0], events, overflow);
      const Cell low = cell(term.args[1], events, overflow);
      const Cell high = cell(term.args[2], events, overflow);
      return value.present && low.present && high.present && rules::compare(value.number, low.number) >= 0 &&
             rules::compare(value.number, high.number) <= 0;
    }
    case Op::kMultipleOf: {
      const Cell a = cell(term.args[0], events, overflow);
      const Cell b = cell(term.args[1], events, overflow);
      if (!a.present || !b.present || b.number.num <= 0) return false;
      const auto quotient = rules::divide(a.number, b.number);
      return quotient && rules::reduce(*quotient).den == 1;
    }
    case Op::kRelated:
      return related(term, events, overflow);
    default: {
      const Cell value = cell(term, events, overflow);
      return value.present && value.truth;
    }
  }
}

bool Correlation::related(const Term& term, Events events, bool& overflow) const {
  const Cell first = cell(term.args[0], events, overflow);
  const Cell second = cell(term.args[1], events, overflow);
  if (!first.present || !second.present) return false;
  const reference::PartyRef a = party_of_column(static_cast<std::uint64_t>(first.number.num));
  const reference::PartyRef b = party_of_column(static_cast<std::uint64_t>(second.number.num));
  const event::Instant as_of{events[static_cast<std::size_t>(own_)].time()};
  return parties_related(*reference_, *term.source, a, b, as_of);
}

Cell Correlation::cell(const Term& term, Events events, bool& overflow) const {
  switch (term.op) {
    case Op::kConstant:
      return term.constant;
    case Op::kColumn:
      return column_cell((*columns_)[static_cast<std::size_t>(term.column)],
                         events[static_cast<std::size_t>(term.event)], term.type);
    case Op::kConditional:
      return cell(term.args[truth(term.args[0], events, overflow) ? 1 : 2], events, overflow);
    case Op::kNegate:
    case Op::kAdd:
    case Op::kSubtract:
    case Op::kMultiply:
    case Op::kDivide:
      break;
    default:
      return Cell::of(truth(term, events, overflow));
  }
  Cell result = cell(term.args[0], events, overflow);
  if (!result.present) return Cell::absent();
  std::optional<Rational> number;
  if (term.op == Op::kNegate) {
    number = Rational{-result.number.num, result.number.den};
  } else {
    const Cell other = cell(term.args[1], events, overflow);
    if (!other.present || (term.op == Op::kDivide && other.number.num == 0)) return Cell::absent();
    number = term.op == Op::kAdd        ? rules::add(result.number, other.number)
             : term.op == Op::kSubtract ? rules::subtract(result.number, other.number)
             : term.op == Op::kMultiply ? rules::multiply(result.number, other.number)
                                        : rules::divide(result.number, other.number);
  }
  if (!number) {
    overflow = true;
    return Cell::absent();
  }
  result.number = *number;
  result.currency = term.source->currency;
  return result;
}

std::unique_ptr<Correlation> CorrelationCompiler::compile(const Expression& condition, int own,
                                                          const std::function<int(int)>& event_of) const {
  auto made = std::make_unique<Correlation>();
  made->root_ = term(condition, own, event_of);
  made->own_ = own;
  made->columns_ = &columns_;
  made->reference_ = &reference_;
  return made;
}

Correlation::Term CorrelationCompiler::kept(const Expression& e, int event) const {
  Correlation::Term made;
  made.op = Correlation::Op::kColumn;
  made.type = e.type;
  made.source = &e;
  made.event = event;
  made.column = column_for_(e);
  return made;
}

Correlation::Term CorrelationCompiler::term(const Expression& e, int own,
                                            const std::function<int(int)>& event_of) const {
  using rules::Op;
  Correlation::Term made;
  made.type = e.type;
  made.source = &e;
  const auto with_args = [&](Correlation::Op op) {
    made.op = op;
    for (const auto& arg : e.args) made.args.push_back(term(*arg, own, event_of));
    return made;
  };
  switch (e.op) {
    case Op::kBound: {
      const rules::Bound& bound = rule_.bound[static_cast<std::size_t>(e.index)];
      return kept(*bound.value, event_of(bound.step));
    }
    case Op::kBool:
      made.constant = Cell::of(e.truth);
      return made;
    case Op::kNumber:
    case Op::kMoney:
      made.constant = Cell::of(e.number);
      made.constant.currency = e.currency;
      return made;
    case Op::kDuration:
      made.constant = Cell::of(e.duration.micros);
      return made;
    case Op::kText:
      made.constant = Cell::of(Rational::of(rules::Int128{identity_of(e.text)}));
      return made;
    case Op::kParam: {
      const rules::Param& param = rule_.params[static_cast<std::size_t>(e.index)];
      if (!param.segments.empty()) return kept(e, own);
      return term(*param.value, own, event_of);
    }
    case Op::kNot:
      return with_args(Correlation::Op::kNot);
    case Op::kAnd:
      return with_args(Correlation::Op::kAnd);
    case Op::kOr:
      return with_args(Correlation::Op::kOr);
    case Op::kConditional:
      return with_args(Correlation::Op::kConditional);
    case Op::kEqual:
    case Op::kNotEqual:
    case Op::kLess:
    case Op::kLessEqual:
    case Op::kGreater:
    case Op::kGreaterEqual:
      made.relation = relation_of(e.op);
      return with_args(Correlation::Op::kCompare);
    case Op::kInRange:
      return with_args(Correlation::Op::kInRange);
    case Op::kNegate:
      return with_args(Correlation::Op::kNegate);
    case Op::kAdd:
      return with_args(Correlation::Op::kAdd);
    case Op::kSubtract:
      return with_args(Correlation::Op::kSubtract);
    case Op::kMultiply:
      return with_args(Correlation::Op::kMultiply);
    case Op::kDivide:
      return with_args(Correlation::Op::kDivide);
    case Op::kCall:
      if (names_other_event(e) && relates_parties(e.function)) {
        made.function = e.function;
        return with_args(Correlation::Op::kRelated);
      }
      if (names_other_event(e) && e.function == Function::kMultipleOf)
        return with_args(Correlation::Op::kMultipleOf);
      return kept(e, own);
    default:
      return kept(e, own);
  }
}

bool names_other_event(const Expression& expression) {
  if (expression.op == rules::Op::kBound) return true;
  return std::ranges::any_of(expression.args, [](const auto& arg) { return names_other_event(*arg); });
}

void append_conjuncts(const Expression& condition, std::vector<const Expression*>& conjuncts) {
  if (condition.op != rules::Op::kAnd) {
    conjuncts.push_back(&condition);
    return;
  }
  for (const auto& arg : condition.args) append_conjuncts(*arg, conjuncts);
}

}  // namespace suar::engine
