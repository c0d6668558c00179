// Snapshots in the topic suar.snapshots, where a machine with an empty disk finds them.
//
//   partition 0   the index: a record for each snapshot, the manifest's frame under
//                 snapshot/SEQ/ID/FROM, with SEQ in twenty digits and ID in sixteen hexadecimal ones
//   partition 1   the chunks' frames under chunk/ID/NUMBER; those of a snapshot begin at offset FROM, and
//   those of
//                 another writer may lie between them
//   partition 2   contents by their hash (content_store.h)
//
// The manifest is written when the broker has all chunks. Then all but the newest `keep` go: from the index
// by deletion under their keys, their chunks by deleting what lies before the oldest that stays.
#pragma once

#include <cstddef>
#include <memory>

#include "kafka/record_store.h"
#include "kafka/snapshot_place.h"
#include "kafka/topics.h"

namespace suar::kafka {

class SnapshotTopic final : public SnapshotPlace {
 public:
  static constexpr int kIndex = 0, kChunks = 1, kContents = 2;
  static constexpr std::size_t kKeep = 2;

  // `store` must outlive it.
  explicit SnapshotTopic(RecordStore& store, std::size_t keep = kKeep) : store_(store), keep_(keep) {}

  // How the topic is made: what is written stays until it is deleted.
  [[nodiscard]] static NewTopic definition(const std::string& name);

  [[nodiscard]] std::expected<Listing, SnapshotProblem> list() override;
  [[nodiscard]] std::expected<std::unique_ptr<FrameSource>, SnapshotProblem> open(
      const Candidate& candidate) override;
  [[nodiscard]] std::expected<std::unique_ptr<FrameSink>, std::string> create(std::uint64_t seq,
                                                                              std::uint64_t id) override;

 private:
  RecordStore& store_;
  std::size_t keep_;
};

}  // namespace suar::kafka
