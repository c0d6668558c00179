// Names: fields, lets, params, macros, lists and the sides; and members, which stand after a dot.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "rules/check.h"
#include "rules/vocabulary.h"
#include "rules/words.h"

namespace suar::rules {
namespace {

ExpressionPtr check_side(Side side, const Syntax& syntax, RuleScope& scope) {
  const bool relative = side == Side::kSelf || side == Side::kOther;
  if (relative && scope.watch_known && !has_sides(scope.watch)) {
    scope.set.findings.error(
        Code::kNoSides, syntax.at,
        fmt::format("a {} has no sides, so there is no `{}`", name_of(scope.watch), name_of(side)),
        "write `debtor` or `creditor`");
    return nullptr;
  }
  MutableExpression party = make(Op::kParty, Type::kParty, syntax.at, scope);
  party->side = side;
  return party;
}

ExpressionPtr check_let(LetUse& let, const Syntax& syntax, RuleScope& scope) {
  let.used = true;
  if (scope.one_event()) {
    const bool window = scope.place == Place::kWindow;
    scope.set.findings.error(Code::kLetMisplaced, syntax.at,
                             fmt::format("{} one event, and `{}` is known only when all of them are",
                                         window ? "a window's conditions and values see"
                                         : scope.place == Place::kStep   ? "a step sees"
                                         : scope.place == Place::kUnless ? "`unless` sees"
                                                                         : "`events` and `trigger` see",
                                         let.name.value),
                             "use fields and params here, or compare in `when`");
    return nullptr;
  }
  if (!let.checked) {
    scope.set.findings.error(Code::kLetMisplaced, syntax.at,
                             fmt::format("`{}` is defined further down", let.name.value),
                             "move it above the first let that uses it");
    return nullptr;
  }
  if (let.index < 0) return nullptr;
  const Expression& value = *scope.rule.lets[static_cast<std::size_t>(let.index)].value;
  MutableExpression made = make(Op::kLet, value.type, syntax.at, scope);
  made->currency = value.currency;
  made->index = let.index;
  return made;
}

ExpressionPtr check_param(ParamUse& use, const Syntax& syntax, RuleScope& scope) {
  use.used = true;
  if (use.index < 0) return nullptr;
  const Param& param = scope.rule.params[static_cast<std::size_t>(use.index)];
  if (!param.segments.empty() && scope.watch_known && !has_sides(scope.watch)) {
    scope.set.findings.error(Code::kNoSides, syntax.at,
                             fmt::format("`{}` differs by the segment of self, and a {} has no sides",
                                         param.name, name_of(scope.watch)));
    return nullptr;
  }
  MutableExpression made = make(Op::kParam, param.type, syntax.at, scope);
  made->currency = param.value->currency;
  made->index = use.index;
  return made;
}

ExpressionPtr expand(Macro& macro, RuleScope& scope) {
  macro.used = true;
  if (std::ranges::find(scope.open_macros, macro.name.value) != scope.open_macros.end()) {
    scope.set.findings.error(Code::kMacroCycle, macro.name.at,
                             fmt::format("macro `{}` contains itself", macro.name.value));
    return nullptr;
  }
  if (!macro.syntax) return nullptr;
  scope.open_macros.push_back(macro.name.value);
  const Findings::Note note(scope.set.findings,
                            scope.open_macros.size() == 1
                                ? fmt::format("macro `{}` used by rule `{}`", macro.name.value, scope.rule.id)
                                : std::string());
  ExpressionPtr checked = check(*macro.syntax, scope);
  scope.open_macros.pop_back();
  return checked;
}

std::vector<std::string> names_in_reach(const RuleScope& scope) {
  std::vector<std::string> names;
  if (!scope.one_event()) {
    for (const auto& [name, let] : scope.lets) names.push_back(name);
  }
  for (const auto& [name, param] : scope.params) names.push_back(name);
  for (const EventFieldEntry& field : event_fields()) names.emplace_back(field.name);
  for (const std::string& side : side_words()) names.push_back(side);
  for (const auto& [name, step] : scope.steps) names.push_back(name);
  for (const auto& [name, macro] : scope.set.macros) names.push_back(name);
  for (const auto& [name, list] : scope.set.lists) names.push_back(name);
  return names;
}

void report_unknown(const Syntax& syntax, const RuleScope& scope) {
  std::string hint = did_you_mean(syntax.text, names_in_reach(scope));
  if (hint.empty() && find_party_field(syntax.text) != nullptr)
    hint = fmt::format("it is a field of a party: `self.{}` or `other.{}`", syntax.text, syntax.text);
  if (hint.empty() && find_aggregate(syntax.text))
    hint = fmt::format("an aggregate is written `{}(...) over 7d`", syntax.text);
  if (hint.empty() && event::parse_currency(syntax.text))
    hint = fmt::format("money is written `{} 300_000`", syntax.text);
  if (hint.empty() && !scope.set.complete) hint = "it may stand in a file that could not be read";
  scope.set.findings.error(Code::kUnknownName, syntax.at,
                           fmt::format("`{}` is no field, let, param, macro or list", syntax.text), hint);
}

struct Member {
  std::string_view name;
  Type type;
};
constexpr std::array<Member, 3> kUnitPrice{
    {{"share", Type::kNumber}, {"price", Type::kMoney}, {"matching", Type::kNumber}}};
constexpr std::array<Member, 3> kRhythm{
    {{"occasions", Type::kNumber}, {"regular", Type::kNumber}, {"share", Type::kNumber}}};

ExpressionPtr check_window_member(ExpressionPtr value, const Syntax& syntax, RuleScope& scope) {
  const auto& members = value->type == Type::kUnitPrice ? kUnitPrice : kRhythm;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < members.size(); ++i) {
    names.emplace_back(members[i].name);
    if (members[i].name != syntax.text) continue;
    MutableExpression made = make(Op::kMember, members[i].type, syntax.at, scope);
    if (made->type == Type::kMoney) made->currency = value->currency;
    made->index = static_cast<int>(i);
    made->args.push_back(std::move(value));
    return made;
  }
  scope.set.findings.error(Code::kUnknownMember, syntax.name_at,
                           fmt::format("{} has no `.{}`", described(value->type), syntax.text),
                           suggest(syntax.text, names));
  return nullptr;
}

ExpressionPtr check_party_field(const Expression& party, Side side, const Syntax& syntax, RuleScope& scope) {
  const PartyFieldEntry* const entry = find_party_field(syntax.text);
  if (entry == nullptr) {
    std::vector<std::string> names;
    for (const PartyFieldEntry& field : party_fields()) names.emplace_back(field.name);
    std::string hint = did_you_mean(syntax.text, names);
    if (hint.empty() && find_event_field(syntax.text) != nullptr)
      hint = fmt::format("`{}` belongs to the event: write it without the side", syntax.text);
    scope.set.findings.error(Code::kUnknownMember, syntax.name_at,
                             fmt::format("a party has no `{}`", syntax.text), hint);
    return nullptr;
  }
  MutableExpression made = make(Op::kPartyField, entry->type, syntax.at, scope);
  made->party_field = entry->field;
  made->side = side;
  if (made->type == Type::kMoney) made->currency = scope.set.home;
  if (party.op == Op::kBound) return bound_like(party, std::move(made), scope);
  return made;
}

}  // namespace

