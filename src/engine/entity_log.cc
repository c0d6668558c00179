#include "engine/entity_log.h"

#include <algorithm>
#include <cstring>

#include "reference/large_pages.h"

namespace suar::engine {

LogMemory::~LogMemory() {
  for (const Page& page : pages_) reference::free_large(page.memory, page.bytes);
}

std::uint64_t* LogMemory::take(std::size_t words) {
  bytes_ += words * sizeof(std::uint64_t);
  const auto size = std::ranges::find(free_, words, &FreeBlocks::words);
  if (size != free_.end() && size->first != nullptr) {
    std::uint64_t* block = size->first;
    std::memcpy(&size->first, block, sizeof(size->first));
    return block;
  }
  const auto page_of = [&](std::size_t page) {
    const std::size_t bytes = page * sizeof(std::uint64_t);
    pages_.push_back({static_cast<std::uint64_t*>(reference::allocate_large(bytes)), bytes});
    return pages_.back().memory;
  };
  if (words > kShared) return page_of(words);
  if (words > left_) {
    left_ = std::max(words, pages_.empty() ? kFirstPage : kPage);
    next_ = page_of(left_);
  }
  std::uint64_t* block = next_;
  next_ += words;
  left_ -= words;
  return block;
}

void LogMemory::give_back(std::uint64_t* block, std::size_t words) {
  if (block == nullptr) return;
  bytes_ -= words * sizeof(std::uint64_t);
  if (words > kShared) {
    std::erase_if(pages_, [&](const Page& page) { return page.memory == block; });
    reference::free_large(block, words * sizeof(std::uint64_t));
    return;
  }
  auto size = std::ranges::find(free_, words, &FreeBlocks::words);
  if (size == free_.end()) size = free_.insert(free_.end(), {words, nullptr});
  std::memcpy(block, &size->first, sizeof(size->first));
  size->first = block;
}

std::uint32_t EntityLog::insert(const LogEntry& entered, const LogShape& shape) {
  const Position at = entered.position();
  std::uint32_t i = size_;
  if (i > 0 && entry(i - 1, shape).time() >= at.time) i = first_after(at.time, shape);
  while (i > 0 && entry(i - 1, shape).position() > at) --i;  // among equal times
  std::copy_backward(head(i, shape), head(size_, shape), head(size_ + 1, shape));
  std::copy_backward(body(i, shape), body(size_, shape), body(size_ + 1, shape));
  std::copy_n(entered.head(), shape.head, head(i, shape));
  std::copy_n(entered.body(), shape.body, body(i, shape));
  ++size_;
  return i;
}

void EntityLog::take_out(std::uint32_t i, const LogShape& shape) {
  std::fill(head(i, shape) + LogShape::kBeforeMask, head(i, shape) + shape.head, 0);
  body(i, shape)[1] = kGone;
}

void EntityLog::grow(const LogShape& shape, LogMemory& memory) {
  const std::uint32_t capacity = capacity_ == 0 ? 2 : capacity_ + (capacity_ + 1) / 2;
  std::uint64_t* words = memory.take(std::size_t{capacity} * shape.words());
  if (size_ != 0) {
    std::copy_n(words_, std::size_t{size_} * shape.head, words);
    std::copy_n(body(0, shape), std::size_t{size_} * shape.body, words + std::size_t{capacity} * shape.head);
  }
  memory.give_back(words_, std::size_t{capacity_} * shape.words());
  words_ = words;
  capacity_ = capacity;
}

void EntityLog::reserve(std::uint32_t capacity, const LogShape& shape, LogMemory& memory) {
  words_ = memory.take(std::size_t{capacity} * shape.words());
  capacity_ = capacity;
}

std::uint32_t EntityLog::find(Position at, const LogShape& shape) const {
  std::uint32_t low = 0, high = size_;
  while (low < high) {
    const std::uint32_t middle = low + (high - low) / 2;
    if (entry(middle, shape).position() < at) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  for (; low < size_ && entry(low, shape).position() == at; ++low) {
    if (entry(low, shape).source() != kGone) return low;
  }
  return size_;
}

std::uint32_t EntityLog::first_after(std::int64_t time, const LogShape& shape) const {
  std::uint32_t low = 0, high = size_;
  while (low < high) {
    const std::uint32_t middle = low + (high - low) / 2;
    if (entry(middle, shape).time() <= time) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

}  // namespace suar::engine
