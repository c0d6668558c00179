// A disk in memory that knows what a crash of the machine would leave: bytes and names that were synced. It
// can be full, fail at any call, or sync without doing so.
#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>

#include "kafka/file_system.h"

namespace suar::kafka::testing {

class MemoryDisk final : public FileSystem {
 public:
  struct File {
    std::string bytes, synced;
  };

  std::uint64_t capacity = std::numeric_limits<std::uint64_t>::max();
  bool lying_sync = false;
  std::uint64_t calls = 0;                                               // that change something
  std::uint64_t fails_from = std::numeric_limits<std::uint64_t>::max();  // this call and all later ones
  bool torn = false;                                                     // an append that fails leaves half

  // The machine stops and starts again.
  void crash() {
    names_ = durable_;
    for (auto& [name, file] : names_) file->bytes = file->synced;
    fails_from = std::numeric_limits<std::uint64_t>::max();
  }
  [[nodiscard]] std::set<std::string> names() const {
    std::set<std::string> all;
    for (const auto& [name, file] : names_) all.insert(name);
    return all;
  }
  [[nodiscard]] std::string& bytes(const std::string& path) { return names_.at(path)->bytes; }
  void put(const std::string& path, const std::string& bytes) {
    names_[path] = std::make_shared<File>(File{bytes, bytes});
    durable_ = names_;
  }

  std::expected<void, std::string> make_directory(const std::string& /*directory*/) override { return {}; }
  std::expected<std::vector<std::string>, std::string> list(const std::string& directory) override {
    std::vector<std::string> found;
    for (const auto& [path, file] : names_) {
      if (path.starts_with(directory + "/")) found.push_back(path.substr(directory.size() + 1));
    }
    return found;
  }
  std::expected<std::unique_ptr<WritableFile>, std::string> create(const std::string& path) override {
    if (fails()) return failure();
    names_[path] = std::make_shared<File>();
    return std::make_unique<Writable>(*this, names_[path]);
  }
  std::expected<std::unique_ptr<ReadableFile>, std::string> open(const std::string& path) override {
    if (!names_.contains(path)) return std::unexpected("no such file");
    return std::make_unique<Readable>(names_[path]);
  }
  std::expected<void, std::string> rename(const std::string& from, const std::string& to) override {
    if (fails()) return failure();
    names_[to] = names_.extract(from).mapped();
    return {};
  }
  std::expected<void, std::string> remove(const std::string& path) override {
    if (fails()) return failure();
    names_.erase(path);
    return {};
  }
  std::expected<void, std::string> sync_directory(const std::string& /*directory*/) override {
    if (fails()) return failure();
    if (!lying_sync) durable_ = names_;
    return {};
  }

 private:
  class Writable final : public WritableFile {
   public:
    Writable(MemoryDisk& disk, std::shared_ptr<File> file) : disk_(disk), file_(std::move(file)) {}
    std::expected<void, std::string> append(std::string_view bytes) override {
      if (disk_.fails()) {
        if (disk_.torn) file_->bytes.append(bytes.substr(0, bytes.size() / 2));
        return disk_.failure();
      }
      if (file_->bytes.size() + bytes.size() > disk_.capacity) {
        file_->bytes.append(bytes.substr(0, disk_.capacity - file_->bytes.size()));
        return std::unexpected("No space left on device");
      }
      file_->bytes.append(bytes);
      return {};
    }
    std::expected<void, std::string> sync() override {
      if (disk_.fails()) return disk_.failure();
      if (!disk_.lying_sync) file_->synced = file_->bytes;
      return {};
    }

   private:
    MemoryDisk& disk_;
    std::shared_ptr<File> file_;
  };
  class Readable final : public ReadableFile {
   public:
    explicit Readable(std::shared_ptr<File> file) : file_(std::move(file)) {}
    std::uint64_t size() const override { return file_->bytes.size(); }
    std::expected<std::string, std::string> read(std::uint64_t offset, std::size_t size) override {
      return offset >= file_->bytes.size() ? "" : file_->bytes.substr(offset, size);
    }

   private:
    std::shared_ptr<File> file_;
  };

  bool fails() { return calls++ >= fails_from; }
  static std::unexpected<std::string> failure() { return std::unexpected(std::string("Input/output error")); }

  std::map<std::string, std::shared_ptr<File>> names_, durable_;
};

}  // namespace suar::kafka::testing
