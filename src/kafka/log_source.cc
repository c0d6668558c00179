#include "kafka/log_source.h"

#include <syslog.h>

#include <string>

namespace suar::kafka {
namespace {

LogLevel level_of(int syslog_level) {
  if (syslog_level <= LOG_ERR) return LogLevel::kError;
  if (syslog_level <= LOG_WARNING) return LogLevel::kWarning;
  return syslog_level <= LOG_INFO ? LogLevel::kInfo : LogLevel::kDebug;
}

void on_log(const rd_kafka_t* client, int level, const char* facility, const char* text) {
  const std::string_view kind = facility;
  // Properties go to the consumer and the producer alike; that one of them ignores one is no news.
  if (kind == "CONFWARN") return;
  const auto* source = static_cast<const LogSource*>(rd_kafka_opaque(client));
  // A broker that cannot be reached is reported as an error by every thread that tries it.
  const LogLevel shown = kind == "FAIL" || kind == "ERROR" ? LogLevel::kWarning : level_of(level);
  source->log(shown, std::string(kind) + ": " + text);
}

}  // namespace

void LogSource::attach(rd_kafka_conf_t* conf) {
  rd_kafka_conf_set_opaque(conf, this);
  rd_kafka_conf_set_log_cb(conf, on_log);
}

}  // namespace suar::kafka
