// The README's first rule does what the README says.
#include <fstream>
#include <iterator>
#include <string>

#include <gtest/gtest.h>

#include "built.h"
#include "cli/check.h"
#include "cli/rule_tests.h"
#include "cli/temporary_directory.h"

namespace suar::cli {
namespace {

// The first block of the file between ```yaml and ```.
std::string first_yaml_block(const std::string& path) {
  std::ifstream file(path);
  const std::string text(std::istreambuf_iterator<char>(file), {});
  const std::size_t begin = text.find("```yaml\n");
  if (begin == std::string::npos) return {};
  const std::size_t end = text.find("```", begin + 3);
  return text.substr(begin + 8, end - begin - 8);
}

TEST(Readme, ShowsARuleThatIsRightAndPassesItsTests) {
  const TemporaryDirectory directory;
  const std::string rule = first_yaml_block(std::string(testing::kSourceDirectory) + "/README.md");
  ASSERT_FALSE(rule.empty());
  const std::string path = directory.write("first.yaml", rule);

  CheckOptions check;
  check.paths = {path};
  check.strict = true;
  EXPECT_EQ(check_rules(check), 0);

  RuleTestOptions test;
  test.paths = {path};
  test.fail_on_empty = true;
  EXPECT_EQ(run_rule_tests(test), 0);
}

}  // namespace
}  // namespace suar::cli
