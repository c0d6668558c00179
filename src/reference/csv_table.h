// A CSV file with a header, read row by row as typed values.
//
// A column that nobody knows is a warning, a required one that is missing an error; then there are no rows. A
// row with too few or too many cells is reported and passed over. Every other mistake is reported where it
// stands and the row is read on, so that one pass finds them all.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "event/instant.h"
#include "event/money.h"
#include "reference/csv_scanner.h"
#include "reference/findings.h"
#include "reference/validity.h"

namespace suar::reference {

struct Column {
  std::string_view name;
  bool required = false;
};

class CsvTable {
 public:
  // A column is later named by its place in `columns`.
  CsvTable(Findings& findings, std::initializer_list<Column> columns);

  [[nodiscard]] bool next();  // moves to the next row; false at the end

  // Of the present row. An absent cell is empty text at the row's beginning.
  [[nodiscard]] Cell cell(std::size_t column) const;
  [[nodiscard]] std::string_view text(std::size_t column) const { return cell(column).text; }
  [[nodiscard]] std::string_view required_text(std::size_t column);  // reports an empty one
  // One of the words; an empty or another one is reported.
  [[nodiscard]] std::optional<std::size_t> word(std::size_t column, const std::vector<std::string>& words);
  // Any word; one that looks like a misspelt one of these draws a warning, once.
  [[nodiscard]] std::string_view open_word(std::size_t column, const std::vector<std::string>& words);
  [[nodiscard]] std::optional<event::Date> date(std::size_t column);
  [[nodiscard]] std::optional<event::Currency> currency(std::size_t column);
  [[nodiscard]] std::optional<std::int64_t> amount(std::size_t column, event::Currency currency);
  [[nodiscard]] std::optional<double> number(std::size_t column, double least, double most);
  [[nodiscard]] Validity validity(std::size_t first_day, std::size_t last_day);
  [[nodiscard]] std::vector<std::string> items(std::size_t column) const;  // between `;`

  void error(std::string_view code, std::size_t column, std::string message, std::string suggestion = {});
  [[nodiscard]] int line() const;  // where the present row begins
  [[nodiscard]] Findings& findings() { return findings_; }

 private:
  static constexpr std::size_t kAbsent = SIZE_MAX;
  void read_header();

  Findings& findings_;
  CsvScanner scanner_;
  std::vector<Column> columns_;
  std::vector<std::size_t> place_;  // of each column in the file, or kAbsent
  std::size_t width_ = 0;
  bool usable_ = true;
  std::vector<Cell> row_;
  std::set<std::string, std::less<>> seen_words_;
};

}  // namespace suar::reference
