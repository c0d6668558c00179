// Transactions against a real broker: what readers see, who holds the id, and what a commit takes.
#include "kafka/transactional_producer.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <deque>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "kafka/broker_client.h"

namespace suar::kafka {
namespace {

using testing::BrokerClient;
using testing::unique_name;
using namespace std::chrono_literals;

// A writer that keeps what it sends.
class Writer {
 public:
  Writer(const std::string& broker, const std::string& id, const std::string& topic) : topic_(topic) {
    auto opened = TransactionalProducer::open(
        {broker, {}, {}}, id, wake_up_, [this](const DeliveryReport& d) { statuses_.push_back(d.status); });
    EXPECT_TRUE(opened);
    producer_ = std::move(*opened);
    const std::vector<std::string> topics = {topic};
    if (!topic.empty()) {
      EXPECT_TRUE(producer_->warm_up(topics, 120s));
    }
  }
  TransactionalProducer& operator*() { return *producer_; }
  TransactionalProducer* operator->() { return producer_.get(); }

  void init() {
    ASSERT_TRUE(resumed([this] { return producer_->init(1s); }));
  }
  void send(std::string value) {
    values_.push_back(std::move(value));
    ASSERT_TRUE(producer_->send({topic_, no_key_, values_.back(), {}, nullptr}));
  }
  TransactionStep commit() {
    return resumed([this] { return producer_->commit(200ms); });
  }
  TransactionStep abort() {
    return resumed([this] { return producer_->abort(200ms); });
  }
  const std::vector<DeliveryStatus>& statuses() const { return statuses_; }

 private:
  template <typename Call>
  static TransactionStep resumed(Call call) {
    const auto deadline = std::chrono::steady_clock::now() + 60s;
    for (;;) {
      TransactionStep done = call();
      if (done || done.error().fault != TransactionFault::kRetriable) return done;
      if (std::chrono::steady_clock::now() > deadline) return done;
    }
  }

  std::string topic_, no_key_;
  std::deque<std::string> values_;
  std::vector<DeliveryStatus> statuses_;
  WakeUp wake_up_;
  std::unique_ptr<TransactionalProducer> producer_;
};

std::vector<std::string> committed_values(BrokerClient& client, const std::string& topic) {
  std::vector<std::string> values;
  for (const auto& read : client.read_all(topic)) values.push_back(read.value);
  return values;
}

TEST(TransactionalProducer, ShowsWhatIsCommittedAndNothingElse) {
  SUAR_REQUIRE_BROKER(broker);
  BrokerClient client(broker);
  const std::string name = unique_name("txn");
  client.create(name, 1);
  Writer writer(broker, name, name);
  writer.init();
  ASSERT_TRUE(writer->begin());
  writer.send("a");
  writer.send("b");
  ASSERT_TRUE(writer.commit());
  ASSERT_TRUE(writer->begin());
  writer.send("undone");
  ASSERT_TRUE(writer.abort());
  ASSERT_TRUE(writer->begin());
  writer.send("c");
  ASSERT_TRUE(writer.commit());
  EXPECT_THAT(committed_values(client, name), ::testing::ElementsAre("a", "b", "c"));
}

TEST(TransactionalProducer, LosesItsIdToWhoeverInitialisesLast) {
  SUAR_REQUIRE_BROKER(broker);
  BrokerClient client(broker);
  const std::string name = unique_name("fence");
  client.create(name, 1);
  Writer first(broker, name, name);
  first.init();
  ASSERT_TRUE(first->begin());
  first.send("of the first");
  ASSERT_TRUE(first->flush(120s));
  Writer second(broker, name, name);
  second.init();
  const auto late = first.commit();
  ASSERT_FALSE(late);
  EXPECT_EQ(name_of(late.error().fault), name_of(TransactionFault::kFenced)) << late.error().message;
  ASSERT_TRUE(second->begin());
  second.send("of the second");
  ASSERT_TRUE(second.commit());
  EXPECT_THAT(committed_values(client, name), ::testing::ElementsAre("of the second"));
}

TEST(TransactionalProducer, SaysThatATransactionWithARefusedRecordIsToBeAborted) {
  SUAR_REQUIRE_BROKER(broker);
  BrokerClient client(broker);
  const std::string name = unique_name("size");
  client.create(name, 1, {{"max.message.bytes", "1000"}});
  Writer writer(broker, name, name);
  writer.init();
  ASSERT_TRUE(writer->begin());
  writer.send(std::string(5'000, 'x'));
  const auto done = writer.commit();
  ASSERT_FALSE(done);
  EXPECT_EQ(name_of(done.error().fault), name_of(TransactionFault::kAbortable)) << done.error().message;
  EXPECT_THAT(writer.statuses(), ::testing::ElementsAre(DeliveryStatus::kTooLarge));
  ASSERT_TRUE(writer.abort());
  // The client finds that the refused record has left a gap in its numbers, and needs one more abort for it.
  bool committed = false;
  for (int tries = 0; tries < 5 && !committed; ++tries) {
    ASSERT_TRUE(writer->begin());
    writer.send("small");
    const auto again = writer.commit();
    committed = again.has_value();
    if (committed) break;
    EXPECT_EQ(name_of(again.error().fault), name_of(TransactionFault::kAbortable)) << again.error().message;
    ASSERT_TRUE(writer.abort());
  }
  EXPECT_THAT(committed_values(client, name), ::testing::ElementsAre("small"));
}

TEST(TransactionalProducer, SaysThatACallWithoutAnAnswerCanBeMadeAgain) {
  Writer writer("127.0.0.1:1", "nobody", "");
  const auto done = writer->init(100ms);
  ASSERT_FALSE(done);
  EXPECT_EQ(name_of(done.error().fault), name_of(TransactionFault::kRetriable)) << done.error().message;
}

// Figures for whoever tunes; noisy machines decide nothing here.
TEST(TransactionalProducer, CommitsInMilliseconds) {
  SUAR_REQUIRE_BROKER(broker);
  BrokerClient client(broker);
  const std::string name = unique_name("speed");
  client.create(name, 1);
  Writer writer(broker, name, name);
  writer.init();
  std::vector<double> took;
  for (int i = 0; i < 300; ++i) {
    const auto start = std::chrono::steady_clock::now();
    ASSERT_TRUE(writer->begin());
    writer.send(std::string(900, 'x'));
    ASSERT_TRUE(writer.commit());
    took.push_back(
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
    std::this_thread::sleep_for(5ms);
  }
  RecordProperty("first_ms", std::to_string(took.front()));
  std::ranges::sort(took);
  RecordProperty("p50_ms", std::to_string(took[took.size() / 2]));
  RecordProperty("p99_ms", std::to_string(took[took.size() * 99 / 100]));
  fmt::print("commit: p50 {:.1f} ms, p99 {:.1f} ms\n", took[took.size() / 2], took[took.size() * 99 / 100]);
  EXPECT_LT(took[took.size() / 2], 1'000);
}

}  // namespace
}  // namespace suar::kafka
