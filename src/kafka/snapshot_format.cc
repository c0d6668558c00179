#include "kafka/snapshot_format.h"

#include <fmt/format.h>
#include <simdjson.h>
#include <xxhash.h>

#include <array>
#include <bit>
#include <charconv>
#include <cstring>
#include <utility>

#include "event/json_writer.h"

namespace suar::kafka {
namespace {

static_assert(std::endian::native == std::endian::little, "numbers are copied as they lie in memory");

constexpr std::string_view kChunkMagic = "SUARCHNK";
constexpr std::string_view kManifestMagic = "SUARMANI";
constexpr std::string_view kEndMagic = "SUAREND.";
constexpr std::size_t kBeforeCheck = kFrameHeader - 8;

template <typename Number>
void append(std::string& out, Number number) {
  std::array<char, sizeof(Number)> bytes{};
  std::memcpy(bytes.data(), &number, sizeof(number));
  out.append(bytes.data(), bytes.size());
}

template <typename Number>
Number number_at(std::string_view bytes, std::size_t offset) {
  Number number{};
  std::memcpy(&number, bytes.data() + offset, sizeof(number));
  return number;
}

std::uint64_t check_of(std::string_view header, std::string_view payload) {
  const std::uint64_t seed = XXH3_64bits(header.data(), kBeforeCheck);
  return XXH3_64bits_withSeed(payload.data(), payload.size(), seed);
}

std::unexpected<SnapshotProblem> problem(SnapshotFault fault, std::string detail) {
  return std::unexpected(SnapshotProblem{fault, "", std::move(detail)});
}

// What a header says before anything rests on it.
std::expected<FrameKind, SnapshotProblem> kind_of(std::string_view bytes) {
  if (bytes.size() < kFrameHeader) return problem(SnapshotFault::kTorn, "it ends within a frame's header");
  const std::string_view magic = bytes.substr(0, 8);
  if (magic != kChunkMagic && magic != kManifestMagic)
    return problem(SnapshotFault::kForeign, "a frame does not begin as a snapshot's frames do");
  const auto version = number_at<std::uint32_t>(bytes, 8);
  if (version > kSnapshotVersion) {
    return problem(SnapshotFault::kFuture, fmt::format("it is of format {}, and this program reads up to {}",
                                                       version, kSnapshotVersion));
  }
  return magic == kChunkMagic ? FrameKind::kChunk : FrameKind::kManifest;
}

SnapshotManifest read(std::string_view first_line, const JournalRecord& journal) {
  SnapshotManifest manifest;
  manifest.identity = {journal.instance, journal.topic, journal.cluster};
  manifest.journal = {journal.term,       journal.seq,       RecordKind::kClaim,
                      journal.writer,     journal.delivery,  journal.deciders,
                      journal.created_at, journal.positions, journal.origin};
  simdjson::dom::parser parser;
  const simdjson::dom::element root = parser.parse(first_line.data(), first_line.size());
  const std::string_view last = root.at_key("last").get_string();
  bool known = false;
  for (const RecordKind kind :
       {RecordKind::kClaim, RecordKind::kBatch, RecordKind::kStop, RecordKind::kDone, RecordKind::kSwitch}) {
    if (name_of(kind) != last) continue;
    manifest.journal.last = kind;
    known = true;
  }
  manifest.journal_offset = root.at_key("journal_offset").get_int64();
  const std::uint64_t chunks = root.at_key("chunks").get_uint64();
  manifest.raw_bytes = root.at_key("raw_bytes").get_uint64();
  const std::string_view check = root.at_key("check").get_string();
  const auto parsed = std::from_chars(check.data(), check.data() + check.size(), manifest.check, 16);
  if (!known || chunks > UINT32_MAX || parsed.ec != std::errc{} ||
      check != fmt::format("{:016x}", manifest.check)) {
    throw simdjson::simdjson_error(simdjson::INCORRECT_TYPE);
  }
  manifest.chunks = static_cast<std::uint32_t>(chunks);
  return manifest;
}

}  // namespace

std::string_view name_of(SnapshotFault fault) {
  switch (fault) {
    case SnapshotFault::kUnreadable:
      return "unreadable";
    case SnapshotFault::kTorn:
      return "torn";
    case SnapshotFault::kMissing:
      return "missing";
    case SnapshotFault::kDamaged:
      return "damaged";
    case SnapshotFault::kForeign:
      return "foreign";
    case SnapshotFault::kFuture:
      return "future";
    case SnapshotFault::kUnfit:
      return "unfit";
  }
  return "";
}

std::string to_string(const SnapshotProblem& problem) {
  return fmt::format("snapshot {} is {}: {}", problem.snapshot, name_of(problem.fault), problem.detail);
}

std::string encode_frame(const Frame& frame) {
  std::string out;
  out.reserve(kFrameHeader + frame.payload.size());
  out.append(frame.kind == FrameKind::kChunk ? kChunkMagic : kManifestMagic);
  append(out, kSnapshotVersion);
  append(out, frame.number);
  append(out, frame.id);
  append(out, frame.raw_size);
  append(out, static_cast<std::uint32_t>(frame.payload.size()));
  append(out, check_of(out, frame.payload));
  return out.append(frame.payload);
}

std::expected<std::size_t, SnapshotProblem> frame_size(std::string_view bytes) {
  if (const auto kind = kind_of(bytes); !kind) return std::unexpected(kind.error());
  const auto size = number_at<std::uint32_t>(bytes, 28);
  if (size > kLongestFrame)
    return problem(SnapshotFault::kDamaged, fmt::format("a frame claims to hold {} bytes", size));
  return kFrameHeader + size;
}

std::expected<Frame, SnapshotProblem> decode_frame(std::string_view bytes) {
  const auto size = frame_size(bytes);
  if (!size) return std::unexpected(size.error());
  if (bytes.size() < *size) return problem(SnapshotFault::kTorn, "it ends within a frame");
  if (bytes.size() > *size) return problem(SnapshotFault::kDamaged, "a frame is longer than it says");
  Frame frame;
  frame.kind = *kind_of(bytes);
  frame.number = number_at<std::uint32_t>(bytes, 12);
  frame.id = number_at<std::uint64_t>(bytes, 16);
  frame.raw_size = number_at<std::uint32_t>(bytes, 24);
  frame.payload = bytes.substr(kFrameHeader);
  if (number_at<std::uint64_t>(bytes, kBeforeCheck) != check_of(bytes, frame.payload)) {
    return problem(SnapshotFault::kDamaged,
                   fmt::format("the checksum of frame {} does not fit", frame.number));
  }
  if (frame.raw_size > kLongestFrame)
    return problem(SnapshotFault::kDamaged,
                   fmt::format("a frame claims to unpack to {} bytes", frame.raw_size));
  return frame;
}

std::string encode_manifest(const SnapshotManifest& manifest) {
  JournalRecord journal;
  journal.kind = RecordKind::kClaim;
  journal.instance = manifest.identity.instance;
  journal.cluster = manifest.identity.cluster;
  journal.topic = manifest.identity.topic;
  journal.writer = manifest.journal.writer;
  journal.delivery = manifest.journal.delivery;
  journal.term = manifest.journal.term;
  journal.seq = manifest.journal.seq;
  journal.created_at = manifest.journal.created_at;
  journal.deciders = manifest.journal.deciders;
  journal.positions = manifest.journal.positions;
  journal.origin = manifest.journal.origin;
  std::string text;
  event::JsonWriter json(text);
  json.begin_object();
  json.field("suar_snapshot", kSnapshotVersion);
  json.field("last", name_of(manifest.journal.last));
  json.field("journal_offset", manifest.journal_offset);
  json.field("chunks", std::uint64_t{manifest.chunks});
  json.field("raw_bytes", manifest.raw_bytes);
  json.field("check", fmt::format("{:016x}", manifest.check));
  json.end_object();
  return text + "\n" + encode(journal);
}

std::expected<SnapshotManifest, SnapshotProblem> decode_manifest(std::string_view text) {
  const std::size_t line = text.find('\n');
  if (line == std::string_view::npos) return problem(SnapshotFault::kDamaged, "its manifest has one line");
  const auto journal = decode_journal_record(text.substr(line + 1));
  if (!journal) {
    return problem(
        journal.error().fault == JournalFault::kFuture ? SnapshotFault::kFuture : SnapshotFault::kDamaged,
        "where the journal stood cannot be read: " + journal.error().detail);
  }
  if (journal->kind != RecordKind::kClaim)
    return problem(SnapshotFault::kDamaged, "its manifest does not say where the journal stood");
  try {
    return read(text.substr(0, line), *journal);
  } catch (const simdjson::simdjson_error&) {
    return problem(SnapshotFault::kDamaged, "its manifest lacks a value");
  }
}

std::string encode_footer(std::uint64_t manifest_offset) {
  std::string out;
  append(out, manifest_offset);
  return out.append(kEndMagic);
}

std::expected<std::uint64_t, SnapshotProblem> decode_footer(std::string_view bytes) {
  if (bytes.size() != kFooter || bytes.substr(8) != kEndMagic)
    return problem(SnapshotFault::kTorn, "it does not end as a finished snapshot does");
  return number_at<std::uint64_t>(bytes, 0);
}

}  // namespace suar::kafka
