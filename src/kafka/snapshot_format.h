// A snapshot: the engine's state after an acknowledged commit, as bytes that are either whole and right or
// refused.
//
// It is a row of frames. In a file they stand one behind the other, in a topic each is a record; the manifest
// comes last, so that a snapshot without one was never finished.
//
//   snapshot  := chunk{chunks} manifest
//   file      := snapshot footer
//   chunk     := header("SUARCHNK") packed          number = its place, from 0
//   manifest  := header("SUARMANI") text            number = how many chunks stand before it
//   header    := magic[8] version number id raw_size size check
//   version, number, raw_size, size := 4 bytes each
//   id, check := 8 bytes each
//   packed    := one zstd frame of `size` bytes, which holds `raw_size` bytes of the state
//   text      := first_line LF journal              raw_size = size
//   first_line:= one JSON object: "suar_snapshot", "last", "journal_offset", "chunks", "raw_bytes",
//                "check"
//   journal   := where the journal stood, written as its claim record is (journal_record.h); "last" is the
//                kind of the record that it stood behind
//   footer    := offset of the manifest[8] "SUAREND."
//
// Numbers are little-endian. `id` is the same in all frames of a snapshot and differs between snapshots.
// A header's `check` is XXH3-64 of the header before it and of the payload; the manifest's "check" is XXH3-64
// of the state's bytes, all chunks in a row.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

#include "kafka/journal_chain.h"

namespace suar::kafka {

inline constexpr std::uint32_t kSnapshotVersion = 1;
// How much of the state one chunk holds. Even where it does not shrink, a chunk stays below the megabyte that
// a broker takes by default.
inline constexpr std::size_t kChunkBytes = std::size_t{512} << 10;
inline constexpr std::size_t kLongestFrame = std::size_t{4} << 20;

// Of what, and as of when.
struct SnapshotManifest {
  JournalIdentity identity;
  JournalState journal;             // the state is that behind the record journal.seq
  std::int64_t journal_offset = 0;  // of that record in the journal's topic
  std::uint32_t chunks = 0;
  std::uint64_t raw_bytes = 0, check = 0;
};

enum class SnapshotFault : std::uint8_t {
  kUnreadable,  // the place does not answer, or a file cannot be read
  kTorn,        // it ends before its end
  kMissing,     // a chunk in the middle is not there
  kDamaged,     // bytes were changed
  kForeign,     // no snapshot at all, or another deployment's
  kFuture,      // written by a later version of the program, or ahead of the journal
  kUnfit,       // whole, but the engine cannot take it
};
[[nodiscard]] std::string_view name_of(SnapshotFault fault);

struct SnapshotProblem {
  SnapshotFault fault;
  std::string snapshot;  // which: a file's path, or the topic and the snapshot's seq
  std::string detail;    // a sentence
};
[[nodiscard]] std::string to_string(const SnapshotProblem& problem);

enum class FrameKind : std::uint8_t { kChunk, kManifest };

struct Frame {
  FrameKind kind{};
  std::uint32_t number = 0;
  std::uint64_t id = 0;
  std::uint32_t raw_size = 0;
  std::string_view payload;
};

inline constexpr std::size_t kFrameHeader = 8 + 4 * 4 + 2 * 8;
inline constexpr std::size_t kFooter = 16;

// The header and the payload, in one.
[[nodiscard]] std::string encode_frame(const Frame& frame);
// The size of the frame that begins with these bytes, header included. Needs kFrameHeader bytes.
[[nodiscard]] std::expected<std::size_t, SnapshotProblem> frame_size(std::string_view bytes);
// Exactly one frame. The payload points into `bytes`. `snapshot` of a problem is left empty, here and below.
[[nodiscard]] std::expected<Frame, SnapshotProblem> decode_frame(std::string_view bytes);

[[nodiscard]] std::string encode_manifest(const SnapshotManifest& manifest);
[[nodiscard]] std::expected<SnapshotManifest, SnapshotProblem> decode_manifest(std::string_view text);

[[nodiscard]] std::string encode_footer(std::uint64_t manifest_offset);
[[nodiscard]] std::expected<std::uint64_t, SnapshotProblem> decode_footer(std::string_view bytes);

}  // namespace suar::kafka
