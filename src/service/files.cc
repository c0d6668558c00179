#include "service/files.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <set>
#include <system_error>

namespace suar::service {
namespace {

namespace fs = std::filesystem;

bool is_hidden(const fs::path& path) {
  const std::string name = path.filename().string();
  return name.size() > 1 && name.front() == '.' && name != "..";
}

bool is_rule_file(const fs::path& path) {
  return path.extension() == ".yaml" || path.extension() == ".yml";
}

// The regular files below a directory, sorted; names that begin with a dot are an editor's or a version
// control's.
std::expected<std::vector<fs::path>, std::string> files_below(const fs::path& directory) {
  std::vector<fs::path> found;
  std::error_code problem;
  fs::recursive_directory_iterator at(directory, fs::directory_options::follow_directory_symlink, problem);
  for (; !problem && at != fs::recursive_directory_iterator(); at.increment(problem)) {
    if (is_hidden(at->path())) {
      if (at->is_directory(problem)) at.disable_recursion_pending();
    } else if (at->is_regular_file(problem)) {
      found.push_back(at->path());
    }
  }
  if (problem) return std::unexpected(fmt::format("{}: {}", directory.string(), problem.message()));
  std::ranges::sort(found);
  return found;
}

std::expected<std::vector<fs::path>, std::string> rule_paths(const std::string& path) {
  std::error_code problem;
  const fs::file_status status = fs::status(path, problem);
  if (!fs::exists(status))
    return std::unexpected(fmt::format("{}: there is no such file or directory", path));
  if (!fs::is_directory(status)) return std::vector{fs::path(path)};
  auto found = files_below(path);
  if (found) std::erase_if(*found, [](const fs::path& file) { return !is_rule_file(file); });
  return found;
}

}  // namespace

std::expected<std::string, std::string> read_file(const std::string& path) {
  std::error_code problem;
  if (fs::is_directory(path, problem)) return std::unexpected(fmt::format("{}: this is a directory", path));
  std::ifstream in(path, std::ios::binary);
  std::string bytes;
  if (in) bytes.assign(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
  if (!in.is_open() || in.bad()) return std::unexpected(fmt::format("{}: {}", path, std::strerror(errno)));
  return bytes;
}

std::string stamp_of_files(const std::vector<std::string>& rules, const std::string& reference) {
  std::string stamp;
  const auto add = [&stamp](const std::vector<fs::path>& files) {
    for (const fs::path& file : files) {
      std::error_code problem;
      const auto size = fs::file_size(file, problem);
      const auto time = fs::last_write_time(file, problem);
      stamp += fmt::format("{} {} {}\n", file.string(), size, time.time_since_epoch().count());
    }
  };
  for (const std::string& path : rules) add(rule_paths(path).value_or(std::vector<fs::path>()));
  if (!reference.empty()) add(files_below(reference).value_or(std::vector<fs::path>()));
  return stamp;
}

std::expected<std::vector<rules::File>, std::string> read_rule_files(const std::vector<std::string>& paths) {
  std::vector<rules::File> files;
  std::set<fs::path> seen;
  for (const std::string& path : paths) {
    const auto found = rule_paths(path);
    if (!found) return std::unexpected(found.error());
    for (const fs::path& file : *found) {
      std::error_code problem;
      const fs::path canonical = fs::weakly_canonical(file, problem);
      if (!seen.insert(problem ? file : canonical).second) continue;
      auto bytes = read_file(file.string());
      if (!bytes) return std::unexpected(bytes.error());
      files.push_back({file.string(), std::move(*bytes)});
    }
  }
  return files;
}

std::expected<std::vector<reference::File>, std::string> read_reference_files(const std::string& directory) {
  std::error_code problem;
  if (!fs::is_directory(directory, problem))
    return std::unexpected(fmt::format("{}: there is no such directory", directory));
  static const std::set<std::string> names{"entities.ftm.ndjson", "customers.csv", "agencies.csv",
                                           "corridors.yaml",      "places.csv",    "tariffs.csv",
                                           "calendar.yaml",       "fx.csv",        "peers.csv"};
  const auto found = files_below(directory);
  if (!found) return std::unexpected(found.error());
  std::vector<reference::File> files;
  for (const fs::path& path : *found) {
    const fs::path relative = path.lexically_relative(directory);
    const bool list = relative.parent_path() == "lists" && relative.extension() == ".csv";
    if (!list && !names.contains(relative.string())) continue;
    auto bytes = read_file(path.string());
    if (!bytes) return std::unexpected(bytes.error());
    files.push_back({relative.string(), std::move(*bytes)});
  }
  return files;
}

}  // namespace suar::service
