#include "changes.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "rules/syntax.h"

namespace suar::pack {
namespace {

using rules::BandDefinition;
using rules::ExceptionDefinition;
using rules::Findings;
using rules::LocatedText;
using rules::RuleDefinition;
using rules::Sources;
using rules::Span;
using rules::Syntax;
using rules::TimedSyntax;

constexpr std::int64_t kHour = 3'600'000'000;

// Collects the changes of one expression.
class Changes {
 public:
  Changes(const Sources& sources, std::string rule, std::vector<Change>& out)
      : sources_(sources), out_(out), rule_(std::move(rule)) {}

  void of_condition(const LocatedText& text) {
    Findings ignored(sources_);
    if (const auto syntax = rules::parse_expression(text, ignored)) of(*syntax);
  }
  // `let`: the name under which the value is known, where it has one.
  void of_value(const LocatedText& text, const std::string& let = "") {
    Findings ignored(sources_);
    let_ = let;
    if (const auto syntax = rules::parse_expression(text, ignored)) walk(*syntax);
    let_.clear();
  }
  void of_value(const std::optional<LocatedText>& text) {
    if (text) of_value(*text);
  }
  void of_timed_condition(const LocatedText& text) {
    Findings ignored(sources_);
    const TimedSyntax syntax = rules::parse_timed_condition(text, ignored);
    if (syntax.condition) of(*syntax.condition);
    if (syntax.within) walk(*syntax.within);
  }
  void of_exception(const ExceptionDefinition& exception) {
    if (!exception.when) return;
    Findings ignored(sources_);
    if (const auto syntax = rules::parse_expression(*exception.when, ignored)) {
      replace(syntax->at, "false");
      walk(*syntax);
    }
  }
  // The score of a band is known as a number, without its place: it is looked for where the band stands.
  void of_band(const BandDefinition& band) {
    of_value(band.from);
    of_value(band.weight);
    if (!band.score) return;
    const std::string text(sources_.text_of(band.at));
    const std::string written = fmt::format("score: {}", *band.score);
    const std::size_t found = text.find(written);
    if (found == std::string::npos) return;
    const auto begin = band.at.begin + static_cast<std::uint32_t>(found);
    for (const int score : {*band.score - 1, *band.score + 1}) {
      replace({band.at.file, begin, begin + static_cast<std::uint32_t>(written.size())},
              fmt::format("score: {}", score));
    }
  }

 private:
  void of(const Syntax& condition) {
    drop(condition, "true");
    walk(condition);
  }

  void replace(Span at, std::string text) { out_.push_back({at, std::move(text), rule_}); }

  // A condition that stands alone; one of several is dropped where they are joined.
  void drop(const Syntax& syntax, const char* neutral) {
    if (syntax.kind == Syntax::Kind::kBinary && (syntax.text == "&&" || syntax.text == "||")) return;
    if (syntax.kind == Syntax::Kind::kTruth) return;
    replace(syntax.at, neutral);
  }

  void walk(const Syntax& syntax) {
    switch (syntax.kind) {
      case Syntax::Kind::kBinary:
        if (syntax.text == "&&" || syntax.text == "||") {
          const char* neutral = syntax.text == "&&" ? "true" : "false";
          for (const auto& side : syntax.args) {
            if (side->kind != Syntax::Kind::kBinary || side->text != syntax.text) replace(side->at, neutral);
          }
        }
        break;
      case Syntax::Kind::kNumber:
        shift_number(syntax);
        break;
      case Syntax::Kind::kMoney:
        shift_money(syntax);
        break;
      case Syntax::Kind::kDuration:
        shift_duration(syntax);
        break;
      default:
        break;
    }
    for (const auto& part : syntax.args) {
      if (!is_unused_tolerance(syntax, *part)) walk(*part);
    }
    if (syntax.before) walk(*syntax.before);
    if (syntax.where) {
      drop(*syntax.where, "true");
      walk(*syntax.where);
    }
    if (syntax.same) lose_same(syntax.same->at);
  }

  // Of a rhythm whose occasions alone are asked for, the tolerance is no threshold: it only tells regular
  // gaps.
  [[nodiscard]] bool is_unused_tolerance(const Syntax& call, const Syntax& argument) const {
    if (call.text != "rhythm" || call.args.size() < 2 || call.args[1].get() != &argument) return false;
    const std::string& bytes = sources_.files()[static_cast<std::size_t>(argument.at.file)].bytes;
    return bytes.find(let_ + ".regular") == std::string::npos &&
           bytes.find(let_ + ".share") == std::string::npos;
  }

