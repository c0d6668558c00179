#include "reference/folded_text.h"

#include <array>
#include <cstddef>
#include <utility>

namespace suar::reference {
namespace {

struct Decoded {
  char32_t point;
  std::size_t length;
};

constexpr char32_t kNotACharacter = 0xFFFFFFFF;

Decoded decode(std::string_view text) {
  const auto byte = [text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const auto tail = [&](std::size_t i) { return static_cast<char32_t>(byte(i) & 0x3FU); };
  const auto continues = [&](std::size_t count) {
    if (text.size() < count) return false;
    for (std::size_t i = 1; i < count; ++i) {
      if ((byte(i) & 0xC0U) != 0x80U) return false;
    }
    return true;
  };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  if (lead >= 0xC2 && lead < 0xE0 && continues(2)) return {(lead & 0x1FU) << 6 | tail(1), 2};
  if (lead >= 0xE0 && lead < 0xF0 && continues(3)) return {(lead & 0x0FU) << 12 | tail(1) << 6 | tail(2), 3};
  if (lead >= 0xF0 && lead < 0xF5 && continues(4)) {
    return {(lead & 0x07U) << 18 | tail(1) << 12 | tail(2) << 6 | tail(3), 4};
  }
  return {kNotACharacter, 1};
}

// U+00C0 to U+017F; a space separates words.
constexpr std::array<std::string_view, 192> kLatin = {
    // U+00C0
    "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i", "i",  //
    "d", "n", "o", "o", "o", "o", "o", " ", "o", "u", "u", "u", "u", "y", "th", "ss",
    // U+00E0
    "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i", "i",  //
    "d", "n", "o", "o", "o", "o", "o", " ", "o", "u", "u", "u", "u", "y", "th", "y",
    // U+0100
    "a", "a", "a", "a", "a", "a", "c", "c", "c", "c", "c", "c", "c", "c", "d", "d",  //
    "d", "d", "e", "e", "e", "e", "e", "e", "e", "e", "e", "e", "g", "g", "g", "g",
    // U+0120
    "g", "g", "g", "g", "h", "h", "h", "h", "i", "i", "i", "i", "i", "i", "i", "i",  //
    "i", "i", "ij", "ij", "j", "j", "k", "k", "k", "l", "l", "l", "l", "l", "l", "l",
    // U+0140
    "l", "l", "l", "n", "n", "n", "n", "n", "n", "n", "n", "n", "o", "o", "o", "o",  //
    "o", "o", "oe", "oe", "r", "r", "r", "r", "r", "r", "s", "s", "s", "s", "s", "s",
    // U+0160
    "s", "s", "t", "t", "t", "t", "t", "t", "u", "u", "u", "u", "u", "u", "u", "u",  //
    "u", "u", "u", "u", "w", "w", "y", "y", "y", "z", "z", "z", "z", "z", "z", "s"};

// The base letters of U+1E00 to U+1EFF, which holds Vietnamese among others.
constexpr std::string_view kLatinAdditional =
    "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmmmmmmnnnnnnnnoooooooopppprrrrrrrr"
    "ssssssssssttttttttuuuuuuuuuuvvvvwwwwwwwwwwxxxxyyzzzzzzhtwyassssdaaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee"
    "eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyyllvvyy";
static_assert(kLatinAdditional.size() == 256);

bool unseen(char32_t point) {
  return point == 0xAD || (point >= 0x300 && point <= 0x36F) || (point >= 0x200B && point <= 0x200F) ||
         (point >= 0x2060 && point <= 0x2064) || point == 0xFEFF || (point >= 0xFE00 && point <= 0xFE0F);
}

bool separates(char32_t point) {
  return point == kNotACharacter ||
         (point >= 0x80 && point < 0xC0 && point != 0xAA && point != 0xB5 && point != 0xBA) ||
         (point >= 0x2000 && point <= 0x2BFF) || (point >= 0x3000 && point <= 0x303F) ||
         (point >= 0xFE10 && point <= 0xFE6F) || (point >= 0xFF00 && point <= 0xFFEF) ||
         (point >= 0x1F000 && point <= 0x1FAFF) || (point >= 0xE000 && point <= 0xF8FF) || point > 0x10FFFF;
}

char32_t lower_other(char32_t point) {
  if (point >= 0x391 && point <= 0x3A9) return point + 0x20;  // Greek
  if (point >= 0x410 && point <= 0x42F) return point + 0x20;  // Cyrillic
  if (point >= 0x400 && point <= 0x40F) return point + 0x50;
  return point;
}

void append_utf8(std::string& out, char32_t point) {
  const auto put = [&out](char32_t value) { out += static_cast<char>(static_cast<unsigned char>(value)); };
  if (point < 0x800) {
    put(0xC0U | point >> 6);
  } else if (point < 0x10000) {
    put(0xE0U | point >> 12);
    put(0x80U | (point >> 6 & 0x3FU));
  } else {
    put(0xF0U | point >> 18);
    put(0x80U | (point >> 12 & 0x3FU));
    put(0x80U | (point >> 6 & 0x3FU));
  }
  put(0x80U | (point & 0x3FU));
}

char fold_ascii(char c) {
  if (c >= 'A' && c <= 'Z') return static_cast<char>(c - 'A' + 'a');
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : ' ';
}

class Folding {
 public:
  explicit Folding(std::size_t size) { out_.reserve(size); }
  void add(char32_t point) {
    if (point >= 0xFF01 && point <= 0xFF5E) point -= 0xFEE0;  // full-width forms
    if (point < 0x80) return add_ascii(static_cast<char>(point));
    if (unseen(point)) return;
    if (point >= 0xC0 && point <= 0x17F) return add_letters(kLatin[point - 0xC0]);
    if (point >= 0x1E00 && point <= 0x1EFF) return add_letters(kLatinAdditional.substr(point - 0x1E00, 1));
    if (separates(point)) return separate();
    begin_letter();
    append_utf8(out_, lower_other(point));
  }
  void add_ascii(char c) {
    const char folded = fold_ascii(c);
    if (folded == ' ') return separate();
    begin_letter();
    out_ += folded;
  }
  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  void separate() { gap_ = !out_.empty(); }
  void begin_letter() {
    if (gap_) out_ += ' ';
    gap_ = false;
  }
  void add_letters(std::string_view letters) {
    if (letters == " ") return separate();
    begin_letter();
    out_ += letters;
  }

  std::string out_;
  bool gap_ = false;
};

}  // namespace

std::string fold_text(std::string_view text) {
  Folding folding(text.size());
  while (!text.empty()) {
    if (static_cast<unsigned char>(text.front()) < 0x80) {
      folding.add_ascii(text.front());
      text.remove_prefix(1);
      continue;
    }
    const auto [point, length] = decode(text);
    folding.add(point);
    text.remove_prefix(length);
  }
  return folding.take();
}

}  // namespace suar::reference
