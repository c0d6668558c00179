#include "service/shed.h"

#include <fmt/format.h>

namespace suar::service {

std::optional<std::string> shed_event_ids(std::string_view json) {
  // A quote inside a JSON string is escaped, so these characters can only be the key.
  constexpr std::string_view kKey = R"("event_ids":[)";
  const std::size_t key = json.find(kKey);
  if (key == std::string_view::npos) return std::nullopt;
  const std::size_t first = key + kKey.size();
  std::size_t ids = 0;
  bool in_string = false;
  std::size_t at = first;
  for (; at < json.size() && (in_string || json[at] != ']'); ++at) {
    if (json[at] == '"') {
      ids += in_string ? 0 : 1;
      in_string = !in_string;
    } else if (in_string && json[at] == '\\') {
      ++at;
    }
  }
  if (ids == 0 || at >= json.size()) return std::nullopt;
  return fmt::format(R"({}],"event_ids_shed":{}{})", json.substr(0, first), ids, json.substr(at + 1));
}

}  // namespace suar::service
