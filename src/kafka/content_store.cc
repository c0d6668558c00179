#include "kafka/content_store.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <map>

#include "kafka/snapshot_topic.h"

namespace suar::kafka {
namespace {

constexpr std::size_t kPieceBytes = std::size_t{512} << 10;

void append_sized(std::string& out, std::string_view text) {
  const std::uint64_t size = text.size();
  std::array<char, sizeof(size)> bytes{};
  std::memcpy(bytes.data(), &size, sizeof(size));
  out.append(bytes.data(), bytes.size()).append(text);
}

bool take_sized(std::string_view& from, std::string& text) {
  std::uint64_t size = 0;
  if (from.size() < sizeof(size)) return false;
  std::memcpy(&size, from.data(), sizeof(size));
  from.remove_prefix(sizeof(size));
  if (from.size() < size) return false;
  text.assign(from.substr(0, size));
  from.remove_prefix(size);
  return true;
}

std::string content_of(std::span<const StoredFile> files) {
  std::string content;
  for (const StoredFile& file : files) {
    append_sized(content, file.name);
    append_sized(content, file.bytes);
  }
  return content;
}

std::optional<std::vector<StoredFile>> files_of(std::string_view content) {
  std::vector<StoredFile> files;
  while (!content.empty()) {
    StoredFile& file = files.emplace_back();
    if (!take_sized(content, file.name) || !take_sized(content, file.bytes)) return std::nullopt;
  }
  return files;
}

std::string mark_of(std::size_t pieces, std::string_view content) {
  return fmt::format("{} {} {:016x}", pieces, content.size(), XXH3_64bits(content.data(), content.size()));
}

}  // namespace

std::expected<void, std::string> ContentStore::put(std::string_view key, std::span<const StoredFile> files) {
  const auto there = read(key);
  if (!there) return std::unexpected(there.error());
  if (*there) return {};
  const std::string content = content_of(files);
  std::size_t pieces = 0;
  for (std::size_t at = 0; at < content.size(); at += kPieceBytes) {
    const auto piece = std::string_view(content).substr(at, kPieceBytes);
    const auto written = store_.write(SnapshotTopic::kContents, fmt::format("{}/{}", key, pieces++), piece);
    if (!written) return std::unexpected(written.error().message);
  }
  auto done = store_.flush();
  if (done) done = store_.write(SnapshotTopic::kContents, key, mark_of(pieces, content));
  if (done) done = store_.flush();
  if (!done) return std::unexpected(done.error().message);
  return {};
}

std::expected<std::optional<std::vector<StoredFile>>, std::string> ContentStore::get(std::string_view key) {
  const auto content = read(key);
  if (!content) return std::unexpected(content.error());
  if (!*content) return std::optional<std::vector<StoredFile>>();
  return files_of(**content);
}

// The newest whole one; two writers may have written it at once, piece by piece, and what they wrote is the
// same.
std::expected<std::optional<std::string>, std::string> ContentStore::read(std::string_view key) {
  auto cursor = store_.read(SnapshotTopic::kContents, 0);
  if (!cursor) return std::unexpected(cursor.error().message);
  const std::string prefix = fmt::format("{}/", key);
  std::map<std::size_t, std::string> pieces;  // by number
  std::string mark;
  for (;;) {
    const auto record = (*cursor)->next();
    if (!record) return std::unexpected(record.error().message);
    if (!*record) break;
    const auto& [offset, found, value] = **record;
    if (!value) continue;
    if (found == key) mark = *value;
    if (!found.starts_with(prefix)) continue;
    const std::string number(found.substr(prefix.size()));
    pieces.insert_or_assign(std::strtoul(number.c_str(), nullptr, 10), std::string(*value));
  }
  std::string content;
  for (const auto& [number, piece] : pieces) content += piece;
  if (mark.empty() || mark != mark_of(pieces.size(), content)) return std::optional<std::string>();
  return std::optional(std::move(content));
}

}  // namespace suar::kafka
