// A rule file: it is read and checked, and what passes is compiled by the engine.
#include <memory>
#include <string>
#include <vector>

#include "engine/engine.h"
#include "fuzz.h"
#include "rules/rule.h"

using namespace suar;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const event::Currency home = *event::parse_currency("IDR");
  static const auto reference = reference::Reference::load({}, home).reference;
  const std::vector<rules::File> files{{"a.yaml", std::string(fuzz::text_of(data, size))}};
  const auto loaded = rules::load_rules(files, home, reference.get());
  fuzz::require(loaded.rules != nullptr || !loaded.findings.empty(), "a file that is refused has a finding");
  if (loaded.rules != nullptr) static_cast<void>(engine::Engine({}, loaded.rules, reference));
  return 0;
}
