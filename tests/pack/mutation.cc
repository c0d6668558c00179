// Are the rules' own tests worth something? Changes each rule in small ways and runs its file's tests on each
// changed rule: a test has to fail. What survives is printed; the exit status is 1 if there is any that the
// file of known survivors does not name with its reason.
//
//   pack_mutation RULES_DIR KNOWN_SURVIVORS [EVERY [ONLY]]    EVERY: take each so-manieth change only; ONLY:
//   files with
//                                                             this in their name
//
// The changes, one at a time:
//   a condition beside && becomes true, one beside || becomes false, one that stands alone (`events`,
//   `where`, `trigger`, `when`) becomes true, and a window loses its `same`; each number, money and duration,
//   in a param or written in an expression, becomes a little larger and a little smaller: counts by one,
//   money by 2 %, durations by an hour or 10 %, fractions by 10 % of themselves.
// A change that the checker refuses is left out.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <set>
#include <string>
#include <vector>

#include "cli/rule_tests_reader.h"
#include "cli/rule_tests_run.h"
#include "cli/rule_tests_subset.h"
#include "event/money.h"
#include "rules/definition.h"
#include "rules/source.h"
#include "rules/syntax.h"
#include "service/files.h"

namespace {

using suar::rules::Syntax;

struct Change {
  suar::rules::Span at;
  std::string text;  // instead of it
  std::string rule;  // or the macro, that it stands in
};

constexpr std::int64_t kHour = 3'600'000'000;

// Collects the changes of one expression.
class Changes {
 public:
  Changes(const suar::rules::Sources& sources, std::vector<Change>& out) : sources_(sources), out_(out) {}

  void of_condition(const suar::rules::LocatedText& text, const std::string& rule) {
    suar::rules::Findings ignored(sources_);
    rule_ = rule;
    if (const auto syntax = suar::rules::parse_expression(text, ignored)) {
      drop(*syntax, "true");
      walk(*syntax);
    }
  }
  void of_value(const suar::rules::LocatedText& text, const std::string& rule) {
    suar::rules::Findings ignored(sources_);
    rule_ = rule;
    if (const auto syntax = suar::rules::parse_expression(text, ignored)) walk(*syntax);
  }

 private:
  void replace(suar::rules::Span at, std::string text) { out_.push_back({at, std::move(text), rule_}); }

  // A condition that stands alone; one of several is dropped where they are joined.
  void drop(const Syntax& syntax, const char* neutral) {
    if (syntax.kind == Syntax::Kind::kBinary && (syntax.text == "&&" || syntax.text == "||")) return;
    if (syntax.kind == Syntax::Kind::kTruth) return;
    replace(syntax.at, neutral);
  }

  void walk(const Syntax& syntax) {
    switch (syntax.kind) {
      case Syntax::Kind::kBinary:
        if (syntax.text == "&&" || syntax.text == "||") {
          const char* neutral = syntax.text == "&&" ? "true" : "false";
          for (const auto& side : syntax.args) {
            if (side->kind != Syntax::Kind::kBinary || side->text != syntax.text) replace(side->at, neutral);
          }
        }
        break;
      case Syntax::Kind::kNumber:
        shift_number(syntax);
        break;
      case Syntax::Kind::kMoney:
        shift_money(syntax);
        break;
      case Syntax::Kind::kDuration:
        shift_duration(syntax);
        break;
      default:
        break;
    }
    for (const auto& part : syntax.args) {
      if (!is_unused_tolerance(syntax, *part)) walk(*part);
    }
    if (syntax.before) walk(*syntax.before);
    if (syntax.where) {
      drop(*syntax.where, "true");
      walk(*syntax.where);
    }
    if (syntax.same) lose_same(syntax.same->at);
  }

  // Of a rhythm whose occasions alone are asked for, the tolerance is no threshold: it only tells regular
  // gaps.
  [[nodiscard]] bool is_unused_tolerance(const Syntax& call, const Syntax& argument) const {
    if (call.text != "rhythm" || call.args.size() < 2 || call.args[1].get() != &argument) return false;
    const std::string& bytes = sources_.files()[static_cast<std::size_t>(argument.at.file)].bytes;
    return bytes.find(".regular") == std::string::npos && bytes.find(".share") == std::string::npos;
  }

