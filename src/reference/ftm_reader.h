// Sorts the entities of entities.ftm.ndjson into what look-ups need: parties, posts and who holds them,
// accounts, links. Schemas that nothing here needs are passed over: a published dump holds many.
//
// Entities come in any order, so what refers to others is kept until all are read. A dump is often cut, so a
// relation to somebody who is not known is dropped, with one warning for each schema.
#pragma once

#include "reference/account_holders.h"
#include "reference/findings.h"
#include "reference/link_graph.h"
#include "reference/officials.h"
#include "reference/party_table.h"

namespace suar::reference {

// What the file is read into. Other files have declared their parties before.
struct FtmTargets {
  PartyTable& parties;
  AccountHolders& accounts;
  Officials& officials;
  LinkGraph& links;
};

void read_ftm(Findings& findings, const FtmTargets& targets);

}  // namespace suar::reference
