// The loop of a replay: lines -> transactions -> engine -> alerts and dead letters.
//
// A few records are decoded ahead of the one being processed, each by its own decoder, so that the memory
// that the engine will touch for them is on its way to the cache before they are processed.
#pragma once

#include <cstdint>
#include <expected>
#include <map>
#include <string>
#include <vector>

#include "cli/line_reader.h"
#include "cli/output_file.h"
#include "engine/engine.h"
#include "event/decoder.h"

namespace suar::cli {

struct ReplayCounts {
  std::uint64_t records = 0;  // lines that are not blank
  std::uint64_t blank = 0;
  std::map<event::Reason, std::uint64_t> dead_letters;
  std::uint64_t alerts = 0;

  [[nodiscard]] std::uint64_t dead() const;
};

class ReplayLoop {
 public:
  // All must outlive the loop; `dead_letters` may be null: then they are counted only.
  ReplayLoop(engine::Engine& engine, event::DecoderLimits limits, OutputFile& alerts,
             OutputFile* dead_letters);

  // Everything that the reader gives. The error is a sentence.
  [[nodiscard]] std::expected<void, std::string> run(LineReader& reader);

  [[nodiscard]] const ReplayCounts& counts() const { return counts_; }

 private:
  static constexpr std::size_t kAhead = 8;

  struct Slot {
    event::Decoder decoder;
    Line line;
    std::expected<event::Transaction, event::Rejection> transaction;
  };

  void take(const Line& line);
  void process_oldest();
  void write_alerts();
  void write_dead_letter(const Line& line, const event::Rejection& rejection);

  engine::Engine& engine_;
  event::DecoderLimits limits_;
  OutputFile& alerts_;
  OutputFile* dead_letters_;
  std::vector<Slot> slots_;  // a ring
  std::size_t oldest_ = 0;
  std::size_t waiting_ = 0;  // decoded and not yet processed, from `oldest_` on
  ReplayCounts counts_;
};

}  // namespace suar::cli
