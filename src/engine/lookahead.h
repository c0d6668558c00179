// Decodes a few records ahead of the one being processed, so that the memory that the engine will touch for
// them is on its way to the cache by then. The records are processed in the order in which they came; results
// do not change.
//
//   Lookahead<Line> ahead(engine, limits);
//   for (const Line& line : lines) ahead.push(line, line.bytes, process);
//   ahead.drain(process);                        // process(line, decoded): all of them, oldest first
//
// The bytes must stay until their record is processed. Drain before the engine's state is replaced.
#pragma once

#include <array>
#include <cstddef>
#include <expected>
#include <optional>
#include <string_view>
#include <utility>

#include "engine/engine.h"
#include "event/decoder.h"

namespace suar::engine {

// A record's transaction, or why it is none; and what was found out about it while it waited.
struct Decoded : std::expected<event::Transaction, event::Rejection> {
  Recognised recognised;
};

template <typename Record>
class Lookahead {
 public:
  explicit Lookahead(const Engine& engine, event::DecoderLimits limits = {}) : engine_(engine) {
    for (Slot& slot : slots_) slot.decoder = event::Decoder(limits);
  }

  template <typename Process>
  void push(const Record& record, std::string_view bytes, Process&& process) {
    Slot& slot = next(record, process);
    if (!slot.decoded) static_cast<Base&>(slot.decoded) = event::Transaction{};
    if (auto rejection = slot.decoder.decode(bytes, *slot.decoded))
      static_cast<Base&>(slot.decoded) = std::unexpected(std::move(*rejection));
    slot.decoded.recognised = {};
    look_ahead();
  }

  // A record that is known to be wrong without decoding keeps its place in the order.
  template <typename Process>
  void push_rejected(const Record& record, event::Rejection rejection, Process&& process) {
    Slot& slot = next(record, process);
    static_cast<Base&>(slot.decoded) = std::unexpected(std::move(rejection));
    look_ahead();
  }

  template <typename Process>
  void drain(Process&& process) {
    while (waiting_ > 0) process_oldest(process);
  }

 private:
  static constexpr std::size_t kAhead = 16;
  static constexpr std::size_t kBetweenHints = 4;  // records

  using Base = std::expected<event::Transaction, event::Rejection>;
  struct Slot {
    event::Decoder decoder;
    Record record{};
    Decoded decoded;
  };

  [[nodiscard]] Slot& at(std::size_t i) { return slots_[(oldest_ + i) % kAhead]; }

  template <typename Process>
  Slot& next(const Record& record, Process& process) {
    if (waiting_ == kAhead) process_oldest(process);
    Slot& slot = at(waiting_++);
    slot.record = record;
    return slot;
  }

  // Each record gets a hint when it comes, and the others some records later.
  void look_ahead() {
    for (int step = 0; step < Engine::kHints; ++step) {
      const std::size_t behind = static_cast<std::size_t>(step) * kBetweenHints;
      if (waiting_ <= behind) return;
      Decoded& decoded = at(waiting_ - 1 - behind).decoded;
      if (decoded) engine_.prefetch(*decoded, step, decoded.recognised);
    }
  }

  template <typename Process>
  void process_oldest(Process& process) {
    const Slot& slot = slots_[oldest_];
    oldest_ = (oldest_ + 1) % kAhead;
    --waiting_;
    process(slot.record, slot.decoded);
  }

  const Engine& engine_;
  std::array<Slot, kAhead> slots_;  // a ring
  std::size_t oldest_ = 0;
  std::size_t waiting_ = 0;  // decoded and not yet processed, from `oldest_` on
};

}  // namespace suar::engine
