#include "reference/reference.h"

#include "stream.h"

namespace suar::simulator {
namespace {

using reference::Reference;

Reference::Loaded load(const Simulator& simulator) {
  return Reference::load(simulator.reference_files(), *event::parse_currency("IDR"));
}

TEST(SimulatedReference, IsAcceptedByTheReaderWithoutAFinding) {
  const Reference::Loaded loaded = load(Simulator(kHalfAYear));
  for (const Diagnostic& finding : loaded.findings) ADD_FAILURE() << render(finding);
  ASSERT_NE(loaded.reference, nullptr);
  EXPECT_EQ(loaded.reference->corridor_ids(), (std::vector<std::string>{"bd-id", "id-my", "my-id"}));
}

TEST(SimulatedReference, KnowsThePartiesOfTheStories) {
  Simulator simulator(kHalfAYear);
  event::Decoder decoder;
  std::map<std::string, std::string> by_id;
  for (const std::string& line : lines_of(simulator)) {
    by_id.emplace(std::string(decode(decoder, line).event_id), line);
  }
  const auto known = load(simulator).reference;
  ASSERT_NE(known, nullptr);
  for (const Label& label : labels_of(simulator)) {
    SCOPED_TRACE(label.scenario + " " + label.subject);
    if (!label.subject.starts_with("account:")) continue;
    const std::string account = label.subject.substr(8);
    const event::Instant when = decode(decoder, by_id.at(label.last_event)).event_time.instant;
    const reference::PartyRef holder = known->holder(account, when);
    ASSERT_TRUE(holder.known());
    const auto customer = known->customer(holder);
    ASSERT_TRUE(customer);
    EXPECT_NE(known->place(customer->region), nullptr);
    if (label.rule == "bri-fee-per-document") {
      EXPECT_TRUE(known->official(holder, when));
    } else if (!label.rule.starts_with("bri-")) {
      EXPECT_FALSE(known->official(holder, when));
    }
    if (label.rule == "som-corridor-collector") {
      EXPECT_TRUE(known->tagged(customer->region, "port"));
    }
    EXPECT_EQ(known->public_body(holder), label.scenario == "travel-allowance");
    EXPECT_EQ(known->listed(known->list("humanitarian"), reference::ListKind::kAccount, account, when),
              label.scenario == "humanitarian-organisation");
    const reference::Agency* agency = known->agency(holder, when);
    EXPECT_EQ(agency != nullptr && agency->type == "outsourcing" && agency->status == "active",
              label.scenario == "labour-contractor");
    if (label.scenario != "office-payout") continue;
    std::vector<reference::PartyRef> paid;
    for (const std::string& id : label.event_ids) {
      const event::Transaction event = decode(decoder, by_id.at(id));
      if (event.debtor.account == account) paid.push_back(known->party(event.creditor.party_id));
    }
    ASSERT_GE(paid.size(), 24U);
    for (const reference::PartyRef official : paid) {
      EXPECT_TRUE(known->same_unit(paid.front(), official, when));
    }
  }
}

TEST(SimulatedReference, NamesSuperiorsFamiliesAndAgenciesOfOfficials) {
  const Simulator simulator(kHalfAYear);
  const auto known = load(simulator).reference;
  ASSERT_NE(known, nullptr);
  std::string entities;
  for (const reference::File& file : simulator.reference_files()) {
    if (file.name == "entities.ftm.ndjson") entities = file.bytes;
  }
  simdjson::dom::parser parser;
  simdjson::dom::document_stream lines;
  ASSERT_EQ(parser.parse_many(entities).get(lines), simdjson::SUCCESS);
  int superiors = 0;
  int spouses = 0;
  for (const simdjson::dom::element entity : lines) {
    const std::string_view schema = entity["schema"].get_string().value();
    const auto party = [&](const char* property) {
      return known->party(entity["properties"][property].at(0).get_string().value());
    };
    if (schema == "Associate" &&
        entity["properties"]["relationship"].at(0).get_string().value() == "supervisor") {
      ++superiors;
      EXPECT_TRUE(known->supervises(party("associate"), party("person"), kHalfAYear.start));
    }
    if (schema == "Family") {
      ++spouses;
      EXPECT_TRUE(known->kin(party("person"), party("relative"), kHalfAYear.start));
    }
  }
  EXPECT_GT(superiors, 100);
  EXPECT_GT(spouses, 50);
}

}  // namespace
}  // namespace suar::simulator
