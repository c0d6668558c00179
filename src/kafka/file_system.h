// The calls that snapshots on disk rest on, as an interface: tests put a disk behind it that tears writes, is
// full, or says "synced" and forgets.
//
// Errors are sentences that name the path.
#pragma once

#include <cstdint>
#include <expected>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace suar::kafka {

class WritableFile {
 public:
  virtual ~WritableFile() = default;
  [[nodiscard]] virtual std::expected<void, std::string> append(std::string_view bytes) = 0;
  // What was appended survives a crash of the machine.
  [[nodiscard]] virtual std::expected<void, std::string> sync() = 0;
};

class ReadableFile {
 public:
  virtual ~ReadableFile() = default;
  [[nodiscard]] virtual std::uint64_t size() const = 0;
  // Fewer bytes than asked for only at the end of the file.
  [[nodiscard]] virtual std::expected<std::string, std::string> read(std::uint64_t offset,
                                                                     std::size_t size) = 0;
};

class FileSystem {
 public:
  virtual ~FileSystem() = default;
  // With what is missing above it.
  [[nodiscard]] virtual std::expected<void, std::string> make_directory(const std::string& directory) = 0;
  // Names, in no order; none where there is no such directory.
  [[nodiscard]] virtual std::expected<std::vector<std::string>, std::string> list(
      const std::string& directory) = 0;
  // An empty file, whatever was there.
  [[nodiscard]] virtual std::expected<std::unique_ptr<WritableFile>, std::string> create(
      const std::string& path) = 0;
  [[nodiscard]] virtual std::expected<std::unique_ptr<ReadableFile>, std::string> open(
      const std::string& path) = 0;
  [[nodiscard]] virtual std::expected<void, std::string> rename(const std::string& from,
                                                                const std::string& to) = 0;
  [[nodiscard]] virtual std::expected<void, std::string> remove(const std::string& path) = 0;
  // Renames and removals in it survive a crash of the machine.
  [[nodiscard]] virtual std::expected<void, std::string> sync_directory(const std::string& directory) = 0;
};

// The machine's own; it lives as long as the program.
[[nodiscard]] FileSystem& local_files();

}  // namespace suar::kafka
