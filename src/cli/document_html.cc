#include <fmt/format.h>

#include "cli/document.h"

namespace suar::cli {
namespace {

constexpr std::string_view kStyle = R"(
:root { --ink: #1c2430; --soft: #5b6675; --line: #d9dee5; --pale: #f5f7f9; --deep: #0f4c5c; }
* { box-sizing: border-box; }
body { margin: 0; color: var(--ink); background: #fff; font: 16px/1.55 Georgia, "Times New Roman", serif; }
main { max-width: 46rem; margin: 0 auto; padding: 3rem 1.5rem 5rem; }
h1, h2, h3, th, .badges, nav { font-family: "Helvetica Neue", Helvetica, Arial, sans-serif; }
h1 { font-size: 2.1rem; line-height: 1.15; margin: 0 0 .6rem; color: var(--deep); }
h2 { font-size: 1.45rem; line-height: 1.2; margin: 0 0 .5rem; color: var(--deep); }
h3 { font-size: .82rem; letter-spacing: .08em; text-transform: uppercase; color: var(--soft); margin: 1.7rem 0 .4rem; }
p { margin: .5rem 0 .9rem; }
ul { margin: .3rem 0 .9rem; padding-left: 1.25rem; }
li { margin: .25rem 0; }
table { width: 100%; border-collapse: collapse; font-size: .92rem; margin: .4rem 0 1rem; }
th { text-align: left; font-size: .78rem; color: var(--soft); font-weight: 600; }
th, td { padding: .42rem .7rem .42rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
.badges { display: flex; flex-wrap: wrap; gap: .4rem; margin: .2rem 0 1rem; font-size: .78rem; }
.badges span { border: 1px solid var(--line); border-radius: 1rem; padding: .12rem .65rem; color: var(--soft); }
.badges span:first-child { background: var(--deep); border-color: var(--deep); color: #fff; }
nav { background: var(--pale); border-radius: .5rem; padding: .6rem 1.2rem; font-size: .92rem; }
nav ul { list-style: none; padding: 0; columns: 2; column-gap: 2rem; }
nav li { break-inside: avoid; }
a { color: var(--deep); text-decoration: none; }
a:hover { text-decoration: underline; }
section { border-top: 3px solid var(--deep); margin-top: 3.2rem; padding-top: 1.3rem; }
@media (max-width: 40rem) { nav ul { columns: 1; } }
@page { size: A4; margin: 18mm 17mm; }
@media print {
  body { font-size: 10.5pt; }
  main { max-width: none; padding: 0; }
  section { break-before: page; margin-top: 0; }
  h2, h3 { break-after: avoid; }
  tr, li { break-inside: avoid; }
}
)";

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

class HtmlDocument : public Document {
 public:
  HtmlDocument(std::string_view title, std::string_view language) {
    out_ = fmt::format(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n"
        "<style>{}</style>\n</head>\n<body>\n<main>\n",
        escaped(language), escaped(title), kStyle);
  }
  void heading(int level, std::string_view text, std::string_view anchor) override {
    out_ += anchor.empty()
                ? fmt::format("<h{0}>{1}</h{0}>\n", level, escaped(text))
                : fmt::format("<h{0} id=\"{2}\">{1}</h{0}>\n", level, escaped(text), escaped(anchor));
  }
  void paragraph(std::string_view text) override { out_ += fmt::format("<p>{}</p>\n", escaped(text)); }
  void list(const std::vector<std::string>& items) override {
    out_ += "<ul>\n";
    for (const std::string& item : items) out_ += fmt::format("<li>{}</li>\n", escaped(item));
    out_ += "</ul>\n";
  }
  void table(const std::vector<std::string>& head,
             const std::vector<std::vector<std::string>>& rows) override {
    out_ += "<table>\n<thead>";
    row(head, "th");
    out_ += "</thead>\n<tbody>\n";
    for (const std::vector<std::string>& cells : rows) row(cells, "td");
    out_ += "</tbody>\n</table>\n";
  }
  void badges(const std::vector<std::string>& words) override {
    out_ += "<div class=\"badges\">";
    for (const std::string& word : words) out_ += fmt::format("<span>{}</span>", escaped(word));
    out_ += "</div>\n";
  }
  void links(const std::vector<std::pair<std::string, std::string>>& items) override {
    out_ += "<nav><ul>\n";
    for (const auto& [anchor, text] : items)
      out_ += fmt::format("<li><a href=\"#{}\">{}</a></li>\n", escaped(anchor), escaped(text));
    out_ += "</ul></nav>\n";
  }
  void new_page() override {
    close_section();
    out_ += "<section>\n";
    open_ = true;
  }
  std::string finish() override {
    close_section();
    return std::move(out_) + "</main>\n</body>\n</html>\n";
  }

 private:
  void close_section() {
    if (open_) out_ += "</section>\n";
    open_ = false;
  }
  void row(const std::vector<std::string>& cells, std::string_view tag) {
    out_ += "<tr>";
    for (const std::string& cell : cells) out_ += fmt::format("<{0}>{1}</{0}>", tag, escaped(cell));
    out_ += "</tr>\n";
  }
  std::string out_;
  bool open_ = false;
};

}  // namespace

std::unique_ptr<Document> html_document(std::string_view title, std::string_view language) {
  return std::make_unique<HtmlDocument>(title, language);
}

}  // namespace suar::cli
