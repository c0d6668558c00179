// What a valid record becomes.
#include "event/decoder.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "event/record_text.h"

namespace suar::event {
namespace {

class DecoderTest : public testing::Test {
 protected:
  Transaction decode(const RecordText& record) {
    text_ = record.text();
    return decode(text_);
  }
  Transaction decode(std::string_view text) {
    auto result = decoder_.decode(text);
    if (!result) {
      ADD_FAILURE() << text << "\n" << name_of(result.error().reason) << ": " << result.error().detail;
      return {};
    }
    return *result;
  }

  Decoder decoder_;
  std::string text_;
};

constexpr std::string_view kEveryField = R"({
  "event_id": "TX1", "event_time": "2025-03-01T09:30:00.25+07:00", "event_type": "correct",
  "related_event_id": "TX0", "end_to_end_id": "E2E",
  "amount": "90071992547409.93", "currency": "IDR",
  "instructed_amount": "1250.5", "instructed_currency": "BDT", "exchange_rate": "136.25",
  "tx_type": "cash_in", "channel": "teller", "rail": "bifast",
  "purpose_code": "SALA", "purpose_local": "07", "remittance_info": "gaji",
  "mcc": "5411", "merchant_id": "M1", "merchant_name": "Toko",
  "place_code": "ID-BTM", "place_country": "ID", "lat": "-6.2", "lon": "106.8", "branch_id": "B1",
  "terminal_id": "T1", "teller_id": "U1",
  "debtor": {"party_id": "P1", "account": "111", "name": "N1", "account_type": "SVGS", "agent": "BRINIDJA",
    "country": "ID", "kind": "person", "is_customer": true, "birth_date": "1990-01-01", "id_type": "NIK",
    "id_number_hash": "h1", "phone_hash": "h2", "address_hash": "h3", "nationality": "ID",
    "balance_after": "17.00", "opened": "2020-05-05", "segment": "retail"},
  "creditor": {"account": "222", "is_customer": false},
  "conductor": {"party_id": "P9", "name": "N9"},
  "device_id": "D1", "ip_country": "SG", "session_id": "S1",
  "vasp": "V1", "asset": "USDT", "tx_hash": "x1", "wallet_from": "w1", "wallet_to": "w2", "risk_label": "mixer",
  "source_system": "core", "tenant": "bank-a"
})";

