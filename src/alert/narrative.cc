#include "alert/alert.h"
#include "alert/wording.h"

namespace suar::alert {
namespace {

// A number is a part of a whole where it is share() or a member of that name, by itself or through a let.
bool is_share(const rules::Expression& expression, const rules::Rule& rule) {
  switch (expression.op) {
    case rules::Op::kLet:
      return is_share(*rule.lets[static_cast<std::size_t>(expression.index)].value, rule);
    case rules::Op::kWindow:
      return rule.windows[static_cast<std::size_t>(expression.index)].aggregate == rules::Aggregate::kShare;
    case rules::Op::kMember: {
      const bool unit_price = expression.args.front()->type == rules::Type::kUnitPrice;
      return expression.index == (unit_price ? 0 : 2);
    }
    default:
      return false;
  }
}

}  // namespace

std::string narrative(const engine::Hit& hit, std::string_view language) {
  const bool indonesian = language == "id";
  const rules::Raise& raise = hit.rule->raise;
  const std::vector<engine::Value>& values = indonesian ? hit.because_id : hit.because_en;

  std::string text;
  std::size_t next = 0;
  for (const rules::TemplatePiece& piece : indonesian ? raise.because_id : raise.because_en) {
    if (!piece.value) {
      text += piece.text;
    } else if (next < values.size()) {
      text += in_words(values[next++], indonesian ? Language::kIndonesian : Language::kEnglish,
                       is_share(*piece.value, *hit.rule));
    }
  }
  return text;
}

}  // namespace suar::alert
