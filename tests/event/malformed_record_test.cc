// Records that are wrong whatever their fields say, and beside each the nearest that is right.
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "event/verdict.h"

namespace suar::event {
namespace {

TEST(MalformedRecord, IsTooLarge) {
  RecordText record = transfer_with("x", "\"\"");
  const std::size_t other = record.text().size();
  constexpr std::size_t kLimit = 1 << 20;
  record.set("x", '"' + std::string(kLimit - other, 'a') + '"');
  ASSERT_EQ(record.text().size(), kLimit);
  EXPECT_EQ(reason_of(record), "");
  record.set("x", '"' + std::string(kLimit - other + 1, 'a') + '"');
  EXPECT_EQ(reason_of(record), "too_large");
  EXPECT_EQ(reason_of(record.text(), {.max_bytes = kLimit + 1}), "");
  EXPECT_EQ(reason_of(std::string(kLimit + 1, '\xFF')), "too_large");
}

TEST(MalformedRecord, IsNotUtf8) {
  EXPECT_EQ(reason_of(transfer_with("remittance_info", "\"caf\xC3\xA9\"")), "");
  EXPECT_EQ(reason_of(transfer_with("remittance_info", "\"caf\xE9\"")), "not_utf8");
  EXPECT_EQ(reason_of(transfer_with("unknown", "\"caf\xE9\"")), "not_utf8");
  EXPECT_EQ(reason_of(transfer_with("unknown", "{\"a\":[\"\xC0\x80\"]}")), "not_utf8");
  EXPECT_EQ(reason_of(transfer_with("unkn\xFFwn", "1")), "not_utf8");
  EXPECT_EQ(reason_of(transfer_with("unknown", "\"\xED\xA0\x80\"")), "not_utf8");
  EXPECT_EQ(reason_of(RecordText::transfer().text() + '\xC3'), "not_utf8");
  EXPECT_EQ(reason_of("{\"a\":\"\xF0\x9F"), "not_utf8");
}

TEST(MalformedRecord, HasAnEscapeThatUtf8CannotHold) {
  EXPECT_EQ(reason_of(transfer_with("unknown", R"("\ud83d\ude00")")), "");
  for (const char* text : {R"("\ud83d")", R"("\ude00")", R"("\ud83dx")", R"("\ud83d\n")", R"("\ud83d\u0041")",
                           R"("\ude00\ud83d")"}) {
    EXPECT_EQ(reason_of(transfer_with("unknown", text)), "not_json") << text;
    EXPECT_EQ(reason_of(transfer_with("event_id", text)), "not_json") << text;
  }
}

TEST(MalformedRecord, IsNotOneJsonText) {
  const std::string good = RecordText::transfer().text();
  EXPECT_EQ(reason_of(good + " \n"), "");
  for (const std::string& text : {std::string(),     std::string(" \n"),
                                  good + good,       good + "\n" + good,
                                  good + ",",        good + "}",
                                  good + "1",        good + "]",
                                  good + "null",     good + "x",
                                  good + '\0',       good.substr(0, good.size() - 1),
                                  good.substr(1),    "\xEF\xBB\xBF" + good,
                                  "," + good,        std::string("{"),
                                  std::string("}"),  std::string("\""),
                                  std::string("{]"), std::string("nul"),
                                  std::string("'a'")}) {
    EXPECT_EQ(reason_of(text), "not_json") << text;
  }
}

TEST(MalformedRecord, EndsTooEarly) {
  const std::string good = RecordText::transfer().set("x", R"([true,{"a":-1.5e3}])").text();
  ASSERT_EQ(reason_of(good), "");
  for (std::size_t size = 0; size < good.size(); ++size) {
    EXPECT_EQ(reason_of(good.substr(0, size)), "not_json") << good.substr(0, size);
  }
}

TEST(MalformedRecord, IsJsonButNotAnObject) {
  for (const char* text : {"[]", "[{}]", "1", "\"a\"", "null", "true"}) {
    EXPECT_EQ(reason_of(text), "not_an_object") << text;
  }
  EXPECT_EQ(reason_of("[1,"), "not_json");
  EXPECT_EQ(reason_of("[" + RecordText::transfer().text() + "]"), "not_an_object");
}

TEST(MalformedRecord, IsNotJsonInAnUnknownField) {
  for (const char* value : {
           R"([1,])",
           R"([,1])",
           R"([1 2])",
           R"([1)",
           R"({"a":1,})",
           R"({,})",
           R"({"a"})",
           R"({"a":})",
           R"({"a" 1})",
           R"({"a"::1})",
           R"({1:2})",
           R"({a:1})",
           R"({"a":1 "b":2})",
           R"([1})",
           R"({"a":1])",
           "tru",
           "True",
           "truex",
           "nulll",
           "NaN",
           "Infinity",
           "-",
           "+1",
           "01",
           "-01",
           "1.",
           ".5",
           "1e",
           "1e+",
           "1.e5",
           "0x1",
           "1_000",
           "--1",
           "1.2.3",
           "1a",
           R"("\x")",
           R"("\u12")",
           R"("\u12g4")",
           R"("\")",
           R"("a)",
           "\"a\nb\"",
           "\"a\tb\"",
           "\"\x01\"",
           "'a'",
           "",
           "\"a\"\"b\"",
           "\"a\"b",
           "b\"a\"",
           "1\"a\"",
           "// comment",
           "/* c */ 1",
           "\x0C",
           "\x0B 1",
           "\xC2\xA0 1",
           "undefined",
           "[\x01]",
           "{\"\\q\":1}",
       }) {
    EXPECT_EQ(reason_of(transfer_with("unknown", value)), "not_json") << value;
    EXPECT_EQ(reason_of(transfer_with("unknown", std::string("[[") + value + "]]")),
              std::string_view(value).empty() ? "" : "not_json")
        << value;
    EXPECT_EQ(reason_of(transfer_with("debtor", std::string(R"({"account":"1","unknown":)") + value + "}")),
              "not_json")
        << value;
  }
}

TEST(MalformedRecord, IsNoneWhereUnknownFieldsAreAnyJson) {
  for (const char* value : {"1",
                            "-0",
                            "0.5",
                            "-1.5e-10",
                            "1E+400",
                            "123456789012345678901234567890",
                            "true",
                            "false",
                            "null",
                            "[]",
                            "{}",
                            "[ ]",
                            "{ }",
                            R"("")",
                            R"("\u0000\/")",
                            R"([[],{},[{"a":[null]}]])",
                            R"({"a":1,"a":2})",
                            R"({"":""})",
                            "\"\x7F\"",
                            " 1 ",
                            "\n[\t1\r]"}) {
    EXPECT_EQ(reason_of(transfer_with("unknown", value)), "") << value;
    EXPECT_EQ(reason_of(transfer_with("debtor", std::string(R"({"account":"1","unknown":)") + value + "}")),
              "")
        << value;
  }
}

TEST(MalformedRecord, IsTooDeepEvenWhereNobodyLooks) {
  const auto nested = [](char open, std::size_t levels, char close) {
    std::string text;
    for (std::size_t i = 0; i < levels; ++i) text += open == '{' && i > 0 ? "\"a\":{" : std::string(1, open);
    return text + std::string(levels, close);
  };
  // The record is the first of the 16.
  EXPECT_EQ(reason_of(transfer_with("unknown", nested('[', 15, ']'))), "");
  EXPECT_EQ(reason_of(transfer_with("unknown", nested('[', 16, ']'))), "too_deep");
  EXPECT_EQ(reason_of(transfer_with("unknown", nested('{', 15, '}'))), "");
  EXPECT_EQ(reason_of(transfer_with("unknown", nested('{', 16, '}'))), "too_deep");
  EXPECT_EQ(reason_of(transfer_with("debtor", R"({"account":"1","x":)" + nested('[', 14, ']') + "}")), "");
  EXPECT_EQ(reason_of(transfer_with("debtor", R"({"account":"1","x":)" + nested('[', 15, ']') + "}")),
            "too_deep");
  EXPECT_EQ(reason_of(transfer_with("unknown", std::string(500'000, '['))), "too_deep");
  EXPECT_EQ(reason_of(transfer_with("unknown", "[[],[],[[]],{}]").text(), {.max_depth = 4}), "");
  EXPECT_EQ(reason_of(transfer_with("unknown", "[[],[],[[]],{}]").text(), {.max_depth = 3}), "too_deep");
}

}  // namespace
}  // namespace suar::event