TEST_F(DecoderTest, PutsEveryFieldOfTheContractInItsPlace) {
  const Transaction tx = decode(kEveryField);
  EXPECT_EQ(tx.event_id, "TX1");
  EXPECT_EQ(to_rfc3339(tx.event_time.instant), "2025-03-01T02:30:00.25Z");
  EXPECT_EQ(tx.event_time.offset_minutes, 420);
  EXPECT_EQ(tx.event_type, EventType::kCorrect);
  EXPECT_EQ(tx.related_event_id, "TX0");
  EXPECT_EQ(tx.end_to_end_id, "E2E");
  EXPECT_TRUE(tx.has_amount);
  EXPECT_EQ(tx.amount, (Money{9'007'199'254'740'993, *parse_currency("IDR")}));
  EXPECT_TRUE(tx.has_instructed_amount);
  EXPECT_EQ(tx.instructed_amount, (Money{125'050, *parse_currency("BDT")}));
  EXPECT_EQ(tx.exchange_rate, "136.25");
  EXPECT_EQ(tx.tx_type, TxType::kCashIn);
  EXPECT_EQ(tx.channel, Channel::kTeller);
  EXPECT_EQ(tx.rail, "bifast");
  EXPECT_EQ(tx.purpose_code, "SALA");
  EXPECT_EQ(tx.purpose_local, "07");
  EXPECT_EQ(tx.remittance_info, "gaji");
  EXPECT_EQ(tx.mcc, "5411");
  EXPECT_EQ(tx.merchant_id, "M1");
  EXPECT_EQ(tx.merchant_name, "Toko");
  EXPECT_EQ(tx.place_code, "ID-BTM");
  EXPECT_EQ(tx.place_country, "ID");
  EXPECT_EQ(tx.lat, "-6.2");
  EXPECT_EQ(tx.lon, "106.8");
  EXPECT_EQ(tx.branch_id, "B1");
  EXPECT_EQ(tx.terminal_id, "T1");
  EXPECT_EQ(tx.teller_id, "U1");
  EXPECT_EQ(tx.conductor, "P9");
  EXPECT_EQ(tx.device_id, "D1");
  EXPECT_EQ(tx.ip_country, "SG");
  EXPECT_EQ(tx.session_id, "S1");
  EXPECT_EQ(tx.vasp, "V1");
  EXPECT_EQ(tx.asset, "USDT");
  EXPECT_EQ(tx.tx_hash, "x1");
  EXPECT_EQ(tx.wallet_from, "w1");
  EXPECT_EQ(tx.wallet_to, "w2");
  EXPECT_EQ(tx.risk_label, "mixer");
  EXPECT_EQ(tx.source_system, "core");
  EXPECT_EQ(tx.tenant, "bank-a");
  EXPECT_TRUE(tx.has_content());

  const Party& debtor = tx.debtor;
  EXPECT_TRUE(debtor.present);
  EXPECT_EQ(debtor.party_id, "P1");
  EXPECT_EQ(debtor.account, "111");
  EXPECT_EQ(debtor.name, "N1");
  EXPECT_EQ(debtor.account_type, "SVGS");
  EXPECT_EQ(debtor.agent, "BRINIDJA");
  EXPECT_EQ(debtor.country, "ID");
  EXPECT_EQ(debtor.kind, "person");
  EXPECT_EQ(debtor.is_customer, true);
  EXPECT_EQ(debtor.birth_date, "1990-01-01");
  EXPECT_EQ(debtor.id_type, "NIK");
  EXPECT_EQ(debtor.id_number_hash, "h1");
  EXPECT_EQ(debtor.phone_hash, "h2");
  EXPECT_EQ(debtor.address_hash, "h3");
  EXPECT_EQ(debtor.nationality, "ID");
  EXPECT_EQ(debtor.balance_after, "17.00");
  EXPECT_EQ(debtor.opened, "2020-05-05");
  EXPECT_EQ(debtor.segment, "retail");
  EXPECT_EQ(tx.creditor.account, "222");
  EXPECT_EQ(tx.creditor.party_id, "");
  EXPECT_EQ(tx.creditor.is_customer, false);
}

TEST_F(DecoderTest, TakesAnEventWithoutATypeAsComplete) {
  EXPECT_EQ(decode(RecordText::transfer()).event_type, EventType::kComplete);
  EXPECT_EQ(decode(RecordText::transfer().set("event_type", "null")).event_type, EventType::kComplete);
}

TEST_F(DecoderTest, LeavesOptionalFieldsThatAreAbsentNullOrEmptyAsEmptyText) {
  for (const char* value : {"null", "\"\""}) {
    RecordText record = RecordText::transfer();
    for (const char* name : {"rail", "related_event_id", "conductor", "instructed_amount", "tenant"}) {
      if (std::string_view(name) != "conductor") record.set(name, value);
    }
    record.set("conductor", "null");
    const Transaction tx = decode(record);
    EXPECT_EQ(tx.rail, "");
    EXPECT_EQ(tx.related_event_id, "");
    EXPECT_EQ(tx.conductor, "");
    EXPECT_FALSE(tx.has_instructed_amount);
  }
}

TEST_F(DecoderTest, KeepsUnknownValuesInOptionalFieldsAsText) {
  const Transaction tx = decode(RecordText::transfer()
                                    .set("rail", R"("pigeon")")
                                    .set("lat", "-6.20")
                                    .set("lon", "1.068e2")
                                    .set("mcc", "5411")
                                    .set("risk_label", "true")
                                    .set("exchange_rate", "16250.5")
                                    .set("debtor", R"({"account":"1","kind":"robot","balance_after":12.50,
                                                       "is_customer":"perhaps"})"));
  EXPECT_EQ(tx.rail, "pigeon");
  EXPECT_EQ(tx.lat, "-6.20");
  EXPECT_EQ(tx.lon, "1.068e2");
  EXPECT_EQ(tx.mcc, "5411");
  EXPECT_EQ(tx.risk_label, "true");
  EXPECT_EQ(tx.exchange_rate, "16250.5");
  EXPECT_EQ(tx.debtor.kind, "robot");
  EXPECT_EQ(tx.debtor.balance_after, "12.50");
  EXPECT_FALSE(tx.debtor.is_customer.has_value());
}

TEST_F(DecoderTest, ReadsIsCustomerAsABoolOrAsItsWord) {
  const auto is_customer = [this](const std::string& json) {
    return decode(RecordText::transfer().set("debtor", R"({"account":"1","is_customer":)" + json + "}"))
        .debtor.is_customer;
  };
  EXPECT_EQ(is_customer("true"), true);
  EXPECT_EQ(is_customer("false"), false);
  EXPECT_EQ(is_customer(R"("true")"), true);
  EXPECT_EQ(is_customer(R"("false")"), false);
  EXPECT_EQ(is_customer("null"), std::nullopt);
}

TEST_F(DecoderTest, NeedsOneSideOnly) {
  const Transaction deposit = decode(RecordText::transfer().drop("debtor"));
  EXPECT_FALSE(deposit.debtor.present);
  EXPECT_TRUE(deposit.creditor.present);
  const Transaction withdrawal = decode(RecordText::transfer().set("creditor", "null"));
  EXPECT_FALSE(withdrawal.creditor.present);
  const Transaction by_party = decode(RecordText::transfer().set("debtor", R"({"party_id":"P1"})"));
  EXPECT_EQ(by_party.debtor.party_id, "P1");
}

TEST_F(DecoderTest, ReadsAPaymentsAmountWhateverItsPlaceInTheRecord) {
  RecordText record = RecordText::transfer().drop("currency");
  record.add("currency", R"("KWD")").set("amount", R"("1.234")");
  EXPECT_EQ(decode(record).amount, (Money{1234, *parse_currency("KWD")}));
}

TEST_F(DecoderTest, LeavesTheInstructedAmountOutWhereHalfOfItLacks) {
  EXPECT_FALSE(decode(RecordText::transfer().set("instructed_amount", R"("1.00")")).has_instructed_amount);
  EXPECT_FALSE(decode(RecordText::transfer().set("instructed_currency", R"("BDT")")).has_instructed_amount);
}

TEST_F(DecoderTest, UnescapesTextsAndNames) {
  const Transaction tx =
      decode(RecordText::transfer()
                 .set("remittance_info", R"("a\"b\\c\/\b\f\n\r\t\u0041\u00e9\u20ac\ud83d\ude00\u0000z")")
                 .set(R"(ra\u0069l)", R"("bifast")")
                 .set("debtor", R"({"acc\u006funt":"1\u0031","name":"plain"})"));
  EXPECT_EQ(tx.remittance_info, std::string_view("a\"b\\c/\b\f\n\r\tA\u00e9\u20ac\U0001F600\0z", 23));
  EXPECT_EQ(tx.rail, "bifast");
  EXPECT_EQ(tx.debtor.account, "11");
  EXPECT_EQ(tx.debtor.name, "plain");
}

TEST_F(DecoderTest, PointsIntoTheRecordInsteadOfCopying) {
  text_ = RecordText::transfer().text();
  const Transaction tx = decode(text_);
  EXPECT_EQ(tx.event_id.data(), text_.data() + text_.find("TX1"));
  EXPECT_EQ(tx.creditor.account.data(), text_.data() + text_.find("222"));
}

TEST_F(DecoderTest, IgnoresFieldsItDoesNotKnowAndWhiteSpace) {
  const Transaction tx = decode(
      " \t\r\n{ \"x\" : [ 1 , { \"y\" : null } , -0.5e+3 ] ,\n\"event_id\" : \"TX1\" , \"x\" : 1,"
      "\"event_time\":\"2025-03-01T09:30:00Z\",\"amount\":\"1\"\t,\"currency\":\"IDR\",\"tx_type\":\"fee\","
      "\"channel\":\"other\",\"debtor\":{ \"z\" : { \"account\" : 7 } , \"account\" : \"1\" }\n}\r\n ");
  EXPECT_EQ(tx.event_id, "TX1");
  EXPECT_EQ(tx.tx_type, TxType::kFee);
  EXPECT_EQ(tx.debtor.account, "1");
}

TEST_F(DecoderTest, IsReadyForTheNextRecordAfterAWrongOne) {
  for (const char* wrong : {"", "{", "[1]", "{\"a\":\"\\ud800\"}", "{}", "\xFF"}) {
    EXPECT_FALSE(decoder_.decode(wrong)) << wrong;
    EXPECT_EQ(decode(RecordText::transfer()).event_id, "TX1");
  }
}

TEST_F(DecoderTest, CanBeMoved) {
  Decoder moved = std::move(decoder_);
  EXPECT_TRUE(moved.decode(RecordText::transfer().text()));
}

// Acts upon other events.

TEST_F(DecoderTest, AnActNeedsOnlyItsIdItsTimeItsTypeAndAReference) {
  for (const char* type : {"complete", "reject", "reverse"}) {
    const Transaction tx = decode(RecordText::act(type));
    EXPECT_EQ(name_of(tx.event_type), type);
    EXPECT_EQ(tx.related_event_id, "TX1");
    EXPECT_FALSE(tx.has_content());
    EXPECT_FALSE(tx.has_amount);
    EXPECT_EQ(
        decode(RecordText::act(type).drop("related_event_id").set("end_to_end_id", R"("E")")).end_to_end_id,
        "E");
  }
}

TEST_F(DecoderTest, AReverseMayNameAnAmount) {
  const Transaction tx =
      decode(RecordText::act("reverse").set("amount", R"("5.00")").set("currency", R"("IDR")"));
  EXPECT_TRUE(tx.has_amount);
  EXPECT_EQ(tx.amount.minor, 500);
  EXPECT_FALSE(tx.has_content());
}

TEST_F(DecoderTest, ACompletionWithPartOfAContentHasNoneOfItsOwn) {
  const Transaction tx =
      decode(RecordText::act("complete").set("amount", R"("5.00")").set("currency", R"("IDR")"));
  EXPECT_TRUE(tx.has_amount);
  EXPECT_FALSE(tx.has_content());
  EXPECT_FALSE(decode(RecordText::act("complete").set("currency", R"("IDR")")).has_amount);
}

}  // namespace
}  // namespace suar::event
