#include "kafka/journal_record.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "kafka/journal_records.h"

namespace suar::kafka {
namespace {

using testing::batch;
using testing::claim;
using ::testing::HasSubstr;
using testing::journal_record;

JournalRecord interleaved() {
  JournalRecord record = journal_record(RecordKind::kBatch, 3, 17);
  record.ranges = {{0, 10, 14}, {2, 0, 9}};
  record.order = {{0, 3}, {2, 8}, {OrderStep::kTick, 1'500'000}, {0, 1}};
  record.digest = StateDigest{3, 512, 0x0123456789abcdef};
  record.events = 12;
  record.hash = 0xfedcba9876543210;
  return record;
}

JournalFault fault_of(const std::string& bytes) {
  const auto read = decode_journal_record(bytes);
  EXPECT_FALSE(read) << bytes;
  return read ? JournalFault{} : read.error().fault;
}

TEST(JournalRecord, ComesBackAsItWasWritten) {
  JournalRecord stop = interleaved();
  stop.kind = RecordKind::kStop;
  JournalRecord plain = journal_record(RecordKind::kDone, 4, 9);
  plain.delivery = Delivery::kAtLeastOnce;
  plain.instance = "a \"quoted\" name\n";
  JournalRecord shortened = claim(2, 9, {{0, 50, 7}, {1, 0, 0}});
  shortened.origin = {{0, 40}};
  shortened.accepted = {"shorter-input", "rules"};
  for (const JournalRecord& record :
       {interleaved(), stop, plain, shortened, claim(1, 1, {{0, 5, 7}, {1, 0, 0}}), batch(1, 2),
        journal_record(RecordKind::kSwitch, 4, 10)}) {
    const auto read = decode_journal_record(encode(record));
    ASSERT_TRUE(read) << read.error().detail << encode(record);
    EXPECT_EQ(*read, record);
  }
}

// Other programs read it: judges, dashboards, people with kcat.
TEST(JournalRecord, IsOneReadableLine) {
  const std::string line = encode(interleaved());
  EXPECT_EQ(line.substr(0, line.find(",\"check\":")),
            R"({"suar_journal":1,"kind":"batch","instance":"suar","cluster":"c1","topic":"transactions",)"
            R"("writer":"host:1:3","delivery":"exactly_once","term":3,"seq":17,)"
            R"("created_at":"2025-03-01T03:33:20.123Z","semantics":1,"ruleset":"aaaa","reference":"bbbb",)"
            R"("settings":"cccc","ranges":[[0,10,14],[2,0,9]],"order":[[0,3],[2,8],[-1,1500000],[0,1]],)"
            R"("events":12,"hash":"fedcba9876543210","digest":"3/512/0123456789abcdef")");
}

TEST(JournalRecord, IsRefusedWhereverItIsCutOff) {
  const std::string whole = encode(interleaved());
  for (std::size_t length = 0; length < whole.size(); ++length) {
    EXPECT_FALSE(decode_journal_record(whole.substr(0, length))) << length;
  }
  EXPECT_FALSE(decode_journal_record(whole + " "));
}

TEST(JournalRecord, IsRefusedWithAnyBitFlipped) {
  const std::string whole = encode(interleaved());
  for (std::size_t at = 0; at < whole.size(); ++at) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string flipped = whole;
      flipped[at] = static_cast<char>(flipped[at] ^ (1 << bit));
      EXPECT_FALSE(decode_journal_record(flipped)) << "byte " << at << ", bit " << bit;
    }
  }
}

TEST(JournalRecord, SaysWhatIsWrongWithIt) {
  EXPECT_EQ(fault_of("{\"event_id\":\"e1\"}"), JournalFault::kForeign);
  EXPECT_EQ(fault_of(""), JournalFault::kForeign);
  const std::string whole = encode(interleaved());
  EXPECT_EQ(fault_of(whole.substr(0, 100)), JournalFault::kDamaged);
  std::string future = whole;
  future.replace(future.find(":1,"), 3, ":2,\"new\":true,");
  EXPECT_EQ(fault_of(future), JournalFault::kFuture);
  EXPECT_THAT(decode_journal_record(future).error().detail, HasSubstr("version 2"));
}

TEST(JournalRecord, IsRefusedWhereItContradictsItself) {
  const auto spoilt = [](auto spoil) {
    JournalRecord record = interleaved();
    spoil(record);
    return fault_of(encode(record));
  };
  EXPECT_EQ(spoilt([](auto& r) { r.events = 13; }), JournalFault::kDamaged);
  EXPECT_EQ(spoilt([](auto& r) { r.order[0].count = -1; }), JournalFault::kDamaged);
  EXPECT_EQ(spoilt([](auto& r) { r.order[0].partition = 5; }), JournalFault::kDamaged);
  EXPECT_EQ(spoilt([](auto& r) { r.ranges[0].next = 12; }), JournalFault::kDamaged);
  EXPECT_EQ(spoilt([](auto& r) { std::swap(r.ranges[0], r.ranges[1]); }), JournalFault::kDamaged);
  EXPECT_EQ(spoilt([](auto& r) { r.seq = 0; }), JournalFault::kDamaged);
}

}  // namespace
}  // namespace suar::kafka
