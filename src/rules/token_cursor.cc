#include "rules/token_cursor.h"

#include <fmt/format.h>

#include <algorithm>

namespace suar::rules {

TokenCursor::TokenCursor(const LocatedText& text, std::vector<Token> tokens, Findings& findings)
    : text_(text), tokens_(std::move(tokens)), findings_(findings) {}

const Token& TokenCursor::peek(std::size_t ahead) const {
  return tokens_[std::min(next_ + ahead, tokens_.size() - 1)];
}

const Token& TokenCursor::take() {
  const Token& token = peek();
  if (next_ + 1 < tokens_.size()) ++next_;
  return token;
}

bool TokenCursor::accept(std::string_view symbol) {
  if (!peek().is(symbol)) return false;
  take();
  return true;
}

bool TokenCursor::accept_name(std::string_view name) {
  if (!peek().is_name(name)) return false;
  take();
  return true;
}

void TokenCursor::expect(std::string_view symbol, const Token& opener) {
  if (!accept(symbol))
    fail(peek(), fmt::format("`{}` is missing, which belongs to `{}`", symbol, opener.text));
}

std::string TokenCursor::written(std::size_t begin, std::size_t end) const {
  return text_.value.substr(begin, end - begin);
}

void TokenCursor::fail(const Token& token, std::string message, std::string hint) {
  fail_at(Code::kBadSyntax, span(token.begin, token.end), std::move(message), std::move(hint));
}

void TokenCursor::fail_at(Code code, Span at, std::string message, std::string hint) {
  findings_.error(code, at, std::move(message), std::move(hint));
  throw SyntaxError();
}

void TokenCursor::fail_too_deep(Span at) {
  fail_at(Code::kTooDeep, at, fmt::format("the expression is nested more than {} deep", kMaxExpressionDepth));
}

TokenCursor::Deeper::Deeper(TokenCursor& cursor) : cursor_(cursor) {
  if (++cursor_.depth_ > kMaxExpressionDepth)
    cursor_.fail_too_deep(cursor_.span(cursor_.peek().begin, cursor_.peek().end));
}

}  // namespace suar::rules
