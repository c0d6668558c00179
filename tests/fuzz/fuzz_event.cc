// A record of the input: it is decoded or refused, and what is refused can be kept as a dead letter.
#include <string>

#include "event/dead_letter.h"
#include "event/decoder.h"
#include "fuzz.h"

using namespace suar;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static event::Decoder decoder;
  const std::string_view record = fuzz::text_of(data, size);
  const auto decoded = decoder.decode(record);
  if (decoded) {
    fuzz::require(!decoded->event_id.empty(), "an accepted record has an id");
  } else {
    std::string letter;
    event::append_dead_letter(letter, decoded.error(), 1, record);
    fuzz::require(letter.ends_with("}\n"), "a dead letter is a line");
  }
  return 0;
}
