// Tokens to a syntax tree, by recursive descent: one function for each level of precedence, the loosest
// first. A chain of
// && or || becomes a balanced tree, so that a long one is not a deep one. Reading stops at the first problem
// of an expression, since what follows it would be guesswork.
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

#include "rules/literal.h"
#include "rules/syntax.h"
#include "rules/token_cursor.h"

namespace suar::rules {
namespace {

using Kind = Syntax::Kind;
using Node = std::unique_ptr<Syntax>;

bool is_currency(const Token& token) {
  return token.kind == Token::Kind::kName && event::parse_currency(token.text).has_value();
}

class Parser : private TokenCursor {
 public:
  using TokenCursor::TokenCursor;

  SyntaxPtr run() {
    if (peek().kind == Token::Kind::kEnd) fail(peek(), "an expression is missing here");
    Node root = conditional();
    if (peek().kind != Token::Kind::kEnd) fail_after_expression();
    return root;
  }

  // A condition with the time in which it is to happen.
  TimedSyntax run_timed() {
    TimedSyntax timed;
    if (peek().kind == Token::Kind::kEnd) fail(peek(), "an expression is missing here");
    SyntaxPtr condition = conditional();
    if (accept_name("within")) {
      timed.within = postfix();
      if (accept_name("of")) {
        if (peek().kind != Token::Kind::kName) fail(peek(), "the name of a step is missing after `of`");
        const Token& name = take();
        timed.of = name.text;
        timed.of_at = span(name.begin, name.end);
      }
      if (peek().kind != Token::Kind::kEnd)
        fail(peek(), "`within` stands at the end", "conditions come first: CONDITION within 24h of STEP");
    }
    if (peek().kind != Token::Kind::kEnd) fail_after_expression();
    timed.condition = std::move(condition);
    return timed;
  }

 private:
  [[noreturn]] void fail_after_expression() {
    const Token& token = peek();
    std::string hint;
    if (token.is("=")) hint = "equality is written `==`";
    if (token.is_name("and") || token.is("&")) hint = "and is written `&&`";
    if (token.is_name("or") || token.is("|")) hint = "or is written `||`";
    if (token.is_name("where") || token.is_name("same") || token.is_name("before"))
      hint =
          fmt::format("`{}` follows the length of a window: count() over 7d {} ...", token.text, token.text);
    if (token.is_name("within"))
      hint =
          "`within 24h` ends a step of `sequence`, or `unless`; a place lies in another by "
          "`within(place_code, \"ID-21\")`";
    if (token.is_name("over")) hint = "`over` follows an aggregate: count() over 7d";
    if (has_taken() && peek_back().is_name("not")) hint = "not is written `!`";
    fail(token, fmt::format("an operator is missing before `{}`", written(token.begin, token.end)), hint);
  }

  Node make(Kind kind, std::size_t begin) {
    auto node = std::make_unique<Syntax>();
    node->kind = kind;
    node->at = span(begin, begin);
    return node;
  }

  // Ends the node where the last token ended, and bounds its depth.
  Node finish(Node node) {
    const Token& last = has_taken() ? peek_back() : peek();
    node->at = join(node->at, span(last.begin, last.end));
    const auto deepen = [&node](const SyntaxPtr& part) {
      if (part) node->depth = std::max(node->depth, part->depth + 1);
    };
    for (const SyntaxPtr& arg : node->args) deepen(arg);
    deepen(node->before);
    deepen(node->same);
    deepen(node->where);
    if (node->depth > kMaxExpressionDepth) fail_too_deep(node->at);
    return node;
  }

  Node binary(std::string_view op, Node left, Node right) {
    auto node = std::make_unique<Syntax>();
    node->kind = Kind::kBinary;
    node->text = op;
    node->at = join(left->at, right->at);
    node->depth = 1 + std::max(left->depth, right->depth);
    if (node->depth > kMaxExpressionDepth) fail_too_deep(node->at);
    node->args.push_back(std::move(left));
    node->args.push_back(std::move(right));
    return node;
  }

  Node balanced(std::string_view op, std::vector<Node>& operands, std::size_t begin, std::size_t end) {
    if (end - begin == 1) return std::move(operands[begin]);
    const std::size_t middle = begin + (end - begin) / 2;
    Node left = balanced(op, operands, begin, middle);
    return binary(op, std::move(left), balanced(op, operands, middle, end));
  }

  template <typename Next>
  Node chain(std::string_view op, Next next) {
    std::vector<Node> operands;
    do operands.push_back(next());
    while (accept(op));
    return balanced(op, operands, 0, operands.size());
  }

  Node conditional() {
    const Deeper deeper(*this);
    const std::size_t begin = peek().begin;
    Node condition = disjunction();
    if (!peek().is("?")) return condition;
    const Token& mark = take();
    Node node = make(Kind::kConditional, begin);
    node->args.push_back(std::move(condition));
    node->args.push_back(conditional());
    expect(":", mark);
    node->args.push_back(conditional());
    return finish(std::move(node));
  }

  Node disjunction() {
    return chain("||", [this] { return conjunction(); });
  }
  Node conjunction() {
    return chain("&&", [this] { return relation(); });
  }

  std::optional<std::string> accept_relation() {
    for (const std::string_view op : {"==", "!=", "<=", ">=", "<", ">"}) {
      if (accept(op)) return std::string(op);
    }
    if (accept_name("in")) return "in";
    return std::nullopt;
  }

  Node relation() {
    Node left = sum();
    const auto op = accept_relation();
    if (!op) return left;
    Node node = binary(*op, std::move(left), *op == "in" ? range_or_value() : sum());
    const Token& again = peek();
    if (accept_relation()) fail(again, "comparisons do not chain", "write `a < b && b < c`");
    return node;
  }

