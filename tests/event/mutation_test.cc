// Valid records changed at random. Whatever comes out: nothing crashes, the answer is always the same, what
// is accepted is sound, and whether it is JSON at all is decided as another parser decides it.
#include <gtest/gtest.h>
#include <simdjson.h>

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "event/decoder.h"
#include "event/field_table.h"
#include "event/record_text.h"

namespace suar::event {
namespace {

std::vector<std::string> seeds() {
  RecordText rich =
      RecordText::transfer()
          .set("debtor", R"({"party_id":"P1","account":"111","is_customer":true,"balance_after":1.5})")
          .set("conductor", R"({"party_id":"P9"})")
          .set("instructed_amount", R"("12.50")")
          .set("instructed_currency", R"("BDT")")
          .set("remittance_info", R"("caf\u00e9 \ud83d\ude00 \"x\" – é")")
          .set("lat", "-6.2")
          .set("unknown", R"([1,{"a":[true,false,null]},-0.5e3,"\n",[[]],{}])");
  return {RecordText::transfer().text(), rich.text(),
          RecordText::act("reverse").set("amount", R"("5")").set("currency", R"("IDR")").text(),
          "  " + RecordText::act("complete").text() + "\n"};
}

class Mutator {
 public:
  explicit Mutator(std::uint64_t seed) : random_(seed) {}

  std::string mutate(std::string text) {
    for (std::uint64_t steps = 1 + below(3); steps > 0; --steps) change(text);
    return text;
  }

 private:
  std::size_t below(std::size_t limit) {
    return limit == 0 ? 0 : static_cast<std::size_t>(random_() % limit);
  }

  void change(std::string& text) {
    static constexpr std::string_view kTelling =
        "{}[]:,\"\\ \t\n0123456789.-+eEtfnu/\x01\x7F\x80\xC3\xED\xF0\xFF";
    const std::size_t at = below(text.size() + 1);
    const std::size_t length = below(12);
    switch (below(7)) {
      case 0:
        text.insert(at, 1, kTelling[below(kTelling.size())]);
        break;
      case 1:
        if (at < text.size()) text[at] = kTelling[below(kTelling.size())];
        break;
      case 2:
        if (at < text.size())
          text[at] = static_cast<char>(static_cast<unsigned char>(text[at]) ^ (1U << below(8)));
        break;
      case 3:
        text.erase(at, length);
        break;
      case 4:
        text.insert(at, text.substr(below(text.size()), length));
        break;
      case 5:
        text.insert(at, std::string(length * 2, below(2) == 0 ? '[' : '{'));
        break;
      default:
        static constexpr auto kWords =
            std::to_array<std::string_view>({"null", "true", "\"\"", "{}", "[]", "\\u", "\\ud800", "\\\"",
                                             "1e5", "\"lat\":[],", "\"currency\":\"IDR\",", "{\"a\":"});
        text.insert(at, kWords[below(kWords.size())]);
    }
  }

