// Free text brought into one form, so that a keyword is found however it was typed.
//
// Words are runs of letters and digits; everything else separates them. Case is folded, Latin diacritics and
// ligatures are spelt plainly (é is e, ß is ss), full-width forms become ordinary ones, and characters that
// nobody sees (zero-width joiners and the like) are dropped. Letters of other scripts stand for themselves,
// Greek and Cyrillic ones in lower case. What is not UTF-8 separates words.
#pragma once

#include <string>
#include <string_view>

namespace suar::reference {

// The words with one space between them, none at the ends.
[[nodiscard]] std::string fold_text(std::string_view text);

}  // namespace suar::reference
