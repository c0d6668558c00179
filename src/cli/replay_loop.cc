#include "cli/replay_loop.h"

#include <numeric>

#include <fmt/format.h>

#include "alert/alert.h"
#include "event/dead_letter.h"

namespace suar::cli {
namespace {

bool blank(std::string_view line) {
  return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

}  // namespace

std::uint64_t ReplayCounts::dead() const {
  return std::accumulate(dead_letters.begin(), dead_letters.end(), std::uint64_t{0},
                         [](std::uint64_t sum, const auto& entry) { return sum + entry.second; });
}

ReplayLoop::ReplayLoop(engine::Engine& engine, event::DecoderLimits limits, OutputFile& alerts,
                       OutputFile* dead_letters)
    : engine_(engine),
      limits_(limits),
      alerts_(alerts),
      dead_letters_(dead_letters),
      ahead_(engine, limits) {}

std::expected<void, std::string> ReplayLoop::run(LineReader& reader) {
  while (true) {
    // Whoever reads the alerts of a live pipe sees them before the pipe is waited for.
    if (auto flushed = alerts_.flush(); !flushed) return flushed;
    if (dead_letters_ != nullptr) {
      if (auto flushed = dead_letters_->flush(); !flushed) return flushed;
    }
    const auto lines = reader.next();
    if (!lines) return std::unexpected("cannot read the events: " + lines.error().message());
    if (lines->empty()) return {};
    for (const Line& line : *lines) take(line);
    ahead_.drain(
        [this](const Line& line, const engine::Decoded& transaction) { process(line, transaction); });
  }
}

void ReplayLoop::take(const Line& line) {
  if (blank(line.bytes)) {
    ++counts_.blank;
    return;
  }
  ++counts_.records;
  const auto process_line = [this](const Line& oldest, const engine::Decoded& transaction) {
    process(oldest, transaction);
  };
  if (!line.cut()) return ahead_.push(line, line.bytes, process_line);
  ahead_.push_rejected(line,
                       {event::Reason::kTooLarge,
                        fmt::format("{} bytes; at most {} are read", line.length, limits_.max_bytes)},
                       process_line);
}

void ReplayLoop::process(const Line& line, const engine::Decoded& transaction) {
  if (!transaction) return write_dead_letter(line, transaction.error());
  const engine::Result result =
      engine_.process(*transaction, line.bytes, std::nullopt, line.number, transaction.recognised);
  if (result.rejection) write_dead_letter(line, *result.rejection);
  for (const engine::LateRejection& late : engine_.late_rejections()) {
    write_dead_letter({late.record, late.position, late.record.size()}, late.rejection);
  }
  write_alerts();
}

void ReplayLoop::end_at(event::Instant time) {
  engine_.advance(time);
  write_alerts();
}

void ReplayLoop::write_alerts() {
  for (const engine::Hit& hit : engine_.hits()) {
    alerts_.line(alert::to_json(hit, engine_.rules(), engine_.reference(), hit.event_time));
    ++counts_.alerts;
  }
}

void ReplayLoop::write_dead_letter(const Line& line, const event::Rejection& rejection) {
  ++counts_.dead_letters[rejection.reason];
  if (dead_letters_ == nullptr) return;
  std::string text;
  event::append_dead_letter(text, rejection, line.number, line.bytes);
  dead_letters_->write(text);
}

}  // namespace suar::cli
