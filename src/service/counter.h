// Numbers that one thread writes and others read: plain loads and stores, no locked instruction on the path.
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace suar::service {

class Counter {
 public:
  void add(std::uint64_t n = 1) { value_.store(value() + n, std::memory_order_relaxed); }
  void set(std::uint64_t n) { value_.store(n, std::memory_order_relaxed); }
  [[nodiscard]] std::uint64_t value() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::uint64_t> value_{0};
};

// How long something took, in buckets from 10 us to 10 s.
class Histogram {
 public:
  // Upper bounds in nanoseconds, included; what is longer goes into one more bucket.
  static constexpr std::array<std::int64_t, 19> kBounds = {
      10'000,      25'000,        50'000,        100'000,       250'000,       500'000,     1'000'000,
      2'500'000,   5'000'000,     10'000'000,    25'000'000,    50'000'000,    100'000'000, 250'000'000,
      500'000'000, 1'000'000'000, 2'500'000'000, 5'000'000'000, 10'000'000'000};

  void observe(std::chrono::nanoseconds duration) {
    const std::int64_t nanos = std::max<std::int64_t>(duration.count(), 0);
    const auto bucket = std::ranges::lower_bound(kBounds, nanos) - kBounds.begin();
    buckets_[static_cast<std::size_t>(bucket)].add();
    nanos_.add(static_cast<std::uint64_t>(nanos));
    if (static_cast<std::uint64_t>(nanos) > longest_.value()) longest_.set(static_cast<std::uint64_t>(nanos));
  }
  // Of one bucket alone, not cumulated.
  [[nodiscard]] std::uint64_t count(std::size_t bucket) const { return buckets_[bucket].value(); }
  [[nodiscard]] double seconds() const { return static_cast<double>(nanos_.value()) * 1e-9; }
  [[nodiscard]] std::chrono::nanoseconds longest() const {
    return std::chrono::nanoseconds(static_cast<std::int64_t>(longest_.value()));
  }

 private:
  std::array<Counter, kBounds.size() + 1> buckets_;
  Counter nanos_;
  Counter longest_;
};

}  // namespace suar::service
