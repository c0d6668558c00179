#include "cli/event_file.h"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

namespace suar::cli {

InputDescriptor::InputDescriptor(const std::string& path)
    : number_(path == "-" ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC)), error_(errno) {}

InputDescriptor::~InputDescriptor() {
  if (number_ > STDERR_FILENO) ::close(number_);
}

const char* InputDescriptor::error() const {
  return std::strerror(error_);
}

std::expected<void, std::string> read_events(const std::string& path, const engine::Engine& engine,
                                             const TakeEvent& take) {
  const InputDescriptor events(path);
  if (!events.open()) return std::unexpected(fmt::format("cannot read {}: {}", path, events.error()));
  LineReader reader(events.number());
  const event::DecoderLimits limits;
  engine::Lookahead<Line> ahead(engine, limits);
  bool going_on = true;
  const auto process = [&](const Line& line, const engine::Decoded& transaction) {
    going_on = going_on && take(line, transaction);
  };
  while (going_on) {
    const auto lines = reader.next();
    if (!lines) return std::unexpected("cannot read the events: " + lines.error().message());
    if (lines->empty()) break;
    for (const Line& line : *lines) {
      if (line.bytes.find_first_not_of(" \t\r") == std::string_view::npos) continue;
      if (line.cut())
        ahead.push_rejected(line, {event::Reason::kTooLarge, fmt::format("{} bytes", line.length)}, process);
      else
        ahead.push(line, line.bytes, process);
      if (!going_on) break;
    }
    ahead.drain(process);
  }
  return {};
}

}  // namespace suar::cli
