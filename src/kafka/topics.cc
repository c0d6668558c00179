#include "kafka/topics.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace suar::kafka {

std::expected<TopicPartitions, Error> topics_of(rd_kafka_t* client, std::chrono::milliseconds timeout) {
  const rd_kafka_metadata_t* found = nullptr;
  // All topics: asking for one by name may create it, where the broker is set so.
  const auto code = rd_kafka_metadata(client, 1, nullptr, &found, static_cast<int>(timeout.count()));
  if (code != 0) return std::unexpected(error_from("asking for the cluster's topics", code));
  const MetadataPtr metadata(found);
  TopicPartitions topics;
  for (int i = 0; i < metadata->topic_cnt; ++i) {
    const rd_kafka_metadata_topic_t& topic = metadata->topics[i];
    const std::span partitions(topic.partitions, static_cast<std::size_t>(topic.partition_cnt));
    const bool usable = topic.err == 0 && std::ranges::none_of(partitions, [](const auto& partition) {
                          return partition.err == RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART;
                        });
    if (usable) topics.emplace(topic.topic, topic.partition_cnt);
  }
  return topics;
}

std::expected<void, Error> create_topics(rd_kafka_t* client, std::span<const NewTopic> topics,
                                         std::chrono::milliseconds timeout) {
  constexpr int kClusterDefault = -1;
  const int millis = static_cast<int>(timeout.count());
  std::array<char, 512> text{};
  std::vector<NewTopicPtr> owned;
  std::vector<rd_kafka_NewTopic_t*> wanted;
  for (const NewTopic& topic : topics) {
    owned.emplace_back(rd_kafka_NewTopic_new(topic.name.c_str(), topic.partitions, kClusterDefault,
                                             text.data(), text.size()));
    if (!owned.back())
      return std::unexpected(Error{fmt::format("topic \"{}\": {}", topic.name, text.data())});
    for (const auto& [name, value] : topic.settings) {
      rd_kafka_NewTopic_set_config(owned.back().get(), name.c_str(), value.c_str());
    }
    wanted.push_back(owned.back().get());
  }
  const AdminOptionsPtr options(rd_kafka_AdminOptions_new(client, RD_KAFKA_ADMIN_OP_CREATETOPICS));
  // Answer only when the controller has made them.
  rd_kafka_AdminOptions_set_operation_timeout(options.get(), millis, text.data(), text.size());
  rd_kafka_AdminOptions_set_request_timeout(options.get(), millis, text.data(), text.size());
  const QueuePtr answers(rd_kafka_queue_new(client));
  rd_kafka_CreateTopics(client, wanted.data(), wanted.size(), options.get(), answers.get());
  const EventPtr event(rd_kafka_queue_poll(answers.get(), millis));
  if (!event) return std::unexpected(Error{"creating topics: no answer from the brokers"});
  if (rd_kafka_event_error(event.get()) != 0) {
    return std::unexpected(
        Error{fmt::format("creating topics: {}", rd_kafka_event_error_string(event.get()))});
  }
  std::size_t count = 0;
  const rd_kafka_topic_result_t** results =
      rd_kafka_CreateTopics_result_topics(rd_kafka_event_CreateTopics_result(event.get()), &count);
  for (std::size_t i = 0; i < count; ++i) {
    const auto code = rd_kafka_topic_result_error(results[i]);
    if (code == 0 || code == RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS) continue;
    const char* reason = rd_kafka_topic_result_error_string(results[i]);
    return std::unexpected(
        Error{fmt::format("creating topic \"{}\": {}", rd_kafka_topic_result_name(results[i]),
                          reason != nullptr ? reason : rd_kafka_err2str(code))});
  }
  return {};
}

std::expected<std::map<std::string, std::string>, Error> topic_settings(rd_kafka_t* client,
                                                                        const std::string& topic,
                                                                        std::chrono::milliseconds timeout) {
  const int millis = static_cast<int>(timeout.count());
  std::array<char, 512> text{};
  const ConfigResourcePtr asked(rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, topic.c_str()));
  const AdminOptionsPtr options(rd_kafka_AdminOptions_new(client, RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS));
  rd_kafka_AdminOptions_set_request_timeout(options.get(), millis, text.data(), text.size());
  const QueuePtr answers(rd_kafka_queue_new(client));
  rd_kafka_ConfigResource_t* one = asked.get();
  rd_kafka_DescribeConfigs(client, &one, 1, options.get(), answers.get());
  const EventPtr event(rd_kafka_queue_poll(answers.get(), millis));
  if (!event) return std::unexpected(Error{"no answer from the brokers"});
  if (rd_kafka_event_error(event.get()) != 0)
    return std::unexpected(Error{rd_kafka_event_error_string(event.get())});
  std::size_t count = 0;
  const rd_kafka_ConfigResource_t** found =
      rd_kafka_DescribeConfigs_result_resources(rd_kafka_event_DescribeConfigs_result(event.get()), &count);
  if (count != 1 || rd_kafka_ConfigResource_error(found[0]) != 0) {
    const char* why = count == 1 ? rd_kafka_ConfigResource_error_string(found[0]) : nullptr;
    return std::unexpected(Error{why != nullptr ? why : "no answer for the topic"});
  }
  std::map<std::string, std::string> settings;
  const rd_kafka_ConfigEntry_t** entries = rd_kafka_ConfigResource_configs(found[0], &count);
  for (std::size_t i = 0; i < count; ++i) {
    const char* value = rd_kafka_ConfigEntry_value(entries[i]);
    if (value != nullptr) settings[rd_kafka_ConfigEntry_name(entries[i])] = value;
  }
  return settings;
}

std::expected<std::string, Error> cluster_id(rd_kafka_t* client, std::chrono::milliseconds timeout) {
  char* id = rd_kafka_clusterid(client, static_cast<int>(timeout.count()));
  if (id == nullptr) return std::unexpected(Error{"the brokers do not say which cluster they are"});
  std::string text(id);
  rd_kafka_mem_free(client, id);
  return text;
}

std::string creation_commands(const std::string& brokers, std::span<const NewTopic> topics) {
  std::string commands;
  for (const NewTopic& topic : topics) {
    commands += fmt::format("  kafka-topics.sh --bootstrap-server {} --create --topic {} --partitions {}",
                            brokers, topic.name, topic.partitions);
    for (const auto& [name, value] : topic.settings) commands += fmt::format(" --config {}={}", name, value);
    commands += '\n';
  }
  return commands;
}

}  // namespace suar::kafka
