// Words that are nearly the same: "pasport" and "paspor", which differ by one letter put in.
#pragma once

#include <string_view>

namespace suar::reference {

// Both are folded (folded_text.h): words with one space between them. Is `phrase` found at the beginning of
// `text`, word for word, each differing from its counterpart by at most `letters` put in, left out or
// replaced? Words of `phrase` under 4 letters must be equal, those of 4 and 5 differ by at most 1.
[[nodiscard]] bool begins_similarly(std::string_view text, std::string_view phrase, int letters);

}  // namespace suar::reference
