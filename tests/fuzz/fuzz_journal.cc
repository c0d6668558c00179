// A record of the journal: as it is, and with the checksum that its bytes should have, so that more than the
// checksum is tried. What is read is written and read again the same.
#include <fmt/format.h>
#include <xxhash.h>

#include <string>

#include "fuzz.h"
#include "kafka/journal_record.h"

using namespace suar;

namespace {

void try_record(std::string_view bytes) {
  const auto record = kafka::decode_journal_record(bytes);
  if (!record) return;
  const auto again = kafka::decode_journal_record(kafka::encode(*record));
  fuzz::require(again.has_value() && *again == *record, "a record that was read survives writing");
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes = fuzz::text_of(data, size);
  try_record(bytes);
  const std::string_view content = bytes.substr(0, bytes.rfind(R"(,"check":")"));
  try_record(fmt::format(R"({},"check":"{:016x}"}})", content, XXH3_64bits(content.data(), content.size())));
  return 0;
}
