#include "kafka/snapshot_topic.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <utility>

#include <fmt/format.h>

namespace suar::kafka {
namespace {

constexpr std::string_view kSnapshot = "snapshot/";
constexpr std::string_view kChunk = "chunk/";

std::string index_key(std::uint64_t seq, std::uint64_t id, std::int64_t from) {
  return fmt::format("{}{:020}/{:016x}/{}", kSnapshot, seq, id, from);
}
std::string chunk_prefix(std::uint64_t id) {
  return fmt::format("{}{:016x}/", kChunk, id);
}

// Where the chunks of the snapshot with this key begin.
std::optional<std::int64_t> from_of(std::string_view key) {
  const std::string_view digits = key.substr(key.rfind('/') + 1);
  std::int64_t from = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), from);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return from;
}

// "suar.snapshots: snapshot/...": what messages and open() call it.
std::string name_of(const RecordStore& store, std::string_view key) {
  return fmt::format("{}: {}", store.topic(), key);
}
std::string_view key_of(const RecordStore& store, std::string_view name) {
  return name.substr(store.topic().size() + 2);
}

std::expected<SnapshotPlace::Candidate, SnapshotProblem> examine(std::string_view value) {
  const auto frame = decode_frame(value);
  if (!frame) return std::unexpected(frame.error());
  auto manifest = decode_manifest(frame->payload);
  if (!manifest) return std::unexpected(manifest.error());
  if (frame->kind != FrameKind::kManifest || frame->number != manifest->chunks)
    return std::unexpected(SnapshotProblem{SnapshotFault::kDamaged, "", "its manifest contradicts itself"});
  return SnapshotPlace::Candidate{"", std::move(*manifest), frame->id};
}

class TopicFrames final : public FrameSource {
 public:
  TopicFrames(std::unique_ptr<RecordStore::Cursor> cursor, const SnapshotPlace::Candidate& candidate)
      : cursor_(std::move(cursor)), prefix_(chunk_prefix(candidate.id)), name_(candidate.name) {}

  std::expected<std::optional<std::string_view>, SnapshotProblem> next() override {
    for (;;) {
      const auto record = cursor_->next();
      if (!record)
        return std::unexpected(SnapshotProblem{SnapshotFault::kUnreadable, name_, record.error().message});
      if (!*record) return std::nullopt;
      if ((*record)->key.starts_with(prefix_) && (*record)->value) return (*record)->value;
    }
  }

 private:
  std::unique_ptr<RecordStore::Cursor> cursor_;
  std::string prefix_, name_;
};

class SnapshotRecords final : public FrameSink {
 public:
  SnapshotRecords(SnapshotTopic& topic, RecordStore& store, std::uint64_t seq, std::uint64_t id,
                  std::int64_t from, std::size_t keep)
      : topic_(topic), store_(store), seq_(seq), id_(id), from_(from), keep_(keep) {}

  std::expected<void, std::string> put(std::string_view chunk) override {
    const std::string key = fmt::format("{}{}", chunk_prefix(id_), number_++);
    return sentence(store_.write(SnapshotTopic::kChunks, key, chunk));
  }

  std::expected<void, std::string> finish(std::string_view manifest) override {
    if (auto flushed = sentence(store_.flush()); !flushed) return flushed;
    auto written = store_.write(SnapshotTopic::kIndex, index_key(seq_, id_, from_), manifest);
    if (written) written = store_.flush();
    if (written) prune(manifest);
    return sentence(written);
  }

 private:
  static std::expected<void, std::string> sentence(std::expected<void, Error> result) {
    if (result) return {};
    return std::unexpected(std::move(result.error().message));
  }

  // Those of the same deployment; another's stay. A snapshot too many does no harm, so failures are left for
  // the next time.
  void prune(std::string_view manifest) {
    const auto own = examine(manifest);
    const auto listing = topic_.list();
    if (!own || !listing) return;
    std::size_t kept = 0;
    std::optional<std::int64_t> oldest;
    for (const auto& candidate : listing->finished) {
      const std::string_view key = key_of(store_, candidate.name);
      if (candidate.manifest.identity != own->manifest.identity || kept++ < keep_) {
        const std::int64_t from = from_of(key).value_or(0);
        oldest = std::min(oldest.value_or(from), from);
      } else if (!store_.write(SnapshotTopic::kIndex, key, std::nullopt)) {
        return;
      }
    }
    if (store_.flush() && oldest) static_cast<void>(store_.forget(SnapshotTopic::kChunks, *oldest));
  }

  SnapshotTopic& topic_;
  RecordStore& store_;
  std::uint64_t seq_, id_;
  std::int64_t from_;
  std::size_t keep_;
  std::uint32_t number_ = 0;
};

}  // namespace

NewTopic SnapshotTopic::definition(const std::string& name) {
  return {name, 3, {{"cleanup.policy", "compact,delete"}, {"retention.ms", "-1"}, {"retention.bytes", "-1"}}};
}

std::expected<SnapshotPlace::Listing, SnapshotProblem> SnapshotTopic::list() {
  const auto unreadable = [this](const Error& error) {
    return std::unexpected(SnapshotProblem{SnapshotFault::kUnreadable, store_.topic(), error.message});
  };
  auto cursor = store_.read(kIndex, 0);
  if (!cursor) return unreadable(cursor.error());
  std::map<std::string, std::string, std::less<>> index;
  for (;;) {
    const auto record = (*cursor)->next();
    if (!record) return unreadable(record.error());
    if (!*record) break;
    const auto& [offset, key, value] = **record;
    if (!key.starts_with(kSnapshot) || !from_of(key)) continue;
    if (value)
      index.insert_or_assign(std::string(key), std::string(*value));
    else
      index.erase(std::string(key));
  }
  Listing listing;
  for (const auto& [key, value] : index) {
    auto candidate = examine(value);
    if (candidate) {
      candidate->name = name_of(store_, key);
      listing.finished.push_back(std::move(*candidate));
    } else {
      candidate.error().snapshot = name_of(store_, key);
      listing.passed_over.push_back(candidate.error());
    }
  }
  std::ranges::stable_sort(listing.finished, std::ranges::greater{},
                           [](const Candidate& c) { return c.manifest.journal.seq; });
  return listing;
}

std::expected<std::unique_ptr<FrameSource>, SnapshotProblem> SnapshotTopic::open(const Candidate& candidate) {
  const std::int64_t from = from_of(key_of(store_, candidate.name)).value_or(0);
  auto cursor = store_.read(kChunks, from);
  if (!cursor) {
    return std::unexpected(
        SnapshotProblem{SnapshotFault::kUnreadable, candidate.name, cursor.error().message});
  }
  return std::make_unique<TopicFrames>(std::move(*cursor), candidate);
}

std::expected<std::unique_ptr<FrameSink>, std::string> SnapshotTopic::create(std::uint64_t seq,
                                                                             std::uint64_t id) {
  const auto chunks = store_.range(kChunks);
  if (!chunks) return std::unexpected(chunks.error().message);
  return std::make_unique<SnapshotRecords>(*this, store_, seq, id, chunks->high, keep_);
}

}  // namespace suar::kafka
