// A document of headings, paragraphs, lists and tables, written as Markdown or as HTML.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace suar::cli {

class Document {
 public:
  virtual ~Document() = default;
  // Level 1 is the document's title. `anchor`: a name that links() may lead to.
  virtual void heading(int level, std::string_view text, std::string_view anchor = {}) = 0;
  virtual void paragraph(std::string_view text) = 0;
  virtual void list(const std::vector<std::string>& items) = 0;
  virtual void table(const std::vector<std::string>& head,
                     const std::vector<std::vector<std::string>>& rows) = 0;
  // Short words in a line; the first is the weightiest.
  virtual void badges(const std::vector<std::string>& words) = 0;
  virtual void links(const std::vector<std::pair<std::string, std::string>>& anchors_and_texts) = 0;
  // What follows stands on a page of its own, where pages are printed.
  virtual void new_page() = 0;
  [[nodiscard]] virtual std::string finish() = 0;
};

[[nodiscard]] std::unique_ptr<Document> markdown_document();
// One file without anything from elsewhere; it prints on A4. `language` is that of its text, such as "en".
[[nodiscard]] std::unique_ptr<Document> html_document(std::string_view title, std::string_view language);

}  // namespace suar::cli