  Node range_or_value() {
    const std::size_t begin = peek().begin;
    Node low = sum();
    if (!accept("..")) return low;
    Node node = make(Kind::kRange, begin);
    node->args.push_back(std::move(low));
    node->args.push_back(sum());
    return finish(std::move(node));
  }

  Node sum() {
    Node left = product();
    while (peek().is("+") || peek().is("-")) {
      const std::string op = take().text;
      left = binary(op, std::move(left), product());
    }
    return left;
  }

  Node product() {
    Node left = unary();
    while (peek().is("*") || peek().is("/")) {
      const std::string op = take().text;
      left = binary(op, std::move(left), unary());
    }
    return left;
  }

  Node unary() {
    if (!peek().is("!") && !peek().is("-")) return postfix();
    const Deeper deeper(*this);
    Node node = make(Kind::kUnary, peek().begin);
    node->text = take().text;
    node->args.push_back(unary());
    return finish(std::move(node));
  }

  Node postfix() {
    const std::size_t begin = peek().begin;
    Node node = primary();
    while (accept(".")) {
      if (peek().kind != Token::Kind::kName) fail(peek(), "a name is missing after `.`");
      const Token& name = take();
      Node outer = make(peek().is("(") ? Kind::kMethod : Kind::kMember, begin);
      outer->text = name.text;
      outer->name_at = span(name.begin, name.end);
      outer->args.push_back(std::move(node));
      if (outer->kind == Kind::kMethod) arguments(*outer);
      node = finish(std::move(outer));
    }
    return node;
  }

  void arguments(Syntax& call) {
    const Token& opener = take();
    if (accept(")")) return;
    do call.args.push_back(argument());
    while (accept(","));
    expect(")", opener);
  }

  Node argument() {
    const std::size_t begin = peek().begin;
    Node value = conditional();
    if (!accept("..")) return value;
    Node node = make(Kind::kRange, begin);
    node->args.push_back(std::move(value));
    node->args.push_back(conditional());
    return finish(std::move(node));
  }

  Node primary() {
    const Token& token = peek();
    switch (token.kind) {
      case Token::Kind::kNumber:
        return constant(Kind::kNumber);
      case Token::Kind::kDuration:
        return constant(Kind::kDuration);
      case Token::Kind::kText:
        return constant(Kind::kText);
      case Token::Kind::kName:
        return name_or_call();
      case Token::Kind::kEnd:
        fail(token, "the expression ends where a value is expected");
      case Token::Kind::kSymbol:
        break;
    }
    if (token.is("(")) {
      const Token& opener = take();
      Node inner = conditional();
      expect(")", opener);
      return inner;
    }
    if (token.is("[")) return list();
    fail(token, fmt::format("a value is expected, not `{}`", token.text));
  }

  Node constant(Kind kind) {
    const Token& token = take();
    Node node = make(kind, token.begin);
    node->number = token.number;
    node->duration = token.duration;
    node->text = token.text;
    return finish(std::move(node));
  }

  Node list() {
    Node node = make(Kind::kList, peek().begin);
    const Token& opener = take();
    if (!accept("]")) {
      do node->args.push_back(conditional());
      while (accept(","));
      expect("]", opener);
    }
    return finish(std::move(node));
  }

  Node name_or_call() {
    static const std::set<std::string_view> reserved{"in", "over", "before", "same", "where"};
    const Token& token = peek();
    if (reserved.contains(token.text)) fail(token, fmt::format("a value is expected, not `{}`", token.text));
    if (token.text == "true" || token.text == "false") {
      Node node = make(Kind::kTruth, take().begin);
      node->truth = token.text == "true";
      return finish(std::move(node));
    }
    if (is_currency(token) && peek(1).kind == Token::Kind::kNumber) return money();
    take();
    Node node = make(peek().is("(") ? Kind::kCall : Kind::kName, token.begin);
    node->text = token.text;
    node->name_at = span(token.begin, token.end);
    if (node->kind == Kind::kName) return finish(std::move(node));
    arguments(*node);
    node = finish(std::move(node));
    return peek().is_name("over") ? window(std::move(node), token.begin) : std::move(node);
  }

  Node money() {
    const Token& code = take();
    const Token& amount = take();
    Node node = make(Kind::kMoney, code.begin);
    node->currency = *event::parse_currency(code.text);
    const auto minor = parse_money(amount.digits, node->currency);
    if (!minor) {
      fail_at(Code::kBadLiteral, span(code.begin, amount.end), minor.error());
    }
    node->number = *minor;
    return finish(std::move(node));
  }

  // call over LENGTH [before DURATION] [same VALUE] [where CONDITION]
  Node window(Node call, std::size_t begin) {
    const Deeper deeper(*this);
    take();
    Node node = make(Kind::kWindow, begin);
    node->args.push_back(std::move(call));
    node->args.push_back(postfix());
    if (accept_name("before")) node->before = postfix();
    if (accept_name("same")) node->same = postfix();
    if (accept_name("where")) node->where = disjunction();
    node->source = written(begin, peek_back().end);
    return finish(std::move(node));
  }
};

}  // namespace

TimedSyntax parse_timed_condition(const LocatedText& text, Findings& findings) {
  Tokens tokens = tokenize(text, findings);
  if (!tokens.good) return {};
  try {
    return Parser(text, std::move(tokens.tokens), findings).run_timed();
  } catch (const SyntaxError&) {
    return {};
  }
}

SyntaxPtr parse_expression(const LocatedText& text, Findings& findings) {
  Tokens tokens = tokenize(text, findings);
  if (!tokens.good) return nullptr;
  try {
    return Parser(text, std::move(tokens.tokens), findings).run();
  } catch (const SyntaxError&) {
    return nullptr;
  }
}

}  // namespace suar::rules
