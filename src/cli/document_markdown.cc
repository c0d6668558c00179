#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/document.h"

namespace suar::cli {
namespace {

// Signs that Markdown would take for its own.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (std::string_view("\\`*_[]<>|#").find(c) != std::string_view::npos) out += '\\';
    out += c == '\n' ? ' ' : c;
  }
  while (out.ends_with(' ')) out.pop_back();
  return out;
}

class MarkdownDocument : public Document {
 public:
  void heading(int level, std::string_view text, std::string_view anchor) override {
    if (!anchor.empty()) out_ += fmt::format("<a id=\"{}\"></a>\n\n", anchor);
    out_ += fmt::format("{} {}\n\n", std::string(static_cast<std::size_t>(level), '#'), escaped(text));
  }
  void paragraph(std::string_view text) override { out_ += escaped(text) + "\n\n"; }
  void list(const std::vector<std::string>& items) override {
    for (const std::string& item : items) out_ += "- " + escaped(item) + "\n";
    out_ += '\n';
  }
  void table(const std::vector<std::string>& head,
             const std::vector<std::vector<std::string>>& rows) override {
    row(head);
    row(std::vector<std::string>(head.size(), "---"), false);
    for (const std::vector<std::string>& cells : rows) row(cells);
    out_ += '\n';
  }
  void badges(const std::vector<std::string>& words) override {
    std::vector<std::string> safe;
    for (const std::string& word : words) safe.push_back(escaped(word));
    if (!safe.empty()) safe.front() = "**" + safe.front() + "**";
    out_ += fmt::format("{}\n\n", fmt::join(safe, " · "));
  }
  void links(const std::vector<std::pair<std::string, std::string>>& items) override {
    for (const auto& [anchor, text] : items) out_ += fmt::format("- [{}](#{})\n", escaped(text), anchor);
    out_ += '\n';
  }
  void new_page() override {}
  std::string finish() override { return std::move(out_); }

 private:
  void row(const std::vector<std::string>& cells, bool escape = true) {
    for (const std::string& cell : cells) out_ += "| " + (escape ? escaped(cell) : cell) + " ";
    out_ += "|\n";
  }
  std::string out_;
};

}  // namespace

std::unique_ptr<Document> markdown_document() {
  return std::make_unique<MarkdownDocument>();
}

}  // namespace suar::cli
