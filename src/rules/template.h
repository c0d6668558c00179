// Narratives: text with expressions in braces. "{n} credits, {{literally}}".
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rules/findings.h"
#include "rules/syntax.h"

namespace suar::rules {

struct TemplateSyntax {
  std::string text;  // where `value` is null
  SyntaxPtr value;
};

// Pieces that cannot be read are reported and left out.
[[nodiscard]] std::vector<TemplateSyntax> parse_template(const LocatedText& text, Findings& findings);

}  // namespace suar::rules
