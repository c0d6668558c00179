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
    : engine_(engine), limits_(limits), alerts_(alerts), dead_letters_(dead_letters) {
  slots_.reserve(kAhead);
  for (std::size_t i = 0; i < kAhead; ++i) slots_.push_back({event::Decoder(limits), {}, {}});
}

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
    while (waiting_ > 0) process_oldest();
  }
}

void ReplayLoop::take(const Line& line) {
  if (blank(line.bytes)) {
    ++counts_.blank;
    return;
  }
  ++counts_.records;
  if (waiting_ == kAhead) process_oldest();
  Slot& slot = slots_[(oldest_ + waiting_++) % kAhead];
  slot.line = line;
  if (line.cut()) {
    slot.transaction = std::unexpected(
        event::Rejection{event::Reason::kTooLarge,
                         fmt::format("{} bytes; at most {} are read", line.length, limits_.max_bytes)});
    return;
  }
  slot.transaction = slot.decoder.decode(line.bytes);
  if (slot.transaction) engine_.prefetch(*slot.transaction);
}

void ReplayLoop::process_oldest() {
  const Slot& slot = slots_[oldest_];
  oldest_ = (oldest_ + 1) % kAhead;
  --waiting_;
  if (!slot.transaction) return write_dead_letter(slot.line, slot.transaction.error());
  const engine::Result result =
      engine_.process(*slot.transaction, slot.line.bytes, std::nullopt, slot.line.number);
  if (result.rejection) write_dead_letter(slot.line, *result.rejection);
  for (const engine::LateRejection& late : engine_.late_rejections()) {
    write_dead_letter({late.record, late.position, late.record.size()}, late.rejection);
  }
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
