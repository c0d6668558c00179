// Labelled synthetic bank traffic, pulled one event at a time: ordinary payments of people, employers and
// merchants with planted crimes and their innocent look-alikes among them.
//
//   Simulator simulator(options);
//   std::string line;
//   while (simulator.next(line)) ...          // one event of the contract each, in the order of arrival
//   for (auto& label : simulator.take_labels()) ...
//
// Events come in the order of event time but for those that arrive late (source_system "batch"), duplicates
// and corrections. The same options give the same bytes on every machine. Memory depends on the number of
// accounts, not on the number of events. No clock, no file, no thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "reference/reference.h"
#include "simulator/options.h"

namespace suar::simulator {

class Simulator {
 public:
  explicit Simulator(const Options& options);
  ~Simulator();
  Simulator(Simulator&&) noexcept;
  Simulator& operator=(Simulator&&) noexcept;

  // Replaces `json_line` (no line end); false at the end of the stream.
  [[nodiscard]] bool next(std::string& json_line);
  // When the last event arrived at the bank, never going back: a live stream's record timestamp. It is the
  // event's own time unless that is late, a repeat or a correction.
  [[nodiscard]] event::Instant arrived() const;

  // Labels finished since the last call, one JSON object each; after the end of the stream, all of them have
  // come.
  [[nodiscard]] std::vector<std::string> take_labels();
  // Scenarios that the stream is too short for.
  [[nodiscard]] const std::vector<std::string_view>& left_out() const;

  // The reference directory that belongs to the stream. Made anew by each call; about 60 bytes for each
  // account.
  [[nodiscard]] std::vector<reference::File> reference_files() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace suar::simulator
