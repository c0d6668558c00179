// Decodes a few records ahead of the one being processed, so that the memory that the engine will touch for
// them is on its way to the cache by then. The records are processed in the order in which they came; results
// do not change.
//
//   Lookahead<Line> ahead(engine, limits);
//   for (const Line& line : lines) ahead.push(line, line.bytes, process);
//   ahead.drain(process);                        // process(line, decoded): all of them, oldest first
//
// The bytes must stay until their record is processed.
#pragma once

#include <array>
#include <cstddef>
#include <expected>
#include <string_view>
#include <utility>

#include "engine/engine.h"
#include "event/decoder.h"

namespace suar::engine {

using Decoded = std::expected<event::Transaction, event::Rejection>;

template <typename Record>
class Lookahead {
 public:
  explicit Lookahead(const Engine& engine, event::DecoderLimits limits = {}) : engine_(engine) {
    for (Slot& slot : slots_) slot.decoder = event::Decoder(limits);
  }

  template <typename Process>
  void push(const Record& record, std::string_view bytes, Process&& process) {
    if (waiting_ == kAhead) process_oldest(process);
    Slot& slot = at(waiting_++);
    slot.record = record;
    slot.transaction = slot.decoder.decode(bytes);
    if (slot.transaction) engine_.prefetch(*slot.transaction);
    if (waiting_ > kTablesFirst) {
      const Slot& earlier = at(waiting_ - 1 - kTablesFirst);
      if (earlier.transaction) engine_.prefetch_entities(*earlier.transaction);
    }
  }

  // A record that is known to be wrong without decoding keeps its place in the order.
  template <typename Process>
  void push_rejected(const Record& record, event::Rejection rejection, Process&& process) {
    if (waiting_ == kAhead) process_oldest(process);
    Slot& slot = at(waiting_++);
    slot.record = record;
    slot.transaction = std::unexpected(std::move(rejection));
  }

  template <typename Process>
  void drain(Process&& process) {
    while (waiting_ > 0) process_oldest(process);
  }

 private:
  static constexpr std::size_t kAhead = 8;
  static constexpr std::size_t kTablesFirst = 4;  // records between the two hints

  struct Slot {
    event::Decoder decoder;
    Record record{};
    Decoded transaction;
  };

  [[nodiscard]] Slot& at(std::size_t i) { return slots_[(oldest_ + i) % kAhead]; }

  template <typename Process>
  void process_oldest(Process& process) {
    const Slot& slot = slots_[oldest_];
    oldest_ = (oldest_ + 1) % kAhead;
    --waiting_;
    process(slot.record, slot.transaction);
  }

  const Engine& engine_;
  std::array<Slot, kAhead> slots_;  // a ring
  std::size_t oldest_ = 0;
  std::size_t waiting_ = 0;  // decoded and not yet processed, from `oldest_` on
};

}  // namespace suar::engine