  void lose_same(Span at) {
    const std::string& bytes = sources_.files()[static_cast<std::size_t>(at.file)].bytes;
    const std::size_t word = bytes.rfind("same", at.begin);
    // Parentheses around the expression go with it.
    while (bytes[at.begin - 1] == '(') --at.begin;
    while (at.end < bytes.size() && bytes[at.end] == ')' && at.begin != word &&
           std::count(bytes.begin() + static_cast<long>(word), bytes.begin() + at.end, '(') >
               std::count(bytes.begin() + static_cast<long>(word), bytes.begin() + at.end, ')')) {
      ++at.end;
    }
    replace({at.file, static_cast<std::uint32_t>(word), at.end}, "");
  }

  void shift_number(const Syntax& syntax) {
    const std::string text(sources_.text_of(syntax.at));
    if (text.ends_with('%')) {
      const double percent = std::atof(text.c_str());
      for (const double factor : {0.9, 1.1}) replace(syntax.at, fmt::format("{:.4g}%", percent * factor));
    } else if (text.find('.') != std::string::npos) {
      for (const double factor : {0.9, 1.1}) {
        replace(syntax.at, fmt::format("{:.4g}", std::atof(text.c_str()) * factor));
      }
    } else {
      std::string digits;
      std::ranges::copy_if(text, std::back_inserter(digits), [](char c) { return c != '_'; });
      const long number = std::atol(digits.c_str());
      replace(syntax.at, fmt::format("{}", number + 1));
      if (number > 0) replace(syntax.at, fmt::format("{}", number - 1));
    }
  }

  void shift_money(const Syntax& syntax) {
    const std::string text(sources_.text_of(syntax.at));
    std::string digits;
    std::ranges::copy_if(text.substr(4), std::back_inserter(digits),
                         [](char c) { return c != '_' && c != ' '; });
    const double amount = std::atof(digits.c_str());
    if (amount == 0) return;
    for (const double factor : {0.98, 1.02}) {
      replace(syntax.at, fmt::format("{} {:.0f}", text.substr(0, 3), amount * factor));
    }
  }

  void shift_duration(const Syntax& syntax) {
    const std::int64_t micros = syntax.duration.micros;
    if (micros == 0) return;
    const std::int64_t step = micros > 24 * kHour ? 4 * kHour : micros >= 4 * kHour ? 2 * kHour : micros / 10;
    // A window of whole days stays one.
    for (const std::int64_t changed : {micros - step, micros + step}) {
      replace(syntax.at, fmt::format("{}s", changed / 1'000'000));
    }
  }

  const Sources& sources_;
  std::vector<Change>& out_;
  std::string rule_;
  std::string let_;
};

void collect(const RuleDefinition& rule, Changes& changes) {
  for (const auto* condition : {&rule.events, &rule.trigger, &rule.when}) {
    if (*condition) changes.of_condition(**condition);
  }
  for (const auto& step : rule.steps) changes.of_timed_condition(step.expression);
  if (rule.unless) changes.of_timed_condition(*rule.unless);
  for (const auto& exception : rule.exceptions) changes.of_exception(exception);
  for (const auto& let : rule.lets) changes.of_value(let.expression, let.name.value);
  for (const auto& param : rule.params) {
    if (param.value && param.value->plain) changes.of_value(param.value->text);
    for (const auto& segment : param.segments) changes.of_value(segment.second.text);
  }
  if (rule.weigh) {
    for (const auto& term : rule.weigh->terms) {
      changes.of_value(term.weight);
      for (const auto& band : term.bands) changes.of_band(band);
    }
    for (const auto& modifier : rule.weigh->modifiers) {
      if (modifier.when) changes.of_condition(*modifier.when);
      changes.of_value(modifier.factor);
    }
    changes.of_value(rule.weigh->threshold);
  }
  changes.of_value(rule.raise.score);
  for (const auto& band : rule.raise.bands) changes.of_band(band);
}

}  // namespace

std::vector<Change> changes_of(const rules::Sources& sources, const rules::Definitions& definitions) {
  std::vector<Change> found;
  for (const auto& rule : definitions.rules) {
    Changes changes(sources, rule.id.value, found);
    collect(rule, changes);
  }
  for (const auto& macro : definitions.macros) {
    Changes(sources, macro.name.value, found).of_value(macro.expression);
  }
  return found;
}

}  // namespace suar::pack