  std::mt19937_64 random_;
};

bool within(std::string_view part, std::string_view whole) {
  return part.data() >= whole.data() && part.data() + part.size() <= whole.data() + whole.size();
}

// Every text of an accepted transaction is UTF-8 and, without escapes, stands in the record.
void expect_sound(const Transaction& tx, std::string_view record) {
  const bool has_escapes = record.find('\\') != std::string_view::npos;
  const auto expect_text = [&](std::string_view text) {
    EXPECT_TRUE(simdjson::validate_utf8(text)) << record;
    if (!has_escapes) {
      EXPECT_TRUE(text.empty() || within(text, record)) << record;
    }
  };
  expect_text(tx.event_id);
  EXPECT_FALSE(tx.event_id.empty()) << record;
  for (const TransactionField& field : kTransactionFields) {
    if (field.text != nullptr) expect_text(tx.*field.text);
  }
  for (const Party* party : {&tx.debtor, &tx.creditor}) {
    for (const PartyField& field : kPartyFields) {
      if (field.text != nullptr) expect_text(party->*field.text);
    }
    EXPECT_EQ(party->present, !party->account.empty() || !party->party_id.empty()) << record;
  }
  EXPECT_GE(tx.amount.minor, 0) << record;
  EXPECT_EQ(tx.has_amount, tx.amount.currency.code != 0) << record;
}

TEST(Mutation, OfValidRecordsNeitherCrashesNorDeceivesTheDecoder) {
  const std::vector<std::string> valid = seeds();
  Mutator mutator(20250301);
  Decoder decoder;
  std::map<std::string_view, int> reasons;
  for (int i = 0; i < 100'000; ++i) {
    const std::string text = mutator.mutate(valid[static_cast<std::size_t>(i) % valid.size()]);
    // A block of exactly the record's size: reading past it is seen by the address sanitizer.
    const auto block = std::make_unique<char[]>(text.size());
    std::ranges::copy(text, block.get());
    const std::string_view record(block.get(), text.size());

    const auto result = decoder.decode(record);
    if (result) expect_sound(*result, record);
    const auto again = Decoder().decode(text);
    ASSERT_EQ(result.has_value(), again.has_value()) << text;
    if (!result) {
      ASSERT_EQ(result.error().reason, again.error().reason) << text;
      ASSERT_EQ(result.error().detail, again.error().detail) << text;
    }

    const Reason reason = result ? Reason::kTimeAhead : result.error().reason;
    ++reasons[result ? "accepted" : name_of(reason)];
    const bool is_json = reason != Reason::kNotJson && reason != Reason::kNotUtf8;
    if (reason != Reason::kTooDeep) {
      ASSERT_EQ(is_json, nlohmann::json::accept(text)) << name_of(reason) << ' ' << text;
    }
    if (!simdjson::validate_utf8(text)) {
      ASSERT_EQ(reason, Reason::kNotUtf8) << text;
    }
  }
  // The changes reach every verdict that they can.
  for (const char* reason :
       {"accepted", "not_json", "not_utf8", "too_deep", "duplicate_key", "missing_field", "empty_field",
        "wrong_type", "bad_amount", "bad_time", "bad_party", "bad_tx_type", "bad_channel", "bad_currency",
        "bad_event_type", "missing_reference"}) {
    EXPECT_GT(reasons[reason], 0) << reason;
  }
}

TEST(Mutation, HasTheSameVerdictWhateverInstructionsTheMachineHas) {
  const simdjson::implementation* best = simdjson::get_active_implementation();
  const std::vector<std::string> valid = seeds();
  for (const auto* implementation : simdjson::get_available_implementations()) {
    if (!implementation->supported_by_runtime_system()) continue;
    simdjson::get_active_implementation() = best;
    Decoder decoder;
    simdjson::get_active_implementation() = implementation;
    Decoder other;
    Mutator mutator(7);
    for (std::size_t i = 0; i < 20'000; ++i) {
      const std::string text = mutator.mutate(valid[i % valid.size()]);
      const auto expected = decoder.decode(text);
      const auto result = other.decode(text);
      ASSERT_EQ(result.has_value(), expected.has_value()) << implementation->name() << ' ' << text;
      // Of a record that is too deep and not JSON either, the one that is met first is named.
      const auto too_deep = [](const auto& verdict) { return verdict.error().reason == Reason::kTooDeep; };
      if (!result && !too_deep(result) && !too_deep(expected)) {
        ASSERT_EQ(result.error().reason, expected.error().reason) << implementation->name() << ' ' << text;
      }
    }
  }
  simdjson::get_active_implementation() = best;
}

TEST(Mutation, OfEveryByteToEveryValueIsSurvived) {
  const std::string valid = RecordText::act("reject").text();
  Decoder decoder;
  for (std::size_t at = 0; at < valid.size(); ++at) {
    for (int value = 0; value < 256; ++value) {
      std::string text = valid;
      text[at] = static_cast<char>(value);
      const auto result = decoder.decode(text);
      if (result) expect_sound(*result, text);
      const bool is_json =
          result || (result.error().reason != Reason::kNotJson && result.error().reason != Reason::kNotUtf8);
      ASSERT_EQ(is_json, nlohmann::json::accept(text)) << text;
    }
  }
}

}  // namespace
}  // namespace suar::event
