// The shapes that the schema is made of say of keys what the reader says.
#include "rules/shape.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rules/code_explanations.h"
#include "rules/rule.h"

namespace suar::rules {
namespace {

using ::testing::Contains;
using ::testing::IsEmpty;
using ::testing::Not;

std::vector<std::string> codes(const std::string& bytes) {
  const File file{"a.yaml", bytes};
  std::vector<std::string> out;
  for (const Diagnostic& finding : load_rules(std::span(&file, 1), *event::parse_currency("IDR")).findings)
    out.push_back(finding.code);
  return out;
}

// The whole example without the line of one key.
std::string without(const std::string& key) {
  std::string file = example_file("");
  const std::size_t begin = file.find("\n" + key + ":") + 1;
  return file.erase(begin, file.find('\n', begin) + 1 - begin);
}

TEST(Shape, RequiresWhatTheReaderRequires) {
  EXPECT_THAT(codes(example_file("")), IsEmpty());
  for (const KeyShape& key : rule_shape().keys) {
    if (!key.required || key.name == "rule") continue;
    EXPECT_THAT(codes(without(key.name)), Contains("SUAR-R009")) << key.name;
  }
  EXPECT_THAT(codes(example_file("raise: {because: {en: a, id: b}}")), Contains("SUAR-R009"));
  EXPECT_THAT(codes(example_file("raise: {severity: low}")), Contains("SUAR-R009"));
  EXPECT_THAT(codes(example_file("raise: {silent: true}")), Not(Contains("SUAR-R009")));
}

TEST(Shape, KnowsTheWordsThatTheReaderTakes) {
  for (const MapShape* shape : {&rule_shape(), &raise_shape()}) {
    for (const KeyShape& key : shape->keys) {
      if (key.kind != KeyShape::Kind::kWord && key.kind != KeyShape::Kind::kWords) continue;
      for (const std::string& word : key.words) {
        const std::string value = key.kind == KeyShape::Kind::kWord ? word : fmt::format("[{}]", word);
        const std::string raise = fmt::format("raise: {{{}: {}, because: {{en: a, id: b}}{}}}", key.name,
                                              value, key.name == "severity" ? "" : ", severity: low");
        const std::string piece = shape == &rule_shape() ? fmt::format("{}: {}", key.name, value) : raise;
        EXPECT_THAT(codes(example_file(piece)), Not(Contains("SUAR-R012"))) << piece;
      }
    }
  }
}

}  // namespace
}  // namespace suar::rules
