// The text of an expression or of a step's condition: it is read, or what is wrong is said.
#include <numeric>
#include <string>

#include "fuzz.h"
#include "rules/findings.h"
#include "rules/syntax.h"

using namespace suar;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::vector<rules::File> files{{"a.yaml", std::string(fuzz::text_of(data, size))}};
  const rules::Sources sources(files);
  rules::LocatedText text{files[0].bytes, 0, std::vector<std::uint32_t>(size + 1)};
  std::iota(text.offsets.begin(), text.offsets.end(), 0U);

  rules::Findings findings(sources);
  const rules::SyntaxPtr syntax = rules::parse_expression(text, findings);
  fuzz::require((syntax == nullptr) == findings.failed(), "an expression is read or reported");
  static_cast<void>(rules::parse_timed_condition(text, findings));
  static_cast<void>(findings.take());
  return 0;
}
