#include "rules/governance.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "rules/source.h"
#include "rules/yaml_node.h"

namespace suar::rules {
namespace {

const YamlNode* find(const YamlNode& map, std::string_view key) {
  for (const auto& [name, value] : map.pairs) {
    if (name.is_scalar() && name.text.value == key) return &value;
  }
  return nullptr;
}

// A name, or a list of names.
std::vector<const YamlNode*> people(const YamlNode& rule, std::string_view key) {
  const YamlNode* value = find(rule, key);
  std::vector<const YamlNode*> found;
  if (value == nullptr) return found;
  if (value->is_scalar()) found.push_back(value);
  for (const YamlNode& item : value->items) {
    if (item.is_scalar()) found.push_back(&item);
  }
  return found;
}

void check_four_eyes(const YamlNode& rule, std::string_view id, Findings& findings) {
  const std::vector<const YamlNode*> authors = people(rule, "author");
  for (const YamlNode* approver : people(rule, "approver")) {
    const bool same = std::ranges::any_of(
        authors, [&](const YamlNode* author) { return author->text.value == approver->text.value; });
    if (same)
      findings.warning(Code::kSelfApproved, approver->at, fmt::format("the author of `{}` approved it", id),
                       "let somebody else approve it");
  }
}

// Look-alikes are asked for always, under a code of their own.
void check_inventory(const YamlNode& rule, std::string_view id, Findings& findings) {
  std::vector<std::string_view> missing;
  for (const std::string_view key : {"author", "approver", "description", "basis"}) {
    const YamlNode* value = find(rule, key);
    if (value == nullptr || (value->kind == YamlNode::Kind::kList && value->items.empty()))
      missing.push_back(key);
  }
  const YamlNode* raise = find(rule, "raise");
  const YamlNode* silent = raise == nullptr ? nullptr : find(*raise, "silent");
  const bool alerts = silent == nullptr || silent->text.value != "true";
  if (raise != nullptr && alerts && find(*raise, "recommended_action") == nullptr)
    missing.emplace_back("raise.recommended_action");
  if (missing.empty()) return;
  findings.warning(Code::kUngoverned, rule.pairs.front().value.at,
                   fmt::format("rule `{}` does not state its {}", id, fmt::join(missing, ", ")));
}

}  // namespace

Diagnostics check_governance(std::span<const File> files, bool inventory) {
  const Sources sources(files);
  Findings unread(sources), findings(sources);
  for (std::size_t i = 0; i < files.size(); ++i) {
    const YamlFile file = read_yaml(sources, static_cast<int>(i), unread);
    for (const YamlNode& rule : file.documents) {
      const bool is_rule = !rule.pairs.empty() && rule.pairs.front().key.text.value == "rule";
      if (!is_rule) continue;
      const std::string& id = rule.pairs.front().value.text.value;
      check_four_eyes(rule, id, findings);
      if (inventory) check_inventory(rule, id, findings);
    }
  }
  return findings.take();
}

}  // namespace suar::rules
