// Contents under their hash, on a real broker.
#include "kafka/content_store.h"

#include <gmock/gmock.h>

#include "kafka/broker_client.h"
#include "kafka/snapshot_topic.h"

namespace suar::kafka {
namespace {

using ::testing::Optional;

class Contents : public ::testing::Test {
 protected:
  void SetUp() override {
    SUAR_REQUIRE_BROKER(broker);
    testing::BrokerClient client(broker);
    const NewTopic topic = SnapshotTopic::definition(testing::unique_name("contents"));
    client.create(topic.name, topic.partitions, topic.settings);
    auto store = RecordStore::open({broker, topic.name, {}, {}});
    ASSERT_TRUE(store) << store.error().message;
    records_ = std::move(*store);
  }

  std::unique_ptr<RecordStore> records_;
};

TEST_F(Contents, AreFoundWholeOrNotAtAll) {
  if (!records_) return;
  const std::vector<StoredFile> small = {{"a.yaml", "rule: a"}, {"b.yaml", ""}};
  const std::vector<StoredFile> large = {{"entities.ftm.ndjson", std::string(1'300'000, 'x')}};
  ContentStore store(*records_);
  EXPECT_EQ(store.get("rules/1").value(), std::nullopt);
  ASSERT_TRUE(store.put("rules/1", small));
  ASSERT_TRUE(store.put("reference/12", large));
  ASSERT_TRUE(store.put("reference/1", {}));
  EXPECT_THAT(store.get("rules/1").value(), Optional(small));
  EXPECT_THAT(store.get("reference/12").value(), Optional(large));
  EXPECT_THAT(store.get("reference/1").value(), Optional(std::vector<StoredFile>()));
  // A writer that was killed, and a piece that is not the one that was written.
  ASSERT_TRUE(records_->write(SnapshotTopic::kContents, "rules/2/0", "half"));
  ASSERT_TRUE(records_->write(SnapshotTopic::kContents, "reference/12/1", "other"));
  ASSERT_TRUE(records_->flush());
  EXPECT_EQ(store.get("rules/2").value(), std::nullopt);
  EXPECT_EQ(store.get("reference/12").value(), std::nullopt);
  ASSERT_TRUE(store.put("reference/12", large));
  EXPECT_THAT(store.get("reference/12").value(), Optional(large));
}

}  // namespace
}  // namespace suar::kafka
