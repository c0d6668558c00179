#include "engine/evaluator.h"

#include <xxhash.h>

#include <algorithm>
#include <utility>

#include "engine/fields.h"

namespace suar::engine {

using rules::Function;
using rules::Rational;
using rules::Type;

std::uint64_t identity_of(std::string_view text) {
  if (text.empty()) return 0;
  const std::uint64_t hash = XXH3_64bits(text.data(), text.size());
  return hash == 0 ? 1 : hash;
}

void spell_key(const SideFacts& side, rules::EntityKind kind, std::string& key) {
  key.clear();
  if (!side.present()) return;
  const auto spell = [&key](std::string_view prefix, std::string_view value) {
    if (value.empty()) return false;
    key.append(prefix).append(value);
    return true;
  };
  const auto& party = side.party();
  switch (kind) {
    case rules::EntityKind::kParty:
      if (spell("party:", side.party_id())) return;
      break;
    case rules::EntityKind::kInstitution:
      if (spell("institution:", party.agent)) return;
      break;
    case rules::EntityKind::kPhone:
      if (spell("phone:", party.phone_hash)) return;
      break;
    case rules::EntityKind::kAddress:
      if (spell("address:", party.address_hash)) return;
      break;
    default:
      break;
  }
  if (!spell("account:", party.account)) spell("party:", side.party_id());
}

const SideFacts* Evaluator::side(rules::Side side) const {
  int index = -1;
  switch (side) {
    case rules::Side::kSelf:
      index = view_.self;
      break;
    case rules::Side::kOther:
      index = view_.other;
      break;
    case rules::Side::kDebtor:
      index = 0;
      break;
    case rules::Side::kCreditor:
      index = 1;
      break;
  }
  if (index < 0) return nullptr;
  const SideFacts& facts = occurrence_.side(index);
  return facts.present() ? &facts : nullptr;
}

bool Evaluator::take_overflow() {
  return std::exchange(overflow_, false);
}

const Node& Evaluator::param_value(const Node& node) const {
  if (!node.segments.empty()) {
    if (const SideFacts* self = side(rules::Side::kSelf)) {
      const auto segment = self->segment();
      for (const auto& [name, value] : node.segments) {
        if (name == segment) return *value;
      }
    }
  }
  return *node.args[0];
}

bool Evaluator::truth(const Node& node) {
  switch (node.op) {
    case Op::kConstant:
      return node.source->truth;
    case Op::kAnd:
      return truth(*node.args[0]) && truth(*node.args[1]);
    case Op::kOr:
      return truth(*node.args[0]) || truth(*node.args[1]);
    case Op::kNot:
      return !truth(*node.args[0]);
    case Op::kConditional:
      return truth(*node.args[0]) ? truth(*node.args[1]) : truth(*node.args[2]);
    case Op::kCompare:
      return compare(node);
    case Op::kWordIn: {
      unsigned word = 0;
      const event::Transaction* transaction = occurrence_.transaction();
      if (node.event_field == rules::EventField::kDirection) {
        word = static_cast<unsigned>(view_.direction);
      } else if (transaction != nullptr) {
        word = node.event_field == rules::EventField::kTxType ? static_cast<unsigned>(transaction->tx_type)
                                                              : static_cast<unsigned>(transaction->channel);
      }
      return ((node.bits >> word) & 1U) != 0;
    }
    case Op::kTextIs:
      return (cell(*node.args[0]).text == node.text) != node.negated;
    case Op::kSameText:
      return (identity(*node.args[0]) == identity(*node.args[1])) != node.negated;
    case Op::kInList: {
      const Cell text = cell(*node.args[0]);
      return std::ranges::find(node.source->texts, text.text) != node.source->texts.end();
    }
    case Op::kInRange: {
      const Cell value = cell(*node.args[0]);
      if (!value.present) return false;
      const Cell low = cell(*node.args[1]);
      const Cell high = cell(*node.args[2]);
      return low.present && high.present && rules::compare(value.number, low.number) >= 0 &&
             rules::compare(value.number, high.number) <= 0;
    }
    case Op::kParam:
      return truth(param_value(node));
    case Op::kCall:
      if (node.function != Function::kSignalValue) return call_truth(node);
      break;
    default:
      break;
  }
  const Cell value = cell(node);
  return value.present && value.truth;
}

bool Evaluator::compare(const Node& node) {
  const Cell a = cell(*node.args[0]);
  const Cell b = cell(*node.args[1]);
  std::strong_ordering order = std::strong_ordering::equal;
  switch (node.args[0]->type) {
    case Type::kText:
    case Type::kParty:
      order = a.text <=> b.text;
      break;
    case Type::kBool:
      order = (a.present && a.truth) <=> (b.present && b.truth);
      break;
    default:
      if (!a.present || !b.present) return false;
      order = a.number.den == 1 && b.number.den == 1
                  ? (a.number.num < b.number.num   ? std::strong_ordering::less
                     : a.number.num > b.number.num ? std::strong_ordering::greater
                                                   : std::strong_ordering::equal)
                  : rules::compare(a.number, b.number);
  }
  switch (node.relation) {
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

Cell Evaluator::cell(const Node& node) {
  switch (node.op) {
    case Op::kConstant:
      return constant(node);
    case Op::kEventField:
      return node.event_field == rules::EventField::kDirection
                 ? Cell::of(name_of(view_.direction))
                 : event_field_value(occurrence_, node.event_field);
    case Op::kPartyField:
      return party_field(node);
    case Op::kParty:
      return Cell::absent();
    case Op::kParam:
      return cell(param_value(node));
    case Op::kLet:
      return derived_ != nullptr ? derived_->let(node.index) : Cell::absent();
    case Op::kWindow:
      return derived_ != nullptr ? derived_->window(node.index) : Cell::absent();
    case Op::kBound:
      return derived_ != nullptr ? derived_->bound(node.index) : Cell::absent();
    case Op::kMember:
      return member(node);
    case Op::kConditional:
      return truth(*node.args[0]) ? cell(*node.args[1]) : cell(*node.args[2]);
    case Op::kNegate:
    case Op::kAdd:
    case Op::kSubtract:
    case Op::kMultiply:
    case Op::kDivide:
      return arithmetic(node);
    case Op::kToHome: {
      const auto rate = occurrence_.reference().rate(node.args[0]->source->currency, occurrence_.date());
      if (!rate) return Cell::absent();
      const auto home = occurrence_.reference().home();
      const auto minor = static_cast<std::int64_t>(node.args[0]->source->number.num);
      const auto converted = event::convert(minor, node.args[0]->source->currency, home, *rate);
      return converted ? Cell::money(*converted, home) : Cell::absent();
    }
    case Op::kCall:
      return node.type == Type::kBool ? Cell::of(truth(node)) : call_cell(node);
    default:
      return Cell::of(truth(node));
  }
}

Cell Evaluator::constant(const Node& node) const {
  const rules::Expression& source = *node.source;
  switch (node.type) {
    case Type::kBool:
      return Cell::of(source.truth);
    case Type::kText:
      return Cell::of(std::string_view(source.text));
    case Type::kDuration:
      return Cell::of(source.duration.micros);
    default: {
      Cell cell = Cell::of(source.number);
      cell.currency = source.currency;
      return cell;
    }
  }
}

Cell Evaluator::party_field(const Node& node) {
  const SideFacts* facts = side(node.side);
  if (facts == nullptr) return node.type == Type::kBool ? Cell::of(false) : Cell::absent();
  if (node.party_field == rules::PartyField::kKey) {
    std::string& key = keys_[facts == &occurrence_.side(0) ? 0 : 1];
    if (key.empty()) spell_key(*facts, view_.kind, key);
    return Cell::of(std::string_view(key));
  }
  return party_field_value(occurrence_, *facts, node.party_field);
}

reference::PartyRef Evaluator::party(const Node& node) const {
  if (node.op == Op::kBound) {
    const Cell kept = derived_ != nullptr ? derived_->bound(node.index) : Cell::absent();
    return party_of_column(kept.present ? static_cast<std::uint64_t>(kept.number.num) : 0);
  }
  const SideFacts* facts = side(node.side);
  return facts != nullptr ? facts->ref() : reference::kNone;
}

std::uint64_t Evaluator::identity(const Node& node) {
  if (node.op == Op::kBound) {
    const Cell kept = cell(node);
    return kept.present ? static_cast<std::uint64_t>(kept.number.num) : 0;
  }
  return identity_of(cell(node).text);
}

Cell Evaluator::arithmetic(const Node& node) {
  const Cell a = cell(*node.args[0]);
  if (!a.present) return Cell::absent();
  Cell result = a;
  std::optional<Rational> number;
  if (node.op == Op::kNegate) {
    number = Rational{-a.number.num, a.number.den};
  } else {
    const Cell b = cell(*node.args[1]);
    if (!b.present) return Cell::absent();
    if (node.op == Op::kDivide && b.number.num == 0) return Cell::absent();
    number = node.op == Op::kAdd        ? rules::add(a.number, b.number)
             : node.op == Op::kSubtract ? rules::subtract(a.number, b.number)
             : node.op == Op::kMultiply ? rules::multiply(a.number, b.number)
                                        : rules::divide(a.number, b.number);
  }
  if (!number) {
    overflow_ = true;
    return Cell::absent();
  }
  result.number = *number;
  result.currency = node.source->currency;
  return result;
}

Cell Evaluator::member(const Node& node) {
  const Cell whole = cell(*node.args[0]);
  if (!whole.present) return Cell::absent();
  if (node.args[0]->type == Type::kUnitPrice) {
    const UnitPrice& price = whole.unit_price;
    if (node.index == 0)
      return Cell::of(price.total == 0 ? Rational{} : Rational{price.matching, price.total});
    if (node.index == 2) return Cell::of(Rational::of(price.matching));
    return price.price == 0 ? Cell::absent() : Cell::money(price.price, whole.currency);
  }
  const Rhythm& rhythm = whole.rhythm;
  if (node.index == 0) return Cell::of(Rational::of(rhythm.occasions));
  if (node.index == 1) return Cell::of(Rational::of(rhythm.regular));
  return rhythm.occasions < 2 ? Cell::absent() : Cell::of(Rational{rhythm.regular, rhythm.occasions - 1});
}

}  // namespace suar::engine
