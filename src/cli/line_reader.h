// The lines of a file or pipe, in bounded memory and without copying them out.
//
// Lines end with \n; a last one without it counts. A line longer than the limit is not kept whole: its first
// 64 KiB and its true length are. A live pipe is not waited for longer than its first complete line takes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace suar::cli {

struct Line {
  std::string_view bytes;    // without the \n
  std::uint64_t number = 0;  // from 1
  std::uint64_t length = 0;  // of the whole line; more than bytes.size() only where it was cut

  [[nodiscard]] bool cut() const { return length > bytes.size(); }
};

class LineReader {
 public:
  static constexpr std::size_t kKeptOfALongLine = std::size_t{64} << 10;
  static constexpr std::size_t kDefaultLongest = std::size_t{16} << 20;

  // Reads from `descriptor`, which it does not close. `longest` is the length above which a line is cut.
  explicit LineReader(int descriptor, std::size_t longest = kDefaultLongest);

  // The next lines, at least one; none at the end. They are valid until the next call.
  [[nodiscard]] std::expected<std::span<const Line>, std::error_code> next();

 private:
  [[nodiscard]] std::expected<std::size_t, std::error_code> fill();
  void split(std::size_t from);
  void take_long_line_apart();

  int descriptor_;
  std::size_t longest_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0;  // what has been read and not yet returned
  std::size_t end_ = 0;
  bool ended_ = false;
  std::uint64_t number_ = 0;
  std::vector<Line> lines_;
  std::string long_line_;          // the first bytes of a line that is too long to keep
  std::uint64_t long_length_ = 0;  // how much of it has been read; 0 = there is none
};

}  // namespace suar::cli
