// The loop of a replay: lines -> transactions -> engine -> alerts and dead letters.
#pragma once

#include <cstdint>
#include <expected>
#include <map>
#include <string>
#include <vector>

#include "cli/line_reader.h"
#include "cli/output_file.h"
#include "engine/engine.h"
#include "engine/lookahead.h"
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

  // Stream time reaches `time`, after the last event.
  void end_at(event::Instant time);

  [[nodiscard]] const ReplayCounts& counts() const { return counts_; }

 private:
  void take(const Line& line);
  void process(const Line& line, const engine::Decoded& transaction);
  void write_alerts();
  void write_dead_letter(const Line& line, const event::Rejection& rejection);

  engine::Engine& engine_;
  event::DecoderLimits limits_;
  OutputFile& alerts_;
  OutputFile* dead_letters_;
  engine::Lookahead<Line> ahead_;
  ReplayCounts counts_;
};

}  // namespace suar::cli
