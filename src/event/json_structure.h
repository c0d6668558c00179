// Where the tokens of a JSON text begin, found with vector instructions.
//
// simdjson parses in two stages. The first goes over the bytes once: it checks that they are UTF-8, finds
// every brace, bracket, colon, comma, string and scalar that stands outside strings, and refuses control
// characters within strings and a string without an end. Suar uses that stage alone and does the second
// itself (json_cursor.h), for three reasons: simdjson's on-demand reader does not look at values that nobody
// asks for, while a record with a broken unknown field must be refused; it copies every string to a buffer,
// while almost none needs that; and it accepts any depth. The first stage has kept its interface since
// simdjson 1.0, though it is not part of the documented one; this file is the only one that knows of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <memory>
#include <span>
#include <string_view>

namespace simdjson::internal {
class dom_parser_implementation;  // NOLINT(readability-identifier-naming): simdjson's name
}

namespace suar::event {

// Why a text is not the JSON that is wanted, and at which byte. `what` is a literal and shows nothing of the
// text.
struct JsonFault {
  enum class Kind : std::uint8_t { kNotUtf8, kNotJson, kTooDeep };
  Kind kind = Kind::kNotJson;
  std::size_t position = 0;
  const char* what = "";
};

class JsonStructure {
 public:
  JsonStructure();
  ~JsonStructure();
  JsonStructure(JsonStructure&&) noexcept;
  JsonStructure& operator=(JsonStructure&&) noexcept;

  // The positions at which the text's tokens begin, in order and at least one; they are overwritten by the
  // next call. Between a string's closing quote and the next token there is only white space. A text has less
  // than 4 GiB.
  [[nodiscard]] std::expected<std::span<const std::uint32_t>, JsonFault> find(std::string_view text);

 private:
  std::unique_ptr<simdjson::internal::dom_parser_implementation> stages_;
  bool checks_all_utf8_;
};

}  // namespace suar::event
