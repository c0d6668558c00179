#include "reference/directory.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>

#include "reference/finding_codes.h"
#include "reference/findings.h"

namespace suar::reference {
namespace {

constexpr std::string_view kListFolder = "lists/";
constexpr std::string_view kListSuffix = ".csv";

const std::vector<std::string>& known_names() {
  static const std::vector<std::string> names = {"entities.ftm.ndjson", "customers.csv", "agencies.csv",
                                                 "corridors.yaml",      "places.csv",    "tariffs.csv",
                                                 "calendar.yaml",       "fx.csv"};
  return names;
}

// Files that few have; nobody is told that one is missing.
constexpr std::string_view kPeers = "peers.csv";

bool is_list(std::string_view name) {
  if (!name.starts_with(kListFolder) || !name.ends_with(kListSuffix)) return false;
  name.remove_prefix(kListFolder.size());
  return name.size() > kListSuffix.size() && !name.starts_with('.') &&
         name.find('/') == std::string_view::npos;
}

// Editors and version control leave these; they are nobody's mistake.
bool is_hidden(std::string_view name) {
  return name.starts_with('.') || name.find("/.") != std::string_view::npos || name.ends_with('~');
}

Diagnostic warning(std::string_view code, std::string_view file, std::string message,
                   std::string suggestion) {
  return {Severity::kWarning,
          std::string(code),
          std::string(file),
          0,
          0,
          std::move(message),
          std::move(suggestion),
          {},
          1};
}

std::string suggestion_for(const std::string& name) {
  if (name.starts_with(kListFolder)) return "a list is a file lists/NAME.csv";
  if (std::string suggestion = did_you_mean(name, known_names()); !suggestion.empty()) return suggestion;
  if (name.ends_with(kListSuffix)) return fmt::format("if it is a watch list, move it to lists/{}", name);
  return fmt::format("the files are: {}, lists/NAME.csv", fmt::join(known_names(), ", "));
}

}  // namespace

Directory::Directory(std::span<const File> files) {
  for (const File& file : files) files_.push_back(&file);
  std::ranges::stable_sort(files_, {}, &File::name);
}

const File* Directory::find(std::string_view name) const {
  const auto found = std::ranges::find(files_, name, &File::name);
  return found != files_.end() ? *found : nullptr;
}

std::vector<const File*> Directory::lists() const {
  std::vector<const File*> lists;
  for (const File* file : files_) {
    if (is_list(file->name)) lists.push_back(file);
  }
  return lists;
}

Diagnostics Directory::compare_with_contract() const {
  Diagnostics findings;
  for (const std::string& name : known_names()) {
    if (find(name) != nullptr) continue;
    findings.push_back(warning(codes::kMissingFile, name, "the file is missing; it is read as empty",
                               "rules that need it use their own parameters, or see nothing"));
  }
  if (lists().empty()) {
    findings.push_back(warning(codes::kMissingFile, "lists", "there is no watch list",
                               "a list is a file lists/NAME.csv with the columns value,kind"));
  }
  for (const File* file : files_) {
    const bool known = std::ranges::find(known_names(), file->name) != known_names().end();
    if (known || file->name == kPeers || is_list(file->name) || is_hidden(file->name)) continue;
    findings.push_back(warning(codes::kUnknownFile, file->name, "the file is not known and not read",
                               suggestion_for(file->name)));
  }
  return findings;
}

std::string Directory::hash() const {
  const std::unique_ptr<XXH3_state_t, decltype(&XXH3_freeState)> state(XXH3_createState(), &XXH3_freeState);
  XXH3_128bits_reset(state.get());
  const auto add = [&state](std::string_view text) {
    // Lengths first, so that no two directories give the same bytes.
    const std::uint64_t length = text.size();
    XXH3_128bits_update(state.get(), &length, sizeof length);
    XXH3_128bits_update(state.get(), text.data(), text.size());
  };
  for (const File* file : files_) {
    add(file->name);
    add(file->bytes);
  }
  const XXH128_hash_t digest = XXH3_128bits_digest(state.get());
  return fmt::format("{:016x}{:016x}", digest.high64, digest.low64);
}

std::string_view list_name_of(const File& file) {
  std::string_view name = file.name;
  name.remove_prefix(kListFolder.size());
  name.remove_suffix(kListSuffix.size());
  return name;
}

}  // namespace suar::reference
