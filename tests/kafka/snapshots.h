// Snapshots of a state that is known by its seq, saved and loaded.
#pragma once

#include <gtest/gtest.h>

#include <array>
#include <cstring>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "kafka/journal_records.h"
#include "kafka/snapshot_place.h"

namespace suar::kafka::testing {

// Three chunks that do not shrink.
inline std::string state_of(std::uint64_t seq) {
  std::mt19937_64 bits(seq);
  std::string bytes(kChunkBytes * 2 + 1000, '\0');
  for (std::size_t i = 0; i + 8 <= bytes.size(); i += 8) {
    const std::uint64_t word = bits();
    std::memcpy(bytes.data() + i, &word, 8);
  }
  return bytes;
}

inline JournalState behind(std::uint64_t seq) {
  JournalState state;
  state.term = 3;
  state.seq = seq;
  state.last = RecordKind::kBatch;
  state.writer = "host:1:3";
  state.deciders = {1, "aaaa", "bbbb", "cccc"};
  state.created_at = {1'740'800'000'123'000};
  state.positions = {{0, 70, 5}, {2, 42, 40}};
  return state;
}

inline std::expected<SnapshotManifest, std::string> save(SnapshotPlace& place, std::uint64_t seq) {
  return save_snapshot(place, {identity(), behind(seq), 1'000 + static_cast<std::int64_t>(seq)}, [&](const ByteSink& sink) {
    // In pieces that are no chunks.
    const std::string bytes = state_of(seq);
    for (std::size_t i = 0; i < bytes.size(); i += 70'000) sink(std::string_view(bytes).substr(i, 70'000));
  });
}

struct Loaded {
  std::optional<SnapshotManifest> manifest;
  std::string bytes;
  std::vector<SnapshotProblem> passed_over;

  [[nodiscard]] std::uint64_t seq() const { return manifest ? manifest->journal.seq : 0; }
  [[nodiscard]] std::string problems() const {
    std::string all;
    for (const auto& problem : passed_over) all += to_string(problem) + "\n";
    return all;
  }
};

inline Loaded load(SnapshotPlace& place, const SnapshotWanted& wanted = {identity()}) {
  Loaded loaded;
  const std::array<SnapshotPlace*, 1> places = {&place};
  auto result = load_newest(places, wanted, [&](const SnapshotManifest&, const ByteSource& source) {
    loaded.bytes.clear();
    for (;;) {
      const auto bytes = source();
      if (!bytes) return std::expected<void, std::string>(std::unexpected(bytes.error().detail));
      if (bytes->empty()) return std::expected<void, std::string>();
      loaded.bytes += *bytes;
    }
  });
  loaded.manifest = result.manifest;
  loaded.passed_over = std::move(result.passed_over);
  // What is taken is right, whatever was done to the place.
  EXPECT_TRUE(!loaded.manifest || loaded.bytes == state_of(loaded.seq())) << "other bytes than were saved";
  return loaded;
}

}  // namespace suar::kafka::testing
