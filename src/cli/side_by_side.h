// Several rule sets over the same events: each event is read and decoded once and goes through an engine for
// each of them.
#pragma once

#include <cstdint>
#include <expected>
#include <memory>
#include <string>
#include <vector>

#include "cli/alert_difference.h"
#include "cli/demo_score.h"
#include "engine/engine.h"

namespace suar::cli {

class SideBySide {
 public:
  struct Side {
    std::vector<AlertRecord> alerts;
    DemoScore score;
    std::uint64_t nanos = 0;  // of processor time that its engine took, from samples
  };

  void add(std::shared_ptr<const rules::RuleSet> rules,
           std::shared_ptr<const reference::Reference> reference);
  [[nodiscard]] std::expected<void, std::string> read_labels(const std::string& path);
  // Everything that the file holds; "-" is standard input. The error is a sentence.
  [[nodiscard]] std::expected<void, std::string> run(const std::string& events);

  [[nodiscard]] const std::vector<Side>& sides() const { return sides_; }
  [[nodiscard]] std::uint64_t events() const { return events_; }
  [[nodiscard]] std::uint64_t dead_letters() const { return dead_letters_; }
  [[nodiscard]] double days() const;  // from the first event's time to the last one's, at least 1

 private:
  std::vector<std::unique_ptr<engine::Engine>> engines_;
  std::vector<Side> sides_;
  std::uint64_t events_ = 0, dead_letters_ = 0;
  event::Instant first_ = event::Instant::max(), last_ = event::Instant::min();
};

}  // namespace suar::cli
