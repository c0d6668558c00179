#include "event/json_writer.h"

#include <gtest/gtest.h>

#include <simdjson.h>
#include <cstdint>
#include <limits>
#include <string>

namespace suar::event {
namespace {

std::string as_json(std::string_view text) {
  std::string out;
  append_json_string(out, text);
  return out;
}

TEST(JsonWriter, PutsCommasBetweenMembersAndElementsOnly) {
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  json.field("a", "x");
  json.field("b", true);
  json.field("c", 7);
  json.key("d");
  json.begin_array();
  json.integer(1);
  json.begin_object();
  json.end_object();
  json.null();
  json.begin_array();
  json.end_array();
  json.raw("1.5");
  json.end_array();
  json.field("e", std::string("y"));
  json.end_object();
  EXPECT_EQ(out, R"({"a":"x","b":true,"c":7,"d":[1,{},null,[],1.5],"e":"y"})");
}

TEST(JsonWriter, WritesEveryIntegerExactly) {
  std::string out;
  JsonWriter json(out);
  json.begin_array();
  json.integer(std::numeric_limits<std::int64_t>::min());
  json.integer(std::numeric_limits<std::uint64_t>::max());
  json.end_array();
  EXPECT_EQ(out, "[-9223372036854775808,18446744073709551615]");
}

TEST(JsonWriter, EscapesWhatJsonDoesNotAllowInAString) {
  EXPECT_EQ(as_json("\"\\/\b\f\n\r\t"), R"("\"\\/\b\f\n\r\t")");
  EXPECT_EQ(as_json(std::string_view("\0\x1f\x7f", 3)), "\"\\u0000\\u001f\x7f\"");
  EXPECT_EQ(as_json("Aceh–Medan \xF0\x9F\x92\xB0"), "\"Aceh–Medan \xF0\x9F\x92\xB0\"");
}

TEST(JsonWriter, ReplacesWhatIsNotUtf8) {
  EXPECT_EQ(as_json("a\xFFz"), "\"a\xEF\xBF\xBDz\"");
  for (const char* bad : {"\x80", "\xC0\x80", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80",
                          "\xF0\x9F\x92", "\xC3", "\xF8\x88\x80\x80\x80"}) {
    const std::string out = as_json(bad);
    EXPECT_TRUE(simdjson::validate_utf8(out)) << out;
    EXPECT_NE(out.find("\xEF\xBF\xBD"), std::string::npos);
  }
}

TEST(JsonWriter, WritesEveryCodePointAsItself) {
  for (std::uint32_t point = 0x80; point <= 0x10FFFF; point += 61) {
    if (point >= 0xD800 && point <= 0xDFFF) continue;
    std::string text;
    const auto push = [&text](std::uint32_t byte) { text.push_back(static_cast<char>(byte)); };
    if (point < 0x800) {
      push(0xC0U | point >> 6U);
    } else {
      if (point < 0x10000) {
        push(0xE0U | point >> 12U);
      } else {
        push(0xF0U | point >> 18U);
        push(0x80U | (point >> 12U & 0x3FU));
      }
      push(0x80U | (point >> 6U & 0x3FU));
    }
    push(0x80U | (point & 0x3FU));
    ASSERT_EQ(as_json(text), '"' + text + '"') << point;
  }
}

}  // namespace
}  // namespace suar::event
