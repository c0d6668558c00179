// A hash map with text as its key, looked up by a view without a copy.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/hash/hash.h"
#include "absl/strings/string_view.h"
#include "reference/large_pages.h"

namespace suar::reference {

// Debian's Abseil has a string_view of its own and cannot hash the standard one.
struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const {
    return absl::Hash<absl::string_view>()(absl::string_view(text.data(), text.size()));
  }
};

template <class Value, class Key = std::string>
using TextMap =
    absl::flat_hash_map<Key, Value, TextHash, std::equal_to<>, LargePages<std::pair<const Key, Value>>>;

}  // namespace suar::reference
