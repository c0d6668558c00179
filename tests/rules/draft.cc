#include "draft.h"

#include <fmt/format.h>

#include <array>

#include "rules/vocabulary.h"
#include "rules/words.h"

namespace suar::rules {

std::string Draft::yaml() const {
  std::string out = fmt::format(
      "rule: {}\nversion: 1\ntitle: {{en: t, id: t}}\ncrimes: [bribery]\nlook_alikes: [none]\n", id);
  out += fmt::format("watch: {}\nparams: {}\nevents: {}\n", watch, params, events);
  if (!trigger.empty()) out += fmt::format("trigger: {}\n", trigger);
  out += fmt::format("let: {}\nwhen: {}\n", let, when);
  out += fmt::format("raise: {{severity: low, signal: {}, mark: {}, because: {{en: \"{}\", id: t}}}}\n",
                     signal, mark, because);
  return out;
}

LoadResult load_files(const std::vector<std::string>& files) {
  std::vector<File> named;
  named.reserve(files.size());
  for (std::size_t i = 0; i < files.size(); ++i)
    named.push_back({fmt::format("{}.yaml", static_cast<char>('a' + i)), files[i]});
  return load_rules(named, *event::parse_currency("IDR"));
}

LoadResult load(const Draft& draft) {
  return load_files({draft.yaml()});
}

std::vector<std::string> brief(const Diagnostics& findings) {
  std::vector<std::string> out;
  for (const Diagnostic& f : findings) {
    std::string line = fmt::format("{}{} {}:{}", f.severity == Severity::kWarning ? "warning " : "", f.code,
                                   f.line, f.column);
    if (!f.suggestion.empty()) line += " " + f.suggestion;
    out.push_back(std::move(line));
  }
  return out;
}

std::string underlined(const Diagnostic& finding) {
  return finding.snippet.substr(static_cast<std::size_t>(finding.column) - 1,
                                static_cast<std::size_t>(finding.length));
}

namespace {

// In the order of Function.
constexpr std::array kFunctions{
    "has",           "kin",        "linked",       "same_unit", "supervises",   "listed_party",
    "listed_text",   "mentions",   "fee_band",     "tagged",    "within",       "serves",
    "tariff",        "is_day",     "in_period",    "amount_in", "multiple_of",  "startsWith",
    "endsWith",      "contains",   "matches",      "size",      "hours",        "minutes",
    "dayOfWeek",     "date",       "month",        "signal",    "signal_value", "marked",
    "mention_count", "signal_any", "crime_signal", "decay",     "peer",         "listed_days"};

std::string rational_text(Rational number) {
  const std::string whole = event::to_string(number.num);
  return number.den == 1 ? whole : fmt::format("{}/{}", whole, event::to_string(number.den));
}

std::string join(const std::vector<ExpressionPtr>& args) {
  std::string out;
  for (const ExpressionPtr& arg : args) out += (out.empty() ? "" : ", ") + to_text(*arg);
  return out;
}

std::string infix(const Expression& e, std::string_view op) {
  return fmt::format("({} {} {})", to_text(*e.args[0]), op, to_text(*e.args[1]));
}

}  // namespace

std::string to_text(const Expression& e) {
  switch (e.op) {
    case Op::kBool:
      return e.truth ? "true" : "false";
    case Op::kNumber:
      return rational_text(e.number);
    case Op::kMoney:
      return fmt::format("{} {}", e.currency.text(), rational_text(e.number));
    case Op::kText:
      return fmt::format("'{}'", e.text);
    case Op::kDuration:
      return fmt::format("{}s", e.duration.micros / 1'000'000);
    case Op::kTextList:
      return fmt::format("[{}]", fmt::join(e.texts, ", "));
    case Op::kEventField:
      return std::string(entry_of(e.event_field).name);
    case Op::kPartyField:
      return fmt::format("{}.{}", name_of(e.side), entry_of(e.party_field).name);
    case Op::kParty:
      return std::string(name_of(e.side));
    case Op::kParam:
      return fmt::format("param{}", e.index);
    case Op::kLet:
      return fmt::format("let{}", e.index);
    case Op::kWindow:
      return fmt::format("window{}", e.index);
    case Op::kBound:
      return fmt::format("bound{}", e.index);
    case Op::kMember:
      return fmt::format("{}.{}", to_text(*e.args[0]), e.index);
    case Op::kNot:
      return "!" + to_text(*e.args[0]);
    case Op::kNegate:
      return "-" + to_text(*e.args[0]);
    case Op::kConditional:
      return fmt::format("({} ? {} : {})", to_text(*e.args[0]), to_text(*e.args[1]), to_text(*e.args[2]));
    case Op::kAnd:
      return infix(e, "&&");
    case Op::kOr:
      return infix(e, "||");
    case Op::kEqual:
      return infix(e, "==");
    case Op::kNotEqual:
      return infix(e, "!=");
    case Op::kLess:
      return infix(e, "<");
    case Op::kLessEqual:
      return infix(e, "<=");
    case Op::kGreater:
      return infix(e, ">");
    case Op::kGreaterEqual:
      return infix(e, ">=");
    case Op::kAdd:
      return infix(e, "+");
    case Op::kSubtract:
      return infix(e, "-");
    case Op::kMultiply:
      return infix(e, "*");
    case Op::kDivide:
      return infix(e, "/");
    case Op::kInList:
      return fmt::format("({} in [{}])", to_text(*e.args[0]), fmt::join(e.texts, ", "));
    case Op::kInRange:
      return fmt::format("({} in {} .. {})", to_text(*e.args[0]), to_text(*e.args[1]), to_text(*e.args[2]));
    case Op::kToHome:
      return fmt::format("home({})", to_text(*e.args[0]));
    case Op::kCall: {
      std::string out = fmt::format("{}({}", kFunctions[static_cast<std::size_t>(e.function)], join(e.args));
      if (e.function == Function::kAmountIn) out += e.currency.text();
      if (!e.text.empty()) out += fmt::format("; {}", e.text);
      if (!e.texts.empty()) out += fmt::format("; {}", fmt::join(e.texts, ", "));
      return out + ")";
    }
  }
  return "?";
}

}  // namespace suar::rules
