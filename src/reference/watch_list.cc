#include "reference/watch_list.h"

#include <algorithm>
#include <set>
#include <utility>

#include "reference/csv_table.h"
#include "reference/finding_codes.h"
#include "reference/folded_text.h"
#include "reference/similar_words.h"
#include "reference/values.h"
#include "reference/vocabulary.h"

namespace suar::reference {
namespace {

std::string lower_case(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

bool looks_like_mcc(std::string_view code) {
  return code.size() == 4 && std::ranges::all_of(code, [](char c) { return c >= '0' && c <= '9'; });
}

std::string_view first_word(std::string_view folded) {
  return folded.substr(0, folded.find(' '));
}

}  // namespace

void WatchList::read(Findings& findings) {
  enum { kValue, kKind, kSource, kFrom, kTo, kReason };
  CsvTable table(findings,
                 {{"value", true}, {"kind", true}, {"source"}, {"valid_from"}, {"valid_to"}, {"reason"}});
  while (table.next()) {
    const std::string_view value = table.required_text(kValue);
    const auto number = table.word(kKind, list_kinds());
    const Validity validity = table.validity(kFrom, kTo);
    if (value.empty() || !number) continue;

    const auto kind = static_cast<ListKind>(*number);
    if (kind == ListKind::kCountry && !looks_like_country(value)) {
      table.error(codes::kBadCode, kValue, "this is not a country code",
                  "write two capital letters, such as MY");
    } else if (kind == ListKind::kMcc && !looks_like_mcc(value)) {
      table.error(codes::kBadCode, kValue, "this is not a merchant category code", "write four digits");
    }
    const bool in_text = kind == ListKind::kKeyword || kind == ListKind::kDomain;
    if (in_text && !add_keyword(value, validity)) {
      table.error(codes::kEmptyValue, kValue, "this keyword has neither letters nor digits");
    }
    values_[*number][kind == ListKind::kDomain ? lower_case(value) : std::string(value)].push_back(validity);
  }
}

bool WatchList::add_keyword(std::string_view value, const Validity& validity) {
  std::string folded = fold_text(value);
  if (folded.empty()) return false;
  std::vector<Keyword>& same_start = keywords_[first_word(folded)];
  const auto known = std::ranges::find(same_start, folded, &Keyword::folded);
  if (known != same_start.end()) {
    known->periods.push_back(validity);
  } else {
    same_start.push_back({std::move(folded), {validity}});
  }
  return true;
}

const Periods* WatchList::find(ListKind kind, std::string_view value) const {
  const auto& values = values_[static_cast<std::size_t>(kind)];
  if (values.empty() || value.empty()) return nullptr;
  const auto found = kind == ListKind::kDomain ? values.find(lower_case(value)) : values.find(value);
  return found == values.end() ? nullptr : &found->second;
}

bool WatchList::holds_value(ListKind kind, std::string_view value, event::Instant as_of) const {
  const Periods* periods = find(kind, value);
  return periods != nullptr && holds(*periods, as_of);
}

std::optional<event::Instant> WatchList::held_since(ListKind kind, std::string_view value,
                                                    event::Instant as_of) const {
  const Periods* periods = find(kind, value);
  if (periods == nullptr) return std::nullopt;
  std::optional<event::Instant> newest;
  for (const Validity& validity : *periods) {
    if (validity.holds(as_of) && validity.from != event::Instant::min() &&
        (!newest || *newest < validity.from))
      newest = validity.from;
  }
  return newest;
}

template <typename Visit>
bool WatchList::find_in(std::string_view folded, event::Instant as_of, Visit visit) const {
  std::string_view rest = folded;
  while (!rest.empty()) {
    const std::string_view word = first_word(rest);
    if (const auto found = keywords_.find(word); found != keywords_.end()) {
      for (const Keyword& keyword : found->second) {
        const bool whole = rest.size() == keyword.folded.size() ||
                           (rest.size() > keyword.folded.size() && rest[keyword.folded.size()] == ' ');
        const bool stands = whole && rest.starts_with(keyword.folded) && holds(keyword.periods, as_of);
        if (stands && visit(keyword)) return true;
      }
    }
    rest.remove_prefix(std::min(word.size() + 1, rest.size()));
  }
  return false;
}

bool WatchList::mentioned_in(std::string_view text, event::Instant as_of) const {
  if (keywords_.empty() || text.empty()) return false;
  return find_in(fold_text(text), as_of, [](const Keyword&) { return true; });
}

int WatchList::count_in(std::string_view text, event::Instant as_of) const {
  if (keywords_.empty() || text.empty()) return 0;
  std::set<const Keyword*> found;
  find_in(fold_text(text), as_of, [&found](const Keyword& keyword) {
    found.insert(&keyword);
    return false;
  });
  return static_cast<int>(found.size());
}

bool WatchList::similar_in(std::string_view text, event::Instant as_of, int letters) const {
  if (letters == 0 || mentioned_in(text, as_of)) return mentioned_in(text, as_of);
  const std::string folded = fold_text(text);
  for (std::string_view rest = folded; !rest.empty();) {
    for (const auto& [start, keywords] : keywords_) {
      const bool found = std::ranges::any_of(keywords, [&](const Keyword& keyword) {
        return begins_similarly(rest, keyword.folded, letters) && holds(keyword.periods, as_of);
      });
      if (found) return true;
    }
    rest.remove_prefix(std::min(first_word(rest).size() + 1, rest.size()));
  }
  return false;
}

}  // namespace suar::reference
