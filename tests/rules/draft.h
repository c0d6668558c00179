// A rule file under test: a whole rule of which a test writes only the part that it is about.
#pragma once

#include <gmock/gmock.h>

#include <string>
#include <string_view>
#include <vector>

#include "rules/rule.h"

namespace suar::rules {

struct Draft {
  std::string id = "r";
  std::string watch = "account";
  std::string params = "{}";
  std::string events = "amount > IDR 1";
  std::string trigger;  // "" = no such key
  std::string let = "{}";
  std::string when = "count() over 30d >= 3";
  std::string signal = "[]";
  std::string mark = "[]";
  std::string because = "three";

  [[nodiscard]] std::string yaml() const;
};

// Loads files named "a.yaml", "b.yaml" ... with home currency IDR.
[[nodiscard]] LoadResult load_files(const std::vector<std::string>& files);
[[nodiscard]] LoadResult load(const Draft& draft);

// "SUAR-R020 4:9 did you mean `amount`?": what a test compares. Warnings have "warning " before it.
[[nodiscard]] std::vector<std::string> brief(const Diagnostics& findings);

// The text that the caret underlines.
[[nodiscard]] std::string underlined(const Diagnostic& finding);

// A checked expression as text, every operator in parentheses: ((a + b) > c).
[[nodiscard]] std::string to_text(const Expression& expression);

}  // namespace suar::rules
