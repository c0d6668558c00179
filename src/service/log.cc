#include "service/log.h"

#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace suar::service {
namespace {

spdlog::level::level_enum level_of(LogThreshold threshold) {
  switch (threshold) {
    case LogThreshold::kDebug:
      return spdlog::level::debug;
    case LogThreshold::kInfo:
      return spdlog::level::info;
    case LogThreshold::kWarn:
      return spdlog::level::warn;
    case LogThreshold::kError:
      return spdlog::level::err;
  }
  return spdlog::level::info;
}

spdlog::level::level_enum level_of(kafka::LogLevel level) {
  switch (level) {
    case kafka::LogLevel::kDebug:
      return spdlog::level::debug;
    case kafka::LogLevel::kInfo:
      return spdlog::level::info;
    case kafka::LogLevel::kWarning:
      return spdlog::level::warn;
    case kafka::LogLevel::kError:
      return spdlog::level::err;
  }
  return spdlog::level::info;
}

}  // namespace

void open_log(LogThreshold threshold) {
  auto logger = std::make_shared<spdlog::logger>("suar", std::make_shared<spdlog::sinks::stderr_sink_mt>());
  logger->set_formatter(std::make_unique<spdlog::pattern_formatter>("%Y-%m-%dT%H:%M:%S.%eZ %l %v",
                                                                    spdlog::pattern_time_type::utc));
  logger->set_level(level_of(threshold));
  logger->flush_on(spdlog::level::info);
  spdlog::set_default_logger(std::move(logger));
}

kafka::LogSink client_log() {
  return
      [](kafka::LogLevel level, std::string_view text) { spdlog::log(level_of(level), "kafka: {}", text); };
}

}  // namespace suar::service
