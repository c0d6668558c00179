#include <fmt/format.h>

#include <array>
#include <cstddef>

#include "reference/reference.h"

namespace suar::reference {
namespace {

struct Word {
  LinkKind kind;
  std::string_view text;
};
constexpr std::array<Word, 5> kWords = {{{LinkKind::kOwnership, "ownership"},
                                         {LinkKind::kDirectorship, "directorship"},
                                         {LinkKind::kEmployment, "employment"},
                                         {LinkKind::kFamily, "family"},
                                         {LinkKind::kAssociate, "associate"}}};

std::string_view word_of(LinkKind kind) {
  for (const Word& word : kWords) {
    if (word.kind == kind) return word.text;
  }
  return {};
}

}  // namespace

std::optional<LinkKind> parse_link_kind(std::string_view word) {
  for (const Word& known : kWords) {
    if (known.text == word) return known.kind;
  }
  return std::nullopt;
}

std::string to_string(const Path& path) {
  std::string text = path.ids.empty() ? "" : path.ids.front();
  for (std::size_t i = 0; i < path.steps.size() && i + 1 < path.ids.size(); ++i) {
    text += fmt::format(" -{}- {}", word_of(path.steps[i]), path.ids[i + 1]);
  }
  return text;
}

}  // namespace suar::reference
