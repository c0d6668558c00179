// What each code of a finding means to the author of a rule: why it matters, an example that gives it and the
// example mended.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "rules/codes.h"

namespace suar::rules {

struct CodeExplanation {
  Code code;
  std::string_view why;
  // Pieces of rule files; empty where an example would be too long to read. A piece that begins with "---" is
  // a whole file. Of any other, each document that holds no macros, lists, pack, suppressions or override
  // stands in a rule: what it does not state, example_file() adds.
  std::string_view wrong, right;
};

[[nodiscard]] std::span<const CodeExplanation> code_explanations();

// The rule file that an example is a piece of.
[[nodiscard]] std::string example_file(std::string_view piece);

}  // namespace suar::rules
