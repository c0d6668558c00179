// The snapshots of a deployment on this machine: when one is due, and how a life begins with the newest.
//
// They lie under `state`, in a directory of the instance's name; the active instance copies them to a topic,
// where there is one. Without `state` there are none, and a life repeats the journal from its beginning.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>

#include "kafka/snapshot_directory.h"
#include "service/context.h"
#include "service/pipeline.h"
#include "service/snapshot_process.h"
#include "service/snapshot_upload.h"

namespace suar::service {

// What a life begins with: an empty engine, or one as it stood behind a record of the journal.
struct Restored {
  std::unique_ptr<BatchBuilder> batch;
  std::unique_ptr<Pipeline> pipeline;        // its output is the batch
  kafka::JournalState journal;               // empty() = nothing was restored
  std::optional<std::int64_t> journal_next;  // the offset in the journal from which it goes on
};

class Snapshots {
 public:
  using Clock = std::chrono::steady_clock;

  explicit Snapshots(Context& context);

  // The newest that is whole and stands in the journal as it is. The rules and reference data it was written
  // under come into force; `own_only`: if they are not those of this process, it will not do.
  [[nodiscard]] Restored restore(bool own_only);
  // An engine that has processed nothing, under what is in force.
  [[nodiscard]] Restored begin_empty();

  // Whether it is time for the next one and none is being written.
  [[nodiscard]] bool due() const;
  // Begins one. The engine stands behind the journal's record of `state`, at `journal_offset`.
  void begin(const engine::Engine& engine, const kafka::JournalState& state, std::int64_t journal_offset);
  // The same, and returns when it is written or not.
  void write(const engine::Engine& engine, const kafka::JournalState& state, std::int64_t journal_offset);
  // Takes note of one that is done.
  void turn();

 private:
  [[nodiscard]] kafka::SnapshotManifest manifest_of(const kafka::JournalState& state,
                                                    std::int64_t journal_offset) const;
  void note(const SnapshotProcess::Outcome& outcome);
  // Why it does not belong where it says that it stands in the journal.
  [[nodiscard]] std::optional<std::string> misplaced(const kafka::SnapshotManifest& manifest) const;

  Context& context_;
  std::optional<kafka::SnapshotDirectory> directory_;
  SnapshotProcess process_;
  std::optional<SnapshotUpload> upload_;
  Clock::time_point next_;
};

}  // namespace suar::service
