// The reference directory: which files it may hold, and which of them are there.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "reference/diagnostic.h"
#include "reference/reference.h"

namespace suar::reference {

class Directory {
 public:
  explicit Directory(std::span<const File> files);

  [[nodiscard]] const File* find(std::string_view name) const;  // null where it is missing
  [[nodiscard]] std::vector<const File*> lists() const;         // lists/NAME.csv, in the order of names
  // A warning for each file that is missing and each that nobody knows.
  [[nodiscard]] Diagnostics compare_with_contract() const;
  // Over the names and bytes of all files, 32 hex digits.
  [[nodiscard]] std::string hash() const;

 private:
  std::vector<const File*> files_;  // in the order of names
};

// "hubs" of "lists/hubs.csv".
[[nodiscard]] std::string_view list_name_of(const File& file);

}  // namespace suar::reference
