// What went wrong with a broker or a client, for the person who operates it. Never holds record content.
#pragma once

#include <fmt/format.h>
#include <librdkafka/rdkafka.h>

#include <string>
#include <string_view>

namespace suar::kafka {

struct Error {
  std::string message;
};

[[nodiscard]] inline Error error_from(std::string_view doing, rd_kafka_resp_err_t code) {
  return {fmt::format("{}: {}", doing, rd_kafka_err2str(code))};
}

}  // namespace suar::kafka
