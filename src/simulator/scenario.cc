#include "simulator/scenario.h"

namespace suar::simulator {

std::vector<const Scenario*> all_scenarios() {
  std::vector<const Scenario*> all;
  for (const std::span<const Scenario> group :
       {document_fee_scenarios(), port_collector_scenarios(), office_payout_scenarios(),
        shared_wages_scenarios(), boat_passage_scenarios(), bribed_official_scenarios(),
        bribe_carrier_scenarios(), cash_scenarios(), passage_scenarios(), exploited_worker_scenarios(),
        exploitation_scenarios(), laundering_scenarios(), joint_scenarios()}) {
    for (const Scenario& scenario : group) all.push_back(&scenario);
  }
  return all;
}

}  // namespace suar::simulator
