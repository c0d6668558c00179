#include "cli/line_reader.h"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <unistd.h>

namespace suar::cli {
namespace {

// Small enough to stay in a core's cache, large enough that a read costs little per line.
constexpr std::size_t kChunk = std::size_t{256} << 10;
// A vectorised parser may look this far beyond a record's end.
constexpr std::size_t kPadding = 64;

}  // namespace

LineReader::LineReader(int descriptor, std::size_t longest)
    : descriptor_(descriptor),
      longest_(std::max(longest, kKeptOfALongLine)),
      buffer_(std::min(kChunk, longest_) + kPadding) {}

std::expected<std::size_t, std::error_code> LineReader::fill() {
  if (end_ + kPadding == buffer_.size()) {
    if (buffer_.size() - kPadding >= longest_) {
      take_long_line_apart();
    } else {
      buffer_.resize(std::min(2 * (buffer_.size() - kPadding), longest_) + kPadding);
    }
  }
  while (true) {
    const ssize_t count = ::read(descriptor_, buffer_.data() + end_, buffer_.size() - kPadding - end_);
    if (count >= 0) return static_cast<std::size_t>(count);
    if (errno != EINTR) return std::unexpected(std::error_code(errno, std::system_category()));
  }
}

// The buffer is full of one line without an end: all but its beginning is dropped.
void LineReader::take_long_line_apart() {
  if (long_length_ == 0) long_line_.assign(buffer_.data(), kKeptOfALongLine);
  long_length_ += end_;
  end_ = 0;
}

// Finds the lines that end at or after `from`.
void LineReader::split(std::size_t from) {
  const char* data = buffer_.data();
  while (true) {
    const void* found = std::memchr(data + from, '\n', end_ - from);
    if (found == nullptr) return;
    const auto stop = static_cast<std::size_t>(static_cast<const char*>(found) - data);
    if (long_length_ > 0) {
      lines_.push_back({long_line_, ++number_, long_length_ + (stop - begin_)});
      long_length_ = 0;
    } else {
      lines_.push_back({{data + begin_, stop - begin_}, ++number_, stop - begin_});
    }
    begin_ = from = stop + 1;
  }
}

std::expected<std::span<const Line>, std::error_code> LineReader::next() {
  lines_.clear();
  std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
  end_ -= begin_;
  begin_ = 0;
  while (lines_.empty() && !ended_) {
    const auto count = fill();
    if (!count) return std::unexpected(count.error());
    const std::size_t from = end_;
    end_ += *count;
    split(from);
    if (*count > 0) continue;
    ended_ = true;
    if (long_length_ > 0) {
      lines_.push_back({long_line_, ++number_, long_length_ + end_});
    } else if (end_ > begin_) {
      lines_.push_back({{buffer_.data() + begin_, end_ - begin_}, ++number_, end_ - begin_});
    }
    begin_ = end_;
  }
  return lines_;
}

}  // namespace suar::cli
