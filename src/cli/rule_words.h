// An expression of a rule read aloud, for people who do not read rule files. It says what the expression
// means, not how it is written; what it has no words for, it quotes as it is written.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "alert/wording.h"
#include "rules/rule.h"

namespace suar::cli {

class RuleWords {
 public:
  // `files` are those of the rule's set. They and the rule must outlive it.
  RuleWords(const rules::Rule& rule, std::span<const rules::File> files, alert::Language language)
      : rule_(rule), files_(files), language_(language) {}

  // The conditions that all have to hold, one after another: "the payment comes in".
  [[nodiscard]] std::vector<std::string> conditions(const rules::Expression& expression) const;
  // A value or a condition, in the middle of a sentence.
  [[nodiscard]] std::string phrase(const rules::Expression& expression) const {
    return phrase(expression, true);
  }
  [[nodiscard]] std::string number(rules::Rational number) const;
  [[nodiscard]] std::string duration(event::Duration duration) const;
  // The name of the watched kind: "account", "rekening".
  [[nodiscard]] std::string watched() const;
  [[nodiscard]] std::string pick(std::string_view en, std::string_view id) const {
    return std::string(language_ == alert::Language::kEnglish ? en : id);
  }

 private:
  // `holds` false: that the condition does not hold.
  [[nodiscard]] std::string phrase(const rules::Expression& expression, bool holds) const;
  [[nodiscard]] std::string chain(const rules::Expression& expression, rules::Op op, bool holds) const;
  void collect(const rules::Expression& expression, rules::Op op,
               std::vector<const rules::Expression*>& out) const;
  [[nodiscard]] std::string comparison(const rules::Expression& expression, bool holds) const;
  [[nodiscard]] std::string call(const rules::Expression& expression, bool holds) const;
  [[nodiscard]] std::string window(const rules::Window& window) const;
  [[nodiscard]] std::string aggregate(const rules::Window& window) const;
  [[nodiscard]] std::string span(const rules::Window& window) const;
  [[nodiscard]] std::string field(rules::EventField field) const;
  [[nodiscard]] std::string field(rules::PartyField field) const;
  [[nodiscard]] std::string side(rules::Side side) const;
  [[nodiscard]] std::string parties(rules::Side side) const;  // several of them
  [[nodiscard]] std::string of(std::string_view what, std::string_view whose) const;
  [[nodiscard]] std::string constant(const rules::Expression& expression) const;
  [[nodiscard]] std::string is(bool holds) const;
  [[nodiscard]] std::string listed(const std::vector<std::string>& texts, bool all) const;

  [[nodiscard]] std::string as_written(const rules::Expression& expression) const;

  const rules::Rule& rule_;
  std::span<const rules::File> files_;
  alert::Language language_;
};

}  // namespace suar::cli
