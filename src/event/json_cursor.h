// One pass over a JSON text, token by token, that leaves nothing unchecked.
//
// The reader says what it wants of each member; whatever it does not want is walked over just as strictly. So
// when a walk has come to its end, the whole text is well-formed JSON of the permitted depth. Every function
// returns false once the text turned out not to be; fault() then says why, and the cursor is of no further
// use.
#pragma once

#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>

#include "event/json_structure.h"

namespace suar::event {

struct JsonValue {
  enum class Kind : std::uint8_t { kNull, kBool, kNumber, kString, kObject, kArray };
  Kind kind = Kind::kNull;
  std::string_view text;  // of a string its meaning; of a number or bool what is written; else nothing
};

class JsonCursor {
 public:
  // `tokens` as JsonStructure found them in `text`. Strings with escapes are written to `unescaped`, which
  // must not be changed as long as the texts read are in use. The outermost object or array has depth 1; each
  // level takes stack.
  JsonCursor(std::string_view text, std::span<const std::uint32_t> tokens, std::string& unescaped,
             int max_depth);

  [[nodiscard]] bool at_object() const { return token() == '{'; }
  [[nodiscard]] bool at_string() const { return token() == '"'; }
  [[nodiscard]] bool at_end() const { return next_ == end_; }

  // Reads the object that is next. `on_member(name)` reads the member's value, with exactly one call of a
  // reading function, and returns what that returned.
  template <class OnMember>
  [[nodiscard]] bool read_members(OnMember on_member) {
    if (!enter()) return false;
    if (token() == '}') return leave();
    while (true) {
      if (!at_string()) return fail("expected a field name");
      std::string_view name;
      if (!read_string(name)) return false;
      if (token() != ':') return fail("expected a colon");
      ++next_;
      if (!on_member(name)) return false;
      const char c = token();
      if (c == '}') return leave();
      if (c != ',') return fail("expected a comma or the object's end");
      ++next_;
    }
  }

  // Reads the string that is next.
  [[nodiscard]] bool read_string(std::string_view& text) {
    const std::size_t begin = *next_ + std::size_t{1};
    ++next_;
    std::size_t end = position() - 1;
    while (text_[end] != '"') --end;
    text = std::string_view(text_.data() + begin, end - begin);
    return !has_escapes_ || unescape(text);
  }

  // Reads the value that is next. An object or array is walked over.
  [[nodiscard]] bool read_value(JsonValue& value) {
    if (!at_string()) return read_other(value);
    value.kind = JsonValue::Kind::kString;
    return read_string(value.text);
  }

  // Notes that something else stands where the cursor is; false.
  bool fail(const char* what, JsonFault::Kind kind = JsonFault::Kind::kNotJson);
  [[nodiscard]] const JsonFault& fault() const { return fault_; }

 private:
  // The first character of the next token; NUL, which begins none, at the end.
  [[nodiscard]] char token() const { return next_ == end_ ? '\0' : text_[*next_]; }
  [[nodiscard]] std::size_t position() const { return next_ == end_ ? text_.size() : *next_; }

  bool enter() {
    ++next_;
    return ++depth_ <= max_depth_ || fail("nested too deep", JsonFault::Kind::kTooDeep);
  }
  bool leave() {
    ++next_;
    --depth_;
    return true;
  }

  [[nodiscard]] bool unescape(std::string_view& text);
  [[nodiscard]] bool read_other(JsonValue& value);
  [[nodiscard]] bool read_scalar(JsonValue& value);
  [[nodiscard]] bool walk_elements();

  std::string_view text_;
  const std::uint32_t* next_;
  const std::uint32_t* end_;
  std::string& unescaped_;
  int depth_ = 0;
  int max_depth_;
  bool has_escapes_;
  JsonFault fault_;
};

}  // namespace suar::event
