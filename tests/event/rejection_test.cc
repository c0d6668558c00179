// Every way in which a field can be wrong, and beside it the nearest record that is right.
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <string_view>

#include "event/verdict.h"

namespace suar::event {
namespace {

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
