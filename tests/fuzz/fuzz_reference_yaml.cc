// The corridors and the calendar: YAML in the reference data. The same bytes are tried as either.
#include <string>
#include <vector>

#include "fuzz.h"
#include "reference/reference.h"

using namespace suar;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(fuzz::text_of(data, size));
  const std::vector<reference::File> files{{"corridors.yaml", bytes}, {"calendar.yaml", bytes}};
  static_cast<void>(reference::Reference::load(files, *event::parse_currency("IDR")));
  return 0;
}
