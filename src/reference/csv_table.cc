#include "reference/csv_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <utility>

#include "reference/finding_codes.h"
#include "reference/values.h"

namespace suar::reference {

CsvTable::CsvTable(Findings& findings, std::initializer_list<Column> columns)
    : findings_(findings), scanner_(findings), columns_(columns), place_(columns.size(), kAbsent) {
  std::ignore = check_utf8(findings_);
  read_header();
}

void CsvTable::read_header() {
  std::vector<std::string> names;
  names.reserve(columns_.size());
  for (const Column& column : columns_) names.emplace_back(column.name);
  std::vector<Cell> header;
  if (!scanner_.next(header)) {
    findings_.error_in_file(codes::kMissingColumn, "the file has no header line",
                            fmt::format("begin it with: {}", fmt::join(names, ",")));
    usable_ = false;
    return;
  }
  width_ = header.size();
  for (std::size_t i = 0; i < header.size(); ++i) {
    const auto known = std::ranges::find(names, header[i].text);
    if (known == names.end()) {
      findings_.warn(codes::kUnknownColumn, header[i].at, "this column is not known and not read",
                     did_you_mean(header[i].text, names));
      continue;
    }
    std::size_t& place = place_[static_cast<std::size_t>(known - names.begin())];
    if (place != kAbsent) {
      findings_.error(codes::kRepeatedColumn, header[i].at, fmt::format("column `{}` stands twice", *known),
                      "remove one of them");
    }
    place = i;
  }
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (!columns_[i].required || place_[i] != kAbsent) continue;
    findings_.error(codes::kMissingColumn, {header.front().at.offset, 1},
                    fmt::format("column `{}` is missing", columns_[i].name),
                    fmt::format("the columns of this file are: {}", fmt::join(names, ",")));
    usable_ = false;
  }
}

bool CsvTable::next() {
  while (usable_ && scanner_.next(row_)) {
    if (row_.size() == width_) return true;
    findings_.error(
        codes::kWrongWidth, row_.front().at,
        fmt::format("the row has {} cells, the header has {}", row_.size(), width_),
        row_.size() > width_ ? "put a value that holds a comma in quotes" : "write empty cells as `,,`");
  }
  return false;
}

Cell CsvTable::cell(std::size_t column) const {
  if (place_[column] == kAbsent) return {{}, {row_.front().at.offset, 1}};
  return row_[place_[column]];
}

int CsvTable::line() const {
  return findings_.line_of(row_.front().at.offset);
}

void CsvTable::error(std::string_view code, std::size_t column, std::string message, std::string suggestion) {
  findings_.error(code, cell(column).at, std::move(message), std::move(suggestion));
}

std::string_view CsvTable::required_text(std::size_t column) {
  const std::string_view value = text(column);
  if (value.empty()) error(codes::kEmptyValue, column, fmt::format("`{}` is empty", columns_[column].name));
  return value;
}

std::optional<std::size_t> CsvTable::word(std::size_t column, const std::vector<std::string>& words) {
  const std::string_view value = required_text(column);
  if (value.empty()) return std::nullopt;
  const auto known = std::ranges::find(words, value);
  if (known != words.end()) return static_cast<std::size_t>(known - words.begin());
  std::string suggestion = did_you_mean(value, words);
  if (suggestion.empty()) suggestion = fmt::format("one of: {}", fmt::join(words, ", "));
  error(codes::kUnknownWord, column, fmt::format("this is no `{}` that is known", columns_[column].name),
        std::move(suggestion));
  return std::nullopt;
}

std::string_view CsvTable::open_word(std::size_t column, const std::vector<std::string>& words) {
  const std::string_view value = text(column);
  if (value.empty() || std::ranges::find(words, value) != words.end()) return value;
  constexpr std::size_t kMostRemembered = 1000;
  if (seen_words_.size() >= kMostRemembered || !seen_words_.emplace(value).second) return value;
  if (std::string suggestion = did_you_mean(value, words); !suggestion.empty()) {
    findings_.warn(codes::kLikelyMisspelt, cell(column).at,
                   fmt::format("this `{}` is not one that the rules know", columns_[column].name),
                   std::move(suggestion));
  }
  return value;
}

std::optional<event::Date> CsvTable::date(std::size_t column) {
  return read_date(findings_, cell(column), columns_[column].name);
}

std::optional<event::Currency> CsvTable::currency(std::size_t column) {
  if (required_text(column).empty()) return std::nullopt;
  return read_currency(findings_, cell(column), columns_[column].name);
}

std::optional<std::int64_t> CsvTable::amount(std::size_t column, event::Currency currency) {
  return read_amount(findings_, cell(column), columns_[column].name, currency);
}

std::optional<double> CsvTable::number(std::size_t column, double least, double most) {
  return read_number(findings_, cell(column), columns_[column].name, least, most);
}

Validity CsvTable::validity(std::size_t first_day, std::size_t last_day) {
  const auto first = date(first_day);
  const auto last = date(last_day);
  if (first && last && *last < *first) {
    error(codes::kReversedRange, last_day,
          fmt::format("`{}` is before `{}`", columns_[last_day].name, columns_[first_day].name));
  }
  return validity_of(first, last);
}

std::vector<std::string> CsvTable::items(std::size_t column) const {
  std::vector<std::string> items;
  std::string_view rest = text(column);
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(';'), rest.size());
    std::string_view item = rest.substr(0, end);
    while (item.starts_with(' ')) item.remove_prefix(1);
    while (item.ends_with(' ')) item.remove_suffix(1);
    if (!item.empty()) items.emplace_back(item);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return items;
}

}  // namespace suar::reference
