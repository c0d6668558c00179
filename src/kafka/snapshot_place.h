// Where snapshots lie, and how one is written and read there: a directory (snapshot_directory.h) or the topic
// suar.snapshots (snapshot_topic.h).
//
//   write:  save_snapshot(place, {identity, journal.state(), offset}, [&](const ByteSink& sink) { ... });
//   read:   load_newest(places, wanted, [&](const SnapshotManifest& manifest, const ByteSource& bytes) { ...
//   });
//
// Nothing here knows the engine: the state is a stream of bytes. A place is used by one thread at a time.
#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kafka/snapshot_format.h"

namespace suar::kafka {

// Takes a snapshot's frames in their order. Errors are sentences. What is not finished leaves no snapshot.
class FrameSink {
 public:
  virtual ~FrameSink() = default;
  [[nodiscard]] virtual std::expected<void, std::string> put(std::string_view chunk) = 0;
  // The manifest: once this has returned, the snapshot survives a crash.
  [[nodiscard]] virtual std::expected<void, std::string> finish(std::string_view manifest) = 0;
};

// Gives the chunks of one snapshot in their order; nothing behind the last. Views last until the next call.
class FrameSource {
 public:
  virtual ~FrameSource() = default;
  [[nodiscard]] virtual std::expected<std::optional<std::string_view>, SnapshotProblem> next() = 0;
};

class SnapshotPlace {
 public:
  virtual ~SnapshotPlace() = default;

  struct Candidate {
    std::string name;  // for open() and for messages
    SnapshotManifest manifest;
    std::uint64_t id = 0;
  };
  struct Listing {
    std::vector<Candidate> finished;           // newest (highest seq) first
    std::vector<SnapshotProblem> passed_over;  // what lies there and has no good manifest
  };

  // The error says that the place itself does not answer. A place that does not exist yet is empty.
  [[nodiscard]] virtual std::expected<Listing, SnapshotProblem> list() = 0;
  [[nodiscard]] virtual std::expected<std::unique_ptr<FrameSource>, SnapshotProblem> open(
      const Candidate& candidate) = 0;
  // `id` stands in every frame. Older snapshots are pruned when this one is finished.
  [[nodiscard]] virtual std::expected<std::unique_ptr<FrameSink>, std::string> create(std::uint64_t seq,
                                                                                      std::uint64_t id) = 0;
};

// Takes the next bytes of the state.
using ByteSink = std::function<void(std::string_view)>;
// Gives the next bytes of the state, empty behind the last; they last until the next call. Behind the last
// the whole has been checked.
using ByteSource = std::function<std::expected<std::string_view, SnapshotProblem>()>;

// `produce` gives the whole state to the sink it is called with; what the manifest says of the bytes is
// filled in. The error is a sentence; then the place holds what it held before.
[[nodiscard]] std::expected<SnapshotManifest, std::string> save_snapshot(
    SnapshotPlace& place, SnapshotManifest manifest, const std::function<void(const ByteSink&)>& produce);

// The same snapshot, frame by frame, in another place. `given_up` is asked before each; the error is a
// sentence.
[[nodiscard]] std::expected<void, std::string> copy_snapshot(SnapshotPlace& from,
                                                             const SnapshotPlace::Candidate& snapshot,
                                                             SnapshotPlace& to,
                                                             const std::function<bool()>& given_up);

// Which snapshots will do.
struct SnapshotWanted {
  JournalIdentity identity;
  std::uint64_t newest_seq = UINT64_MAX;  // of the journal: what is ahead of it was never committed
  std::uint64_t oldest_seq = 0;  // the journal begins behind this: an older snapshot does not reach it
};

// Builds the state. Called anew, with another snapshot, where reading failed; the error is a sentence.
using SnapshotConsumer =
    std::function<std::expected<void, std::string>(const SnapshotManifest&, const ByteSource&)>;

struct SnapshotLoaded {
  std::optional<SnapshotManifest> manifest;  // empty: there is none that will do
  std::vector<SnapshotProblem> passed_over;  // newer ones and why not, for the log
};

// The newest that can be read to its end and that `consume` takes, of all places; of one seq the first
// place's.
[[nodiscard]] SnapshotLoaded load_newest(std::span<SnapshotPlace* const> places, const SnapshotWanted& wanted,
                                         const SnapshotConsumer& consume);

}  // namespace suar::kafka
