// Where every stage of the reader leaves what it finds. Nothing stops at the first problem.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "reference/diagnostic.h"
#include "rules/codes.h"
#include "rules/source.h"

namespace suar::rules {

class Findings {
 public:
  explicit Findings(const Sources& sources) : sources_(sources) {}

  void error(Code code, Span span, std::string message, std::string suggestion = {});
  void warning(Code code, Span span, std::string message, std::string suggestion = {});
  void file_error(Code code, int file, std::string message, std::string suggestion = {});

  [[nodiscard]] bool failed() const { return errors_ > 0; }
  // Enough has been found: checking on would only cost time.
  [[nodiscard]] bool full() const;
  [[nodiscard]] std::size_t errors() const { return errors_; }  // so far

  // While it lives, every suggestion is followed by this remark. Empty: none, and an outer one stays.
  class Note {
   public:
    Note(Findings& findings, const std::string& remark) : findings_(findings), outer_(findings.note_) {
      if (!remark.empty()) findings_.note_ = remark;
    }
    ~Note() { findings_.note_ = outer_; }
    Note(const Note&) = delete;
    Note& operator=(const Note&) = delete;

   private:
    Findings& findings_;
    std::string outer_;
  };

  // In the order of files, lines and columns, each once (a macro is checked wherever it is used), at most
  // 1000.
  [[nodiscard]] Diagnostics take();

 private:
  void add(Severity severity, Code code, Span span, std::string message, std::string suggestion);

  struct Placed {
    int file;
    Diagnostic diagnostic;
  };
  const Sources& sources_;
  std::string note_;
  std::vector<Placed> found_;
  std::size_t errors_ = 0;
};

// "did you mean `amount`?", or nothing where no name is near.
[[nodiscard]] std::string did_you_mean(std::string_view word, const std::vector<std::string>& names);
// "`a`, `b` or `c`"
[[nodiscard]] std::string one_of(const std::vector<std::string>& names);
// The nearest name, or else all of them.
[[nodiscard]] std::string suggest(std::string_view word, const std::vector<std::string>& names);

}  // namespace suar::rules