ExpressionPtr check_name(const Syntax& syntax, RuleScope& scope) {
  if (const auto side = parse_side(syntax.text)) return check_side(*side, syntax, scope);
  if (const EventFieldEntry* field = find_event_field(syntax.text)) {
    MutableExpression made = make(Op::kEventField, field->type, syntax.at, scope);
    made->event_field = field->field;
    if (made->type == Type::kMoney) made->currency = scope.set.home;
    return made;
  }
  if (const auto let = scope.lets.find(syntax.text); let != scope.lets.end())
    return check_let(let->second, syntax, scope);
  if (names_other_event(syntax, scope)) {
    scope.set.findings.error(Code::kWrongType, syntax.at,
                             fmt::format("`{}` is an event, and a value of it is wanted", syntax.text),
                             fmt::format("name a field of it: `{0}.amount`, `{0}.other`", syntax.text));
    return nullptr;
  }
  if (const auto param = scope.params.find(syntax.text); param != scope.params.end())
    return check_param(param->second, syntax, scope);
  if (const auto macro = scope.set.macros.find(syntax.text); macro != scope.set.macros.end())
    return expand(macro->second, scope);
  if (const auto list = scope.set.lists.find(syntax.text); list != scope.set.lists.end()) {
    list->second.used = true;
    MutableExpression made = make(Op::kTextList, Type::kTextList, syntax.at, scope);
    made->texts = list->second.texts;
    return made;
  }
  report_unknown(syntax, scope);
  return nullptr;
}

ExpressionPtr check_member(const Syntax& syntax, RuleScope& scope) {
  if (names_other_event(*syntax.args[0], scope)) return check_other_event(syntax, scope);
  ExpressionPtr value = check(*syntax.args[0], scope);
  if (!value) return nullptr;
  if (value->type == Type::kParty) {
    const Expression& party =
        value->op == Op::kBound ? *scope.rule.bound[static_cast<std::size_t>(value->index)].value : *value;
    return check_party_field(*value, party.side, syntax, scope);
  }
  if (value->type == Type::kUnitPrice || value->type == Type::kRhythm)
    return check_window_member(std::move(value), syntax, scope);
  scope.set.findings.error(Code::kUnknownMember, syntax.name_at,
                           fmt::format("{} has no members, so no `.{}`", described(value->type), syntax.text),
                           "parties have members, and what unit_price and rhythm give");
  return nullptr;
}

}  // namespace suar::rules
