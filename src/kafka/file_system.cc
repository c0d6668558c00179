#include "kafka/file_system.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace suar::kafka {
namespace {

constexpr mode_t kOwnerOnly = 0600;  // a snapshot holds what the transactions hold

std::unexpected<std::string> failed(std::string_view doing, const std::string& path, int error) {
  return std::unexpected(fmt::format("cannot {} {}: {}", doing, path, std::strerror(error)));
}

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int number() const { return number_; }

 private:
  int number_;
};

class LocalWritable final : public WritableFile {
 public:
  LocalWritable(std::string path, int descriptor) : path_(std::move(path)), file_(descriptor) {}

  std::expected<void, std::string> append(std::string_view bytes) override {
    while (!bytes.empty()) {
      const ssize_t count = ::write(file_.number(), bytes.data(), bytes.size());
      if (count >= 0) {
        bytes.remove_prefix(static_cast<std::size_t>(count));
      } else if (errno != EINTR) {
        return failed("write", path_, errno);
      }
    }
    return {};
  }
  std::expected<void, std::string> sync() override {
    if (::fsync(file_.number()) != 0) return failed("sync", path_, errno);
    return {};
  }

 private:
  std::string path_;
  Descriptor file_;
};

class LocalReadable final : public ReadableFile {
 public:
  LocalReadable(std::string path, int descriptor, std::uint64_t size)
      : path_(std::move(path)), file_(descriptor), size_(size) {}

  std::uint64_t size() const override { return size_; }
  std::expected<std::string, std::string> read(std::uint64_t offset, std::size_t size) override {
    std::string bytes(size, '\0');
    std::size_t have = 0;
    while (have < size) {
      const ssize_t count =
          ::pread(file_.number(), bytes.data() + have, size - have, static_cast<off_t>(offset + have));
      if (count == 0) break;
      if (count > 0) {
        have += static_cast<std::size_t>(count);
      } else if (errno != EINTR) {
        return failed("read", path_, errno);
      }
    }
    bytes.resize(have);
    return bytes;
  }

 private:
  std::string path_;
  Descriptor file_;
  std::uint64_t size_;
};

class LocalFiles final : public FileSystem {
 public:
  std::expected<void, std::string> make_directory(const std::string& directory) override {
    std::error_code error;
    std::filesystem::create_directories(directory, error);
    if (error) return failed("make the directory", directory, error.value());
    return {};
  }

  std::expected<std::vector<std::string>, std::string> list(const std::string& directory) override {
    std::vector<std::string> names;
    std::error_code error;
    std::filesystem::directory_iterator entries(directory, error);
    if (error == std::errc::no_such_file_or_directory) return names;
    for (; !error && entries != std::filesystem::directory_iterator(); entries.increment(error)) {
      names.push_back(entries->path().filename().string());
    }
    if (error) return failed("read the directory", directory, error.value());
    return names;
  }

  std::expected<std::unique_ptr<WritableFile>, std::string> create(const std::string& path) override {
    const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, kOwnerOnly);
    if (descriptor < 0) return failed("create", path, errno);
    return std::make_unique<LocalWritable>(path, descriptor);
  }

  std::expected<std::unique_ptr<ReadableFile>, std::string> open(const std::string& path) override {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return failed("open", path, errno);
    struct stat status{};
    if (::fstat(descriptor, &status) != 0) {
      const int error = errno;
      ::close(descriptor);
      return failed("open", path, error);
    }
    return std::make_unique<LocalReadable>(path, descriptor, static_cast<std::uint64_t>(status.st_size));
  }

  std::expected<void, std::string> rename(const std::string& from, const std::string& to) override {
    if (::rename(from.c_str(), to.c_str()) != 0) return failed("put into place", to, errno);
    return {};
  }

  std::expected<void, std::string> remove(const std::string& path) override {
    if (::unlink(path.c_str()) != 0 && errno != ENOENT) return failed("remove", path, errno);
    return {};
  }

  std::expected<void, std::string> sync_directory(const std::string& directory) override {
    const Descriptor opened(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (opened.number() < 0 || ::fsync(opened.number()) != 0)
      return failed("sync the directory", directory, errno);
    return {};
  }
};

}  // namespace

FileSystem& local_files() {
  static LocalFiles files;
  return files;
}

}  // namespace suar::kafka
