// What the journal names by hash: rules and reference data, from the files that this process started with or
// from the store in suar.snapshots, never from files that were changed since.
#pragma once

#include <expected>
#include <mutex>
#include <span>
#include <string>
#include <vector>

#include "kafka/content_store.h"
#include "service/config.h"
#include "service/loaded.h"

namespace suar::service {

class Contents {
 public:
  // `stored`: there is a topic to keep them in.
  Contents(const Config& config, Loaded own, bool stored)
      : config_(config), own_(own), stored_(stored), known_{std::move(own)} {}

  // What this process started with.
  [[nodiscard]] const Loaded& own() const { return own_; }
  [[nodiscard]] bool stored() const { return stored_; }

  // By their hashes. The error is a sentence that says what is missing.
  [[nodiscard]] std::expected<Loaded, std::string> load(const std::string& ruleset,
                                                        const std::string& reference);
  // Keeps the files that `loaded` was made of. Once this has returned, anybody can load it.
  [[nodiscard]] std::expected<void, std::string> store(const Loaded& loaded,
                                                       std::span<const rules::File> rules,
                                                       std::span<const reference::File> reference);
  // Whether anybody can load it.
  [[nodiscard]] std::expected<bool, std::string> holds(const Loaded& loaded);

 private:
  void remember(const Loaded& loaded);
  [[nodiscard]] std::expected<std::unique_ptr<kafka::RecordStore>, std::string> open() const;

  const Config& config_;
  const Loaded own_;
  const bool stored_;
  std::mutex mutex_;
  std::vector<Loaded> known_;  // a few; the newest last
};

}  // namespace suar::service
