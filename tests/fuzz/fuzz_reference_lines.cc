// A file of reference data that is read line by line. The first line of the input names the file.
#include <string>
#include <vector>

#include "fuzz.h"
#include "reference/reference.h"

using namespace suar;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input = fuzz::text_of(data, size);
  const std::size_t end = std::min(input.find('\n'), input.size());
  const std::vector<reference::File> files{
      {std::string(input.substr(0, end)), std::string(input.substr(std::min(end + 1, input.size())))}};
  static_cast<void>(reference::Reference::load(files, *event::parse_currency("IDR")));
  return 0;
}
