#include "event/dead_letter.h"

#include "event/json_writer.h"

namespace suar::event {

std::string base64(std::string_view bytes) {
  constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const auto byte = [&](std::size_t k) {
      return i + k < bytes.size() ? static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[i + k])) : 0U;
    };
    const std::uint32_t three = byte(0) << 16U | byte(1) << 8U | byte(2);
    out.push_back(kAlphabet[three >> 18U]);
    out.push_back(kAlphabet[three >> 12U & 0x3FU]);
    out.push_back(i + 1 < bytes.size() ? kAlphabet[three >> 6U & 0x3FU] : '=');
    out.push_back(i + 2 < bytes.size() ? kAlphabet[three & 0x3FU] : '=');
  }
  return out;
}

void append_dead_letter(std::string& out, const Rejection& rejection, std::uint64_t line,
                        std::string_view record) {
  JsonWriter json(out);
  json.begin_object();
  json.field("reason", name_of(rejection.reason));
  json.field("detail", rejection.detail);
  json.field("line", line);
  json.field("bytes_base64", base64(record));
  json.end_object();
  out.push_back('\n');
}

}  // namespace suar::event
