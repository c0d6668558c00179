#include "rules/yaml_node.h"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <optional>
#include <sstream>
#include <utility>

#include "rules/text_check.h"
#include "rules/yaml_scalar.h"

namespace suar::rules {
namespace {

constexpr std::size_t kMaxFileBytes = 1U << 20U;
constexpr std::size_t kMaxDepth = 100;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// Leaves yaml-cpp's parser from inside one of its events; the finding has been made.
struct ReadingEnds {};

class TreeBuilder final : public YAML::EventHandler {
 public:
  TreeBuilder(int file, std::string_view bytes, std::size_t skipped, Findings& findings)
      : file_(file), bytes_(bytes), skipped_(skipped), findings_(findings) {}

  YamlNode take() { return std::move(root_); }

  // yaml-cpp counts bytes, but not those of a byte order mark.
  [[nodiscard]] Span at(const YAML::Mark& mark) const {
    const std::size_t position = mark.is_null() ? 0 : static_cast<std::size_t>(mark.pos) + skipped_;
    const auto begin = static_cast<std::uint32_t>(std::min(position, bytes_.size()));
    return {file_, begin, begin};
  }

  // yaml-cpp stays for ever before a token that can begin nothing, such as a comma.
  void OnDocumentStart(const YAML::Mark& mark) override {
    root_ = YamlNode();
    if (std::exchange(document_at_, mark.pos) != mark.pos) return;
    const Span span = at(mark);
    findings_.error(Code::kYamlSyntax, {file_, span.begin, span.begin + 1},
                    "this is not YAML: nothing can begin with it",
                    "put what begins with a comma or a bracket between quotes");
    throw ReadingEnds();
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    refuse(mark, "", anchor);
    YamlNode node;
    node.at = at(mark);
    place(std::move(node));
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t /*anchor*/) override {
    findings_.error(Code::kYamlFeature, at(mark), "a YAML alias (*) is not used in rule files",
                    "give the expression a name under `macros:`");
    throw ReadingEnds();
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    refuse(mark, tag, anchor);
    YamlNode node;
    node.kind = YamlNode::Kind::kScalar;
    node.plain = tag == "?";
    node.at = at(mark);
    node.text = {value, file_, scalar_offsets(bytes_, node.at.begin, value)};
    if (!value.empty()) node.at = node.text.span();
    place(std::move(node));
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value /*style*/) override {
    open(mark, tag, anchor, YamlNode::Kind::kList);
  }
  void OnSequenceEnd() override { close(); }

  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value /*style*/) override {
    open(mark, tag, anchor, YamlNode::Kind::kMap);
  }
  void OnMapEnd() override { close(); }

 private:
  struct Open {
    YamlNode node;
    std::optional<YamlNode> key;
  };

  // A quoted scalar has the tag "!", a plain one "?".
  void refuse(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
    const Span span = at(mark);
    const char first = span.begin < bytes_.size() ? bytes_[span.begin] : '\0';
    if (first == '!' || (tag.size() > 1 && tag != "?")) {
      findings_.error(Code::kYamlFeature, span, "to YAML, a value that begins with `!` is a tag",
                      "put the whole expression between quotes, or in parentheses");
      throw ReadingEnds();
    }
    if (anchor != YAML::NullAnchor) {
      findings_.error(Code::kYamlFeature, span, "a YAML anchor (&) is not used in rule files",
                      "give the expression a name under `macros:`");
      throw ReadingEnds();
    }
  }

  void open(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, YamlNode::Kind kind) {
    refuse(mark, tag, anchor);
    if (open_.size() >= kMaxDepth) {
      findings_.error(Code::kTooDeep, at(mark), fmt::format("nested more than {} deep", kMaxDepth));
      throw ReadingEnds();
    }
    Open opened;
    opened.node.kind = kind;
    opened.node.at = at(mark);
    open_.push_back(std::move(opened));
  }

  void close() {
    YamlNode node = std::move(open_.back().node);
    open_.pop_back();
    place(std::move(node));
  }

  void place(YamlNode node) {
    if (open_.empty()) {
      root_ = std::move(node);
      return;
    }
    Open& parent = open_.back();
    if (parent.node.kind == YamlNode::Kind::kList) {
      parent.node.items.push_back(std::move(node));
    } else if (!parent.key) {
      parent.key = std::move(node);
    } else {
      parent.node.pairs.push_back({std::move(*parent.key), std::move(node)});
      parent.key.reset();
    }
  }

  int file_;
  std::string_view bytes_;
  std::size_t skipped_;
  Findings& findings_;
  std::optional<int> document_at_;
  std::vector<Open> open_;
  YamlNode root_;
};

// What yaml-cpp says, and what it most often means in a rule file.
void report(const YAML::Exception& problem, const TreeBuilder& builder, Findings& findings) {
  std::string hint;
  if (problem.msg == YAML::ErrorMsg::MAP_VALUE || problem.msg == YAML::ErrorMsg::END_OF_MAP ||
      problem.msg == YAML::ErrorMsg::END_OF_MAP_FLOW || problem.msg == YAML::ErrorMsg::END_OF_SEQ_FLOW ||
      problem.msg == YAML::ErrorMsg::FLOW_END)
    hint =
        "an expression that holds `: ` or ` #`, or begins with a quote, `[`, `{`, `!`, `&` or `*`, goes "
        "between quotes or "
        "on lines of its own after `>-`";
  findings.error(Code::kYamlSyntax, builder.at(problem.mark),
                 fmt::format("this is not YAML: {}", problem.msg), hint);
}

}  // namespace

YamlFile read_yaml(const Sources& sources, int file, Findings& findings) {
  const std::string& bytes = sources.files()[static_cast<std::size_t>(file)].bytes;
  YamlFile result;
  if (bytes.size() > kMaxFileBytes) {
    findings.file_error(Code::kFileTooLarge, file, "the file is larger than 1 MiB", "split it into several");
    return {{}, false};
  }
  if (const auto bad = first_bad_byte(bytes)) {
    const auto begin = static_cast<std::uint32_t>(*bad);
    findings.error(Code::kNotText, {file, begin, begin + 1}, "the file is not UTF-8 text from here on",
                   "save it as UTF-8, without control characters");
    return {{}, false};
  }
  const std::size_t skipped = bytes.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
  TreeBuilder builder(file, bytes, skipped, findings);
  try {
    std::istringstream stream(bytes);
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {
      YamlNode document = builder.take();
      if (document.kind != YamlNode::Kind::kNull) result.documents.push_back(std::move(document));
    }
  } catch (const YAML::Exception& problem) {
    report(problem, builder, findings);
    result.complete = false;
  } catch (const ReadingEnds&) {
    result.complete = false;
  }
  return result;
}

}  // namespace suar::rules
