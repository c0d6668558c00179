// Files under the hash of what they make up, in a partition of the topic suar.snapshots: the rules and the
// reference data that records of the journal name.
//
//   KIND/HASH/NUMBER   a piece of the content, from 0
//   KIND/HASH          written when the broker has all pieces: "PIECES BYTES CHECK"
//   content := file{}, file := name_size name size bytes; sizes are 8 bytes each, little-endian
//
// CHECK is XXH3-64 of the content in 16 hex digits. A content is there whole, or not at all. Whoever loads
// one computes KIND's own hash of the files and compares; the store does not know how.
#pragma once

#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kafka/record_store.h"

namespace suar::kafka {

struct StoredFile {
  std::string name, bytes;

  bool operator==(const StoredFile&) const = default;
};

class ContentStore {
 public:
  // `store` must outlive it.
  explicit ContentStore(RecordStore& store) : store_(store) {}

  // Once this has returned, the content survives a crash. One that is there already is left as it is.
  [[nodiscard]] std::expected<void, std::string> put(std::string_view key, std::span<const StoredFile> files);
  // Nothing where the store does not hold it whole. Errors are sentences.
  [[nodiscard]] std::expected<std::optional<std::vector<StoredFile>>, std::string> get(std::string_view key);

 private:
  [[nodiscard]] std::expected<std::optional<std::string>, std::string> read(std::string_view key);

  RecordStore& store_;
};

}  // namespace suar::kafka
