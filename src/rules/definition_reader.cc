// Documents to definitions: what each is, by its first key. Macros, lists and the pack's version are read
// here.
#include <fmt/format.h>

#include "rules/definition.h"
#include "rules/map_reader.h"
#include "rules/shape.h"

namespace suar::rules {
namespace {

std::vector<std::string> document_kinds() {
  std::vector<std::string> kinds;
  for (const MapShape* shape : document_shapes()) kinds.push_back(shape->keys.front().name);
  return kinds;
}

void read_macros(const YamlNode& document, Definitions& definitions, Findings& findings) {
  const MapReader map(document, "a document of macros", macros_document().names(), findings);
  const YamlNode* node = map.find("macros");
  if (node == nullptr) return;
  const MapReader macros(*node, "`macros`", {}, findings);
  for (const auto& [key, value] : node->pairs) {
    if (!key.is_scalar()) continue;
    if (scalar_text(value, fmt::format("macro `{}`", key.text.value), findings))
      definitions.macros.push_back({{key.text.value, key.at}, value.text});
  }
}

void read_lists(const YamlNode& document, Definitions& definitions, Findings& findings) {
  const MapReader map(document, "a document of lists", lists_document().names(), findings);
  const YamlNode* node = map.find("lists");
  if (node == nullptr) return;
  const MapReader lists(*node, "`lists`", {}, findings);
  for (const auto& [key, value] : node->pairs) {
    if (!key.is_scalar()) continue;
    ListDefinition list{{key.text.value, key.at}, {}};
    list.texts = values_of(lists.texts(key.text.value));
    definitions.lists.push_back(std::move(list));
  }
}

void read_pack(const YamlNode& document, Definitions& definitions, Findings& findings) {
  const MapReader map(document, "a document of the pack", pack_document().names(), findings);
  const YamlNode* node = map.find("pack");
  if (node == nullptr) return;
  const MapReader pack(*node, "`pack`", pack_shape().names(), findings);
  auto version = pack.text("version", true);
  if (!version) return;
  if (definitions.pack_version)
    findings.error(Code::kNameTwice, version->at, "the pack has a version already", "a set of rules has one");
  else
    definitions.pack_version = std::move(version);
}

void read_document(const YamlNode& document, Definitions& definitions, Findings& findings) {
  if (document.kind != YamlNode::Kind::kMap || document.pairs.empty()) {
    findings.error(Code::kWrongShape, document.at,
                   fmt::format("a document is a map, not {}", describe(document.kind)),
                   "a rule begins with `rule: its-id`");
    return;
  }
  const YamlNode& first = document.pairs.front().key;
  const std::string kind = first.is_scalar() ? first.text.value : std::string();
  if (kind == "rule")
    definitions.rules.push_back(read_rule(document, findings));
  else if (kind == "macros")
    read_macros(document, definitions, findings);
  else if (kind == "lists")
    read_lists(document, definitions, findings);
  else if (kind == "suppressions")
    read_suppressions(document, definitions, findings);
  else if (kind == "override")
    definitions.overrides.push_back(read_override(document, findings));
  else if (kind == "pack")
    read_pack(document, definitions, findings);
  else
    findings.error(Code::kUnknownDocument, first.at,
                   fmt::format("a document begins with {}, not with `{}`", one_of(document_kinds()), kind),
                   did_you_mean(kind, document_kinds()));
}

}  // namespace

Definitions read_definitions(const Sources& sources, Findings& findings) {
  Definitions definitions;
  for (std::size_t i = 0; i < sources.files().size(); ++i) {
    const YamlFile file = read_yaml(sources, static_cast<int>(i), findings);
    definitions.complete = definitions.complete && file.complete;
    for (const YamlNode& document : file.documents) read_document(document, definitions, findings);
  }
  return definitions;
}

}  // namespace suar::rules
