#include "kafka/snapshot_directory.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include <fmt/format.h>

namespace suar::kafka {
namespace {

constexpr std::string_view kStem = "snapshot-";
constexpr std::string_view kEnd = ".suar";
constexpr std::string_view kPartial = ".partial";

std::string file_name(std::uint64_t seq) {
  return fmt::format("{}{:020}{}", kStem, seq, kEnd);
}

// The seq of a file that is a snapshot by its name, or part of one.
std::optional<std::uint64_t> seq_of(const std::string& name, bool partial = false) {
  std::uint64_t seq = 0;
  if (!name.starts_with(kStem)) return std::nullopt;
  std::from_chars(name.data() + kStem.size(), name.data() + name.size(), seq);
  const std::string whole = file_name(seq);
  const bool is_one = partial ? name.starts_with(whole + ".") && name.ends_with(kPartial) : name == whole;
  return is_one ? std::optional(seq) : std::nullopt;
}

std::string partial_name(std::uint64_t seq, std::uint64_t id) {
  return fmt::format("{}.{:016x}{}", file_name(seq), id, kPartial);
}

// Reads one frame after the other, up to the manifest.
class FileFrames final : public FrameSource {
 public:
  FileFrames(std::string path, std::unique_ptr<ReadableFile> file)
      : path_(std::move(path)), file_(std::move(file)) {}

  std::expected<std::optional<std::string_view>, SnapshotProblem> next() override {
    auto header = file_->read(offset_, kFrameHeader);
    if (!header) return std::unexpected(SnapshotProblem{SnapshotFault::kUnreadable, path_, header.error()});
    if (header->size() == kFrameHeader && header->starts_with("SUARMANI")) return std::nullopt;
    auto size = frame_size(*header);
    if (!size) {
      size.error().snapshot = path_;
      return std::unexpected(size.error());
    }
    auto frame = file_->read(offset_, *size);
    if (!frame) return std::unexpected(SnapshotProblem{SnapshotFault::kUnreadable, path_, frame.error()});
    offset_ += *size;
    frame_ = std::move(*frame);
    return frame_;
  }

 private:
  std::string path_;
  std::unique_ptr<ReadableFile> file_;
  std::uint64_t offset_ = 0;
  std::string frame_;
};

class SnapshotFile final : public FrameSink {
 public:
  SnapshotFile(FileSystem& files, std::string directory, std::uint64_t seq, std::uint64_t id,
               std::size_t keep, std::unique_ptr<WritableFile> file)
      : files_(files),
        directory_(std::move(directory)),
        seq_(seq),
        id_(id),
        keep_(keep),
        file_(std::move(file)) {}

  ~SnapshotFile() override {
    if (file_) static_cast<void>(files_.remove(partial()));
  }

  std::expected<void, std::string> put(std::string_view chunk) override {
    offset_ += chunk.size();
    return file_->append(chunk);
  }

  std::expected<void, std::string> finish(std::string_view manifest) override {
    if (auto appended = file_->append(manifest); !appended) return appended;
    if (auto appended = file_->append(encode_footer(offset_)); !appended) return appended;
    if (auto synced = file_->sync(); !synced) return synced;
    if (auto renamed = files_.rename(partial(), directory_ + "/" + file_name(seq_)); !renamed) return renamed;
    file_.reset();
    if (auto synced = files_.sync_directory(directory_); !synced) return synced;
    prune();
    return {};
  }

 private:
  [[nodiscard]] std::string partial() const { return directory_ + "/" + partial_name(seq_, id_); }

  // A file too many does no harm, so failures are left for the next time.
  void prune() const {
    const auto names = files_.list(directory_);
    if (!names) return;
    std::vector<std::uint64_t> older;
    for (const std::string& name : *names) {
      if (const auto seq = seq_of(name); seq && *seq < seq_) older.push_back(*seq);
    }
    std::ranges::sort(older, std::ranges::greater{});
    for (std::size_t i = keep_ - 1; i < older.size(); ++i)
      static_cast<void>(files_.remove(directory_ + "/" + file_name(older[i])));
    // Another process may be at work on a part that is not older than what is kept.
    const std::size_t kept = std::min(keep_ - 1, older.size());
    const std::uint64_t oldest = kept == 0 ? seq_ : older[kept - 1];
    for (const std::string& name : *names) {
      if (const auto seq = seq_of(name, true); seq && *seq < oldest)
        static_cast<void>(files_.remove(directory_ + "/" + name));
    }
  }

