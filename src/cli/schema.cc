#include "cli/schema.h"

#include <algorithm>

#include <climits>
#include <deque>
#include <set>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "cli/rule_tests_shape.h"
#include "event/json_writer.h"
#include "rules/shape.h"

namespace suar::cli {
namespace {

using rules::KeyShape;
using rules::MapShape;
using Kind = rules::KeyShape::Kind;

// Writes each map once, under $defs, in the order in which they are met.
class SchemaWriter {
 public:
  std::string write() {
    json_.begin_object();
    json_.field("$schema", "https://json-schema.org/draft/2020-12/schema");
    json_.field("title", "A document of a Suar rule file");
    json_.field("description",
                "Its first key says what it is. suar check says more: a schema does not read expressions.");
    json_.key("oneOf");
    json_.begin_array();
    for (const MapShape* shape : rules::document_shapes()) {
      json_.begin_object();
      reference(*shape);
      json_.end_object();
    }
    json_.end_array();
    json_.key("$defs");
    json_.begin_object();
    for (; !waiting_.empty(); waiting_.pop_front()) {
      json_.key(waiting_.front()->title);
      map(*waiting_.front());
    }
    json_.end_object();
    json_.end_object();
    return std::move(out_) + "\n";
  }

 private:
  void reference(const MapShape& shape) {
    json_.field("$ref", "#/$defs/" + shape.title);
    if (met_.insert(&shape).second) waiting_.push_back(&shape);
  }

  void map(const MapShape& shape) {
    json_.begin_object();
    json_.field("type", "object");
    json_.key("properties");
    json_.begin_object();
    for (const KeyShape& key : shape.keys) {
      json_.key(key.name);
      value(key);
    }
    json_.end_object();
    json_.key("additionalProperties");
    shape.own_names ? value(shape.own) : json_.boolean(false);
    required(shape);
    json_.end_object();
  }

  void required(const MapShape& shape) {
    json_.key("required");
    json_.begin_array();
    for (const KeyShape& key : shape.keys) {
      if (key.required && key.unless.empty()) json_.string(key.name);
    }
    json_.end_array();
    const auto conditional = [](const KeyShape& key) { return key.required && !key.unless.empty(); };
    if (std::ranges::none_of(shape.keys, conditional)) return;
    json_.key("allOf");
    json_.begin_array();
    for (const KeyShape& key : shape.keys) {
      if (!conditional(key)) continue;
      // This key, or one of the others that is not false.
      json_.begin_object();
      json_.key("anyOf");
      json_.begin_array();
      json_.raw(fmt::format(R"({{"required":["{}"]}})", key.name));
      for (const std::string& other : key.unless) {
        json_.raw(fmt::format(R"({{"required":["{0}"],"properties":{{"{0}":{{"not":{{"const":false}}}}}}}})",
                              other));
      }
      json_.end_array();
      json_.end_object();
    }
    json_.end_array();
  }

  void value(const KeyShape& key) {
    json_.begin_object();
    if (!key.description.empty()) json_.field("description", key.description);
    if (key.name == "tests" && key.kind == Kind::kAny)
      tests();
    else
      constraint(key);
    json_.end_object();
  }

  // YAML reads `8` as a number and `true` as a truth: to the rule language both are text.
  void scalar(std::string_view more = {}) {
    json_.key("type");
    json_.raw(R"(["string","number","boolean"])");
    if (more.empty()) return;
    json_.key("pattern");
    json_.string(more);
  }

  void words(const KeyShape& key) {
    json_.key("enum");
    json_.begin_array();
    for (const std::string& word : key.words) json_.string(word);
    json_.end_array();
  }

  template <typename Item>
  void list(Item item) {
    json_.field("type", "array");
    json_.key("items");
    json_.begin_object();
    item();
    json_.end_object();
  }

  template <typename First, typename Second>
  void either(First first, Second second) {
    json_.key("anyOf");
    json_.begin_array();
    json_.begin_object();
    first();
    json_.end_object();
    json_.begin_object();
    second();
    json_.end_object();
    json_.end_array();
  }

  void constraint(const KeyShape& key) {
    switch (key.kind) {
      case Kind::kText:
      case Kind::kExpression:
        return scalar();
      case Kind::kId:
        return scalar(rules::kIdPattern);
      case Kind::kWord:
        return words(key);
      case Kind::kInteger:
        json_.field("type", "integer");
        json_.field("minimum", key.low);
        if (key.high != INT_MAX) json_.field("maximum", key.high);
        return;
      case Kind::kTruth:
        return json_.field("type", "boolean");
      case Kind::kBilingual:
        return reference(rules::bilingual_shape());
      case Kind::kTexts:
        list([&] { scalar(); });
        return least(key);
      case Kind::kWords:
        list([&] { words(key); });
        return least(key);
      case Kind::kPeople:
        return either([&] { scalar(); }, [&] { list([&] { scalar(); }); });
      case Kind::kMap:
        return reference(*key.map);
      case Kind::kTextOrMap:
        return either([&] { scalar(); }, [&] { reference(*key.map); });
      case Kind::kMaps:
        if (key.other == nullptr) return list([&] { reference(*key.map); });
        return list([&] { either([&] { reference(*key.map); }, [&] { reference(*key.other); }); });
      case Kind::kAny:
        return;
    }
  }

  void least(const KeyShape& key) {
    if (key.required) json_.field("minItems", 1);
  }

  // `suar test` reads them, so their shape is not the rule reader's.
  void tests() {
    KeyShape tests{.name = {}, .kind = Kind::kMaps};
    tests.map = &given_shape();
    tests.other = &test_shape();
    constraint(tests);
  }

  std::string out_;
  event::JsonWriter json_{out_};
  std::deque<const MapShape*> waiting_;
  std::set<const MapShape*> met_;
};

}  // namespace

std::string rule_file_schema() {
  return SchemaWriter().write();
}

void add_schema(CLI::App& app, int& exit_status) {
  CLI::App* command = app.add_subcommand("schema", "Print the JSON Schema of rule files, for editors");
  command->footer(
      "suar schema > suar-rules.schema.json, and in an editor with the YAML language server (VS Code, "
      "Neovim,\n"
      "Emacs, IntelliJ) either a first line in the rule file,\n"
      "  # yaml-language-server: $schema=suar-rules.schema.json\n"
      "or a setting: \"yaml.schemas\": {\"./suar-rules.schema.json\": \"rules/**/*.yaml\"}.\n"
      "The editor then completes keys and words, shows what each key is for and underlines what has no "
      "place.");
  command->callback([&exit_status] {
    fmt::print("{}", rule_file_schema());
    exit_status = 0;
  });
}

}  // namespace suar::cli
