#include "kafka/snapshot_place.h"

#include <fmt/format.h>
#include <xxhash.h>
#include <zstd.h>

#include <algorithm>
#include <random>
#include <utility>

namespace suar::kafka {
namespace {

constexpr int kLevel = 1;  // zstd's fast end: the state is hashes and numbers

template <auto Free>
struct Freed {
  template <typename T>
  void operator()(T* object) const {
    Free(object);
  }
};
using Packer = std::unique_ptr<ZSTD_CCtx, Freed<ZSTD_freeCCtx>>;
using Unpacker = std::unique_ptr<ZSTD_DCtx, Freed<ZSTD_freeDCtx>>;
using Hasher = std::unique_ptr<XXH3_state_t, Freed<XXH3_freeState>>;

Hasher new_hasher() {
  Hasher hasher(XXH3_createState());
  XXH3_64bits_reset(hasher.get());
  return hasher;
}

// Cuts the state into chunks.
class Chunker {
 public:
  Chunker(FrameSink& sink, std::uint64_t id) : sink_(sink), id_(id) {}

  void add(std::string_view bytes) {
    while (!bytes.empty() && !error_) {
      const std::size_t taken = std::min(bytes.size(), kChunkBytes - raw_.size());
      raw_.append(bytes.substr(0, taken));
      bytes.remove_prefix(taken);
      if (raw_.size() == kChunkBytes) put();
    }
  }

  // Closes the snapshot.
  std::expected<void, std::string> finish(SnapshotManifest& manifest) {
    if (!raw_.empty()) put();
    if (error_) return std::unexpected(*error_);
    manifest.chunks = chunks_;
    manifest.raw_bytes = raw_bytes_;
    manifest.check = XXH3_64bits_digest(hasher_.get());
    const std::string text = encode_manifest(manifest);
    return sink_.finish(
        encode_frame({FrameKind::kManifest, chunks_, id_, static_cast<std::uint32_t>(text.size()), text}));
  }

 private:
  void put() {
    if (error_) return;
    packed_.resize(ZSTD_compressBound(raw_.size()));
    const std::size_t size =
        ZSTD_compressCCtx(packer_.get(), packed_.data(), packed_.size(), raw_.data(), raw_.size(), kLevel);
    if (ZSTD_isError(size) != 0U) {
      error_ = fmt::format("compressing a chunk: {}", ZSTD_getErrorName(size));
      return;
    }
    XXH3_64bits_update(hasher_.get(), raw_.data(), raw_.size());
    const auto put =
        sink_.put(encode_frame({FrameKind::kChunk, chunks_++, id_, static_cast<std::uint32_t>(raw_.size()),
                                std::string_view(packed_).substr(0, size)}));
    if (!put) error_ = put.error();
    raw_bytes_ += raw_.size();
    raw_.clear();
  }

  FrameSink& sink_;
  std::uint64_t id_;
  std::string raw_, packed_;
  std::uint32_t chunks_ = 0;
  std::uint64_t raw_bytes_ = 0;
  Hasher hasher_ = new_hasher();
  Packer packer_{ZSTD_createCCtx()};
  std::optional<std::string> error_;
};

// Puts the chunks together again, and checks each and the whole.
class Unchunker {
 public:
  Unchunker(FrameSource& source, const SnapshotPlace::Candidate& candidate)
      : source_(source), candidate_(candidate) {}

  std::expected<std::string_view, SnapshotProblem> next() {
    if (problem_) return std::unexpected(*problem_);
    auto bytes = read();
    if (!bytes) {
      problem_ = bytes.error();
      problem_->snapshot = candidate_.name;
      return std::unexpected(*problem_);
    }
    return bytes;
  }
  [[nodiscard]] const std::optional<SnapshotProblem>& problem() const { return problem_; }

 private:
  static std::unexpected<SnapshotProblem> fault(SnapshotFault fault, std::string detail) {
    return std::unexpected(SnapshotProblem{fault, "", std::move(detail)});
  }

  std::expected<std::string_view, SnapshotProblem> read() {
    const SnapshotManifest& manifest = candidate_.manifest;
    if (chunks_ == manifest.chunks) {
      if (raw_bytes_ != manifest.raw_bytes || XXH3_64bits_digest(hasher_.get()) != manifest.check)
        return fault(SnapshotFault::kDamaged, "its bytes are not those that its manifest sums up");
      return std::string_view{};
    }
    const auto bytes = source_.next();
    if (!bytes) return std::unexpected(bytes.error());
    if (!*bytes) {
      return fault(SnapshotFault::kMissing,
                   fmt::format("{} of its {} chunks are there", chunks_, manifest.chunks));
    }
    const auto frame = decode_frame(**bytes);
    if (!frame) return std::unexpected(frame.error());
    if (frame->kind != FrameKind::kChunk || frame->id != candidate_.id || frame->number != chunks_) {
      return fault(SnapshotFault::kMissing,
                   fmt::format("chunk {} of {} is not in its place", chunks_, manifest.chunks));
    }
    raw_.resize(frame->raw_size);
    const std::size_t size = ZSTD_decompressDCtx(unpacker_.get(), raw_.data(), raw_.size(),
                                                 frame->payload.data(), frame->payload.size());
    if (ZSTD_isError(size) != 0U || size != raw_.size() || size == 0)
      return fault(SnapshotFault::kDamaged, fmt::format("chunk {} does not unpack", chunks_));
    ++chunks_;
    raw_bytes_ += size;
    XXH3_64bits_update(hasher_.get(), raw_.data(), raw_.size());
    return std::string_view(raw_);
  }

