#include "reference/similar_words.h"

#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

namespace suar::reference {
namespace {

std::string_view take_word(std::string_view& rest) {
  const std::string_view word = rest.substr(0, rest.find(' '));
  rest.remove_prefix(std::min(word.size() + 1, rest.size()));
  return word;
}

// Folded text is UTF-8.
std::vector<std::string_view> letters_of(std::string_view word) {
  std::vector<std::string_view> letters;
  for (std::size_t begin = 0; begin < word.size();) {
    std::size_t end = begin + 1;
    while (end < word.size() && (static_cast<unsigned char>(word[end]) & 0xC0U) == 0x80U) ++end;
    letters.push_back(word.substr(begin, end - begin));
    begin = end;
  }
  return letters;
}

// The Levenshtein distance, row by row; any number above `most` where it is above that.
int distance(const std::vector<std::string_view>& a, const std::vector<std::string_view>& b, int most) {
  const int difference = static_cast<int>(a.size()) - static_cast<int>(b.size());
  if (std::abs(difference) > most) return most + 1;
  std::vector<int> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = static_cast<int>(j);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    int diagonal = row[0];
    row[0] = static_cast<int>(i);
    int least = row[0];
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const int above = row[j];
      row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
      diagonal = above;
      least = std::min(least, row[j]);
    }
    if (least > most) return most + 1;
  }
  return row[b.size()];
}

bool similar(std::string_view word, std::string_view wanted, int letters) {
  if (word == wanted) return true;
  if (word.empty()) return false;
  const std::vector<std::string_view> of_wanted = letters_of(wanted);
  const int most = of_wanted.size() < 4 ? 0 : of_wanted.size() < 6 ? std::min(letters, 1) : letters;
  return most > 0 && distance(letters_of(word), of_wanted, most) <= most;
}

}  // namespace

bool begins_similarly(std::string_view text, std::string_view phrase, int letters) {
  while (!phrase.empty()) {
    if (!similar(take_word(text), take_word(phrase), letters)) return false;
  }
  return true;
}

}  // namespace suar::reference
