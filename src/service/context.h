// What the states of a service's life share.
#pragma once

#include <chrono>
#include <expected>
#include <functional>
#include <memory>
#include <set>
#include <stop_token>
#include <string>

#include "kafka/journal_chain.h"
#include "kafka/wake_up.h"
#include "reference/reference.h"
#include "rules/rule.h"
#include "service/batch.h"
#include "service/config.h"
#include "service/loaded.h"
#include "service/metrics.h"
#include "service/status.h"

namespace suar::service {

// What an operator accepts at a start that would otherwise be refused. Journaled with the claim.
enum class Accept : std::uint8_t {
  kRules,         // other rules than those that wrote the journal
  kReference,     // other reference data
  kSettings,      // other settings that decide
  kSemantics,     // a program that computes differently
  kShorterInput,  // the oldest records of the input are gone, and with them what they would fill windows with
  kLostJournal,   // the group has committed offsets, and the journal is empty
};
[[nodiscard]] std::string_view name_of(Accept accept);
[[nodiscard]] std::optional<Accept> parse_accept(std::string_view name);

struct ServiceOptions {
  Config config;
  std::string version;
  AlertListener on_alert = {};  // called from the processing thread; may be empty
  std::set<Accept> accepted = {};
  std::string history = {};  // where a warm start lies (history.h); may be empty
  std::chrono::milliseconds partition_check{10'000};
  std::chrono::milliseconds drain_limit{60'000};
  std::chrono::milliseconds digest_interval{10'000};  // how often the journal says what the state is
};

struct Failure {
  std::string message;
};

class Contents;

struct Context {
  ServiceOptions options;
  std::shared_ptr<const rules::RuleSet> rules;
  std::shared_ptr<const reference::Reference> reference;
  kafka::JournalIdentity identity;
  kafka::Deciders deciders;
  std::string writer;  // this process, as its journal records name it
  Metrics& metrics;
  Status& status;
  const kafka::WakeUp& wake_up;
  std::stop_token stop;
  int partitions = 0;  // of the input
  TopicLimits limits = {};
  bool shares_snapshots = false;  // there is a topic for them
  bool has_shadow = false;        // there is a topic for shadow alerts
  std::shared_ptr<Contents> contents = {};

  // These come into force.
  void adopt(const Loaded& loaded) {
    rules = loaded.rules;
    reference = loaded.reference;
    deciders.ruleset = rules->hash;
    deciders.reference = reference->hash();
  }
  [[nodiscard]] const Config& config() const { return options.config; }
  [[nodiscard]] bool stopping() const { return stop.stop_requested(); }
  [[nodiscard]] kafka::Delivery delivery() const { return config().delivery; }
};

}  // namespace suar::service
