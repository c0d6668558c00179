// Functions: name(arguments). Those whose arguments are of plain kinds come from a table; the others have a
// line of their own below.
#include <fmt/format.h>

#include <algorithm>

#include "rules/check.h"
#include "rules/vocabulary.h"
#include "rules/words.h"

namespace suar::rules {
namespace {

using reference::ListKind;

void check_list_name(const std::string& name, Span at, RuleScope& scope) {
  const reference::Reference* const reference = scope.set.reference;
  if (reference == nullptr || reference->list(name).known()) return;
  scope.set.findings.warning(
      Code::kUnknownList, at,
      fmt::format("the reference data has no lists/{}.csv: the list counts as empty", name),
      did_you_mean(name, reference->list_names()));
}

void check_tag(const std::string& tag, Span at, RuleScope& scope) {
  const std::vector<std::string> usual{"border", "port", "remote", "airport"};
  const std::string near = did_you_mean(tag, usual);
  if (near.empty() || std::ranges::find(usual, tag) != usual.end()) return;
  scope.set.findings.warning(Code::kDoubtfulWord, at,
                             fmt::format("\"{}\" is not a usual tag of a place", tag), near);
}

// One argument, by the table's letter. A good one is added: constants to `texts`, others to `args`.
void check_argument(char kind, const Syntax& argument, Expression& call, std::string_view name,
                    RuleScope& scope) {
  const std::string what = fmt::format("this argument of `{}`", name);
  if (kind == 'C') {
    const ExpressionPtr text = check_constant(Type::kText, argument, what, scope);
    if (text) call.texts.push_back(text->text);
    return;
  }
  const Type type = kind == 'P' ? Type::kParty : kind == 'M' ? Type::kMoney : Type::kText;
  ExpressionPtr value = check_as(type, argument, what, scope);
  if (value) call.args.push_back(std::move(value));
}

// The third argument of `mentions`.
bool check_letters(const Syntax& syntax, Expression& call, RuleScope& scope) {
  const ExpressionPtr letters =
      check_constant(Type::kNumber, syntax, "the third argument of `mentions`", scope);
  if (!letters) return false;
  for (const int n : {0, 1, 2}) {
    if (letters->number != Rational::of(n)) continue;
    call.index = n;
    return true;
  }
  scope.set.findings.error(Code::kWrongArgument, syntax.at,
                           "a word may differ from a keyword by 0, 1 or 2 letters",
                           "mentions(\"keywords_visa\", remittance_info, 1)");
  return false;
}

ExpressionPtr check_plain(const FunctionEntry& entry, const Syntax& syntax, RuleScope& scope) {
  const std::size_t needed = entry.arguments.size();
  const std::size_t most = entry.function == Function::kMentions ? needed + 1 : needed;
  if (!count_arguments(syntax, 0, needed, most, entry.usage, scope)) return nullptr;
  MutableExpression made = make(Op::kCall, entry.type, syntax.at, scope);
  made->function = entry.function;
  const bool similar = syntax.args.size() > needed;
  if (similar && !check_letters(*syntax.args[needed], *made, scope)) return nullptr;
  if (made->type == Type::kMoney) made->currency = scope.set.home;
  for (std::size_t i = 0; i < needed; ++i)
    check_argument(entry.arguments[i], *syntax.args[i], *made, entry.name, scope);
  if (made->args.size() + made->texts.size() < needed) return nullptr;
  if (entry.function == Function::kMultipleOf && !same_unit(*made->args[0], *made->args[1])) {
    report_mismatch(*made->args[0], *made->args[1], syntax.at, "a multiple of", scope);
    return nullptr;
  }
  if (entry.function == Function::kMentions || entry.function == Function::kMentionCount)
    check_list_name(made->texts[0], syntax.args[0]->at, scope);
  if (entry.function == Function::kTagged) check_tag(made->texts[0], syntax.args[1]->at, scope);
  // One constant is the call's text; several (of tariff) stay a list.
  if (made->texts.size() == 1) {
    made->text = made->texts[0];
    made->texts.clear();
  }
  return made;
}

ExpressionPtr check_has(const Syntax& syntax, RuleScope& scope) {
  if (!count_arguments(syntax, 0, 1, 1, "has(other.balance_after)", scope)) return nullptr;
  ExpressionPtr field = check_value(*syntax.args[0], scope);
  if (!field) return nullptr;
  const Expression* const other = field->op == Op::kBound
                                      ? scope.rule.bound[static_cast<std::size_t>(field->index)].value.get()
                                      : nullptr;
  if (other != nullptr && (other->op == Op::kEventField || other->op == Op::kPartyField)) {
    MutableExpression made = make(Op::kCall, Type::kBool, syntax.at, scope);
    made->function = Function::kHas;
    made->args.push_back(clone(*other));
    return bound_like(*field, std::move(made), scope);
  }
  if (field->op != Op::kEventField && field->op != Op::kPartyField) {
    scope.set.findings.error(Code::kWrongArgument, syntax.args[0]->at,
                             "`has` asks whether a field is present, and this is no field");
    return nullptr;
  }
  MutableExpression made = make(Op::kCall, Type::kBool, syntax.at, scope);
  made->function = Function::kHas;
  made->args.push_back(std::move(field));
  return made;
}

bool check_link_kinds(const Syntax& list, Expression& call, RuleScope& scope) {
  const ExpressionPtr kinds = check_as(Type::kTextList, list, "the third argument of `linked`", scope);
  if (!kinds) return false;
  call.links = 0;
  bool good = true;
  for (std::size_t i = 0; i < kinds->texts.size(); ++i) {
    const std::string& word = kinds->texts[i];
    if (const auto kind = reference::parse_link_kind(word)) {
      call.links = static_cast<reference::LinkKinds>(call.links | static_cast<reference::LinkKinds>(*kind));
      continue;
    }
    good = false;
    const Span at = list.kind == Syntax::Kind::kList ? list.args[i]->at : list.at;
    scope.set.findings.error(
        Code::kWrongArgument, at, fmt::format("there is no link of kind \"{}\"", word),
        suggest(word, {"ownership", "directorship", "employment", "family", "associate"}));
  }
  return good;
}

bool check_hops(const Syntax& hops, Expression& call, RuleScope& scope) {
  const ExpressionPtr number = check_constant(Type::kNumber, hops, "the fourth argument of `linked`", scope);
  if (!number) return false;
  for (const int n : {1, 2, 3}) {
    if (number->number == Rational::of(n)) {
      call.hops = n;
      return true;
    }
  }
  scope.set.findings.error(Code::kWrongArgument, hops.at, "a path is at most 1, 2 or 3 links long");
  return false;
}

ExpressionPtr check_linked(const Syntax& syntax, RuleScope& scope) {
  if (!count_arguments(syntax, 0, 4, 4, "linked(self, other, [\"ownership\", \"family\"], 3)", scope))
    return nullptr;
  MutableExpression made = make(Op::kCall, Type::kBool, syntax.at, scope);
  made->function = Function::kLinked;
  ExpressionPtr from = check_as(Type::kParty, *syntax.args[0], "this argument of `linked`", scope);
  ExpressionPtr to = check_as(Type::kParty, *syntax.args[1], "this argument of `linked`", scope);
  const bool kinds = check_link_kinds(*syntax.args[2], *made, scope);
  const bool hops = check_hops(*syntax.args[3], *made, scope);
  if (!from || !to || !kinds || !hops) return nullptr;
  made->args.push_back(std::move(from));
  made->args.push_back(std::move(to));
  return made;
}

std::optional<ListKind> list_kind_of(const Expression& value) {
  if (value.op == Op::kEventField) return entry_of(value.event_field).list_kind;
  if (value.op == Op::kPartyField) return entry_of(value.party_field).list_kind;
  return std::nullopt;
}

// The list and who or what is asked about it: of `listed` and `listed_days`.
MutableExpression check_listed(const Syntax& syntax, RuleScope& scope) {
  if (!count_arguments(syntax, 0, 2, 2, fmt::format("{}(\"hubs\", other)", syntax.text), scope))
    return nullptr;
  const ExpressionPtr name = check_constant(Type::kText, *syntax.args[0],
                                            fmt::format("the first argument of `{}`", syntax.text), scope);
  if (name) check_list_name(name->text, syntax.args[0]->at, scope);
  ExpressionPtr value = check(*syntax.args[1], scope);
  if (!name || !value) return nullptr;
  MutableExpression made = make(Op::kCall, Type::kBool, syntax.at, scope);
  made->text = name->text;
  if (value->type == Type::kParty) {
    made->function = Function::kListedParty;
  } else if (const auto kind = list_kind_of(*value)) {
    made->function = Function::kListedText;
    made->list_kind = *kind;
  } else {
    const bool text = value->type == Type::kText;
    scope.set.findings.error(
        Code::kWrongArgument, syntax.args[1]->at,
        text ? "it is not plain what kind of list this text could stand in"
             : fmt::format("{} does not stand in a list", described(value->type)),
        "ask for a party, or for a field such as `mcc`, `merchant_id`, `device_id`, `ip_country`, "
        "`other.account`; words in a text are found with `mentions`");
    return nullptr;
  }
  made->args.push_back(std::move(value));
  return made;
}

ExpressionPtr check_listed_days(const Syntax& syntax, RuleScope& scope) {
  MutableExpression made = check_listed(syntax, scope);
  if (!made) return nullptr;
  made->function = Function::kListedDays;
  made->type = Type::kNumber;
  return made;
}

ExpressionPtr check_decay(const Syntax& syntax, RuleScope& scope) {
  if (!count_arguments(syntax, 0, 2, 2, "decay(listed_days(\"tips\", self), 90d)", scope)) return nullptr;
  ExpressionPtr age = check_value(*syntax.args[0], scope);
  const ExpressionPtr half_life = check_constant(Type::kDuration, *syntax.args[1], "the half-life", scope);
  if (!age || !half_life) return nullptr;
  if (age->type != Type::kNumber && age->type != Type::kDuration) {
    scope.set.findings.error(
        Code::kWrongType, syntax.args[0]->at,
        fmt::format("an age is a duration or a number of days, not {}", described(*age)));
    return nullptr;
  }
  if (half_life->duration.micros <= 0 || half_life->duration > event::Duration::days(3660)) {
    scope.set.findings.error(Code::kBadValue, syntax.args[1]->at,
                             "a half-life is longer than nothing and at most 10 years long");
    return nullptr;
  }
  MutableExpression made = make(Op::kCall, Type::kNumber, syntax.at, scope);
  made->function = Function::kDecay;
  made->duration = half_life->duration;
  made->args.push_back(std::move(age));
  return made;
}

ExpressionPtr check_fee_band(const Syntax& syntax, RuleScope& scope) {
  MutableExpression made = make(Op::kCall, Type::kBool, syntax.at, scope);
  made->function = Function::kInFeeBand;
  bool good = true;
  for (const SyntaxPtr& argument : syntax.args) {
    const ExpressionPtr id = check_constant(Type::kText, *argument, "an argument of `in_fee_band`", scope);
    good = good && id;
    if (!id) continue;
    made->texts.push_back(id->text);
    const reference::Reference* const reference = scope.set.reference;
    if (reference != nullptr && !reference->corridor(id->text).known())
      scope.set.findings.warning(
          Code::kUnknownCorridor, argument->at,
          fmt::format("corridors.yaml has no corridor `{}`: no amount lies in its bands", id->text),
          did_you_mean(id->text, reference->corridor_ids()));
  }
  if (!good) return nullptr;
  return made;
}

ExpressionPtr check_peer(const Syntax& syntax, RuleScope& scope) {
  if (!count_arguments(syntax, 0, 1, 2, "peer(\"credits\"), or peer(\"monthly_in\", IDR) for money", scope))
    return nullptr;
  const ExpressionPtr figure = check_constant(Type::kText, *syntax.args[0], "the figure of `peer`", scope);
  if (!figure) return nullptr;
  if (scope.watch_known && !has_sides(scope.watch)) {
    scope.set.findings.error(Code::kNoSides, syntax.at,
                             fmt::format("a {} has no sides, so it has no peers", name_of(scope.watch)));
    return nullptr;
  }
  const reference::Reference* const reference = scope.set.reference;
  if (reference != nullptr) {
    const std::vector<std::string> known = reference->peer_figures();
    if (std::ranges::find(known, figure->text) == known.end())
      scope.set.findings.warning(
          Code::kUnknownFigure, syntax.args[0]->at,
          fmt::format("peers.csv has no figure `{}`: it is always absent", figure->text),
          did_you_mean(figure->text, known));
  }
  MutableExpression made = make(Op::kCall, Type::kNumber, syntax.at, scope);
  made->function = Function::kPeer;
  made->text = figure->text;
  if (syntax.args.size() == 1) return made;
  const Syntax& code = *syntax.args[1];
  const auto currency = code.kind == Syntax::Kind::kName ? event::parse_currency(code.text) : std::nullopt;
  if (!currency) {
    scope.set.findings.error(Code::kWrongArgument, code.at, "the second argument of `peer` is a currency",
                             "three capital letters: peer(\"monthly_in\", IDR)");
    return nullptr;
  }
  made->type = Type::kMoney;
  made->currency = *currency;
  return made;
}

}  // namespace

ExpressionPtr check_amount_in(const Syntax& syntax, RuleScope& scope, std::size_t first) {
  if (!count_arguments(syntax, first, 1, 1, "amount_in(BDT)", scope)) return nullptr;
  const Syntax& code = *syntax.args[first];
  const auto currency = code.kind == Syntax::Kind::kName ? event::parse_currency(code.text) : std::nullopt;
  if (!currency) {
    scope.set.findings.error(Code::kWrongArgument, code.at, "the argument of `amount_in` is a currency",
                             code.kind == Syntax::Kind::kText
                                 ? fmt::format("write it without quotes: amount_in({})", code.text)
                                 : "three capital letters: amount_in(BDT)");
    return nullptr;
  }
  MutableExpression made = make(Op::kCall, Type::kMoney, syntax.at, scope);
  made->function = Function::kAmountIn;
  made->currency = *currency;
  return made;
}

namespace {

void report_unknown(const Syntax& syntax, RuleScope& scope) {
  std::string hint = did_you_mean(syntax.text, function_names());
  for (const std::string& method : method_names()) {
    if (hint.empty() && method == syntax.text)
      hint = fmt::format("it stands after a value: `event_time.{}(...)`", method);
  }
  const bool named = scope.lets.contains(syntax.text) || scope.params.contains(syntax.text) ||
                     scope.set.macros.contains(syntax.text) || find_event_field(syntax.text) != nullptr;
  if (named) hint = fmt::format("`{}` is a name: write it without parentheses", syntax.text);
  scope.set.findings.error(Code::kUnknownFunction, syntax.name_at,
                           fmt::format("there is no function `{}`", syntax.text), hint);
}

}  // namespace

ExpressionPtr check_call(const Syntax& syntax, RuleScope& scope) {
  if (const FunctionEntry* entry = find_function(syntax.text)) return check_plain(*entry, syntax, scope);
  if (syntax.text == "has") return check_has(syntax, scope);
  if (syntax.text == "linked") return check_linked(syntax, scope);
  if (syntax.text == "listed") return check_listed(syntax, scope);
  if (syntax.text == "in_fee_band") return check_fee_band(syntax, scope);
  if (syntax.text == "amount_in") return check_amount_in(syntax, scope);
  if (syntax.text == "signal") return check_signal(syntax, scope);
  if (syntax.text == "crime_signal") return check_crime_signal(syntax, scope);
  if (syntax.text == "peer") return check_peer(syntax, scope);
  if (syntax.text == "decay") return check_decay(syntax, scope);
  if (syntax.text == "listed_days") return check_listed_days(syntax, scope);
  if (syntax.text == "marked") return check_marked(syntax, scope);
  if (syntax.text == "signal_value") return check_signal_value(syntax, scope);
  if (find_aggregate(syntax.text) || syntax.text == "growth") {
    scope.set.findings.error(Code::kWindowMisplaced, syntax.at,
                             fmt::format("`{}` lacks its window", syntax.text),
                             fmt::format("write `{}(...) over 7d`", syntax.text));
    return nullptr;
  }
  report_unknown(syntax, scope);
  return nullptr;
}

}  // namespace suar::rules
