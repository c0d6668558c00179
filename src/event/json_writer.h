// Appends JSON text to a string: commas and escapes are taken care of, nothing else is.
//
//   std::string line;
//   JsonWriter json(line);
//   json.begin_object();
//   json.field("reason", "bad_amount");
//   json.field("line", 7);
//   json.end_object();              // {"reason":"bad_amount","line":7}
//
// The output is always valid UTF-8: what is not in a text given to it becomes U+FFFD. That begins and ends
// match, and that a key stands before each value of an object, is the caller's part.
#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

namespace suar::event {

class JsonWriter {
 public:
  // Appends to `out`, which must outlive the writer.
  explicit JsonWriter(std::string& out) : out_(out) {}

  void begin_object();
  void end_object();
  void begin_array();
  void end_array();

  void key(std::string_view name);

  void string(std::string_view text);
  void boolean(bool value);
  void null();
  template <std::integral Integer>
    requires(!std::same_as<Integer, bool>)
  void integer(Integer value) {
    if constexpr (std::signed_integral<Integer>) {
      signed_integer(value);
    } else {
      unsigned_integer(value);
    }
  }
  // A value that is JSON already.
  void raw(std::string_view json);

  // A key and its value.
  void field(std::string_view name, std::string_view text) {
    key(name);
    string(text);
  }
  // Without this a text literal would become a bool.
  void field(std::string_view name, const char* text) { field(name, std::string_view(text)); }
  void field(std::string_view name, std::same_as<bool> auto value) {
    key(name);
    boolean(value);
  }
  template <std::integral Integer>
    requires(!std::same_as<Integer, bool>)
  void field(std::string_view name, Integer value) {
    key(name);
    integer(value);
  }

 private:
  void separate();
  void signed_integer(std::int64_t value);
  void unsigned_integer(std::uint64_t value);

  std::string& out_;
  bool needs_comma_ = false;
};

// `text` as a JSON string with its quotes, appended to `out`.
void append_json_string(std::string& out, std::string_view text);

}  // namespace suar::event