  FileSystem& files_;
  std::string directory_;
  std::uint64_t seq_, id_;
  std::size_t keep_;
  std::unique_ptr<WritableFile> file_;  // null: in its place
  std::uint64_t offset_ = 0;
};

}  // namespace

std::expected<SnapshotPlace::Candidate, SnapshotProblem> SnapshotDirectory::examine(
    const std::string& path) const {
  const auto unreadable = [&](const std::string& why) {
    return std::unexpected(SnapshotProblem{SnapshotFault::kUnreadable, path, why});
  };
  const auto named = [&](SnapshotProblem problem) {
    problem.snapshot = path;
    return std::unexpected(std::move(problem));
  };
  const auto file = files_.open(path);
  if (!file) return unreadable(file.error());
  const std::uint64_t size = (*file)->size();
  const std::uint64_t end = size < kFooter ? 0 : size - kFooter;
  const auto footer = (*file)->read(end, kFooter);
  if (!footer) return unreadable(footer.error());
  const auto begin = decode_footer(*footer);
  if (!begin) return named(begin.error());
  if (*begin > end || end - *begin > kFrameHeader + kLongestFrame)
    return named({SnapshotFault::kDamaged, "", "its last bytes lead nowhere"});
  const auto bytes = (*file)->read(*begin, static_cast<std::size_t>(end - *begin));
  if (!bytes) return unreadable(bytes.error());
  const auto frame = decode_frame(*bytes);
  if (!frame) return named(frame.error());
  auto manifest = decode_manifest(frame->payload);
  if (!manifest) return named(manifest.error());
  if (frame->kind != FrameKind::kManifest || frame->number != manifest->chunks)
    return named({SnapshotFault::kDamaged, "", "its manifest contradicts itself"});
  return Candidate{path, std::move(*manifest), frame->id};
}

std::expected<SnapshotPlace::Listing, SnapshotProblem> SnapshotDirectory::list() {
  Listing listing;
  auto names = files_.list(directory_);
  if (!names) return std::unexpected(SnapshotProblem{SnapshotFault::kUnreadable, directory_, names.error()});
  std::ranges::sort(*names, std::ranges::greater{});
  for (const std::string& name : *names) {
    if (!seq_of(name)) continue;
    auto candidate = examine(directory_ + "/" + name);
    if (candidate) {
      listing.finished.push_back(std::move(*candidate));
    } else {
      listing.passed_over.push_back(candidate.error());
    }
  }
  std::ranges::stable_sort(listing.finished, std::ranges::greater{},
                           [](const Candidate& c) { return c.manifest.journal.seq; });
  return listing;
}

std::expected<std::unique_ptr<FrameSource>, SnapshotProblem> SnapshotDirectory::open(
    const Candidate& candidate) {
  auto file = files_.open(candidate.name);
  if (!file)
    return std::unexpected(SnapshotProblem{SnapshotFault::kUnreadable, candidate.name, file.error()});
  return std::make_unique<FileFrames>(candidate.name, std::move(*file));
}

std::expected<std::unique_ptr<FrameSink>, std::string> SnapshotDirectory::create(std::uint64_t seq,
                                                                                 std::uint64_t id) {
  if (auto made = files_.make_directory(directory_); !made) return std::unexpected(made.error());
  auto file = files_.create(directory_ + "/" + partial_name(seq, id));
  if (!file) return std::unexpected(file.error());
  return std::make_unique<SnapshotFile>(files_, directory_, seq, id, keep_, std::move(*file));
}

}  // namespace suar::kafka
