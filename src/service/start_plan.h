// Where the service begins, from what the journal says and what the brokers still hold of the input. Where
// that would be a guess, it refuses and says what happened and what the choices are.
//
// A choice that an operator takes with --accept is written into the claim that follows, so that whoever
// repeats the journal later comes to the same state.
#pragma once

#include <cstdint>
#include <expected>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "kafka/consumer.h"
#include "service/context.h"
#include "service/journal_scan.h"

namespace suar::service {

struct StartFacts {
  const JournalScan& journal;
  std::span<const kafka::PartitionOffsets> input;
  Start start = Start::kEarliest;
  kafka::Delivery delivery = kafka::Delivery::kExactlyOnce;
  kafka::Deciders deciders;
  std::set<Accept> accepted;
  std::string topic, group;
};

struct StartPlan {
  // From where each partition is read, and from where its records are live.
  std::vector<kafka::PartitionState> begin;
  // Batches of a partition that begin before its offset are passed over; partitions of which none are are
  // absent.
  std::vector<kafka::Origin> origin;
  std::vector<std::string> accepted;  // what of it was needed
  bool first = false;                 // nothing was ever journaled
};

[[nodiscard]] std::expected<StartPlan, std::string> plan_start(const StartFacts& facts);

}  // namespace suar::service
