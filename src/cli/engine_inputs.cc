#include "cli/engine_inputs.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <fmt/format.h>

namespace suar::cli {
namespace {

namespace fs = std::filesystem;

std::optional<std::string> read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::string bytes(std::istreambuf_iterator<char>(file), {});
  if (!file) {
    fmt::print(stderr, "suar: cannot read {}\n", path.string());
    return std::nullopt;
  }
  return bytes;
}

// The regular files below `directory`, sorted, so that no file system's order shows.
std::optional<std::vector<fs::path>> files_below(const fs::path& directory) {
  std::vector<fs::path> paths;
  std::error_code problem;
  for (fs::recursive_directory_iterator entry(directory, problem), end; !problem && entry != end;
       entry.increment(problem)) {
    if (entry->is_regular_file(problem)) paths.push_back(entry->path());
  }
  if (problem) {
    fmt::print(stderr, "suar: cannot read {}: {}\n", directory.string(), problem.message());
    return std::nullopt;
  }
  std::ranges::sort(paths);
  return paths;
}

}  // namespace

void print(const Diagnostics& findings) {
  for (const Diagnostic& finding : findings) fmt::print(stderr, "{}", render(finding));
}

std::optional<std::vector<rules::File>> read_rule_paths(const std::vector<std::string>& paths) {
  std::vector<rules::File> files;
  for (const std::string& path : paths) {
    std::vector<fs::path> found = {path};
    if (fs::is_directory(path)) {
      auto below = files_below(path);
      if (!below) return std::nullopt;
      found = std::move(*below);
      std::erase_if(found, [](const fs::path& file) { return file.extension() != ".yaml"; });
    }
    for (const fs::path& file : found) {
      auto bytes = read_file(file);
      if (!bytes) return std::nullopt;
      files.push_back({file.string(), std::move(*bytes)});
    }
  }
  return files;
}

std::shared_ptr<const rules::RuleSet> load_rule_files(const std::vector<rules::File>& files,
                                                      event::Currency home,
                                                      const reference::Reference* reference) {
  rules::LoadResult loaded = rules::load_rules(files, home, reference);
  print(loaded.findings);
  return std::move(loaded.rules);
}

std::optional<EngineInputs> load_engine_inputs(const std::vector<std::string>& rule_paths,
                                               const std::string& reference_directory, event::Currency home) {
  EngineInputs inputs{nullptr, reference::Reference::empty(home)};
  if (!reference_directory.empty()) {
    const auto paths = files_below(reference_directory);
    if (!paths) return std::nullopt;
    std::vector<reference::File> files;
    for (const fs::path& path : *paths) {
      auto bytes = read_file(path);
      if (!bytes) return std::nullopt;
      files.push_back({fs::relative(path, reference_directory).generic_string(), std::move(*bytes)});
    }
    auto loaded = reference::Reference::load(files, home);
    print(loaded.findings);
    if (!loaded.reference) return std::nullopt;
    inputs.reference = std::move(loaded.reference);
  }
  const auto files = read_rule_paths(rule_paths);
  if (!files) return std::nullopt;
  inputs.rules = load_rule_files(*files, home, inputs.reference.get());
  if (!inputs.rules) return std::nullopt;
  return inputs;
}

}  // namespace suar::cli
