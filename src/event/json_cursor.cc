#include "event/json_cursor.h"

#include "event/json_token.h"

namespace suar::event {
namespace {

constexpr bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

}  // namespace

JsonCursor::JsonCursor(std::string_view text, std::span<const std::uint32_t> tokens, std::string& unescaped,
                       int max_depth)
    : text_(text),
      next_(tokens.data()),
      end_(tokens.data() + tokens.size()),
      unescaped_(unescaped),
      max_depth_(max_depth),
      has_escapes_(text.find('\\') != std::string_view::npos) {
  if (!has_escapes_) return;
  unescaped_.clear();
  unescaped_.reserve(text.size());  // enough for all strings, so that none moves
}

bool JsonCursor::fail(const char* what, JsonFault::Kind kind) {
  fault_ = {.kind = kind, .position = position(), .what = what};
  return false;
}

bool JsonCursor::unescape(std::string_view& text) {
  if (text.find('\\') == std::string_view::npos) return true;
  const std::size_t begin = unescaped_.size();
  if (append_unescaped(unescaped_, text)) {
    text = std::string_view(unescaped_).substr(begin);
    return true;
  }
  --next_;
  return fail("a wrong escape in a string");
}

bool JsonCursor::read_other(JsonValue& value) {
  switch (token()) {
    case '{':
      value = {.kind = JsonValue::Kind::kObject, .text = {}};
      return read_members([this](std::string_view) {
        JsonValue ignored;
        return read_value(ignored);
      });
    case '[':
      value = {.kind = JsonValue::Kind::kArray, .text = {}};
      return walk_elements();
    default:
      return read_scalar(value);
  }
}

bool JsonCursor::read_scalar(JsonValue& value) {
  if (next_ == end_) return fail("expected a value");
  const std::size_t begin = *next_;
  std::size_t end = next_ + 1 == end_ ? text_.size() : *(next_ + 1);
  while (end > begin && is_space(text_[end - 1])) --end;
  value.text = text_.substr(begin, end - begin);
  if (value.text == "true" || value.text == "false") {
    value.kind = JsonValue::Kind::kBool;
  } else if (value.text == "null") {
    value = {};
  } else if (is_json_number(value.text)) {
    value.kind = JsonValue::Kind::kNumber;
  } else {
    return fail("expected a value");
  }
  ++next_;
  return true;
}

bool JsonCursor::walk_elements() {
  if (!enter()) return false;
  if (token() == ']') return leave();
  while (true) {
    JsonValue ignored;
    if (!read_value(ignored)) return false;
    const char c = token();
    if (c == ']') return leave();
    if (c != ',') return fail("expected a comma or the array's end");
    ++next_;
  }
}

}  // namespace suar::event
