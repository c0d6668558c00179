// A client's own log lines, on their way to the service's log. They name brokers, topics and partitions,
// never what a record holds.
#pragma once

#include <functional>
#include <string_view>
#include <utility>

#include "kafka/handles.h"

namespace suar::kafka {

enum class LogLevel { kDebug, kInfo, kWarning, kError };

// Called from the client's threads too.
using LogSink = std::function<void(LogLevel level, std::string_view text)>;

// What owns a client derives from this; attach() makes the object the client's opaque.
class LogSource {
 public:
  explicit LogSource(LogSink sink) : sink_(std::move(sink)) {}

  void log(LogLevel level, std::string_view text) const {
    if (sink_) sink_(level, text);
  }
  void attach(rd_kafka_conf_t* conf);

 private:
  LogSink sink_;
};

}  // namespace suar::kafka
