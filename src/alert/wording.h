// A value as a sentence of one language writes it.
//
//             English                        Bahasa Indonesia
//   number    1,234.5                        1.234,5            at most two decimals
//   share     83.3%                          83,3%              at most one decimal
//   money     IDR 3,500,000   BDT 20,000.50  Rp3.500.000   BDT 20.000,50      decimals only where they are
//   not zero time      1 March 2025, 09:30 WIB        1 Maret 2025 pukul 09.30 WIB     always Western
//   Indonesian Time duration  2 days 3 hours                 2 hari 3 jam       the two largest units bool
//   yes, no                        ya, tidak absent    unknown                        tidak diketahui
//
// Everything is rounded half to even.
#pragma once

#include <cstdint>
#include <string>

#include "engine/hit.h"

namespace suar::alert {

enum class Language : std::uint8_t { kEnglish, kIndonesian };

// `is_share`: the number is a part of a whole and is written as a percentage.
[[nodiscard]] std::string in_words(const engine::Value& value, Language language, bool is_share = false);

[[nodiscard]] std::string money_in_words(event::Int128 minor, event::Currency currency, Language language);
[[nodiscard]] std::string time_in_words(event::Instant time, Language language);

}  // namespace suar::alert
