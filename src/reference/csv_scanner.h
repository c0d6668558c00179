// Splits a CSV file into rows of cells by RFC 4180, and knows where each cell stands.
//
// Lines end in LF or CRLF; a quoted cell may hold commas, line ends and doubled quotes. A byte order mark and
// empty lines are skipped. Blanks around a cell that is not quoted are not part of it.
#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "reference/findings.h"

namespace suar::reference {

struct Cell {
  std::string_view text;
  Span at;
};

class CsvScanner {
 public:
  explicit CsvScanner(Findings& findings);

  // The next row, or false at the end. A row whose quoting is broken is reported and passed over. The cells
  // are valid until the next call.
  [[nodiscard]] bool next(std::vector<Cell>& row);

 private:
  enum class CellEnd { kComma, kLine, kFile };
  CellEnd read_cell(Cell& cell, bool& sound);
  CellEnd read_quoted(Cell& cell, bool& sound);
  CellEnd read_plain(Cell& cell, bool& sound);
  CellEnd consume_separator();

  Findings& findings_;
  std::string_view bytes_;
  std::size_t at_ = 0;
  std::deque<std::string> unescaped_;  // the cells of this row that held doubled quotes
};

}  // namespace suar::reference
