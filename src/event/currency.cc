// ISO 4217: how many decimals the minor unit of a currency has.
#include "event/money.h"

namespace suar::event {
namespace {

constexpr std::uint32_t pack(char a, char b, char c) {
  return static_cast<std::uint32_t>(a) << 16U | static_cast<std::uint32_t>(b) << 8U |
         static_cast<std::uint32_t>(c);
}
constexpr std::uint32_t pack(const char (&code)[4]) {
  return pack(code[0], code[1], code[2]);
}

constexpr bool is_capital(char c) {
  return c >= 'A' && c <= 'Z';
}

}  // namespace

std::optional<Currency> parse_currency(std::string_view text) {
  if (text.size() != 3 || !is_capital(text[0]) || !is_capital(text[1]) || !is_capital(text[2])) {
    return std::nullopt;
  }
  return Currency{pack(text[0], text[1], text[2])};
}

std::string Currency::text() const {
  if (code == 0) return {};
  return {static_cast<char>(code >> 16U), static_cast<char>(code >> 8U & 0xFFU),
          static_cast<char>(code & 0xFFU)};
}

// The standard's list has two decimals but for these. Metals, bond units and testing codes have no minor unit
// there; two decimals serve them as they serve a code that is not listed.
int Currency::digits() const {
  switch (code) {
    case pack("BIF"):
    case pack("CLP"):
    case pack("DJF"):
    case pack("GNF"):
    case pack("ISK"):
    case pack("JPY"):
    case pack("KMF"):
    case pack("KRW"):
    case pack("PYG"):
    case pack("RWF"):
    case pack("UGX"):
    case pack("UYI"):
    case pack("VND"):
    case pack("VUV"):
    case pack("XAF"):
    case pack("XOF"):
    case pack("XPF"):
      return 0;
    case pack("BHD"):
    case pack("IQD"):
    case pack("JOD"):
    case pack("KWD"):
    case pack("LYD"):
    case pack("OMR"):
    case pack("TND"):
      return 3;
    case pack("CLF"):
    case pack("UYW"):
      return 4;
    default:
      return 2;
  }
}

}  // namespace suar::event
