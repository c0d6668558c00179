// Every way in which a record can be wrong, and beside it the nearest record that is right.
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "event/decoder.h"
#include "event/record_text.h"

namespace suar::event {
namespace {

// "" for a record that is accepted.
std::string reason_of(std::string_view text, DecoderLimits limits = {}) {
  Decoder decoder(limits);
  const auto result = decoder.decode(text);
  return result ? "" : std::string(name_of(result.error().reason));
}
std::string reason_of(const RecordText& record) {
  return reason_of(record.text());
}

std::string detail_of(const RecordText& record) {
  Decoder decoder;
  const auto result = decoder.decode(record.text());
  return result ? "" : result.error().detail;
}

RecordText transfer_with(std::string_view name, std::string_view json) {
  return RecordText::transfer().set(name, json);
}

TEST(Rejection, ReasonsHaveTheirNames) {
  std::set<std::string_view> names;
  for (int i = 0; i <= static_cast<int>(Reason::kReverseCurrency); ++i)
    names.insert(name_of(static_cast<Reason>(i)));
  EXPECT_EQ(names.size(), 20U);
  EXPECT_EQ(name_of(Reason::kBadAmount), "bad_amount");
  EXPECT_EQ(name_of(Reason::kNotUtf8), "not_utf8");
  EXPECT_EQ(name_of(Reason::kTimeAhead), "time_ahead");
  EXPECT_EQ(name_of(Reason::kConflictingDuplicate), "conflicting_duplicate");
  EXPECT_EQ(name_of(Reason::kReverseCurrency), "reverse_currency");
}

TEST(Rejection, OfARecordThatIsTooLarge) {
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

TEST(Rejection, OfBytesThatAreNotUtf8) {
  EXPECT_EQ(reason_of(transfer_with("remittance_info", "\"caf\xC3\xA9\"")), "");
  EXPECT_EQ(reason_of(transfer_with("remittance_info", "\"caf\xE9\"")), "not_utf8");
  EXPECT_EQ(reason_of(transfer_with("unknown", "\"caf\xE9\"")), "not_utf8");
  EXPECT_EQ(reason_of(transfer_with("unknown", "{\"a\":[\"\xC0\x80\"]}")), "not_utf8");
  EXPECT_EQ(reason_of(transfer_with("unkn\xFFwn", "1")), "not_utf8");
  EXPECT_EQ(reason_of(transfer_with("unknown", "\"\xED\xA0\x80\"")), "not_utf8");
  EXPECT_EQ(reason_of(RecordText::transfer().text() + '\xC3'), "not_utf8");
  EXPECT_EQ(reason_of("{\"a\":\"\xF0\x9F"), "not_utf8");
}

TEST(Rejection, OfAnEscapeThatUtf8CannotHold) {
  EXPECT_EQ(reason_of(transfer_with("unknown", R"("\ud83d\ude00")")), "");
  for (const char* text : {R"("\ud83d")", R"("\ude00")", R"("\ud83dx")", R"("\ud83d\n")", R"("\ud83d\u0041")",
                           R"("\ude00\ud83d")"}) {
    EXPECT_EQ(reason_of(transfer_with("unknown", text)), "not_json") << text;
    EXPECT_EQ(reason_of(transfer_with("event_id", text)), "not_json") << text;
  }
}

TEST(Rejection, OfWhatIsNotOneJsonText) {
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

TEST(Rejection, OfATextThatEndsAnywhereTooEarly) {
  const std::string good = RecordText::transfer().set("x", R"([true,{"a":-1.5e3}])").text();
  ASSERT_EQ(reason_of(good), "");
  for (std::size_t size = 0; size < good.size(); ++size) {
    EXPECT_EQ(reason_of(good.substr(0, size)), "not_json") << good.substr(0, size);
  }
}

TEST(Rejection, OfJsonThatIsNotAnObject) {
  for (const char* text : {"[]", "[{}]", "1", "\"a\"", "null", "true"}) {
    EXPECT_EQ(reason_of(text), "not_an_object") << text;
  }
  EXPECT_EQ(reason_of("[1,"), "not_json");
  EXPECT_EQ(reason_of("[" + RecordText::transfer().text() + "]"), "not_an_object");
}

TEST(Rejection, OfUnknownFieldsThatAreNotJson) {
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

TEST(Rejection, NotOfUnknownFieldsThatAreJson) {
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

TEST(Rejection, OfNestingThatIsTooDeepEvenWhereNobodyLooks) {
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

TEST(Rejection, OfAFieldThatStandsTwice) {
  EXPECT_EQ(reason_of(RecordText::transfer().add("unknown", "1").add("unknown", "2")), "");
  for (const char* name : {"event_id", "amount", "rail", "debtor", "tenant"}) {
    RecordText record = RecordText::transfer().set("rail", R"("a")").set("tenant", R"("t")");
    ASSERT_EQ(reason_of(record), "");
    record.add(name, name == std::string_view("debtor") ? R"({"account":"1"})" : R"("5")");
    EXPECT_EQ(reason_of(record), "duplicate_key") << name;
  }
  EXPECT_EQ(reason_of(RecordText::transfer().add("rail", "null").add("rail", "null")), "duplicate_key");
  EXPECT_EQ(reason_of(RecordText::transfer().add(R"(\u0061mount)", R"("1")")), "duplicate_key");
  EXPECT_EQ(reason_of(transfer_with("debtor", R"({"account":"1","account":"1"})")), "duplicate_key");
  EXPECT_EQ(reason_of(transfer_with("conductor", R"({"party_id":"1","party_id":"1"})")), "duplicate_key");
  EXPECT_EQ(reason_of(transfer_with("debtor", R"({"account":"1","x":1,"x":2})")), "");
}

TEST(Rejection, OfAMissingOrEmptyRequiredField) {
  for (const char* name : {"event_id", "event_time", "amount", "currency", "tx_type", "channel"}) {
    EXPECT_EQ(reason_of(RecordText::transfer().drop(name)), "missing_field") << name;
    EXPECT_EQ(reason_of(transfer_with(name, "null")), "missing_field") << name;
    EXPECT_EQ(reason_of(transfer_with(name, R"("")")), "empty_field") << name;
    EXPECT_NE(detail_of(RecordText::transfer().drop(name)).find(name), std::string::npos) << name;
  }
  EXPECT_EQ(reason_of(RecordText::transfer().drop("debtor")), "");
  EXPECT_EQ(reason_of(RecordText::transfer().drop("creditor")), "");
  EXPECT_EQ(reason_of(RecordText::transfer().drop("debtor").drop("creditor")), "missing_field");
  EXPECT_EQ(reason_of(RecordText::transfer().set("debtor", "null").set("creditor", "null")), "missing_field");
  EXPECT_EQ(reason_of("{}"), "missing_field");
}

TEST(Rejection, OfAValueOfTheWrongType) {
  for (const char* value : {"1", "true", "[]", "{}"}) {
    EXPECT_EQ(reason_of(transfer_with("event_id", value)), "wrong_type") << value;
    EXPECT_EQ(reason_of(transfer_with("event_time", value)), "bad_time") << value;
    EXPECT_EQ(reason_of(transfer_with("event_type", value)), "bad_event_type") << value;
    EXPECT_EQ(reason_of(transfer_with("amount", value)), "bad_amount") << value;
    EXPECT_EQ(reason_of(transfer_with("currency", value)), "bad_currency") << value;
    EXPECT_EQ(reason_of(transfer_with("tx_type", value)), "bad_tx_type") << value;
    EXPECT_EQ(reason_of(transfer_with("channel", value)), "bad_channel") << value;
    EXPECT_EQ(reason_of(transfer_with("creditor", value)), "bad_party") << value;
    EXPECT_EQ(reason_of(transfer_with("conductor", value)),
              value == std::string_view("{}") ? "" : "wrong_type");
  }
  for (const char* value : {"[]", "{}", "[\"ID\"]"}) {
    EXPECT_EQ(reason_of(transfer_with("place_country", value)), "wrong_type") << value;
    const std::string in_party = std::string(R"({"account":"1","name":)") + value + "}";
    EXPECT_EQ(reason_of(transfer_with("debtor", in_party)), "wrong_type") << value;
    EXPECT_EQ(detail_of(transfer_with("debtor", in_party)), "debtor.name: not a text");
    const std::string is_customer = std::string(R"({"account":"1","is_customer":)") + value + "}";
    EXPECT_EQ(reason_of(transfer_with("debtor", is_customer)), "wrong_type") << value;
  }
}

TEST(Rejection, OfAValueOutsideItsList) {
  EXPECT_EQ(reason_of(transfer_with("event_type", R"("instruct")")), "");
  EXPECT_EQ(reason_of(transfer_with("event_type", R"("Instruct")")), "bad_event_type");
  EXPECT_EQ(reason_of(transfer_with("event_type", R"("")")), "bad_event_type");
  EXPECT_EQ(reason_of(transfer_with("tx_type", R"("cash_out")")), "");
  EXPECT_EQ(reason_of(transfer_with("tx_type", R"("cash out")")), "bad_tx_type");
  EXPECT_EQ(reason_of(transfer_with("channel", R"("hawala_agent")")), "");
  EXPECT_EQ(reason_of(transfer_with("channel", R"("hawala")")), "bad_channel");
}

TEST(Rejection, OfACurrencyThatIsNotThreeCapitalLetters) {
  EXPECT_EQ(reason_of(transfer_with("currency", R"("QQQ")")), "");
  for (const char* value : {R"("idr")", R"("ID")", R"("IDRX")", R"("ID1")", R"("Rp.")"}) {
    EXPECT_EQ(reason_of(transfer_with("currency", value)), "bad_currency") << value;
  }
  EXPECT_EQ(reason_of(RecordText::act("reverse").set("currency", R"("rp")")), "bad_currency");
}

TEST(Rejection, OfAnAmountThatIsNotOne) {
  for (const char* value :
       {R"("0")", R"("3500000.000")", R"("90071992547409.93")", R"("90000000000000000.00")"}) {
    EXPECT_EQ(reason_of(transfer_with("amount", value)), "") << value;
  }
  for (const char* value :
       {R"("-1")", R"("+1")", R"("1e3")", R"("1,000")", R"("1.")", R"(".5")", R"(" 1")", R"("abc")",
        R"("1.005")", R"("90000000000000000.01")", R"("99999999999999999999999999")", "3500000.00"}) {
    EXPECT_EQ(reason_of(transfer_with("amount", value)), "bad_amount") << value;
  }
  EXPECT_EQ(reason_of(transfer_with("amount", R"("1.5")").set("currency", R"("JPY")")), "bad_amount");
  EXPECT_EQ(reason_of(transfer_with("amount", R"("1.0")").set("currency", R"("JPY")")), "");
  EXPECT_EQ(reason_of(transfer_with("amount", R"("1.234")").set("currency", R"("KWD")")), "");
}

TEST(Rejection, OfAnInstructedAmountThatIsNotOne) {
  const auto instructed = [](const char* amount, const char* currency) {
    return reason_of(transfer_with("instructed_amount", amount).set("instructed_currency", currency));
  };
  EXPECT_EQ(instructed(R"("1.00")", R"("BDT")"), "");
  EXPECT_EQ(instructed(R"("1.001")", R"("BDT")"), "bad_amount");
  EXPECT_EQ(instructed("1.00", R"("BDT")"), "bad_amount");
  EXPECT_EQ(instructed(R"("1.00")", R"("taka")"), "bad_currency");
  EXPECT_EQ(instructed(R"("")", R"("BDT")"), "");
}

TEST(Rejection, OfATimeThatDoesNotExistOrHasNoOffset) {
  for (const char* value : {R"("2024-02-29T00:00:00Z")", R"("2025-03-01t09:30:00.123456789z")"}) {
    EXPECT_EQ(reason_of(transfer_with("event_time", value)), "") << value;
  }
  for (const char* value :
       {R"("2025-02-29T00:00:00Z")", R"("2025-03-01T24:00:00Z")", R"("2025-03-01T09:30:00")",
        R"("2025-03-01")", R"("yesterday")", R"("1740796200")", "1740796200"}) {
    EXPECT_EQ(reason_of(transfer_with("event_time", value)), "bad_time") << value;
  }
}

TEST(Rejection, OfAPartyThatIsNobody) {
  EXPECT_EQ(reason_of(transfer_with("debtor", R"({"party_id":"P1"})")), "");
  for (const char* value : {"{}", R"({"name":"N"})", R"({"party_id":""})",
                            R"({"party_id":"","account":null})", R"("P1")", "[{\"account\":\"1\"}]", "7"}) {
    EXPECT_EQ(reason_of(transfer_with("debtor", value)), "bad_party") << value;
    EXPECT_EQ(reason_of(transfer_with("creditor", value)), "bad_party") << value;
    EXPECT_EQ(reason_of(RecordText::act("reject").set("debtor", value)), "bad_party") << value;
  }
}

TEST(Rejection, OfAnActThatRefersToNothing) {
  for (const char* type : {"reject", "reverse"}) {
    EXPECT_EQ(reason_of(RecordText::act(type)), "");
    EXPECT_EQ(reason_of(RecordText::act(type).drop("related_event_id")), "missing_reference") << type;
    EXPECT_EQ(reason_of(RecordText::act(type).set("related_event_id", R"("")")), "missing_reference") << type;
  }
  EXPECT_EQ(reason_of(transfer_with("event_type", R"("correct")")), "missing_reference");
  EXPECT_EQ(reason_of(transfer_with("event_type", R"("correct")").set("end_to_end_id", R"("E")")), "");
}

TEST(Rejection, OfAnEventThatMustHaveItsOwnContentAndHasNot) {
  EXPECT_EQ(reason_of(RecordText::act("complete")), "");
  EXPECT_EQ(reason_of(RecordText::act("complete").drop("related_event_id")), "missing_field");
  EXPECT_EQ(reason_of(RecordText::act("instruct")), "missing_field");
  EXPECT_EQ(reason_of(RecordText::act("correct")), "missing_field");
  EXPECT_EQ(
      reason_of(
          transfer_with("event_type", R"("correct")").set("related_event_id", R"("TX0")").drop("channel")),
      "missing_field");
}

TEST(Rejection, OfAnActWhoseFieldsAreThereButWrong) {
  EXPECT_EQ(reason_of(RecordText::act("reverse").set("amount", R"("5.00")")), "missing_field");
  EXPECT_EQ(reason_of(RecordText::act("reverse").set("amount", R"("5.00")").set("currency", R"("IDR")")), "");
  EXPECT_EQ(reason_of(RecordText::act("reverse").set("amount", R"("5.001")").set("currency", R"("IDR")")),
            "bad_amount");
  EXPECT_EQ(reason_of(RecordText::act("reject").set("amount", R"("")")), "empty_field");
  EXPECT_EQ(reason_of(RecordText::act("reject").set("tx_type", R"("x")")), "bad_tx_type");
  EXPECT_EQ(reason_of(RecordText::act("complete").set("channel", R"("x")")), "bad_channel");
}

TEST(Rejection, NamesWhatTheRecordIsBeforeWhatItsFieldsAre) {
  const std::string wrong_field = transfer_with("debtor", "7").text();
  EXPECT_EQ(reason_of(wrong_field), "bad_party");
  EXPECT_EQ(reason_of(wrong_field + "x"), "not_json");
  EXPECT_EQ(reason_of(wrong_field + "\xFF"), "not_utf8");
  EXPECT_EQ(reason_of(transfer_with("debtor", "7").set("x", "\"a\n\xFF\"")), "not_utf8");
}

TEST(Rejection, SaysWhichFieldAndWhyButShowsNothingOfTheRecord) {
  const std::string secret = "Siti-4711";
  for (const auto& record : {
           transfer_with("amount", '"' + secret + '"'),
           transfer_with("currency", '"' + secret + '"'),
           transfer_with("tx_type", '"' + secret + '"'),
           transfer_with("event_time", '"' + secret + '"'),
           transfer_with("debtor", '"' + secret + '"'),
           transfer_with(secret, "[" + secret),
       }) {
    const std::string detail = detail_of(record);
    EXPECT_FALSE(detail.empty());
    EXPECT_EQ(detail.find(secret), std::string::npos) << detail;
  }
  EXPECT_EQ(detail_of(transfer_with("amount", R"("1.005")")), "amount: more decimals than its currency has");
  EXPECT_EQ(detail_of(transfer_with("debtor", "{}")), "debtor: neither party_id nor account");
}

}  // namespace
}  // namespace suar::event