  FrameSource& source_;
  const SnapshotPlace::Candidate& candidate_;
  std::string raw_;
  std::uint32_t chunks_ = 0;
  std::uint64_t raw_bytes_ = 0;
  Hasher hasher_ = new_hasher();
  Unpacker unpacker_{ZSTD_createDCtx()};
  std::optional<SnapshotProblem> problem_;
};

// Why a finished snapshot will not do.
std::optional<SnapshotProblem> unwanted(const SnapshotPlace::Candidate& candidate,
                                        const SnapshotWanted& wanted) {
  const SnapshotManifest& m = candidate.manifest;
  const auto because = [&](SnapshotFault fault, std::string detail) {
    return SnapshotProblem{fault, candidate.name, std::move(detail)};
  };
  const JournalIdentity& own = wanted.identity;
  if (m.identity.instance != own.instance || m.identity.topic != own.topic ||
      m.identity.cluster != own.cluster) {
    return because(
        SnapshotFault::kForeign,
        fmt::format("it belongs to instance \"{}\", topic \"{}\", Kafka cluster {}; this is instance "
                    "\"{}\", topic \"{}\", cluster {}",
                    m.identity.instance, m.identity.topic, m.identity.cluster, own.instance, own.topic,
                    own.cluster));
  }
  if (m.journal.seq > wanted.newest_seq) {
    return because(SnapshotFault::kFuture,
                   fmt::format("it stands behind seq {}, and the journal ends with seq {}", m.journal.seq,
                               wanted.newest_seq));
  }
  if (m.journal.seq < wanted.oldest_seq) {
    return because(SnapshotFault::kMissing,
                   fmt::format("it stands behind seq {}, and the journal begins behind seq {}", m.journal.seq,
                               wanted.oldest_seq));
  }
  return std::nullopt;
}

}  // namespace

std::expected<SnapshotManifest, std::string> save_snapshot(
    SnapshotPlace& place, SnapshotManifest manifest, const std::function<void(const ByteSink&)>& produce) {
  std::random_device random;
  const std::uint64_t id = (std::uint64_t{random()} << 32U) | random();
  auto sink = place.create(manifest.journal.seq, id);
  if (!sink) return std::unexpected(sink.error());
  Chunker chunker(**sink, id);
  produce([&chunker](std::string_view bytes) { chunker.add(bytes); });
  if (auto finished = chunker.finish(manifest); !finished) return std::unexpected(finished.error());
  return manifest;
}

std::expected<void, std::string> copy_snapshot(SnapshotPlace& from, const SnapshotPlace::Candidate& snapshot,
                                               SnapshotPlace& to, const std::function<bool()>& given_up) {
  const auto source = from.open(snapshot);
  if (!source) return std::unexpected(to_string(source.error()));
  const auto sink = to.create(snapshot.manifest.journal.seq, snapshot.id);
  if (!sink) return std::unexpected(sink.error());
  for (std::uint32_t chunk = 0; chunk < snapshot.manifest.chunks; ++chunk) {
    if (given_up()) return std::unexpected(std::string("it was given up"));
    const auto bytes = (*source)->next();
    if (!bytes) return std::unexpected(to_string(bytes.error()));
    const auto frame = *bytes ? decode_frame(**bytes)
                              : std::unexpected(SnapshotProblem{SnapshotFault::kMissing, snapshot.name, ""});
    if (!frame || frame->id != snapshot.id || frame->number != chunk)
      return std::unexpected(fmt::format("{} is damaged at chunk {}", snapshot.name, chunk));
    if (auto put = (*sink)->put(**bytes); !put) return put;
  }
  const std::string text = encode_manifest(snapshot.manifest);
  return (*sink)->finish(encode_frame({FrameKind::kManifest, snapshot.manifest.chunks, snapshot.id,
                                       static_cast<std::uint32_t>(text.size()), text}));
}

SnapshotLoaded load_newest(std::span<SnapshotPlace* const> places, const SnapshotWanted& wanted,
                           const SnapshotConsumer& consume) {
  SnapshotLoaded loaded;
  struct Found {
    SnapshotPlace* place;
    SnapshotPlace::Candidate candidate;
  };
  std::vector<Found> all;
  for (SnapshotPlace* place : places) {
    auto listing = place->list();
    if (!listing) {
      loaded.passed_over.push_back(listing.error());
      continue;
    }
    std::ranges::move(listing->passed_over, std::back_inserter(loaded.passed_over));
    for (auto& candidate : listing->finished) all.push_back({place, std::move(candidate)});
  }
  std::ranges::stable_sort(all, std::ranges::greater{},
                           [](const Found& found) { return found.candidate.manifest.journal.seq; });
  for (const Found& found : all) {
    if (auto why = unwanted(found.candidate, wanted)) {
      loaded.passed_over.push_back(std::move(*why));
      continue;
    }
    auto source = found.place->open(found.candidate);
    if (!source) {
      loaded.passed_over.push_back(source.error());
      continue;
    }
    Unchunker unchunker(**source, found.candidate);
    const auto taken = consume(found.candidate.manifest, [&unchunker] { return unchunker.next(); });
    // Whoever stops reading early has not seen the last checks.
    while (taken && !unchunker.problem()) {
      const auto rest = unchunker.next();
      if (rest && rest->empty()) {
        loaded.manifest = found.candidate.manifest;
        return loaded;
      }
    }
    loaded.passed_over.push_back(
        unchunker.problem() ? *unchunker.problem()
                            : SnapshotProblem{SnapshotFault::kUnfit, found.candidate.name, taken.error()});
  }
  return loaded;
}

}  // namespace suar::kafka
