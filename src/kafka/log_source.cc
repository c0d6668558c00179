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
  // A broker that cannot be reached is no error yet: every thread that tries it says so, and tries again.
  const LogLevel shown = kind == "FAIL" ? LogLevel::kWarning : level_of(level);
  source->log(shown, std::string(kind) + ": " + text);
}

// Most of these repeat what on_log() had, once for each thread.
void on_error(rd_kafka_t*, int code, const char* reason, void* opaque) {
  LogLevel level = LogLevel::kDebug;
  if (code == RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN) level = LogLevel::kWarning;
  if (code == RD_KAFKA_RESP_ERR__FATAL || code == RD_KAFKA_RESP_ERR__AUTHENTICATION) level = LogLevel::kError;
  static_cast<const LogSource*>(opaque)->log(level, reason);
}

}  // namespace

void LogSource::attach(rd_kafka_conf_t* conf) {
  rd_kafka_conf_set_opaque(conf, this);
  rd_kafka_conf_set_log_cb(conf, on_log);
  rd_kafka_conf_set_error_cb(conf, on_error);
}

}  // namespace suar::kafka
