#include "rules/source_text.h"

#include <algorithm>
#include <string_view>

namespace suar::rules {

std::string source_text(const Location& at, std::span<const File> files) {
  if (static_cast<std::size_t>(at.file) >= files.size()) return {};
  const std::string_view bytes = files[static_cast<std::size_t>(at.file)].bytes;
  const std::size_t begin = std::min<std::size_t>(at.begin, bytes.size());
  const std::size_t end = std::clamp<std::size_t>(at.end, begin, bytes.size());
  std::string text;
  for (const char c : bytes.substr(begin, end - begin)) {
    const bool blank = c == ' ' || c == '\n' || c == '\r' || c == '\t';
    if (!blank)
      text += c;
    else if (!text.empty() && text.back() != ' ')
      text += ' ';
  }
  if (text.ends_with(' ')) text.pop_back();
  return text;
}

}  // namespace suar::rules
