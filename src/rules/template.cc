#include "rules/template.h"

namespace suar::rules {
namespace {

// The brace that closes the expression begun at `at`; braces inside its texts do not count.
std::size_t closing_brace(const std::string& text, std::size_t at) {
  char quote = '\0';
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (quote != '\0') {
      if (c == '\\')
        ++at;
      else if (c == quote)
        quote = '\0';
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '}') {
      return at;
    }
  }
  return std::string::npos;
}

}  // namespace

std::vector<TemplateSyntax> parse_template(const LocatedText& text, Findings& findings) {
  const std::string& value = text.value;
  std::vector<TemplateSyntax> pieces;
  std::string plain;
  for (std::size_t at = 0; at < value.size(); ++at) {
    const char c = value[at];
    const bool twice = at + 1 < value.size() && value[at + 1] == c;
    if ((c != '{' && c != '}') || twice) {
      plain += c;
      if (c == '{' || c == '}') ++at;
      continue;
    }
    const std::size_t end = c == '{' ? closing_brace(value, at + 1) : std::string::npos;
    if (end == std::string::npos) {
      findings.error(
          Code::kBadTemplate, text.span(at, at + 1), "the brace has no other half",
          "an expression stands between braces, `{n}`; a brace itself is written twice, `{{` or `}}`");
      return pieces;
    }
    if (!plain.empty()) pieces.push_back({std::move(plain), nullptr});
    plain.clear();
    if (SyntaxPtr syntax = parse_expression(text.slice(at + 1, end), findings))
      pieces.push_back({{}, std::move(syntax)});
    at = end;
  }
  if (!plain.empty()) pieces.push_back({std::move(plain), nullptr});
  return pieces;
}

}  // namespace suar::rules
