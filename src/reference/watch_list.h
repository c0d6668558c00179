// One watch list: values of several kinds, each with the days for which it stands there.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reference/findings.h"
#include "reference/reference.h"
#include "reference/text_map.h"
#include "reference/validity.h"

namespace suar::reference {

class WatchList {
 public:
  explicit WatchList(std::string name) : name_(std::move(name)) {}
  void read(Findings& findings);

  [[nodiscard]] const std::string& name() const { return name_; }
  // The exact value; of a domain, whatever its case.
  [[nodiscard]] bool holds_value(ListKind kind, std::string_view value, event::Instant as_of) const;
  // When the newest entry began of those that hold the value; absent where none does or none says so.
  [[nodiscard]] std::optional<event::Instant> held_since(ListKind kind, std::string_view value,
                                                         event::Instant as_of) const;
  // A keyword or a domain of the list stands in the text as whole words (folded_text.h).
  [[nodiscard]] bool mentioned_in(std::string_view text, event::Instant as_of) const;
  // How many of them do.
  [[nodiscard]] int count_in(std::string_view text, event::Instant as_of) const;
  // One of them nearly does (similar_words.h).
  [[nodiscard]] bool similar_in(std::string_view text, event::Instant as_of, int letters) const;

 private:
  [[nodiscard]] const Periods* find(ListKind kind, std::string_view value) const;
  static constexpr std::size_t kKinds = 9;
  struct Keyword {
    std::string folded;  // all its words
    Periods periods;
  };
  // Calls visit(keyword) wherever one stands in the folded text, until it returns true.
  template <typename Visit>
  bool find_in(std::string_view folded, event::Instant as_of, Visit visit) const;
  [[nodiscard]] bool add_keyword(std::string_view value, const Validity& validity);

  std::string name_;
  std::array<TextMap<Periods>, kKinds> values_;
  TextMap<std::vector<Keyword>> keywords_;  // by their first word
};

}  // namespace suar::reference
