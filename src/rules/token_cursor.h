// The parser's place among the tokens, and its way of giving up.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rules/lexer.h"
#include "rules/syntax.h"

namespace suar::rules {

// Thrown where an expression cannot be read on, after the finding has been made; caught in parse_expression.
struct SyntaxError {};

class TokenCursor {
 public:
  TokenCursor(const LocatedText& text, std::vector<Token> tokens, Findings& findings);

 protected:
  [[nodiscard]] const Token& peek(std::size_t ahead = 0) const;
  [[nodiscard]] bool has_taken() const { return next_ > 0; }
  [[nodiscard]] const Token& peek_back() const { return tokens_[next_ - 1]; }  // only where has_taken()
  const Token& take();

  bool accept(std::string_view symbol);
  bool accept_name(std::string_view name);
  void expect(std::string_view symbol, const Token& opener);

  [[nodiscard]] Span span(std::size_t begin, std::size_t end) const { return text_.span(begin, end); }
  [[nodiscard]] std::string written(std::size_t begin, std::size_t end) const;

  [[noreturn]] void fail(const Token& token, std::string message, std::string hint = {});
  [[noreturn]] void fail_at(Code code, Span at, std::string message, std::string hint = {});
  [[noreturn]] void fail_too_deep(Span at);

  // Every way into a deeper level of the descent holds one of these, which bounds the parser's own recursion.
  class Deeper {
   public:
    explicit Deeper(TokenCursor& cursor);
    ~Deeper() { --cursor_.depth_; }
    Deeper(const Deeper&) = delete;
    Deeper& operator=(const Deeper&) = delete;

   private:
    TokenCursor& cursor_;
  };

 private:
  const LocatedText& text_;
  std::vector<Token> tokens_;
  Findings& findings_;
  std::size_t next_ = 0;
  int depth_ = 0;
};

}  // namespace suar::rules
