// A finding in a file that a person wrote: what is wrong, where, and how to mend it.
#pragma once

#include <string>
#include <vector>

namespace suar {

enum class Severity { kError, kWarning };

struct Diagnostic {
  Severity severity = Severity::kError;
  std::string
      code;  // stable: "SUAR-R012" in rules, "SUAR-D003" in reference data, "SUAR-C004" in configuration
  std::string file;        // as it was named to us
  int line = 0;            // from 1; 0 where the whole file is meant
  int column = 0;          // from 1, in bytes; 0 where the whole line is meant
  std::string message;     // one sentence: what is wrong
  std::string suggestion;  // how to mend it; may be empty
  std::string snippet;     // the line it stands in, for the caret; may be empty
  int length = 1;          // how many columns the caret underlines
};

using Diagnostics = std::vector<Diagnostic>;

[[nodiscard]] bool has_errors(const Diagnostics& findings);

// file:line:column: error[CODE]: message, the line, a caret, the suggestion. For the person who wrote the
// file: the line may hold personal data, so a log takes headline() instead.
[[nodiscard]] std::string render(const Diagnostic& finding);

// file:line:column: error[CODE]: message, on one line and without the line it stands in.
[[nodiscard]] std::string headline(const Diagnostic& finding);

// The name nearest to `word` by edit distance (case aside), for "did you mean"; the first of equals, empty
// where none is near.
[[nodiscard]] std::string nearest_name(const std::string& word, const std::vector<std::string>& names);

}  // namespace suar
