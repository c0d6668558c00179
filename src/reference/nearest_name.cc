#include <algorithm>
#include <cstddef>
#include <string_view>

#include "reference/diagnostic.h"

namespace suar {
namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

// Edit distance in which two neighbouring letters that changed places are one mistake.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1), above(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) above[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, change});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before.swap(above);
    above.swap(row);
  }
  return above[b.size()];
}

}  // namespace

std::string nearest_name(const std::string& word, const std::vector<std::string>& names) {
  constexpr std::size_t kLongest = 64;  // names are short; a long text is no misspelt name
  if (word.empty() || word.size() > kLongest) return {};
  const std::string wanted = lower(word);
  const std::size_t tolerance = std::clamp<std::size_t>(word.size() / 3, 1, 3);

  std::string best;
  std::size_t best_distance = tolerance + 1;
  for (const std::string& name : names) {
    if (name.size() > kLongest || name.size() > word.size() + tolerance ||
        word.size() > name.size() + tolerance)
      continue;
    const std::size_t d = distance(wanted, lower(name));
    const bool all_of_it = d >= std::max(word.size(), name.size());
    if (d < best_distance && !all_of_it) {
      best = name;
      best_distance = d;
    }
  }
  return best;
}

}  // namespace suar
