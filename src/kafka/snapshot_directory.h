// Snapshots on local disk, one file each: snapshot-SEQ.suar, with SEQ in twenty digits, so that names sort as
// their age does.
//
// A file is written under a name that ends in ".partial", synced, renamed, and the directory synced: under
// its own name it is whole. Then all but the newest `keep` are removed, and what a crash left half done, once
// it is older than those. Several processes may write into one directory.
#pragma once

#include <memory>
#include <string>

#include "kafka/file_system.h"
#include "kafka/snapshot_place.h"

namespace suar::kafka {

class SnapshotDirectory final : public SnapshotPlace {
 public:
  static constexpr std::size_t kKeep = 3;

  // `files` must outlive it.
  explicit SnapshotDirectory(std::string directory, FileSystem& files = local_files(),
                             std::size_t keep = kKeep)
      : directory_(std::move(directory)), files_(files), keep_(keep) {}

  [[nodiscard]] std::expected<Listing, SnapshotProblem> list() override;
  [[nodiscard]] std::expected<std::unique_ptr<FrameSource>, SnapshotProblem> open(
      const Candidate& candidate) override;
  [[nodiscard]] std::expected<std::unique_ptr<FrameSink>, std::string> create(std::uint64_t seq,
                                                                              std::uint64_t id) override;

 private:
  [[nodiscard]] std::expected<Candidate, SnapshotProblem> examine(const std::string& path) const;

  std::string directory_;
  FileSystem& files_;
  std::size_t keep_;
};

}  // namespace suar::kafka
