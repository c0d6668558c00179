#include "cli/engine_inputs.h"

#include <cstdio>
#include <utility>

#include <fmt/format.h>

#include "service/files.h"

namespace suar::cli {
namespace {

void print_unreadable(const std::string& why) {
  fmt::print(stderr, "suar: {}\n", why);
}

std::shared_ptr<const reference::Reference> load_reference(const std::string& directory, event::Currency home,
                                                           Quote quote) {
  if (directory.empty()) return reference::Reference::empty(home);
  const auto files = service::read_reference_files(directory);
  if (!files) {
    print_unreadable(files.error());
    return nullptr;
  }
  reference::Reference::Loaded loaded = reference::Reference::load(*files, home);
  print(loaded.findings, quote);
  return std::move(loaded.reference);
}

}  // namespace

void print(const Diagnostics& findings, Quote quote) {
  for (Diagnostic finding : findings) {
    if (quote == Quote::kNothing) finding.snippet.clear();
    fmt::print(stderr, "{}", render(finding));
  }
}

std::optional<std::vector<rules::File>> read_rule_paths(const std::vector<std::string>& paths) {
  auto files = service::read_rule_files(paths);
  if (files) return std::move(*files);
  print_unreadable(files.error());
  return std::nullopt;
}

std::shared_ptr<const rules::RuleSet> load_rule_files(const std::vector<rules::File>& files,
                                                      event::Currency home,
                                                      const reference::Reference* reference, Quote quote) {
  rules::LoadResult loaded = rules::load_rules(files, home, reference);
  print(loaded.findings, quote);
  return std::move(loaded.rules);
}

std::optional<EngineInputs> load_engine_inputs(const std::vector<std::string>& rule_paths,
                                               const std::string& reference_directory, event::Currency home,
                                               Quote quote) {
  EngineInputs inputs;
  inputs.reference = load_reference(reference_directory, home, quote);
  if (!inputs.reference) return std::nullopt;
  auto files = read_rule_paths(rule_paths);
  if (!files) return std::nullopt;
  inputs.files = std::move(*files);
  inputs.rules = load_rule_files(inputs.files, home, inputs.reference.get(), quote);
  if (!inputs.rules) return std::nullopt;
  return inputs;
}

}  // namespace suar::cli