  void lose_same(suar::rules::Span at) {
    const std::string& bytes = sources_.files()[static_cast<std::size_t>(at.file)].bytes;
    const std::size_t word = bytes.rfind("same", at.begin);
    // Parentheses around the expression go with it.
    while (bytes[at.begin - 1] == '(') --at.begin;
    while (at.end < bytes.size() && bytes[at.end] == ')' && at.begin != word &&
           std::count(bytes.begin() + static_cast<long>(word), bytes.begin() + at.end, '(') >
               std::count(bytes.begin() + static_cast<long>(word), bytes.begin() + at.end, ')')) {
      ++at.end;
    }
    replace({at.file, static_cast<std::uint32_t>(word), at.end}, "");
  }

  void shift_number(const Syntax& syntax) {
    const std::string text(sources_.text_of(syntax.at));
    if (text.ends_with('%')) {
      const double percent = std::atof(text.c_str());
      for (const double factor : {0.9, 1.1}) replace(syntax.at, fmt::format("{:.4g}%", percent * factor));
    } else if (text.find('.') != std::string::npos) {
      for (const double factor : {0.9, 1.1}) {
        replace(syntax.at, fmt::format("{:.4g}", std::atof(text.c_str()) * factor));
      }
    } else {
      std::string digits;
      std::ranges::copy_if(text, std::back_inserter(digits), [](char c) { return c != '_'; });
      const long number = std::atol(digits.c_str());
      replace(syntax.at, fmt::format("{}", number + 1));
      if (number > 0) replace(syntax.at, fmt::format("{}", number - 1));
    }
  }

  void shift_money(const Syntax& syntax) {
    const std::string text(sources_.text_of(syntax.at));
    std::string digits;
    std::ranges::copy_if(text.substr(4), std::back_inserter(digits),
                         [](char c) { return c != '_' && c != ' '; });
    const double amount = std::atof(digits.c_str());
    if (amount == 0) return;
    for (const double factor : {0.98, 1.02}) {
      replace(syntax.at, fmt::format("{} {:.0f}", text.substr(0, 3), amount * factor));
    }
  }

  void shift_duration(const Syntax& syntax) {
    const std::int64_t micros = syntax.duration.micros;
    if (micros == 0) return;
    const std::int64_t step = micros > 24 * kHour ? 4 * kHour : micros >= 4 * kHour ? 2 * kHour : micros / 10;
    // A window of whole days stays one.
    for (const std::int64_t changed : {micros - step, micros + step}) {
      replace(syntax.at, fmt::format("{}s", changed / 1'000'000));
    }
  }

  const suar::rules::Sources& sources_;
  std::vector<Change>& out_;
  std::string rule_;
};

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

std::string one_line(std::string_view text) {
  std::string line;
  for (const char c : text) {
    if (c != '\n' && (c != ' ' || !line.ends_with(' '))) line += c;
  }
  return line;
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
  std::vector<Change> changes;
  Changes collect(sources, changes);
  for (const auto& rule : definitions.rules) {
    const std::string& id = rule.id.value;
    for (const auto* condition : {&rule.events, &rule.trigger, &rule.when}) {
      if (*condition) collect.of_condition(**condition, id);
    }
    for (const auto& let : rule.lets) collect.of_value(let.expression, id);
    for (const auto& param : rule.params) {
      if (param.value && param.value->plain) collect.of_value(param.value->text, id);
      for (const auto& segment : param.segments) collect.of_value(segment.second.text, id);
    }
  }
  for (const auto& macro : definitions.macros) collect.of_value(macro.expression, macro.name.value);

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

  std::size_t tried = 0, refused = 0, survived = 0, expected = 0;
  for (std::size_t i = 0; i < changes.size(); i += every) {
    const Change& change = changes[i];
    const auto index = static_cast<std::size_t>(change.at.file);
    if ((*files)[index].name.find(only) == std::string::npos) continue;
    const std::string& original = (*files)[index].bytes;
    std::vector<suar::rules::File> set;
    for (const std::size_t companion : needed[index]) {
      set.push_back((*files)[companion]);
      if (companion == index) set.back().bytes = changed(original, change);
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
    const std::string what = fmt::format(
        "{}: {} -> {}", change.rule,
        one_line(std::string_view(original).substr(change.at.begin, change.at.end - change.at.begin)),
        change.text.empty() ? "(gone)" : change.text);
    if (known.contains(what)) {
      ++expected;
      continue;
    }
    ++survived;
    const auto location = sources.locate(change.at);
    fmt::print("survives  {}:{}: {}\n", (*files)[index].name, location.line, what);
  }
  fmt::print("{} changes, {} refused by the checker, {} killed, {} known survivors, {} survivors\n",
             tried + refused, refused, tried - survived - expected, expected, survived);
  return survived == 0 ? 0 : 1;
}
