#include "rules/lexer.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "rules/literal.h"

namespace suar::rules {
namespace {

using namespace std::string_view_literals;

// Longer ones first: the first that fits is taken.
constexpr std::array kSymbols{"&&"sv, "||"sv, "=="sv, "!="sv, "<="sv, ">="sv, ".."sv, "<"sv, ">"sv,
                              "!"sv,  "+"sv,  "-"sv,  "*"sv,  "/"sv,  "("sv,  ")"sv,  "["sv, "]"sv,
                              ","sv,  "."sv,  "?"sv,  ":"sv,  "="sv,  "&"sv,  "|"sv,  "{"sv, "}"sv};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

class Lexer {
 public:
  Lexer(const LocatedText& text, Findings& findings)
      : located_(text), text_(text.value), findings_(findings) {}

  Tokens run() {
    Tokens out;
    while (true) {
      while (at_ < text_.size() && is_space(text_[at_])) ++at_;
      Token token;
      token.begin = at_;
      if (at_ < text_.size()) read(token);
      token.end = at_;
      const bool end = token.kind == Token::Kind::kEnd;
      if (!end || at_ >= text_.size()) out.tokens.push_back(std::move(token));
      if (end && at_ >= text_.size()) break;
    }
    out.good = good_;
    return out;
  }

 private:
  [[nodiscard]] char peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }

  void fail(Code code, std::size_t begin, std::size_t end, std::string message, std::string hint = {}) {
    good_ = false;
    findings_.error(code, located_.span(begin, std::max(end, begin + 1)), std::move(message),
                    std::move(hint));
  }

  void read(Token& token) {
    const char c = peek();
    if (is_digit(c)) return read_number(token);
    if (c == '"' || c == '\'') return read_text(token, false);
    if (c == 'r' && (peek(1) == '"' || peek(1) == '\'')) {
      ++at_;
      return read_text(token, true);
    }
    if (is_letter(c)) return read_name(token);
    for (const std::string_view symbol : kSymbols) {
      if (text_.substr(at_).starts_with(symbol)) {
        token.kind = Token::Kind::kSymbol;
        token.text = symbol;
        at_ += symbol.size();
        return;
      }
    }
    skip_unknown();
  }

  void read_name(Token& token) {
    token.kind = Token::Kind::kName;
    while (is_letter(peek()) || is_digit(peek())) token.text += text_[at_++];
  }

  void read_digits(std::string& digits) {
    for (; is_digit(peek()) || (peek() == '_' && is_digit(peek(1))); ++at_) {
      if (peek() != '_') digits += peek();
    }
  }

  // 6, 0.8, 1_000, 80%, 14d
  void read_number(Token& token) {
    token.kind = Token::Kind::kNumber;
    read_digits(token.digits);
    if (peek() == '.' && is_digit(peek(1))) {
      token.digits += '.';
      ++at_;
      read_digits(token.digits);
    }
    const auto number = parse_number(token.digits);
    if (!number) return fail(Code::kBadLiteral, token.begin, at_, "the number has too many digits");
    token.number = *number;
    if (is_letter(peek())) return read_unit(token);
    if (peek() != '%') return;
    ++at_;
    token.digits.clear();
    if (const auto part = divide(token.number, Rational::of(100)))
      token.number = *part;
    else
      fail(Code::kBadLiteral, token.begin, at_, "the number has too many digits");
  }

  void read_unit(Token& token) {
    const std::size_t begin = at_;
    while (is_letter(peek()) || is_digit(peek())) ++at_;
    const std::string_view unit = text_.substr(begin, at_ - begin);
    const auto duration = parse_duration(token.digits, unit);
    if (!duration)
      return fail(
          Code::kBadLiteral, token.begin, at_, duration.error(),
          "durations are written `90s`, `30m`, `12h`, `14d` and `2w`; numbers `1_000`, `0.8` and `80%`");
    token.kind = Token::Kind::kDuration;
    token.duration = *duration;
  }

  void read_text(Token& token, bool raw) {
    token.kind = Token::Kind::kText;
    const char quote = peek();
    for (++at_; at_ < text_.size() && peek() != quote;) {
      if (peek() != '\\' || raw) {
        token.text += text_[at_++];
      } else if (!read_escape(text_, at_, token.text)) {
        fail(Code::kBadCharacter, at_, at_ + 2, "this is no escape of CEL",
             R"(a backslash is written `\\`; a text before which stands `r` has no escapes: r"\d+")");
        at_ = std::min(at_ + 2, text_.size());
      }
    }
    if (at_ >= text_.size()) return fail(Code::kBadCharacter, token.begin, at_, "the text has no end");
    ++at_;
  }

  void skip_unknown() {
    const std::size_t begin = at_;
    for (++at_; at_ < text_.size() && (static_cast<unsigned char>(text_[at_]) & 0xC0U) == 0x80U;) ++at_;
    const std::string_view character = text_.substr(begin, at_ - begin);
    std::string hint;
    if (character == "%") hint = "a percentage is written without a space: `80%`";
    fail(Code::kBadCharacter, begin, at_, fmt::format("no expression holds `{}`", character), hint);
  }

  const LocatedText& located_;
  std::string_view text_;
  Findings& findings_;
  std::size_t at_ = 0;
  bool good_ = true;
};

}  // namespace

Tokens tokenize(const LocatedText& text, Findings& findings) {
  return Lexer(text, findings).run();
}

}  // namespace suar::rules
