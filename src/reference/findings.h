// What is wrong with one file, gathered while it is read.
//
// Readers say where by bytes of the file; line, column and the line's text are worked out here. Messages name
// fields and codes, never the content of a field that may be personal: that stands in the snippet only.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "reference/diagnostic.h"

namespace suar::reference {

// A stretch of a file, in bytes.
struct Span {
  std::size_t offset = 0;
  std::size_t length = 1;
};

class Findings {
 public:
  // `bytes` must outlive the findings.
  Findings(std::string_view file, std::string_view bytes) : file_(file), bytes_(bytes) {}

  void error(std::string_view code, Span at, std::string message, std::string suggestion = {});
  void warn(std::string_view code, Span at, std::string message, std::string suggestion = {});
  void error_in_file(std::string_view code, std::string message, std::string suggestion = {});
  void warn_of_file(std::string_view code, std::string message, std::string suggestion = {});

  [[nodiscard]] int line_of(std::size_t offset) const;  // from 1
  // The byte at a line and a column that both count from 0; the nearest one where there is none.
  [[nodiscard]] std::size_t offset_of(int line, int column) const;
  [[nodiscard]] std::string_view bytes() const { return bytes_; }

  // In the order of lines. A file that is wrong all through is cut short, with a count of what was left out.
  [[nodiscard]] Diagnostics take();

 private:
  void add(Severity severity, std::string_view code, Span at, std::string message, std::string suggestion);
  void keep(Diagnostic finding);
  const std::vector<std::size_t>& line_starts() const;

  std::string file_;
  std::string_view bytes_;
  mutable std::vector<std::size_t> line_starts_;  // made when the first finding asks
  Diagnostics found_;
  std::size_t left_out_errors_ = 0;
  std::size_t left_out_warnings_ = 0;
};

// "did you mean `name`?", or nothing.
[[nodiscard]] std::string did_you_mean(std::string_view word, const std::vector<std::string>& names);

// How many bytes of the text are whole characters of UTF-8, up to the first that is none.
[[nodiscard]] std::size_t length_of_utf8(std::string_view text);

// Reports every line that is not UTF-8; true where there is none.
[[nodiscard]] bool check_utf8(Findings& findings);

}  // namespace suar::reference
