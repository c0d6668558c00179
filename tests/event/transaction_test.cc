#include "event/transaction.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace suar::event {
namespace {

TEST(Transaction, EveryTypeAndChannelIsReadByTheWordItIsWrittenWith) {
  std::set<std::string_view> words;
  for (int i = 0; i <= static_cast<int>(EventType::kCorrect); ++i) {
    const auto type = static_cast<EventType>(i);
    EXPECT_EQ(parse_event_type(name_of(type)), type);
    words.insert(name_of(type));
  }
  for (int i = 1; i <= static_cast<int>(TxType::kOther); ++i) {
    const auto type = static_cast<TxType>(i);
    EXPECT_EQ(parse_tx_type(name_of(type)), type);
    words.insert(name_of(type));
  }
  for (int i = 1; i <= static_cast<int>(Channel::kOther); ++i) {
    const auto channel = static_cast<Channel>(i);
    EXPECT_EQ(parse_channel(name_of(channel)), channel);
    words.insert(name_of(channel));
  }
  EXPECT_EQ(words.size(), 5U + 13U + 14U - 1U);  // "other" is a type and a channel
}

TEST(Transaction, UsesTheContractsWords) {
  EXPECT_EQ(name_of(EventType::kReverse), "reverse");
  EXPECT_EQ(name_of(TxType::kNoteExchange), "note_exchange");
  EXPECT_EQ(name_of(TxType::kOther), "other");
  EXPECT_EQ(name_of(Channel::kHawalaAgent), "hawala_agent");
  EXPECT_EQ(name_of(Channel::kBranch), "branch");
  EXPECT_EQ(name_of(TxType::kNone), "");
  EXPECT_EQ(name_of(Channel::kNone), "");
}

TEST(Transaction, OtherWordsAreNotInTheLists) {
  for (const char* word : {"", "Transfer", "transfers", "transfe", "cash-in", " atm", "none"}) {
    EXPECT_FALSE(parse_tx_type(word)) << word;
    EXPECT_FALSE(parse_channel(word)) << word;
    EXPECT_FALSE(parse_event_type(word)) << word;
  }
}

TEST(Transaction, HasContentOnceAmountTypeChannelAndASideAreThere) {
  Transaction tx;
  EXPECT_FALSE(tx.has_content());
  tx.has_amount = true;
  tx.tx_type = TxType::kCashIn;
  tx.channel = Channel::kTeller;
  EXPECT_FALSE(tx.has_content());
  tx.creditor.present = true;
  EXPECT_TRUE(tx.has_content());
}

}  // namespace
}  // namespace suar::event
