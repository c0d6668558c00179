#include "cli/output_file.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace suar::cli {
namespace {

constexpr std::size_t kBuffered = std::size_t{64} << 10;
constexpr mode_t kReadableByAll = 0666;  // less the umask

std::string sentence(const std::string& path, int error) {
  return fmt::format("cannot write {}: {}", path == "-" ? "to standard output" : path, std::strerror(error));
}

}  // namespace

OutputFile::OutputFile(std::string path, std::string target, int descriptor)
    : path_(std::move(path)), target_(std::move(target)), descriptor_(descriptor) {}

OutputFile::OutputFile(OutputFile&& other) noexcept
    : path_(std::move(other.path_)),
      target_(std::move(other.target_)),
      partial_(std::exchange(other.partial_, {})),
      descriptor_(std::exchange(other.descriptor_, -1)),
      error_(other.error_),
      buffer_(std::move(other.buffer_)) {}

std::expected<OutputFile, std::string> OutputFile::open(const std::string& path) {
  if (path == "-") return OutputFile(path, path, STDOUT_FILENO);

  struct stat status{};
  const bool exists = ::stat(path.c_str(), &status) == 0;
  const bool regular = !exists || S_ISREG(status.st_mode);
  std::error_code unresolved;
  const std::filesystem::path resolved = std::filesystem::canonical(path, unresolved);
  OutputFile file(path, unresolved ? path : resolved.string(), -1);
  if (regular) file.partial_ = fmt::format("{}.partial-{}", file.target_, ::getpid());
  file.descriptor_ = ::open(regular ? file.partial_.c_str() : path.c_str(),
                            O_WRONLY | O_CLOEXEC | (regular ? O_CREAT | O_TRUNC : 0),
                            exists && regular ? status.st_mode & 0777 : kReadableByAll);
  if (file.descriptor_ < 0) {
    file.partial_.clear();
    return std::unexpected(sentence(path, errno));
  }
  return file;
}

OutputFile::~OutputFile() {
  if (descriptor_ > STDERR_FILENO) ::close(descriptor_);
  if (!partial_.empty()) ::unlink(partial_.c_str());
}

void OutputFile::write(std::string_view bytes) {
  buffer_.append(bytes);
  if (buffer_.size() >= kBuffered) drain();
}

void OutputFile::line(std::string_view bytes) {
  buffer_.append(bytes);
  write("\n");
}

void OutputFile::drain() {
  std::string_view rest = buffer_;
  while (error_ == 0 && !rest.empty()) {
    const ssize_t count = ::write(descriptor_, rest.data(), rest.size());
    if (count >= 0) {
      rest.remove_prefix(static_cast<std::size_t>(count));
    } else if (errno != EINTR) {
      error_ = errno;
    }
  }
  buffer_.clear();
}

std::expected<void, std::string> OutputFile::flush() {
  drain();
  if (error_ != 0) return std::unexpected(sentence(path_, error_));
  return {};
}

std::expected<void, std::string> OutputFile::finish() {
  if (auto flushed = flush(); !flushed) return flushed;
  if (partial_.empty()) return {};
  if (::rename(partial_.c_str(), target_.c_str()) != 0) return std::unexpected(sentence(path_, errno));
  partial_.clear();
  return {};
}

}  // namespace suar::cli
