#include "rules/expression.h"

namespace suar::rules {

ExpressionPtr clone(const Expression& expression) {
  auto copy = std::make_unique<Expression>();
  copy->op = expression.op;
  copy->type = expression.type;
  copy->currency = expression.currency;
  copy->at = expression.at;
  for (const ExpressionPtr& arg : expression.args) copy->args.push_back(clone(*arg));
  copy->truth = expression.truth;
  copy->number = expression.number;
  copy->duration = expression.duration;
  copy->text = expression.text;
  copy->texts = expression.texts;
  copy->event_field = expression.event_field;
  copy->party_field = expression.party_field;
  copy->side = expression.side;
  copy->function = expression.function;
  copy->index = expression.index;
  copy->indexes = expression.indexes;
  copy->list_kind = expression.list_kind;
  copy->links = expression.links;
  copy->hops = expression.hops;
  copy->offset_minutes = expression.offset_minutes;
  return copy;
}

}  // namespace suar::rules
