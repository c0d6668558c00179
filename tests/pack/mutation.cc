// Are the rules' own tests worth something? Changes each rule in small ways and runs its file's tests on each
// changed rule: a test has to fail. What survives is printed; the exit status is 1 if there is any that the
// file of known survivors does not name with its reason, or if it names one that is noticed.
//
//   pack_mutation RULES_DIR KNOWN_SURVIVORS [EVERY [ONLY]]    EVERY: take each so-manieth change
//   only; ONLY: files with this in their name
//
// What is changed, changes.h says. A change that the checker refuses is left out.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "changes.h"
#include "cli/rule_tests_reader.h"
#include "cli/rule_tests_run.h"
#include "cli/rule_tests_subset.h"
#include "event/money.h"
#include "rules/definition.h"
#include "rules/source.h"
#include "service/files.h"

namespace {

using suar::pack::Change;

// The files that the tests of file `index` need; all, where it has none.
std::vector<std::size_t> companions(const std::vector<suar::rules::File>& files, std::size_t index,
                                    const std::vector<suar::cli::TestCase>& tests,
                                    suar::cli::RuleSubsets& subsets) {
  std::set<std::string> names{files[index].name};
  for (const auto& test : tests) {
    for (const auto& file : subsets.of(test).files) names.insert(file.name);
  }
  std::vector<std::size_t> needed;
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (tests.empty() || names.contains(files[i].name)) needed.push_back(i);
  }
  return needed;
}

// The rule file with the change in it.
std::string changed(const std::string& bytes, const Change& change) {
  return bytes.substr(0, change.at.begin) + change.text + bytes.substr(change.at.end);
}

// The tests are read once; to read them with every changed set took a quarter of the time.
std::string without_tests(const std::string& bytes) {
  std::istringstream lines(bytes);
  std::string kept;
  bool in_tests = false;
  for (std::string line; std::getline(lines, line);) {
    in_tests = line.starts_with("tests:") || (in_tests && line != "---");
    if (!in_tests) kept += line + '\n';
  }
  return kept;
}

std::string one_line(std::string_view text) {
  std::string line;
  for (const char c : text) {
    if (c != '\n' && (c != ' ' || !line.ends_with(' '))) line += c;
  }
  return line;
}

// A name for each change; what reads alike in one rule is counted: ` [2]`.
std::vector<std::string> describe(const std::vector<Change>& changes,
                                  const std::vector<suar::rules::File>& files) {
  std::vector<std::string> names;
  std::map<std::string, int> seen;
  for (const Change& change : changes) {
    const std::string_view bytes = files[static_cast<std::size_t>(change.at.file)].bytes;
    std::string name = fmt::format("{}: {} -> {}", change.rule,
                                   one_line(bytes.substr(change.at.begin, change.at.end - change.at.begin)),
                                   change.text.empty() ? "(gone)" : change.text);
    const int count = ++seen[name];
    names.push_back(count == 1 ? name : fmt::format("{} [{}]", name, count));
  }
  return names;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    fmt::print(stderr, "usage: pack_mutation RULES_DIR KNOWN_SURVIVORS [EVERY [ONLY]]\n");
    return 2;
  }
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  const std::size_t every = argc > 3 ? std::strtoul(argv[3], nullptr, 10) : 1;
  const std::string only = argc > 4 ? argv[4] : "";
  const auto home = *suar::event::parse_currency("IDR");
  auto files = suar::service::read_rule_files({argv[1]});
  if (!files) {
    fmt::print(stderr, "{}\n", files.error());
    return 2;
  }
  // Each line: what was changed as it is printed, " # ", the reason.
  std::set<std::string> known;
  std::ifstream known_file(argv[2]);
  for (std::string line; std::getline(known_file, line);) {
    if (!line.empty() && !line.starts_with('#')) known.insert(line.substr(0, line.find(" # ")));
  }

  const suar::rules::Sources sources(*files);
  suar::rules::Findings findings(sources);
  const suar::rules::Definitions definitions = read_definitions(sources, findings);
  const std::vector<Change> changes = suar::pack::changes_of(sources, definitions);

  std::vector<std::vector<suar::cli::TestCase>> tests;
  std::vector<const suar::cli::TestCase*> all;
  for (const auto& file : *files) {
    suar::Diagnostics problems;
    tests.push_back(suar::cli::read_rule_tests(file, home, problems));
  }
  for (const auto& of_file : tests) {
    for (const auto& test : of_file) all.push_back(&test);
  }

  std::vector<std::vector<std::size_t>> needed;
  const auto whole = suar::rules::load_rules(*files, home);
  if (!whole.rules) {
    fmt::print(stderr, "the rules do not load\n");
    return 2;
  }
  suar::cli::RuleSubsets subsets(whole.rules, *files);
  for (std::size_t i = 0; i < files->size(); ++i) {
    needed.push_back(companions(*files, i, tests[i], subsets));
  }

  // A test that fails anyhow would be taken to notice every change.
  for (std::size_t i = 0; i < files->size(); ++i) {
    std::vector<suar::rules::File> set;
    for (const std::size_t companion : needed[i]) set.push_back((*files)[companion]);
    const auto loaded = suar::rules::load_rules(set, home);
    for (const auto& test : tests[i]) {
      if (loaded.rules && suar::cli::run_rule_test(test, loaded.rules, set).passed()) continue;
      fmt::print(stderr, "{}:{}: fails without any change\n", test.file, test.line);
      return 2;
    }
  }

  const std::vector<std::string> described = describe(changes, *files);
  std::vector<suar::rules::File> bare = *files;
  for (auto& file : bare) file.bytes = without_tests(file.bytes);
  std::set<std::string> stale = known;
  std::size_t tried = 0, refused = 0, survived = 0, expected = 0;
  for (std::size_t i = 0; i < changes.size(); i += every) {
    const Change& change = changes[i];
    const auto index = static_cast<std::size_t>(change.at.file);
    if ((*files)[index].name.find(only) == std::string::npos) continue;
    const std::string& original = (*files)[index].bytes;
    std::vector<suar::rules::File> set;
    for (const std::size_t companion : needed[index]) {
      set.push_back(bare[companion]);
      if (companion == index) set.back().bytes = without_tests(changed(original, change));
    }
    const auto loaded = suar::rules::load_rules(set, home);
    if (!loaded.rules) {
      ++refused;
      continue;
    }
    ++tried;
    std::vector<const suar::cli::TestCase*> to_run;
    for (const auto& test : tests[index]) to_run.push_back(&test);
    if (to_run.empty()) to_run = all;  // a file of macros
    const bool killed = std::ranges::any_of(to_run, [&](const auto* test) {
      return !suar::cli::run_rule_test(*test, loaded.rules, set).passed();
    });
    if (killed) continue;
    const std::string& what = described[i];
    if (known.contains(what)) {
      ++expected;
      stale.erase(what);
      continue;
    }
    ++survived;
    const auto location = sources.locate(change.at);
    fmt::print("survives  {}:{}: {}\n", (*files)[index].name, location.line, what);
  }
  // Named without need: the file would hide a change that survives later on.
  if (every == 1 && only.empty()) {
    for (const auto& what : stale) fmt::print("is noticed, or is no change (any more)  {}\n", what);
  } else {
    stale.clear();
  }
  fmt::print("{} changes, {} refused by the checker, {} killed, {} known survivors, {} survivors\n",
             tried + refused, refused, tried - survived - expected, expected, survived);
  return survived == 0 && stale.empty() ? 0 : 1;
}
