#include "reference/csv_scanner.h"

#include <algorithm>

#include "reference/finding_codes.h"

namespace suar::reference {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

std::string undouble_quotes(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    out += text[i];
    if (text[i] == '"') ++i;
  }
  return out;
}

}  // namespace

CsvScanner::CsvScanner(Findings& findings) : findings_(findings), bytes_(findings.bytes()) {
  if (bytes_.starts_with(kByteOrderMark)) at_ = kByteOrderMark.size();
}

bool CsvScanner::next(std::vector<Cell>& row) {
  while (at_ < bytes_.size()) {
    row.clear();
    unescaped_.clear();
    bool sound = true;
    CellEnd end = CellEnd::kComma;
    while (end == CellEnd::kComma) {
      row.emplace_back();
      end = read_cell(row.back(), sound);
    }
    const bool empty_line = row.size() == 1 && row.front().text.empty() && row.front().at.length == 0;
    if (sound && !empty_line) return true;
  }
  return false;
}

CsvScanner::CellEnd CsvScanner::read_cell(Cell& cell, bool& sound) {
  while (at_ < bytes_.size() && is_blank(bytes_[at_])) ++at_;
  cell.at = {at_, 0};
  return at_ < bytes_.size() && bytes_[at_] == '"' ? read_quoted(cell, sound) : read_plain(cell, sound);
}

CsvScanner::CellEnd CsvScanner::read_quoted(Cell& cell, bool& sound) {
  const std::size_t open = at_;
  bool doubled = false;
  std::size_t close = open + 1;
  for (;; close += 2) {
    close = bytes_.find('"', close);
    if (close == std::string_view::npos) {
      findings_.error(codes::kBadQuoting, {open, 1}, "this quote is never closed",
                      "close it with another `\"`");
      sound = false;
      at_ = bytes_.size();
      return CellEnd::kFile;
    }
    if (close + 1 >= bytes_.size() || bytes_[close + 1] != '"') break;
    doubled = true;
  }
  cell.text = bytes_.substr(open + 1, close - open - 1);
  if (doubled) cell.text = unescaped_.emplace_back(undouble_quotes(cell.text));
  cell.at.length = close + 1 - open;

  at_ = close + 1;
  const std::size_t after = at_;
  while (at_ < bytes_.size() && is_blank(bytes_[at_])) ++at_;
  at_ = std::min(bytes_.find_first_of(",\n", at_), bytes_.size());
  std::string_view between = bytes_.substr(after, at_ - after);
  if (at_ < bytes_.size() && bytes_[at_] == '\n' && between.ends_with('\r')) between.remove_suffix(1);
  if (between.find_first_not_of(" \t") != std::string_view::npos) {
    findings_.error(codes::kBadQuoting, {after, 1}, "text follows the closing quote of a cell",
                    "write a quote inside a quoted cell twice: `\"\"`");
    sound = false;
  }
  return consume_separator();
}

CsvScanner::CellEnd CsvScanner::read_plain(Cell& cell, bool& sound) {
  const std::size_t start = at_;
  at_ = std::min(bytes_.find_first_of(",\n", at_), bytes_.size());
  std::string_view text = bytes_.substr(start, at_ - start);
  if (at_ < bytes_.size() && bytes_[at_] == '\n' && text.ends_with('\r')) text.remove_suffix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  cell.text = text;
  cell.at.length = text.size();
  if (const std::size_t quote = text.find('"'); quote != std::string_view::npos) {
    findings_.error(codes::kBadQuoting, {start + quote, 1}, "a quote stands inside a cell that is not quoted",
                    "put the whole cell in quotes and write the inner quote twice");
    sound = false;
  }
  return consume_separator();
}

CsvScanner::CellEnd CsvScanner::consume_separator() {
  if (at_ >= bytes_.size()) return CellEnd::kFile;
  return bytes_[at_++] == ',' ? CellEnd::kComma : CellEnd::kLine;
}

}  // namespace suar::reference
