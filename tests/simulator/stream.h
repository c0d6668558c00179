// A whole simulated stream in memory, decoded, for the tests to look at.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <simdjson.h>

#include "event/decoder.h"
#include "simulator/simulator.h"

namespace suar::simulator {

struct Label {
  std::string scenario, rule, subject, first_event, last_event;
  bool plant = false;
  std::vector<std::string> event_ids;
};

inline std::vector<std::string> lines_of(Simulator& simulator) {
  std::vector<std::string> lines;
  for (std::string line; simulator.next(line);) lines.push_back(line);
  return lines;
}

inline std::vector<Label> labels_of(Simulator& simulator) {
  std::vector<Label> labels;
  simdjson::dom::parser parser;
  for (const std::string& line : simulator.take_labels()) {
    const simdjson::dom::element json = parser.parse(simdjson::padded_string(line));
    const auto text = [&](const char* key) { return std::string(json[key].get_string().value()); };
    Label label{text("scenario"),
                text("rule"),
                text("subject"),
                text("first_event"),
                text("last_event"),
                json["plant"].get_bool().value(),
                {}};
    for (const auto id : json["event_ids"].get_array()) label.event_ids.emplace_back(id.get_string().value());
    labels.push_back(label);
  }
  return labels;
}

inline event::Transaction decode(event::Decoder& decoder, const std::string& line) {
  auto decoded = decoder.decode(line);
  EXPECT_TRUE(decoded.has_value()) << line << "\n" << (decoded ? "" : decoded.error().detail);
  return decoded ? *decoded : event::Transaction{};
}

// Half a year, so that every scenario has room.
inline const Options kHalfAYear{.seed = 7, .days = 180, .accounts = 600, .daily_events_per_mille = 300};

}  // namespace suar::simulator
