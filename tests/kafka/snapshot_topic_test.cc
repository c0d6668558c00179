// Snapshots in a topic, on a real broker.
#include "kafka/snapshot_topic.h"

#include <gmock/gmock.h>

#include "kafka/broker_client.h"
#include "kafka/snapshots.h"

namespace suar::kafka {
namespace {

using ::testing::HasSubstr;
using testing::load;

// Whether it was saved; says why not.
::testing::AssertionResult save(SnapshotPlace& place, std::uint64_t seq) {
  const auto saved = testing::save(place, seq);
  if (saved) return ::testing::AssertionSuccess();
  return ::testing::AssertionFailure() << saved.error();
}

class SnapshotsInATopic : public ::testing::Test {
 protected:
  void SetUp() override {
    SUAR_REQUIRE_BROKER(broker);
    broker_ = broker;
    testing::BrokerClient client(broker);
    const NewTopic topic = SnapshotTopic::definition(testing::unique_name("snapshots"));
    client.create(topic.name, topic.partitions, topic.settings);
    topic_ = topic.name;
    store_ = open(broker_);
  }
  [[nodiscard]] std::unique_ptr<RecordStore> open(
      const std::string& broker, std::chrono::milliseconds patience = testing::kPatience) const {
    auto store = RecordStore::open({broker, topic_, {}, {}, patience});
    EXPECT_TRUE(store) << store.error().message;
    return std::move(*store);
  }
  std::string broker_, topic_;
  std::unique_ptr<RecordStore> store_;
};

TEST_F(SnapshotsInATopic, AreFoundByAnotherMachineTheNewestFirst) {
  SnapshotTopic place(*store_);
  EXPECT_EQ(load(place).seq(), 0U) << "an empty topic";
  ASSERT_TRUE(save(place, 7));
  ASSERT_TRUE(save(place, 9));
  const std::unique_ptr<RecordStore> elsewhere = open(broker_);
  SnapshotTopic there(*elsewhere);
  EXPECT_EQ(load(there).seq(), 9U);
  EXPECT_EQ(load(there).problems(), "");
  EXPECT_EQ(load(there, {testing::identity(), 8}).seq(), 7U) << "ahead of the journal";
}

TEST_F(SnapshotsInATopic, OfTwoWritersAtOnceAreBothWhole) {
  const std::unique_ptr<RecordStore> other_store = open(broker_);
  SnapshotTopic one(*store_);
  SnapshotTopic other(*other_store);
  // One writes the whole of its snapshot between two chunks of the other's.
  int pieces = 0;
  const auto saved = save_snapshot(one, {testing::identity(), testing::behind(9)}, [&](const ByteSink& sink) {
    const std::string bytes = testing::state_of(9);
    for (std::size_t i = 0; i < bytes.size(); i += kChunkBytes) {
      const bool second = ++pieces == 2;
      EXPECT_TRUE(!second || save(other, 8));
      sink(std::string_view(bytes).substr(i, kChunkBytes));
    }
  });
  ASSERT_TRUE(saved) << saved.error();
  EXPECT_EQ(load(one).seq(), 9U);
  EXPECT_EQ(load(one, {testing::identity(), 8}).seq(), 8U);
}

TEST_F(SnapshotsInATopic, WithoutTheirManifestAreNone) {
  SnapshotTopic place(*store_);
  ASSERT_TRUE(save(place, 7));
  {
    auto unfinished = place.create(9, 1);
    ASSERT_TRUE(unfinished);
    ASSERT_TRUE((*unfinished)->put("half a snapshot"));
    ASSERT_TRUE(store_->flush());
  }
  EXPECT_EQ(load(place).seq(), 7U);
  EXPECT_EQ(load(place).problems(), "");
}

TEST_F(SnapshotsInATopic, GiveWayToAnOlderOneWhereChunksAreGone) {
  SnapshotTopic place(*store_);
  ASSERT_TRUE(save(place, 7));
  const auto before = store_->range(SnapshotTopic::kChunks);
  ASSERT_TRUE(save(place, 9));
  // The older one is whole in another place, and here nothing is left but the end of the newer.
  ASSERT_TRUE(store_->forget(SnapshotTopic::kChunks, before->high + 1));
  EXPECT_EQ(load(place).seq(), 0U);
  EXPECT_THAT(load(place).problems(), HasSubstr("missing: chunk 0 of 3"));
  ASSERT_TRUE(save(place, 11));
  EXPECT_EQ(load(place).seq(), 11U);
}

TEST_F(SnapshotsInATopic, GiveWayToAnOlderOneWhereTheManifestIsNone) {
  SnapshotTopic place(*store_);
  ASSERT_TRUE(save(place, 7));
  ASSERT_TRUE(
      store_->write(SnapshotTopic::kIndex, "snapshot/00000000000000000009/0000000000000001/0", "not one"));
  ASSERT_TRUE(store_->flush());
  EXPECT_EQ(load(place).seq(), 7U);
  EXPECT_THAT(load(place).problems(), HasSubstr("snapshot/00000000000000000009"));
}

TEST_F(SnapshotsInATopic, ArePrunedToTheNewestTwoWithTheirChunks) {
  SnapshotTopic place(*store_);
  for (std::uint64_t seq = 3; seq < 8; ++seq) ASSERT_TRUE(save(place, seq));
  const auto listing = place.list();
  ASSERT_TRUE(listing);
  ASSERT_EQ(listing->finished.size(), 2U);
  EXPECT_EQ(listing->finished[0].manifest.journal.seq, 7U);
  EXPECT_EQ(listing->finished[1].manifest.journal.seq, 6U);
  const auto chunks = store_->range(SnapshotTopic::kChunks);
  EXPECT_EQ(chunks->high - chunks->low, 6) << "three chunks of each";
  EXPECT_EQ(load(place, {testing::identity(), 6}).seq(), 6U);
}

TEST_F(SnapshotsInATopic, TellThatTheBrokerDoesNotAnswer) {
  const std::unique_ptr<RecordStore> deaf = open("127.0.0.1:1", std::chrono::milliseconds(300));
  SnapshotTopic place(*deaf);
  EXPECT_FALSE(save(place, 7));
  EXPECT_THAT(load(place).problems(), HasSubstr("unreadable: asking for the ends of"));
}

}  // namespace
}  // namespace suar::kafka
