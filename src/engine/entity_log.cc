#include "engine/entity_log.h"

#include <algorithm>

namespace suar::engine {

void EntityLog::insert(const std::uint64_t* entry_words, std::uint32_t stride) {
  const Position at = position(entry_words);
  std::uint32_t i = size_;
  while (i > 0 && position(entry(i - 1, stride)) > at) --i;
  std::uint64_t* gap = entry(i, stride);
  std::copy_backward(gap, entry(size_, stride), entry(size_ + 1, stride));
  std::copy(entry_words, entry_words + stride, gap);
  ++size_;
}

void EntityLog::erase(std::uint32_t i, std::uint32_t stride) {
  std::copy(entry(i + 1, stride), entry(size_, stride), entry(i, stride));
  --size_;
}

void EntityLog::grow(std::uint32_t stride) {
  const std::uint32_t capacity = capacity_ == 0 ? 2 : capacity_ + (capacity_ + 1) / 2;
  auto words = std::make_unique_for_overwrite<std::uint64_t[]>(std::size_t{capacity} * stride);
  if (size_ != 0) std::copy(words_.get(), words_.get() + std::size_t{size_} * stride, words.get());
  words_ = std::move(words);
  capacity_ = capacity;
}

std::uint32_t EntityLog::find(Position at, std::uint32_t stride) const {
  std::uint32_t low = 0, high = size_;
  while (low < high) {
    const std::uint32_t middle = (low + high) / 2;
    if (position(entry(middle, stride)) < at) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low < size_ && position(entry(low, stride)) == at ? low : size_;
}

std::uint32_t EntityLog::first_after(std::int64_t time, std::uint32_t stride) const {
  std::uint32_t low = 0, high = size_;
  while (low < high) {
    const std::uint32_t middle = (low + high) / 2;
    if (EntityLog::time(entry(middle, stride)) <= time) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

}  // namespace suar::engine
