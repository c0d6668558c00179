#include "engine/state_bytes.h"

#include <algorithm>

#include <fmt/format.h>

namespace suar::engine {

bool StateReader::refill() {
  if (!rest_.empty()) return true;
  if (ended_ || !ok()) return false;
  const auto bytes = source_();
  if (!bytes) {
    fail("its bytes cannot be read");
    return false;
  }
  rest_ = *bytes;
  ended_ = rest_.empty();
  return !ended_;
}

std::uint64_t StateReader::number() {
  std::uint64_t value = 0;
  for (unsigned shift = 0; shift < 64; shift += 7) {
    if (!refill()) {
      fail("it ends too early");
      return 0;
    }
    const auto byte = static_cast<unsigned char>(rest_.front());
    rest_.remove_prefix(1);
    const std::uint64_t bits = byte & 0x7FU;
    if (shift == 63 && bits > 1) break;
    value |= bits << shift;
    if ((byte & 0x80U) == 0) return ok() ? value : 0;
  }
  fail("a number is too long");
  return 0;
}

void StateReader::copy(char* to, std::size_t size) {
  while (size > 0) {
    if (!refill()) {
      fail("it ends too early");
      std::fill_n(to, size, '\0');
      return;
    }
    const std::size_t taken = std::min(size, rest_.size());
    rest_.copy(to, taken);
    rest_.remove_prefix(taken);
    to += taken;
    size -= taken;
  }
}

std::uint64_t StateReader::fixed_number() {
  std::array<char, 8> bytes{};
  copy(bytes.data(), bytes.size());
  std::uint64_t value = 0;
  std::memcpy(&value, bytes.data(), 8);
  return value;
}

std::string StateReader::text() {
  std::string value;
  for (std::uint64_t left = number(); left > 0 && ok();) {
    if (!refill()) {
      fail("it ends too early");
      break;
    }
    const std::size_t taken = std::min<std::uint64_t>(left, rest_.size());
    value.append(rest_.substr(0, taken));
    rest_.remove_prefix(taken);
    left -= taken;
  }
  return ok() ? value : std::string();
}

std::uint64_t StateReader::number_below(std::uint64_t end, std::string_view what) {
  const std::uint64_t value = number();
  if (value < end) return value;
  fail(fmt::format("{} is {}, and {} is the most", what, value, end == 0 ? 0 : end - 1));
  return 0;
}

bool StateReader::at_end() {
  return ok() && !refill() && ok();
}

void StateReader::fail(std::string why) {
  if (error_.empty()) error_ = std::move(why);
}

bool StateReader::allow(std::uint64_t bytes) {
  if (bytes <= room_) {
    room_ -= bytes;
    return true;
  }
  fail("it asks for more memory than it accounts for");
  return false;
}

}  // namespace suar::engine
