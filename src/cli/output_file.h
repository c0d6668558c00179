// Where a command's result goes: a file that appears whole or not at all, or standard output.
//
// Bytes go to a file beside the named one, which finish() puts in its place; without finish() the old file
// stays. What is not a regular file (a pipe, a device) is written straight. "-" is standard output.
#pragma once

#include <expected>
#include <string>
#include <string_view>

namespace suar::cli {

class OutputFile {
 public:
  // The error is a sentence for the person at the terminal; so it is in every result below.
  [[nodiscard]] static std::expected<OutputFile, std::string> open(const std::string& path);
  OutputFile(OutputFile&& other) noexcept;
  OutputFile& operator=(OutputFile&&) = delete;
  ~OutputFile();

  // Buffers `bytes`. An error is remembered and told by flush() and finish().
  void write(std::string_view bytes);
  void line(std::string_view bytes);
  [[nodiscard]] std::expected<void, std::string> flush();
  [[nodiscard]] std::expected<void, std::string> finish();

 private:
  OutputFile(std::string path, std::string target, int descriptor);
  void drain();  // writes what is buffered

  std::string path_;     // as the user named it
  std::string target_;   // the file behind it, symbolic links followed
  std::string partial_;  // what is written until finish(); empty where that is `path_` itself
  int descriptor_;
  int error_ = 0;
  std::string buffer_;
};

}  // namespace suar::cli
