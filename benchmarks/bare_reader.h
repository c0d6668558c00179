// The yardstick of the benchmarks: simdjson's on-demand reader fetching every key and value of a record,
// nothing checked, nothing kept. What Suar does is reported as a ratio to it, measured in the same run.
#pragma once

#include <simdjson.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string_view>
#include <utility>
#include <vector>

namespace suar::benchmarks {

// What a value was made use of as: keeps the compiler from dropping the reading.
struct Sink {
  std::uint64_t value = 0;
  void add(std::string_view text) {
    value += text.size() + (text.empty() ? 0 : static_cast<unsigned char>(text.front()));
  }
};

// simdjson alone: every key and every value of the record as text, nothing checked, nothing kept.
class BareReader {
 public:
  void read(std::string_view record, Sink& sink) {
    if (buffer_.size() < record.size() + simdjson::SIMDJSON_PADDING) {
      buffer_.resize(2 * record.size() + simdjson::SIMDJSON_PADDING);
    }
    std::memcpy(buffer_.data(), record.data(), record.size());
    simdjson::ondemand::document document;
    const simdjson::padded_string_view text(buffer_.data(), record.size(), buffer_.size());
    simdjson::ondemand::object object;
    if (parser_.iterate(text).get(document) != simdjson::SUCCESS ||
        document.get_object().get(object) != simdjson::SUCCESS || !walk(object, sink)) {
      std::abort();
    }
  }

 private:
  bool walk(simdjson::ondemand::object object, Sink& sink) {
    for (auto member : object) {
      simdjson::ondemand::field field;
      if (std::move(member).get(field) != simdjson::SUCCESS) return false;
      std::string_view key;
      if (field.unescaped_key().get(key) != simdjson::SUCCESS) return false;
      sink.add(key);
      if (!walk_value(field.value(), sink)) return false;
    }
    return true;
  }

  bool walk_value(simdjson::ondemand::value& value, Sink& sink) {
    simdjson::ondemand::json_type type{};
    if (value.type().get(type) != simdjson::SUCCESS) return false;
    switch (type) {
      case simdjson::ondemand::json_type::object: {
        simdjson::ondemand::object object;
        return value.get_object().get(object) == simdjson::SUCCESS && walk(object, sink);
      }
      case simdjson::ondemand::json_type::string: {
        std::string_view text;
        if (value.get_string().get(text) != simdjson::SUCCESS) return false;
        sink.add(text);
        return true;
      }
      case simdjson::ondemand::json_type::boolean: {
        bool truth = false;
        if (value.get_bool().get(truth) != simdjson::SUCCESS) return false;
        sink.value += truth ? 1 : 0;
        return true;
      }
      default:
        return false;
    }
  }

  simdjson::ondemand::parser parser_;
  std::vector<char> buffer_;
};

inline double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

}  // namespace suar::benchmarks
